"""The plan checker and the purchase targets a task's table states."""

import pytest

from apps.plans.checking import findings
from apps.plans.models import Plan, TaskSection
from apps.procurement.models import AnnualTarget
from tests.plans.clean import YEAR, make_clean_plan, task

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    plan = make_clean_plan()
    TaskSection.objects.create(
        task=task(plan, "2-1"),
        title="목표액",
        table=[
            ["구분", "제품 구매목표액", "함께누리몰 구매목표액", "비고"],
            [f"{YEAR}년", "1,200", "32", ""],
            [f"{YEAR - 1}년", "900", "20", ""],
        ],
        table_unit="천원",
    )
    return plan


def test_targets_that_agree(plan: Plan) -> None:
    assert findings(plan) == ()  # none is set yet
    AnnualTarget.objects.create(year=YEAR, total=1_200_000, mall=32_000)
    assert findings(plan) == ()


@pytest.mark.parametrize(
    ("total", "mall", "words"),
    [
        (1_300_000, 32_000, ("제품 구매목표액", "1,200천원", "1,300천원")),
        (1_200_000, 30_000, ("함께누리몰 구매목표액", "32천원", "30천원")),
    ],
)
def test_a_target_unlike_the_one_set(
    total: int, mall: int, words: tuple[str, ...], plan: Plan
) -> None:
    AnnualTarget.objects.create(year=YEAR, total=total, mall=mall)
    (found,) = findings(plan)
    assert (found.rule, found.where) == ("targets", "과제 2-1")
    assert [word for word in words if word not in found.message] == []
