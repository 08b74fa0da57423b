"""How the district and each department stand against their targets."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from apps.accounts.access import OFFICIALS, OfficeRequest, allowed
from apps.accounts.querysets import OVERSEERS
from apps.core.access import load
from apps.core.dates import today
from apps.core.forms import went_through
from apps.procurement import queries, services
from apps.procurement.access import READERS, visible_departments, writable_departments
from apps.procurement.forms import TargetsForm
from apps.procurement.models import AnnualTarget, Purchase
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


@allowed(*OFFICIALS)
def targets(request: OfficeRequest, year: int) -> HttpResponse:
    """The targets of the district and of every department, in one form."""
    annual = queries.annual_target(year)
    shared = queries.shared_targets(year, annual)
    form = TargetsForm(request.POST or None, annual=annual or AnnualTarget(year=year))

    def save() -> None:
        services.set_targets(
            annual=form.annual.instance, departments=form.department_targets(), by=request.user
        )

    if request.method == "POST" and form.is_valid() and went_through(form.annual, save):
        messages.success(request, f"{year}년 구매 목표를 저장했습니다.")
        return redirect("procurement:targets", year)
    return render(
        request,
        "procurement/targets.html",
        {
            **frame(request.user, year, "targets"),
            "form": form,
            "shared": shared,
        },
    )
