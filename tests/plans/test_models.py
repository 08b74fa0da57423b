"""What the database itself refuses."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError

from apps.accounts.models import Department
from apps.plans.enums import MoneySource, SectionKey
from apps.plans.models import BudgetLine, Milestone, Plan, PlanSection, TaskDepartment, TaskStep
from tests.plans.factories import (
    make_area,
    make_full_task,
    make_line,
    make_plan,
    make_program,
    make_task,
)

pytestmark = pytest.mark.django_db
BACKWARDS = {"starts": date(2019, 3, 2), "ends": date(2019, 3, 1)}


@pytest.mark.parametrize("year", [1999, 2101])
def test_a_plan_is_of_a_year_of_ours(year: int) -> None:
    with pytest.raises(IntegrityError, match="plan_year_is_a_year"):
        make_plan(year)


@pytest.mark.parametrize("year", [2000, 2100])
def test_the_first_and_the_last_year_are_taken(year: int) -> None:
    make_plan(year).full_clean()


def test_a_year_has_one_plan() -> None:
    make_plan()
    with pytest.raises(IntegrityError, match="year"):
        make_plan()


def test_sections_and_money_are_of_known_kinds() -> None:
    plan = make_plan()
    with pytest.raises(IntegrityError, match="plan_section_key_is_known"), transaction.atomic():
        PlanSection.objects.create(plan=plan, key="preface", title="머리말")
    with pytest.raises(IntegrityError, match="budget_line_source_is_known"):
        make_line(plan, source="lottery")


def once(plan: Plan, other: Plan) -> dict[str, Callable[[Plan, str], models.Model]]:
    """By constraint: a row that two plans may have each, and one plan only once."""
    areas = {plan: make_area(plan), other: make_area(other)}
    return {
        "plan_section_once_a_plan": lambda p, t: PlanSection.objects.create(
            plan=p, key=SectionKey.BASIS, title=t
        ),
        "focus_area_number_once_a_plan": lambda p, t: make_area(p, number=9, title=t),
        "task_number_once_an_area": lambda p, t: make_task(areas[p], number=9, title=t),
        "budget_program_name_once_a_plan": lambda p, t: make_program(p, works=t),
    }


@pytest.mark.parametrize(
    "constraint",
    [
        "plan_section_once_a_plan",
        "focus_area_number_once_a_plan",
        "task_number_once_an_area",
        "budget_program_name_once_a_plan",
    ],
)
def test_keys_and_numbers_are_given_once_a_plan(constraint: str) -> None:
    plan, other = make_plan(), make_plan(2020)
    make = once(plan, other)[constraint]
    make(plan, "가")
    make(other, "가")
    with pytest.raises(IntegrityError, match=constraint):
        make(plan, "나")


def test_a_department_carries_a_task_once(department: Department) -> None:
    task = make_task(make_area(make_plan()))
    TaskDepartment.objects.create(task=task, department=department)
    with pytest.raises(IntegrityError, match="task_department_once_a_task"):
        TaskDepartment.objects.create(task=task, department=department)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("task_ends_after_it_starts", BACKWARDS),
        ("task_stated_months_are_months", {"stated_months": [0]}),
        ("task_stated_months_are_months", {"stated_months": [3, 13]}),
    ],
)
def test_a_task_the_database_refuses(constraint: str, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        make_task(make_area(make_plan()), **values)


def test_months_and_open_periods_the_database_takes() -> None:
    area = make_area(make_plan())
    make_task(area, stated_months=list(range(1, 13)), starts=date(2019, 5, 1))
    make_task(area, ends=date(2019, 5, 1))
    make_task(area, starts=date(2019, 5, 1), ends=date(2019, 5, 1))
    for task in area.tasks.all():
        task.full_clean()


@pytest.mark.parametrize(
    ("model", "constraint"),
    [(TaskStep, "task_step_ends_after_it_starts"), (Milestone, "milestone_ends_after_it_starts")],
)
def test_a_part_of_a_task_does_not_end_before_it_starts(
    model: type[TaskStep | Milestone], constraint: str
) -> None:
    task = make_task(make_area(make_plan()))
    with pytest.raises(IntegrityError, match=constraint):
        model._default_manager.create(task=task, **BACKWARDS)


def test_money_is_never_below_zero() -> None:
    make_line(make_plan(2018), 0)
    with pytest.raises(IntegrityError, match="amount"):
        make_line(make_plan(), -1)


@pytest.mark.parametrize("source", [s for s in MoneySource if s is not MoneySource.DISTRICT])
def test_only_district_money_is_in_a_programme(source: MoneySource) -> None:
    plan = make_plan()
    make_line(plan, program=make_program(plan))
    make_line(plan, source=source)
    with pytest.raises(IntegrityError, match="budget_line_program_is_district_money"):
        make_line(plan, source=source, program=plan.programs.get())


def test_a_line_keeps_to_its_plan() -> None:
    plan, other = make_plan(), make_plan(2020)
    task, its_program = make_task(make_area(other)), make_program(other)
    line = BudgetLine(
        plan=plan, label="가", source=MoneySource.DISTRICT, amount=1, task=task, program=its_program
    )
    with pytest.raises(ValidationError) as refused:
        line.full_clean()
    assert refused.value.message_dict == {
        "task": ["다른 계획의 과제입니다."],
        "program": ["다른 계획의 세부사업입니다."],
    }


def test_money_holds_its_task_and_its_programme() -> None:
    plan = make_plan()
    task = make_full_task(make_area(plan))
    make_line(plan, program=make_program(plan))
    with pytest.raises(ProtectedError):
        task.delete()
    with pytest.raises(ProtectedError):
        task.area.delete()
    with pytest.raises(ProtectedError):
        plan.programs.get().delete()


def test_names_as_the_office_says_them() -> None:
    plan = make_plan()
    area = make_area(plan, title="인프라 구축")
    task = make_task(area, title="계획 수립")
    assert [str(plan), str(area), str(task)] == [
        "2019년도 추진계획",
        "1. 인프라 구축",
        "1-1 계획 수립",
    ]
