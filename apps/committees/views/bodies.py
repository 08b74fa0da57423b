"""Committees and their rosters."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.access import OfficeRequest, allowed
from apps.committees.access import READERS, may_edit
from apps.committees.forms.bodies import CommitteeFilter, RosterForm
from apps.committees.models import Committee
from apps.committees.queries import composition
from apps.core.access import load
from apps.core.dates import today
from apps.core.paging import page_of


@require_safe
@allowed(*READERS)
def committee_list(request: OfficeRequest) -> HttpResponse:
    """Every committee, with its seats, members today and meetings this year."""
    form = CommitteeFilter(request.GET or None)
    rows = form.narrow(Committee.objects.visible_to(request.user).with_counts(today()))
    context = {"form": form, "page": page_of(request, rows), "day": today()}
    return render(request, "committees/list.html", context)


@require_safe
@allowed(*READERS)
def committee_detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """A committee's roster on a day, its composition against the seats, and its meetings."""
    committee = load(Committee.objects.visible_to(request.user), pk)
    form = RosterForm(request.GET if "on" in request.GET else None, initial={"on": today()})
    day = form.day(otherwise=today())
    members = list(committee.members.in_office(day))
    charter = committee.charter(day)
    context = {
        "committee": committee,
        "charter": charter,
        "form": form,
        "day": day,
        "members": members,
        "counts": composition(charter, members),
        "page": page_of(request, committee.meetings.select_related("committee")),
        "may_edit": may_edit(request.user),
    }
    return render(request, "committees/detail.html", context)


def editable_committee(request: OfficeRequest, pk: int) -> Committee:
    """The committee, where the user may change it; 403 or 404 else."""
    committees = Committee.objects
    return load(
        committees.visible_to(request.user), pk, editable=committees.editable_by(request.user)
    )
