"""Follow-ups of meetings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from apps.accounts.access import OfficeRequest, allowed
from apps.committees import services
from apps.committees.access import READERS
from apps.committees.forms.follow_ups import FollowUpForm
from apps.committees.models import FollowUp
from apps.committees.views.meetings import editable_meeting
from apps.core.access import load
from apps.core.forms import went_through


@allowed(*READERS)
def follow_up_create(request: OfficeRequest, pk: int) -> HttpResponse:
    """Write down what somebody has to do after a meeting."""
    return _edit(request, FollowUp(meeting=editable_meeting(request, pk)), "할 일 추가")


@allowed(*READERS)
def follow_up_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Correct it, or take down the day it was done."""
    return _edit(request, _editable(request, pk), "할 일 수정")


def _edit(request: OfficeRequest, follow_up: FollowUp, heading: str) -> HttpResponse:
    form = FollowUpForm(request.POST or None, instance=follow_up)
    if went_through(form, lambda: services.save_follow_up(follow_up=follow_up, by=request.user)):
        messages.success(request, "할 일을 저장했습니다.")
        return redirect("committees:meeting", follow_up.meeting_id)
    context = {"form": form, "meeting": follow_up.meeting, "heading": heading, "lead": ""}
    return render(request, "committees/after_form.html", context)


@allowed(*READERS)
def follow_up_delete(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask, then remove one."""
    follow_up = _editable(request, pk)
    if request.method == "POST":
        services.delete_follow_up(follow_up=follow_up, by=request.user)
        messages.success(request, f"할 일을 삭제했습니다: {follow_up}")
        return redirect("committees:meeting", follow_up.meeting_id)
    context = {
        "meeting": follow_up.meeting,
        "heading": "할 일 삭제",
        "question": f"‘{follow_up}’ 할 일을 삭제할까요?",
    }
    return render(request, "committees/after_delete.html", context)


def _editable(request: OfficeRequest, pk: int) -> FollowUp:
    rows = FollowUp.objects.visible_to(request.user).select_related("meeting__committee")
    return load(rows, pk, editable=FollowUp.objects.editable_by(request.user))
