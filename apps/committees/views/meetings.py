"""Meetings: prepared, called, printed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import OfficeRequest, allowed
from apps.committees import services
from apps.committees.access import READERS, may_edit
from apps.committees.documents.agenda import agenda
from apps.committees.forms.meetings import MeetingEditor
from apps.committees.models import Meeting, MeetingQuerySet
from apps.committees.queries import new_meeting, quorum_of
from apps.committees.views.bodies import editable_committee
from apps.core.access import load
from apps.core.dates import today
from apps.core.forms import went_through
from apps.documents.enums import FileFormat
from apps.documents.http import paper_response


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
    meeting = load(meetings_of(request), pk)
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
    meeting = editable_meeting(request, pk)
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
def meeting_agenda(request: OfficeRequest, pk: int) -> HttpResponse:
    """회의자료 as PDF, opened in the browser and named for saving."""
    return paper_response(agenda(load(meetings_of(request), pk)), FileFormat.PDF)


def meetings_of(request: OfficeRequest) -> MeetingQuerySet:
    """The meetings the user may read."""
    return Meeting.objects.visible_to(request.user).select_related("committee")


def editable_meeting(request: OfficeRequest, pk: int) -> Meeting:
    return load(meetings_of(request), pk, editable=Meeting.objects.editable_by(request.user))
