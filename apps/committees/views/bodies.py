"""Committees and their rosters."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.access import OfficeRequest, allowed
from apps.committees import services
from apps.committees.access import EDITORS, READERS, may_edit
from apps.committees.forms.bodies import CharterForm, CommitteeFilter, CommitteeForm, RosterForm
from apps.committees.models import Charter, Committee, Meeting
from apps.committees.queries import composition, sex_ratio
from apps.committees.queries.after import course_of_year, open_follow_ups
from apps.committees.queries.successors import seats_left
from apps.core.access import load
from apps.core.dates import today
from apps.core.forms import went_through
from apps.core.paging import few_of, page_of

#: The next and the last meetings, above the roster.
MEETINGS = 8


@require_safe
@allowed(*READERS)
def committee_list(request: OfficeRequest) -> HttpResponse:
    """Every committee, with its seats, members today and meetings this year."""
    form = CommitteeFilter(request.GET or None)
    rows = form.narrow(Committee.objects.visible_to(request.user).with_counts(today()))
    coming = Meeting.objects.visible_to(request.user).coming(today()).select_related("committee")
    context = {
        "form": form,
        "page": page_of(request, rows),
        "coming": few_of(request, coming.order_by("month", "held_on", "pk")),
        "day": today(),
        "may_edit": may_edit(request.user),
    }
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
        "coming": committee.members.filter(starts__gt=day).count(),
        "counts": composition(charter, members),
        "ratio": sex_ratio(members, day),
        "charters": few_of(request, committee.charters.select_related("statute")),
        "open_follow_ups": few_of(request, open_follow_ups(committee)),
        "page": page_of(request, committee.meetings.select_related("committee"), MEETINGS),
        "may_edit": may_edit(request.user),
        "seats_left": seats_left(committee, today()) if may_edit(request.user) else [],
        **course_of_year(committee, day.year, today()),
    }
    return render(request, "committees/detail.html", context)


@allowed(*EDITORS)
def committee_create(request: OfficeRequest) -> HttpResponse:
    """Found a committee."""
    return _edit_committee(request, Committee(), "위원회 추가")


@allowed(*READERS)
def committee_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Correct what is written about a committee."""
    return _edit_committee(request, editable_committee(request, pk), "위원회 수정")


def _edit_committee(request: OfficeRequest, committee: Committee, heading: str) -> HttpResponse:
    form = CommitteeForm(request.POST or None, instance=committee)
    if went_through(form, lambda: services.save_committee(committee=committee, by=request.user)):
        messages.success(request, f"위원회를 저장했습니다: {committee}")
        return redirect("committees:detail", committee.pk)
    context = {"form": form, "committee": committee, "heading": heading}
    return render(request, "committees/committee_form.html", context)


@allowed(*READERS)
def committee_delete(request: OfficeRequest, pk: int) -> HttpResponse:
    """Remove a committee that was founded by mistake."""
    committee = editable_committee(request, pk)
    if request.method != "POST":
        return render(request, "committees/committee_delete.html", {"committee": committee})
    name = str(committee)
    try:
        services.delete_committee(committee=committee, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("committees:detail", pk)
    messages.success(request, f"위원회를 삭제했습니다: {name}")
    return redirect("committees:list")


@allowed(*READERS)
def charter_create(request: OfficeRequest, committee_pk: int) -> HttpResponse:
    """A new composition or rule from a day on, filled in with the last one."""
    committee = editable_committee(request, committee_pk)
    last = committee.charters.first()
    initial = model_to_dict(last, CharterForm.REPEATED) if last else {}
    charter = Charter(committee=committee)
    return _edit_charter(request, charter, "구성·의사 기준 추가", initial)


@allowed(*READERS)
def charter_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Correct a charter; what was decided keeps the rule it was judged by."""
    return _edit_charter(request, _editable_charter(request, pk), "구성·의사 기준 수정")


def _edit_charter(
    request: OfficeRequest, charter: Charter, heading: str, initial: dict[str, Any] | None = None
) -> HttpResponse:
    form = CharterForm(request.POST or None, instance=charter, initial=initial)
    if went_through(form, lambda: services.save_charter(charter=charter, by=request.user)):
        messages.success(request, "구성·의사 기준을 저장했습니다.")
        return redirect("committees:detail", charter.committee_id)
    context = {"form": form, "committee": charter.committee, "heading": heading}
    return render(request, "committees/charter_form.html", context)


@allowed(*READERS)
def charter_delete(request: OfficeRequest, pk: int) -> HttpResponse:
    """Remove a charter entered by mistake; the one before it goes on."""
    charter = _editable_charter(request, pk)
    if request.method != "POST":
        return render(request, "committees/charter_delete.html", {"charter": charter})
    services.delete_charter(charter=charter, by=request.user)
    messages.success(request, "구성·의사 기준을 삭제했습니다.")
    return redirect("committees:detail", charter.committee_id)


def _editable_charter(request: OfficeRequest, pk: int) -> Charter:
    charters = Charter.objects.visible_to(request.user).select_related("committee", "statute")
    return load(charters, pk, editable=Charter.objects.editable_by(request.user))


def editable_committee(request: OfficeRequest, pk: int) -> Committee:
    """The committee, where the user may change it; 403 or 404 else."""
    committees = Committee.objects
    return load(
        committees.visible_to(request.user), pk, editable=committees.editable_by(request.user)
    )
