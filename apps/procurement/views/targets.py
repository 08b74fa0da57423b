"""Setting the targets of a year."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from apps.accounts.access import OFFICIALS, OfficeRequest, allowed
from apps.core.forms import went_through
from apps.procurement import queries, services
from apps.procurement.forms import TargetsForm
from apps.procurement.models import AnnualTarget
from apps.procurement.views.frame import frame


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
