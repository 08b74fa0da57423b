"""A confirmed plan never changes: the database refuses it, whoever writes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.utils import timezone

from apps.accounts.models import Department, User
from apps.plans.enums import PlanState
from apps.plans.models import (
    BudgetLine,
    BudgetProgram,
    Completion,
    DepartmentRequest,
    Expenditure,
    FocusArea,
    Indicator,
    Milestone,
    Plan,
    PlanSection,
    RequestDelivery,
    Result,
    Task,
    TaskDepartment,
    TaskSection,
    TaskStep,
)
from tests.world import make_plan

pytestmark = pytest.mark.django_db
REFUSED = "확정한 계획은 고칠 수 없습니다"
PARTS = (
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
    Indicator,
)


@pytest.fixture
def plan(department: Department) -> Plan:
    world = make_plan(2016)
    task = world["task"]
    assert isinstance(task, Task)
    TaskDepartment.objects.create(task=task, department=department)
    Indicator.objects.create(task=task, label="구매액", actual="공공구매 실적", target_value=10)
    plan = world["plan"]
    assert isinstance(plan, Plan)
    return plan


def confirm(plan: Plan, by: User) -> None:
    Plan.objects.filter(pk=plan.pk).update(
        state=PlanState.CONFIRMED, confirmed_at=timezone.now(), confirmed_by=by
    )


def close(plan: Plan, by: User) -> None:
    Plan.objects.filter(pk=plan.pk).update(
        state=PlanState.CLOSED, closed_at=timezone.now(), closed_by=by
    )


def refused(change: Callable[[], object], said: str = REFUSED) -> bool:
    with pytest.raises(IntegrityError, match=said), transaction.atomic():
        change()
    return True


def delete_by_sql(row: models.Model) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])  # noqa: S608


def write_again(row: models.Model) -> None:
    """The same row once more, as a new one."""
    row.pk = None
    row.save(force_insert=True)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_no_part_of_a_confirmed_plan_changes(
    part: type[models.Model], plan: Plan, officer: User
) -> None:
    rows = part._default_manager.all()
    first = rows.first()
    assert first is not None
    first.save()  # open while it is a draft
    confirm(plan, officer)
    assert refused(first.save)
    assert refused(lambda: rows.update(id=models.F("id")))
    assert refused(lambda: delete_by_sql(first))
    assert refused(lambda: write_again(first))


def test_a_part_does_not_move_into_a_confirmed_plan(plan: Plan, officer: User) -> None:
    other = Plan.objects.create(year=2017, title="다음", issuer="일자리과")
    section = PlanSection.objects.create(plan=other, key="results", title="실적")
    confirm(plan, officer)
    section.plan = plan
    assert refused(section.save)


@pytest.mark.parametrize(
    "change",
    [{"title": "다른 이름"}, {"vision": "다른 비전"}, {"counted_on": None}, {"source": "다름"}],
)
def test_the_text_of_a_confirmed_plan_does_not_change(
    change: dict[str, object], plan: Plan, officer: User
) -> None:
    rows = Plan.objects.filter(pk=plan.pk)
    confirm(plan, officer)
    assert refused(lambda: rows.update(**change))
    rows.update(state=PlanState.REVISING, revision_reason="금액 정정")
    rows.update(**change)
    assert refused(lambda: delete_by_sql(plan))


def test_a_plan_once_confirmed_keeps_its_year(plan: Plan, officer: User) -> None:
    rows = Plan.objects.filter(pk=plan.pk)
    confirm(plan, officer)
    rows.update(state=PlanState.REVISING, revision_reason="금액 정정")
    with pytest.raises(IntegrityError, match="연도는 바꿀 수 없습니다"), transaction.atomic():
        rows.update(year=2019)
    assert rows.get().year == 2016


def test_what_is_done_under_a_confirmed_plan_is_recorded(plan: Plan, officer: User) -> None:
    confirm(plan, officer)
    milestone = Milestone.objects.filter(completion=None)[0]
    Completion.objects.create(milestone=milestone, done_on=date(2016, 3, 2))
    asked = DepartmentRequest.objects.all()[0]
    assert officer.department is not None
    RequestDelivery.objects.create(
        request=asked, department=officer.department, sent_at=timezone.now(), sent_by=officer
    )
    Result.objects.create(year=2016, name="넷째 토요일 장터", value=6, unit="회", source="기록")
    assert Completion.objects.filter(milestone=milestone).exists()


@pytest.mark.parametrize("what", ["milestone", "step", "money"])
def test_what_was_done_under_a_closed_plan_stays(what: str, plan: Plan, officer: User) -> None:
    """Nothing is added, changed, moved out or removed, whoever writes."""
    day = date(2016, 3, 2)
    rows: models.QuerySet[Any]
    if what == "money":
        line = BudgetLine.objects.filter(plan=plan, conditional=False)[0]
        Expenditure.objects.all().delete()
        row: models.Model = Expenditure.objects.create(line=line, spent_on=day, amount=1, text="")
        rows = Expenditure.objects.filter(pk=row.pk)
    else:
        part = (Milestone if what == "milestone" else TaskStep)._default_manager.all()[0]
        Completion.objects.all().delete()
        row = Completion.objects.create(**{what: part}, done_on=day)
        rows = Completion.objects.filter(pk=row.pk)
    confirm(plan, officer)
    row.save()
    close(plan, officer)
    said = "마감한 계획에는 완료나 집행을"
    assert refused(row.save, said)
    assert refused(lambda: rows.update(id=models.F("id")), said)
    assert refused(lambda: delete_by_sql(row), said)
    assert refused(lambda: write_again(row), said)


@pytest.mark.parametrize(
    ("old", "new"),
    [("draft", "revising"), ("draft", "closed"), ("confirmed", "draft"), ("revising", "closed")],
)
def test_no_state_is_skipped(old: str, new: str, plan: Plan, officer: User) -> None:
    def to(state: str) -> None:
        Plan.objects.filter(pk=plan.pk).update(
            state=state,
            confirmed_at=None if state == "draft" else timezone.now(),
            confirmed_by=None if state == "draft" else officer,
            closed_at=timezone.now() if state == "closed" else None,
            closed_by=officer if state == "closed" else None,
            revision_reason="정정" if state == "revising" else "",
        )

    for state in {"confirmed": ["confirmed"], "revising": ["confirmed", "revising"]}.get(old, []):
        to(state)
    with pytest.raises(DatabaseError, match="Invalid transition"):
        to(new)
