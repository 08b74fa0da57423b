"""An invented plan, its tasks and its money."""

from typing import Any

from django.db.models import Model

from apps.plans.enums import MoneySource
from apps.plans.models import (
    BudgetLine,
    BudgetProgram,
    DepartmentRequest,
    FocusArea,
    Milestone,
    Plan,
    PlanSection,
    Task,
    TaskDepartment,
    TaskSection,
    TaskStep,
)

YEAR = 2019
MODELS: tuple[type[Model], ...] = (
    Plan,
    PlanSection,
    FocusArea,
    Task,
    TaskDepartment,
    TaskSection,
    TaskStep,
    Milestone,
    BudgetProgram,
    BudgetLine,
    DepartmentRequest,
)


def make_plan(year: int = YEAR, **values: Any) -> Plan:
    defaults = {"title": f"{year}년도 추진계획", "issuer": "일자리과", "purpose": "목적"}
    return Plan.objects.create(year=year, **{**defaults, **values})


def make_area(plan: Plan, **values: Any) -> FocusArea:
    number = plan.areas.count() + 1
    defaults = {"number": number, "title": f"분야 {number}"}
    return FocusArea.objects.create(plan=plan, **{**defaults, **values})


def make_task(area: FocusArea, **values: Any) -> Task:
    number = area.tasks.count() + 1
    defaults = {"number": number, "title": f"과제 {number}", "purpose": "목적"}
    return Task.objects.create(area=area, **{**defaults, **values})


def make_program(plan: Plan, name: str = "활성화 지원", **values: Any) -> BudgetProgram:
    return BudgetProgram.objects.create(plan=plan, name=name, **values)


def make_line(plan: Plan, amount: int = 1_000_000, **values: Any) -> BudgetLine:
    defaults = {"label": f"예산 {plan.lines.count() + 1}", "source": MoneySource.DISTRICT}
    return BudgetLine.objects.create(plan=plan, amount=amount, **{**defaults, **values})


def make_full_task(area: FocusArea, **values: Any) -> Task:
    """A task with one of everything that may stand on its page."""
    task = make_task(area, **values)
    TaskSection.objects.create(
        task=task, position=1, title="사업개요", body="○ 내용", table=[["구분", "값"], ["가", "1"]]
    )
    TaskStep.objects.create(task=task, position=1, title="조사", when="3월", actor="구청")
    Milestone.objects.create(task=task, position=1, text="심의", when="9월")
    make_line(area.plan, task=task)
    return task


def snapshot() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of the app, to prove that nothing has changed."""
    return {model.__name__: rows_of(model) for model in MODELS}


def rows_of(model: type[Model]) -> list[dict[str, Any]]:
    return list(model._default_manager.order_by("pk").values())
