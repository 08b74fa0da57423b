"""How the district and each department stand against their targets."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from apps.accounts.access import OfficeRequest, allowed
from apps.accounts.querysets import OVERSEERS
from apps.core.access import load
from apps.core.dates import today
from apps.procurement import queries
from apps.procurement.access import READERS, visible_departments, writable_departments
from apps.procurement.models import Purchase
from apps.procurement.views.frame import frame, home_url


@allowed(*READERS)
def home(request: OfficeRequest) -> HttpResponseRedirect:
    """On to the current year."""
    return redirect(home_url(request.user, today().year))


@allowed(*OVERSEERS)
def district(request: OfficeRequest, year: int) -> HttpResponse:
    """The whole district, and a line a department."""
    purchases = Purchase.objects.in_year(year)
    annual = queries.annual_target(year)
    inside = queries.mall_inside_total(annual)
    whole = queries.standing(year, annual)
    return render(
        request,
        "procurement/district.html",
        {
            **frame(request.user, year, "district"),
            "standing": whole,
            "mall_inside": inside,
            "departments": queries.departments(year, inside),
            "sum": queries.sum_of_departments(whole, queries.shared_targets(year, annual)),
            "months": queries.by_month(purchases, inside),
            "kinds": queries.by_kind(purchases, inside),
            "may_write": request.user.is_official,
        },
    )


@allowed(*READERS)
def standing(request: OfficeRequest, year: int, pk: int) -> HttpResponse:
    """One department."""
    department = load(visible_departments(request.user), pk)
    purchases = Purchase.objects.in_year(year).filter(department=department)
    annual = queries.annual_target(year)
    inside = queries.mall_inside_total(annual)
    return render(
        request,
        "procurement/standing.html",
        {
            **frame(request.user, year, "standing", pk),
            "department": department,
            "list_url": f"{reverse('procurement:list', args=[year])}?department={pk}",
            "standing": queries.standing(year, annual, department),
            "mall_inside": inside,
            "months": queries.by_month(purchases, inside),
            "kinds": queries.by_kind(purchases, inside),
            "may_write": writable_departments(request.user).filter(pk=pk).exists(),
        },
    )
