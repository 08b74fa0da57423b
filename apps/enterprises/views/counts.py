"""How many firms there are, computed and published side by side."""

from django.db.models import Min
from django.http import HttpResponse
from django.shortcuts import render

from apps.accounts.access import EVERYONE, OfficeRequest, allowed
from apps.core.dates import today
from apps.enterprises.forms import DayForm
from apps.enterprises.models import Designation
from apps.enterprises.queries import counts_on, published_beside_computed, yearly_change

#: Years in the table by year, the chosen one included.
YEARS = 10


@allowed(*EVERYONE)
def count_page(request: OfficeRequest) -> HttpResponse:
    """Computed counts of any day, the years up to it, and the published numbers beside them."""
    day = today()
    form = DayForm(request.GET or {"on": day})
    if form.is_valid():
        day = form.cleaned_data["on"] or day
    first_day = Designation.objects.aggregate(first=Min("starts"))["first"] or day
    first_year = max(first_day.year, day.year - YEARS + 1)
    return render(
        request,
        "enterprises/counts.html",
        {
            "form": form,
            "counts": counts_on(day),
            "years": yearly_change(first_year, day),
            "published": published_beside_computed(),
            "may_edit": request.user.is_official,
        },
    )
