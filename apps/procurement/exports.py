"""Purchases as a spreadsheet, which comes back in unchanged (R52)."""

from collections.abc import Iterator, Sequence

from apps.core import sheets
from apps.procurement.columns import HEADINGS
from apps.procurement.models import PurchaseQuerySet


def purchases_xlsx(purchases: PurchaseQuerySet) -> bytes:
    """One line a purchase; the amount in won."""
    return sheets.xlsx(HEADINGS, (_quoted(row) for row in _rows(purchases)))


def purchases_csv(purchases: PurchaseQuerySet) -> bytes:
    """The same as text, for other programs."""
    return sheets.csv_file(HEADINGS, _rows(purchases))


def _quoted(row: Sequence[sheets.Cell]) -> list[sheets.Cell]:
    """Text that reading takes a quote off gets one more: a workbook's text is never run."""
    return [
        sheets.defused(cell) if isinstance(cell, str) and sheets.restored(cell) != cell else cell
        for cell in row
    ]


def _rows(purchases: PurchaseQuerySet) -> Iterator[tuple[sheets.Cell, ...]]:
    for purchase in purchases.select_related("department", "enterprise").iterator():
        yield (
            purchase.purchased_on,
            purchase.department.name,
            purchase.enterprise.name,
            purchase.enterprise.dashed_number,
            purchase.item,
            purchase.get_kind_display(),
            purchase.amount,
            purchase.get_channel_display(),
            purchase.get_contract_display(),
            purchase.document_number,
            purchase.note,
            purchase.override_reason,
        )
