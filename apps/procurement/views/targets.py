"""Setting the targets of a year."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from apps.accounts.access import OFFICIALS, OfficeRequest, allowed
from apps.core.dates import today
from apps.core.forms import went_through
from apps.procurement import services
from apps.procurement.documents.papers import targets_changed
from apps.procurement.editions import TARGETS, last_edition
from apps.procurement.forms import TargetsForm
from apps.procurement.models import AnnualTarget
from apps.procurement.queries.standing import annual_target
from apps.procurement.queries.survey import beside_targets
from apps.procurement.views.frame import frame

#: The buttons that fill the boxes, or only add them up again; they save nothing.
FILL, RECOUNT = "fill", "recount"


@allowed(*OFFICIALS)
def targets(request: OfficeRequest, year: int) -> HttpResponse:
    """The targets of the district and of every department, in one form."""
    annual = annual_target(year)
    looking = not {FILL, RECOUNT}.isdisjoint(request.POST)
    form = TargetsForm(
        None if looking else request.POST or None,
        annual=annual or AnnualTarget(year=year),
        beside=beside_targets(year),
    )
    if looking:
        form.fill(request.POST, request.POST.get(FILL, ""))
    elif request.method == "POST" and _saved(request, form):
        messages.success(request, f"{year}년 구매 목표를 저장했습니다.")
        return redirect("procurement:targets", year)
    notice = last_edition(year, TARGETS)
    context = {
        "form": form,
        "looking": looking,
        "annual": annual,
        "notice": notice,
        "changed": annual is not None and targets_changed(notice, year, today()),
    }
    page = frame(request.user, year, "targets")
    return render(request, "procurement/targets.html", page | context)


def _saved(request: OfficeRequest, form: TargetsForm) -> bool:
    """Whether the targets are right and were saved."""

    def save() -> None:
        form.hold()
        services.set_targets(
            annual=form.annual.instance, departments=form.department_targets(), by=request.user
        )

    return form.is_valid() and went_through(form.annual, save)
