"""Purchases as a spreadsheet."""

from collections.abc import Iterator

from apps.core import sheets
from apps.procurement.models import PurchaseQuerySet

HEADINGS = (
    "구매일자",
    "부서",
    "기업명",
    "사업자등록번호",
    "품목",
    "구분",
    "금액",
    "구매방법",
    "계약방법",
    "문서번호",
    "비고",
)


def purchases_xlsx(purchases: PurchaseQuerySet) -> bytes:
    """One line a purchase; the amount in won."""
    return sheets.xlsx(HEADINGS, _rows(purchases))


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
        )
