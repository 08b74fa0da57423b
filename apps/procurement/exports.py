"""Purchases as a spreadsheet, which comes back in unchanged (R52)."""

from collections.abc import Iterator, Sequence

from apps.core import sheets
from apps.enterprises.fields import dashed
from apps.procurement.enums import ContractMethod, PurchaseChannel, PurchaseKind
from apps.procurement.intake.columns import HEADINGS
from apps.procurement.models import PurchaseQuerySet

#: A workbook of more takes longer than anybody waits; the same as text takes seconds.
MOST_IN_A_WORKBOOK = 20_000


def purchases_xlsx(purchases: PurchaseQuerySet) -> bytes:
    """One line a purchase; the amount in won."""
    return sheets.xlsx(HEADINGS, (_quoted(row) for row in _rows(purchases)))


def purchases_csv(purchases: PurchaseQuerySet) -> Iterator[bytes]:
    """The same as text, for other programs; part by part."""
    return sheets.csv_parts(HEADINGS, _rows(purchases))


def _quoted(row: Sequence[sheets.Cell]) -> list[sheets.Cell]:
    """Text that reading takes a quote off gets one more: a workbook's text is never run."""
    return [
        sheets.defused(cell) if isinstance(cell, str) and sheets.restored(cell) != cell else cell
        for cell in row
    ]


def _rows(purchases: PurchaseQuerySet) -> Iterator[tuple[sheets.Cell, ...]]:
    for (
        day,
        department,
        firm,
        number,
        item,
        kind,
        amount,
        channel,
        contract,
        *rest,
    ) in purchases.values_list(
        "purchased_on",
        "department__name",
        "enterprise__name",
        "enterprise__business_number",
        "item",
        "kind",
        "amount",
        "channel",
        "contract",
        "document_number",
        "note",
        "override_reason",
    ).iterator():
        yield (
            day,
            department,
            firm,
            dashed(number),
            item,
            str(PurchaseKind(kind).label),
            amount,
            str(PurchaseChannel(channel).label),
            str(ContractMethod(contract).label),
            *rest,
        )
