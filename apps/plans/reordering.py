"""Putting the parts of a plan in another order."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.db.models import Case, Value, When

from apps.accounts.models import User
from apps.core.forms import REMOVED_MEANWHILE
from apps.core.history import service
from apps.plans.models import (
    BudgetLine,
    BudgetProgram,
    DepartmentRequest,
    FocusArea,
    Milestone,
    Plan,
    Task,
    TaskSection,
    TaskStep,
)

#: What can be moved, by the word a form sends: the model, what it is ordered within, its order.
ORDERED: dict[str, tuple[type[models.Model], str, str]] = {
    "area": (FocusArea, "plan", "number"),
    "task": (Task, "area", "number"),
    "section": (TaskSection, "task", "position"),
    "step": (TaskStep, "task", "position"),
    "milestone": (Milestone, "task", "position"),
    "program": (BudgetProgram, "plan", "position"),
    "line": (BudgetLine, "plan", "position"),
    "request": (DepartmentRequest, "plan", "position"),
}
#: The way from each to its plan.
PLAN_OF = {"plan": "plan", "area": "area__plan", "task": "task__area__plan"}
Row = Any  # one of the models above


def rows_of_plan(kind: str, plan: Plan) -> models.QuerySet[Row]:
    """Everything of the kind that stands in the plan."""
    model, within, _ = ORDERED[kind]
    return model._default_manager.filter(**{PLAN_OF[within]: plan})


@service
def move(*, kind: str, row: Row, to: int, by: User) -> None:
    """Put ``row`` at the place ``to`` (1 is the first) among those beside it, and renumber them.

    A number past the last means the last. Tasks and areas are numbered by their places: the first
    task of an area is always its 1.
    """
    _hold(kind, row)
    rows = _siblings(kind, getattr(row, ORDERED[kind][1]))
    rows.remove(row)
    rows.insert(min(max(to, 1), len(rows) + 1) - 1, row)
    _renumber(kind, rows)


@service
def move_task(*, task: Task, area: FocusArea, to: int, by: User) -> None:
    """Put a task into another area of its plan, at the place ``to``; both areas are renumbered.

    Raises ``ValidationError`` for an area of another plan.
    """
    if area.plan_id != task.area.plan_id:
        raise ValidationError("다른 계획의 분야로는 옮길 수 없습니다.")
    _hold("area", area)
    _hold("task", task)
    if task.area_id == area.pk:  # somebody else has put it there meanwhile
        move(kind="task", row=task, to=to, by=by)
        return
    left, rows = (_siblings("task", each) for each in (task.area, area))
    left.remove(task)
    rows.insert(min(max(to, 1), len(rows) + 1) - 1, task)
    last = max((each.number for each in rows), default=0)
    Task.objects.filter(pk=task.pk).update(area=area, number=last + 1)
    task.number = last + 1
    _renumber("task", left)
    _renumber("task", rows)


@service
def step(*, kind: str, row: Row, down: bool, by: User) -> None:
    """One place up or down. A task goes on past the end of its area into the next one.

    Raises ``ValidationError`` when there is no place further on.
    """
    _hold(kind, row)
    rows = _siblings(kind, getattr(row, ORDERED[kind][1]))
    place = rows.index(row) + 1
    to = place + 1 if down else place - 1
    if 1 <= to <= len(rows):
        move(kind=kind, row=row, to=to, by=by)
    elif (area := _next_area(row, down) if kind == "task" else None) is not None:
        move_task(task=row, area=area, to=1 if down else area.tasks.count() + 1, by=by)
    else:
        raise ValidationError(f"이미 맨 {'아래' if down else '위'}에 있습니다.")


def _next_area(task: Task, down: bool) -> FocusArea | None:
    areas = list(task.area.plan.areas.all())
    place = areas.index(task.area) + (1 if down else -1)
    return areas[place] if 0 <= place < len(areas) else None


def _hold(kind: str, row: Row) -> None:
    """One at a time: two who move parts of one plan do not number them twice.

    The row is as it stands once it is one's turn. Raises ``ValidationError`` when it is gone then.
    """
    model, within, _ = ORDERED[kind]
    plans = model._default_manager.filter(pk=row.pk).values(PLAN_OF[within])
    list(Plan.objects.select_for_update(no_key=True).filter(pk__in=plans))
    try:
        row.refresh_from_db()
    except ObjectDoesNotExist as error:
        raise ValidationError(REMOVED_MEANWHILE) from error


def _siblings(kind: str, parent: models.Model) -> list[Row]:
    model, within, order = ORDERED[kind]
    return list(model._default_manager.filter(**{within: parent}).order_by(order, "pk"))


def _renumber(kind: str, rows: list[Row]) -> None:
    """Each row gets its place as its number, in one statement; rows in place are left alone."""
    model, _, order = ORDERED[kind]
    wrong = {row.pk: n for n, row in enumerate(rows, 1) if getattr(row, order) != n}
    if wrong:
        places = Case(*(When(pk=pk, then=Value(n)) for pk, n in wrong.items()))
        model._default_manager.filter(pk__in=wrong).update(**{order: places})
