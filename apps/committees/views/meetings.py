"""Meetings: prepared, called, printed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import OfficeRequest, allowed
from apps.committees import services
from apps.committees.access import READERS, may_edit
from apps.committees.documents.notice import notice
from apps.committees.forms.meetings import MeetingEditor
from apps.committees.ics import CONTENT_TYPE, calendar_of
from apps.committees.models import AgendaItem, Attachment, Meeting, MeetingQuerySet
from apps.committees.ordering import moved
from apps.committees.queries import (
    course,
    hindrance,
    new_meeting,
    next_step,
    quorum_of,
    ruled_out,
    withdrawn,
)
from apps.committees.queries.after import after
from apps.committees.queries.calling import short_notice
from apps.committees.views.bodies import editable_committee
from apps.core.access import load
from apps.core.dates import today
from apps.core.forms import went_through
from apps.documents.enums import FileFormat
from apps.documents.http import paper_response

WITHDRAWN = "소집을 취소했습니다. 위원에게 취소를 알리고 소집 취소 달력 파일을 보내 주세요."


@allowed(*READERS)
def meeting_create(request: OfficeRequest, committee_pk: int) -> HttpResponse:
    """Prepare a meeting with its agenda."""
    committee = editable_committee(request, committee_pk)
    back = reverse("committees:detail", args=[committee.pk])
    return _edit_meeting(request, new_meeting(committee, today()), "회의 준비", back)


@allowed(*READERS)
def meeting_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change a meeting and its agenda."""
    meeting = editable_meeting(request, pk)
    back = reverse("committees:meeting", args=[pk])
    return _edit_meeting(request, meeting, f"{meeting} 수정", back)


def _edit_meeting(
    request: OfficeRequest, meeting: Meeting, heading: str, back: str
) -> HttpResponse:
    editor = MeetingEditor(meeting, request.POST or None, request.user)

    def save() -> None:
        rows = editor.agenda
        services.save_meeting(
            meeting=meeting, items=rows.items, removed=rows.removed, by=request.user
        )

    wants_saving = "add_row" not in request.POST and editor.is_valid()
    if wants_saving and went_through(editor.form, save):
        messages.success(request, "회의와 안건을 저장했습니다.")
        if why := ruled_out(meeting):
            messages.warning(request, f"이대로는 소집할 수 없습니다. {why}")
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
    meeting = load(meetings_of(request), pk)
    papers = Prefetch("attachments", queryset=Attachment.objects.listed())
    context = {
        "meeting": meeting,
        "items": meeting.items.select_related("resolution", "plan").prefetch_related(
            papers, "recusals__member"
        ),
        "quorum": quorum_of(meeting),
        "course": course(meeting),
        "next_step": next_step(meeting),
        "hindrance": hindrance(meeting),
        "ruled_out": ruled_out(meeting),
        "withdrawn": withdrawn(meeting),
        "short_notice": short_notice(meeting, today()),
        "may_edit": may_edit(request.user),
        **after(meeting, request.user, today()),
    }
    return render(request, "committees/meeting.html", context)


@require_POST
@allowed(*READERS)
def meeting_call(request: OfficeRequest, pk: int) -> HttpResponseRedirect:
    """Call the members to a meeting whose day, time, place and agenda are settled."""
    meeting = editable_meeting(request, pk)
    try:
        services.call_meeting(meeting=meeting, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "회의를 소집했습니다.")
    return redirect("committees:meeting", meeting.pk)


@allowed(*READERS)
def meeting_withdraw(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask, then take the call back: the meeting is a draft again."""
    meeting = editable_meeting(request, pk)
    if request.method != "POST":
        return render(request, "committees/meeting_withdraw.html", {"meeting": meeting})
    try:
        services.withdraw_call(meeting=meeting, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, WITHDRAWN)
    return redirect("committees:meeting", pk)


@require_POST
@allowed(*READERS)
def item_move(request: OfficeRequest, pk: int) -> HttpResponseRedirect:
    """Another place in the agenda."""
    items = AgendaItem.objects.visible_to(request.user).select_related("meeting")
    item = load(items, pk, editable=AgendaItem.objects.editable_by(request.user))
    way, to = request.POST.get("way", ""), request.POST.get("to", "")
    keys = list(item.meeting.items.values_list("pk", flat=True))
    try:
        order = moved(keys, item.pk, way=way, to=to)
        services.order_items(meeting=item.meeting, keys=order, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, f"‘{item}’ 자리를 옮겼습니다.")
    here = reverse("committees:meeting", args=[item.meeting_id])
    return redirect(f"{here}#item-{item.pk}-{'up' if way == 'up' else 'down'}")


@allowed(*READERS)
def meeting_delete(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask, then remove a meeting that nobody has been called to."""
    meeting = editable_meeting(request, pk)
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
def meeting_notice(request: OfficeRequest, pk: int, form: FileFormat) -> HttpResponse:
    """회의 개최 통지, for the members."""
    return paper_response(notice(load(meetings_of(request), pk)), form)


@require_safe
@allowed(*READERS)
def meeting_calendar(request: OfficeRequest, pk: int) -> HttpResponse:
    """The meeting for the members' calendars, or its end there once the call is withdrawn.

    404 until its day and time are settled.
    """
    meeting = load(meetings_of(request), pk)
    if meeting.to_settle and not withdrawn(meeting):
        raise Http404
    name = content_disposition_header(as_attachment=True, filename=f"{meeting}.ics")
    return HttpResponse(
        calendar_of(meeting),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": name or ""},
    )


def meetings_of(request: OfficeRequest) -> MeetingQuerySet:
    """The meetings the user may read."""
    return Meeting.objects.visible_to(request.user).select_related("committee")


def editable_meeting(request: OfficeRequest, pk: int) -> Meeting:
    return load(meetings_of(request), pk, editable=Meeting.objects.editable_by(request.user))
