"""Screens of committees, their members and their meetings."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import OfficeRequest, allowed
from apps.committees import services
from apps.committees.access import READERS, may_edit
from apps.committees.documents import agenda
from apps.committees.forms import (
    CommitteeFilter,
    MeetingEditor,
    MemberEndForm,
    MemberForm,
    RosterForm,
)
from apps.committees.models import Committee, Meeting, MeetingQuerySet, Member
from apps.committees.queries import composition, new_meeting, quorum_of
from apps.core.access import load
from apps.core.dates import today
from apps.core.forms import went_through
from apps.core.paging import page_of
from apps.documents.enums import FileFormat
from apps.documents.http import paper_response


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


@allowed(*READERS)
def member_create(request: OfficeRequest, committee_pk: int) -> HttpResponse:
    """Add a member to a committee."""
    member = Member(committee=_editable_committee(request, committee_pk))
    return _edit_member(request, member, "위원 추가")


@allowed(*READERS)
def member_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Correct what is written about a member."""
    return _edit_member(request, _editable_member(request, pk), "위원 정보 수정")


def _edit_member(request: OfficeRequest, member: Member, heading: str) -> HttpResponse:
    form = MemberForm(request.POST or None, instance=member)
    if went_through(form, lambda: services.save_member(member=member, by=request.user)):
        messages.success(request, "위원 정보를 저장했습니다.")
        return redirect("committees:detail", member.committee_id)
    context = {"form": form, "committee": member.committee, "heading": heading}
    return render(request, "committees/member_form.html", context)


@allowed(*READERS)
def member_end(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take down the last day of a member who leaves."""
    member = _editable_member(request, pk)
    form = MemberEndForm(request.POST or None)

    def end() -> None:
        services.end_member(member=member, on=form.cleaned_data["ends"], by=request.user)

    if went_through(form, end):
        messages.success(request, "마지막 재임일을 저장했습니다.")
        return redirect("committees:detail", member.committee_id)
    context = {"form": form, "committee": member.committee, "heading": f"{member} 퇴임"}
    return render(request, "committees/member_form.html", context)


@allowed(*READERS)
def meeting_create(request: OfficeRequest, committee_pk: int) -> HttpResponse:
    """Prepare a meeting with its agenda."""
    committee = _editable_committee(request, committee_pk)
    back = reverse("committees:detail", args=[committee.pk])
    return _edit_meeting(request, new_meeting(committee, today()), "회의 준비", back)


@allowed(*READERS)
def meeting_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change a meeting and its agenda."""
    meeting = _editable_meeting(request, pk)
    back = reverse("committees:meeting", args=[pk])
    return _edit_meeting(request, meeting, f"{meeting} 수정", back)


def _edit_meeting(
    request: OfficeRequest, meeting: Meeting, heading: str, back: str
) -> HttpResponse:
    editor = MeetingEditor(meeting, request.POST or None)

    def save() -> None:
        rows = editor.agenda
        services.save_meeting(
            meeting=meeting, items=rows.items, removed=rows.removed, by=request.user
        )

    wants_saving = "add_row" not in request.POST and editor.is_valid()
    if wants_saving and went_through(editor.form, save):
        messages.success(request, "회의와 안건을 저장했습니다.")
        return redirect("committees:meeting", meeting.pk)
    return render(
        request,
        "committees/meeting_form.html",
        {"editor": editor, "meeting": meeting, "heading": heading, "back": back},
    )


@require_safe
@allowed(*READERS)
def meeting_detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """A meeting: facts, quorum and agenda."""
    meeting = load(_meetings(request), pk)
    context = {
        "meeting": meeting,
        "items": meeting.items.all(),
        "quorum": quorum_of(meeting),
        "may_edit": may_edit(request.user),
    }
    return render(request, "committees/meeting.html", context)


@require_POST
@allowed(*READERS)
def meeting_call(request: OfficeRequest, pk: int) -> HttpResponseRedirect:
    """Call the members to a meeting whose day, time, place and agenda are settled."""
    meeting = _editable_meeting(request, pk)
    try:
        services.call_meeting(meeting=meeting, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "회의를 소집했습니다.")
    return redirect("committees:meeting", meeting.pk)


@allowed(*READERS)
def meeting_delete(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask, then remove a meeting that nobody has been called to."""
    meeting = _editable_meeting(request, pk)
    if request.method != "POST":
        return render(request, "committees/meeting_delete.html", {"meeting": meeting})
    try:
        services.delete_meeting(meeting=meeting, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("committees:meeting", pk)
    messages.success(request, f"회의를 삭제했습니다: {meeting}")
    return redirect("committees:detail", meeting.committee_id)


@require_safe
@allowed(*READERS)
def meeting_agenda(request: OfficeRequest, pk: int) -> HttpResponse:
    """회의자료 as PDF, opened in the browser and named for saving."""
    return paper_response(agenda(load(_meetings(request), pk)), FileFormat.PDF)


def _meetings(request: OfficeRequest) -> MeetingQuerySet:
    return Meeting.objects.visible_to(request.user).select_related("committee")


def _editable_meeting(request: OfficeRequest, pk: int) -> Meeting:
    return load(_meetings(request), pk, editable=Meeting.objects.editable_by(request.user))


def _editable_member(request: OfficeRequest, pk: int) -> Member:
    members = Member.objects.visible_to(request.user).select_related("committee")
    return load(members, pk, editable=Member.objects.editable_by(request.user))


def _editable_committee(request: OfficeRequest, pk: int) -> Committee:
    committees = Committee.objects
    return load(
        committees.visible_to(request.user), pk, editable=committees.editable_by(request.user)
    )
