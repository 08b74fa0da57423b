"""Putting areas, tasks and everything below them in another order, by keyboard or mouse."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.accounts.access import EVERYONE, OfficeRequest, allowed
from apps.core.access import load
from apps.core.refusals import told
from apps.plans import queries, reordering
from apps.plans.access import editable_plan, editable_task
from apps.plans.models import FocusArea, Plan, Task

#: What of a task can be put in order, and what of a plan beside its areas and tasks.
OF_TASK = (("section", "과제 내용"), ("step", "추진절차"), ("milestone", "추진일정"))
OF_PLAN = (("program", "세부사업"), ("line", "예산 내역"), ("request", "행정사항"))


@allowed(*EVERYONE)
def order(request: OfficeRequest, year: int) -> HttpResponse:
    """Areas with their tasks, programmes, budget lines and requests, each in its order."""
    plan = editable_plan(request.user, year)
    lists = [_listed(kind, name, reordering.rows_of_plan(kind, plan)) for kind, name in OF_PLAN]
    areas = list(queries.areas_with_tasks(plan))
    return render(
        request,
        "plans/order.html",
        {"plan": plan, "heading": "순서 바꾸기", "areas": areas, "lists": lists, "task": None},
    )


@allowed(*EVERYONE)
def task_order(request: OfficeRequest, pk: int) -> HttpResponse:
    """The contents, steps and schedule of a task, each in its order."""
    task = editable_task(request.user, pk)
    plan = task.area.plan
    lists = [
        _listed(kind, name, reordering.rows_of_plan(kind, plan).filter(task=task))
        for kind, name in OF_TASK
    ]
    heading = f"{task.code} 순서 바꾸기"
    return render(
        request,
        "plans/order.html",
        {"plan": plan, "heading": heading, "areas": [], "lists": lists, "task": task},
    )


def _listed(kind: str, name: str, rows: Any) -> dict[str, Any]:
    return {"kind": kind, "name": name, "rows": list(rows)}


@require_POST
@allowed(*EVERYONE)
def move(request: OfficeRequest, year: int) -> HttpResponse:
    """Move one row: ``way`` up or down by one, or ``to`` a place, a task also to an ``area``."""
    plan = editable_plan(request.user, year)
    kind = request.POST.get("kind", "")
    if kind not in reordering.ORDERED:
        raise Http404
    row = load(reordering.rows_of_plan(kind, plan), _number(request, "row"))
    try:
        with told():
            _move(request, plan, kind, row)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        row.refresh_from_db()
        messages.success(request, f"‘{row}’ 자리를 옮겼습니다.")
    way = "up" if request.POST.get("way") == "up" else "down"
    task = row.task_id if kind in dict(OF_TASK) else None
    here = ("plans:task_order", task) if task else ("plans:order", plan.year)
    return redirect(f"{reverse(here[0], args=[here[1]])}#{kind}-{row.pk}-{way}")


def _move(request: OfficeRequest, plan: Plan, kind: str, row: Any) -> None:
    by, way = request.user, request.POST.get("way")
    if way in ("up", "down"):
        reordering.step(kind=kind, row=row, down=way == "down", by=by)
        return
    to = _number(request, "to")
    if isinstance(row, Task) and "area" in request.POST:
        area = load(FocusArea.objects.filter(plan=plan), _number(request, "area"))
        if area != row.area:
            reordering.move_task(task=row, area=area, to=to, by=by)
            return
    reordering.move(kind=kind, row=row, to=to, by=by)


def _number(request: OfficeRequest, name: str) -> int:
    """A place or key in the form; raises ``Http404`` for anything else."""
    text = request.POST.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Http404
    return int(text)
