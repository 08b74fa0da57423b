"""Two plans side by side: however the tasks are called, the rows add up to the whole."""

import pytest

from apps.plans import comparison
from apps.plans.models import Plan
from tests.plans.factories import make_area, make_line, make_plan, make_task

pytestmark = pytest.mark.django_db
YEAR = 2031


def make_year(year: int, tasks: list[tuple[int, str, int]]) -> Plan:
    plan = make_plan(year)
    area = make_area(plan)
    for number, title, amount in tasks:
        make_line(plan, amount, task=make_task(area, number=number, title=title))
    return plan


@pytest.mark.parametrize(
    ("before", "now", "rows"),
    [
        (
            [(1, "교육", 1), (2, "교육", 20)],
            [(2, "교육", 300)],
            [("1-2 교육", 20, 300), ("1-1 교육", 1, 0)],
        ),
        (
            [(1, "교육", 1)],
            [(1, "교육", 300), (2, "교육", 4000)],
            [("1-1 교육", 1, 300), ("1-2 교육", 0, 4000)],
        ),
        (
            [(1, "교육", 1), (2, "교육", 20), (3, "교육", 300)],
            [(3, "홍보", 4000), (4, "교육", 50_000)],
            [
                ("1-3 홍보 (지난 계획: 1-3 교육)", 300, 4000),
                ("1-4 교육", 1, 50_000),
                ("1-2 교육", 20, 0),
            ],
        ),
    ],
)
def test_tasks_of_one_title(
    before: list[tuple[int, str, int]],
    now: list[tuple[int, str, int]],
    rows: list[tuple[str, int, int]],
) -> None:
    old, new = make_year(YEAR, before), make_year(YEAR + 1, now)
    changes = comparison.by_task(old, new)
    assert [(c.label, *c.amounts(comparison.DISTRICT)[:2]) for c in changes[:-1]] == rows
    sums = [sum(column) for column in zip(*(c.amounts(0) for c in changes), strict=True)]
    assert tuple(sums) == comparison.total(old, new).amounts(0)
