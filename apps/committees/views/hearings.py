"""Tying plans to the items they were heard under."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from apps.accounts.access import OfficeRequest, allowed
from apps.committees import services
from apps.committees.access import READERS
from apps.committees.forms.hearings import HearingForm
from apps.committees.models import AgendaItem, PlanHearing
from apps.core.access import load
from apps.core.forms import went_through


@allowed(*READERS)
def hearing_create(request: OfficeRequest, pk: int) -> HttpResponse:
    """Tie a plan to an item of a meeting that was held."""
    items = AgendaItem.objects.visible_to(request.user).select_related("meeting__committee")
    item = load(items, pk, editable=AgendaItem.objects.editable_by(request.user))
    form = HearingForm(request.POST or None, item=item, user=request.user)

    def hear() -> None:
        services.hear_plan(plan=form.cleaned_data["plan"], item=item, by=request.user)

    if went_through(form, hear):
        messages.success(request, "심의한 계획을 이었습니다.")
        return redirect("committees:meeting", item.meeting_id)
    context = {
        "form": form,
        "meeting": item.meeting,
        "heading": "심의한 계획 잇기",
        "lead": item.heading,
    }
    return render(request, "committees/after_form.html", context)


@allowed(*READERS)
def hearing_delete(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask, then untie a plan from an item."""
    hearings = PlanHearing.objects.visible_to(request.user)
    rows = hearings.select_related("plan", "item__meeting__committee")
    hearing = load(rows, pk, editable=PlanHearing.objects.editable_by(request.user))
    meeting = hearing.item.meeting
    if request.method == "POST":
        services.delete_hearing(hearing=hearing, by=request.user)
        messages.success(request, f"계획과의 연결을 삭제했습니다: {hearing.plan}")
        return redirect("committees:meeting", meeting.pk)
    context = {
        "meeting": meeting,
        "heading": "계획 연결 삭제",
        "question": f"‘{hearing.plan}’과 ‘{hearing.item}’ 안건의 연결을 삭제할까요?",
    }
    return render(request, "committees/after_delete.html", context)
