"""How far a plan and its tasks have come, and recording what was done."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.accounts.access import EVERYONE, OfficeRequest, allowed
from apps.core.access import load
from apps.core.dates import today
from apps.core.forms import went_through
from apps.plans import catalog, execution, progress, services
from apps.plans.access import (
    editable_completion,
    editable_task,
    readable_plan,
    readable_task,
    records,
    running_task,
    writes,
)
from apps.plans.execution_forms import CompletionForm, DayForm, IndicatorRows
from apps.plans.models import Milestone, Task, TaskStep
from apps.plans.views import pages


def progress_url(task: Task) -> str:
    return reverse("plans:task_progress", args=[task.pk])


@allowed(*EVERYONE)
def plan_progress(request: OfficeRequest, year: int) -> HttpResponse:
    """Every task as of a day: today, the end of a quarter, or any other."""
    plan = readable_plan(request.user, year)
    form = DayForm({"on": request.GET.get("on") or today().isoformat()}, today=today())
    day = form.day
    url = reverse("plans:progress", args=[plan.year])
    found = progress.plan_progress(plan, day, today())
    quarters = list(progress.quarters_until(plan.year, today()))
    quarter = next((number for number, end in quarters if day <= end), len(quarters))
    return render(
        request,
        "plans/progress.html",
        {
            "plan": plan,
            "screens": pages.screens(plan, "progress"),
            "form": form,
            "day": day,
            "quarters": [
                {"label": f"{number}분기", "url": f"{url}?on={end}", "current": end == day}
                for number, end in quarters
            ],
            "quarter": quarter,
            "paper_label": f"{quarter}분기 추진상황 보고",
            "progress": found,
            "measured_note": f"과제 {len(found.tasks)}개 중 잴 수 있는 {found.measured}개의 평균",
            "done_text": f"{found.done} / {found.items}",
            "how": progress.HOW,
        },
    )


@allowed(*EVERYONE)
def task_progress(request: OfficeRequest, pk: int) -> HttpResponse:
    """What a task's progress is computed from, and where its parts are recorded as done."""
    return _task_page(request, readable_task(request.user, pk))


def _task_page(
    request: OfficeRequest, task: Task, sent: CompletionForm | None = None
) -> HttpResponse:
    plan, day = task.area.plan, today()
    found = progress.task_progress(task, day, day)
    may_record = records(request.user, plan)
    return render(
        request,
        "plans/progress_task.html",
        {
            "plan": plan,
            "task": task,
            "day": day,
            "progress": found,
            "items": [_row(item, sent, may_record=may_record) for item in found.items],
            "lines": execution.with_spent(task.lines.all()),
            "how": progress.HOW,
            "records": may_record,
            "may_edit": writes(request.user, plan),
        },
    )


def _row(item: progress.Item, sent: CompletionForm | None, *, may_record: bool) -> dict[str, Any]:
    """A milestone or step, with the form to record it as done where that can be."""
    if item.done_on or not may_record:
        return {"item": item, "form": None}
    form = CompletionForm.of(item.part, today=today())
    return {
        "item": item,
        "form": sent if sent and sent.prefix == form.prefix else form,
        "url": reverse(f"plans:{item.kind}_done", args=[item.part.pk]),
    }


@require_POST
@allowed(*EVERYONE)
def milestone_done(request: OfficeRequest, pk: int) -> HttpResponse:
    visible = Milestone.objects.filter(task__in=Task.objects.visible_to(request.user))
    return _done(request, load(visible, pk))


@require_POST
@allowed(*EVERYONE)
def step_done(request: OfficeRequest, pk: int) -> HttpResponse:
    visible = TaskStep.objects.filter(task__in=Task.objects.visible_to(request.user))
    return _done(request, load(visible, pk))


def _done(request: OfficeRequest, part: Milestone | TaskStep) -> HttpResponse:
    """The part was done on a day; a wrong day is said beside it, on the task's page."""
    task = running_task(request.user, part.task_id)
    if hasattr(part, "completion"):
        messages.info(request, f"‘{part}’ 완료는 이미 기록되어 있습니다.")
        return redirect(progress_url(task))
    form = CompletionForm.of(part, request.POST, today=today())
    if went_through(form, lambda: services.save_form(form=form, by=request.user)):
        messages.success(request, f"‘{part}’ 완료를 기록했습니다.")
        return redirect(progress_url(task))
    return _task_page(request, task, form)


@allowed(*EVERYONE)
def completion_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Put the day or the outcome of what was done right."""
    completion = editable_completion(request.user, pk)
    part = completion.part
    form = CompletionForm(request.POST or None, instance=completion, today=today())
    back = progress_url(part.task)
    if request.method == "POST" and went_through(
        form, lambda: services.save_form(form=form, by=request.user)
    ):
        messages.success(request, f"‘{part}’ 완료 기록을 고쳤습니다.")
        return redirect(back)
    return render(
        request,
        "plans/execution_form.html",
        {
            "form": form,
            "plan": part.task.area.plan,
            "heading": f"완료 기록 수정: {part}",
            "ways": "",
            "cancel_url": back,
        },
    )


@require_POST
@allowed(*EVERYONE)
def completion_undo(request: OfficeRequest, pk: int) -> HttpResponse:
    """The part is not done after all."""
    completion = editable_completion(request.user, pk)
    part = completion.part
    services.delete(row=completion, by=request.user)
    messages.success(request, f"‘{part}’ 완료를 취소했습니다.")
    return redirect(progress_url(part.task))


@allowed(*EVERYONE)
def indicators_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    task = editable_task(request.user, pk)
    return pages.edit_rows(
        request,
        IndicatorRows(request.POST or None, instance=task, form_kwargs={"units": catalog.units()}),
        plan=task.area.plan,
        heading=f"{task.code} 성과지표",
        back=progress_url(task),
    )
