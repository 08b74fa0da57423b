"""Purchases as files of other programs."""

from django.http import StreamingHttpResponse

from apps.accounts.access import OfficeRequest, allowed
from apps.core import sheets
from apps.procurement.access import READERS
from apps.procurement.exports import purchases_csv
from apps.procurement.forms import PurchaseFilter
from apps.procurement.queries import ledger


@allowed(*READERS)
def purchase_csv(request: OfficeRequest, year: int) -> StreamingHttpResponse:
    """The purchases found, as text with commas."""
    search = PurchaseFilter(request.GET, user=request.user, year=year).search()
    parts = purchases_csv(ledger.found(request.user, search))
    return sheets.stream(parts, f"{year}년 구매실적.csv", sheets.CSV_TYPE)
