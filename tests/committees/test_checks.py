"""The plan checker and what committees are to hear in the plan's year."""

from datetime import date

import pytest

from apps.committees.models import Meeting
from apps.plans.checking import findings
from apps.plans.models import Plan
from tests.committees.factories import make_committee, make_meeting
from tests.plans.clean import YEAR, make_clean_plan

pytestmark = pytest.mark.django_db
PAPER = "가람구 사회적경제 발전계획 수립(안)"


@pytest.fixture
def plan() -> Plan:
    """Its task 1-1 makes a paper from June to October."""
    return make_clean_plan()


def hear(month: int, *titles: str, year: int = YEAR) -> Meeting:
    return make_meeting(make_committee(), *titles, month=date(year, month, 1))


@pytest.mark.parametrize("month", [6, 9, 10])
def test_a_paper_heard_while_it_is_made(month: int, plan: Plan) -> None:
    hear(month, PAPER)
    assert findings(plan) == ()


@pytest.mark.parametrize(
    ("month", "words"),
    [
        (11, ("2019. 10. 31. 끝나는데", "2019. 11. 1. ~ 2019. 11. 30.")),
        (5, ("2019. 6. 1.부터 나오는데", "2019. 5. 1. ~ 2019. 5. 31.")),
    ],
)
def test_a_paper_heard_too_late_or_too_early(
    month: int, words: tuple[str, ...], plan: Plan
) -> None:
    meeting = hear(month, "다른 안건", PAPER)
    (found,) = findings(plan)
    assert (found.rule, found.where) == ("agenda", str(meeting))
    assert [word for word in ("1-1", PAPER, *words) if word not in found.message] == []
    assert found.url.endswith(f"/{meeting.pk}/")


def test_the_settled_day_is_what_counts(plan: Plan) -> None:
    meeting = hear(11, PAPER)
    meeting.held_on = date(YEAR, 11, 20)
    meeting.save()
    (found,) = findings(plan)
    assert "2019. 11. 20.에" in found.message


def test_work_that_makes_no_paper_may_be_reported_any_time(plan: Plan) -> None:
    hear(12, "사회적경제 장터 운영")
    hear(11, PAPER, year=YEAR + 1)
    assert findings(plan) == ()
