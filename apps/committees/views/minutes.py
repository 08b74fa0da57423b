"""The minutes of a meeting: read, written, drafted anew, confirmed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.accounts.access import OfficeRequest, allowed
from apps.committees import services
from apps.committees.access import READERS, may_edit
from apps.committees.enums import MeetingState
from apps.committees.forms.minutes import MinutesForm
from apps.committees.models import Minutes
from apps.committees.queries.minutes import draft_of, next_minutes, previous_minutes
from apps.committees.services.minutes import CONFIRMED, TOO_EARLY
from apps.committees.views.meetings import editable_meeting, meetings_of
from apps.core.access import load
from apps.core.forms import went_through


@require_safe
@allowed(*READERS)
def minutes(request: OfficeRequest, pk: int) -> HttpResponse:
    """회의록, saved or as the records tell it, between the minutes before and after."""
    meeting = load(meetings_of(request), pk)
    saved = Minutes.objects.filter(meeting=meeting).first()
    context = {
        "meeting": meeting,
        "saved": saved,
        "text": saved.text if saved else draft_of(meeting) if meeting.opened_at else "",
        "follow_ups": meeting.follow_ups.all(),
        "previous": previous_minutes(meeting),
        "next": next_minutes(meeting),
        "is_confirmed": meeting.state == MeetingState.CONFIRMED,
        "may_write": may_edit(request.user) and meeting.state == MeetingState.CLOSED,
    }
    return render(request, "committees/minutes.html", context)


@allowed(*READERS)
def minutes_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Write the minutes, beginning with what the records tell."""
    meeting = editable_meeting(request, pk)
    row = Minutes.objects.filter(meeting=meeting).first()
    row = row or Minutes(meeting=meeting, text=draft_of(meeting))
    if request.method != "POST" and meeting.state != MeetingState.CLOSED:
        said = CONFIRMED if meeting.state == MeetingState.CONFIRMED else TOO_EARLY
        messages.error(request, said)
        return redirect("committees:minutes", pk)
    form = MinutesForm(request.POST or None, instance=row, meeting=meeting)

    def save() -> None:
        closed_at = form.cleaned_data["closed_at"]
        services.save_minutes(minutes=row, closed_at=closed_at, by=request.user)

    if went_through(form, save):
        messages.success(request, "회의록을 저장했습니다.")
        return redirect("committees:minutes", pk)
    if form.has_error("closed_at"):
        form.take_up()
    context = {"form": form, "meeting": meeting, "back": reverse("committees:minutes", args=[pk])}
    return render(request, "committees/minutes_form.html", context)


@allowed(*READERS)
def minutes_draft(request: OfficeRequest, pk: int) -> HttpResponse:
    """Warn, then draft the minutes anew in place of what was typed."""
    meeting = editable_meeting(request, pk)
    if request.method != "POST":
        return render(request, "committees/minutes_draft.html", {"meeting": meeting})
    try:
        services.draft_again(meeting=meeting, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "회의 기록으로 회의록을 다시 만들었습니다.")
    return redirect("committees:minutes", pk)


@allowed(*READERS)
def minutes_confirm(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask, then the minutes stand: nothing of the meeting changes any more."""
    meeting = editable_meeting(request, pk)
    if request.method != "POST":
        return render(request, "committees/minutes_confirm.html", {"meeting": meeting})
    try:
        services.confirm_minutes(meeting=meeting, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "회의록을 확정했습니다.")
    return redirect("committees:minutes", pk)
