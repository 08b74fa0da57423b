"""The plan checker and the numbers of firms the office has published."""

from datetime import date

import pytest

from apps.enterprises.models import PublishedCount
from apps.plans.checking import findings
from tests.enterprises.factories import make_firm
from tests.plans.clean import YEAR, make_clean_plan, task

pytestmark = pytest.mark.django_db
RULE = "지정·인증이 살아 있는 기업"


def publish(count: int, as_of: date, **values: str) -> None:
    given = {"rule": RULE, "source": f"{YEAR}년도 추진계획 Ⅲ", **values}
    PublishedCount.objects.create(count=count, as_of=as_of, **given)


def test_numbers_with_their_day_and_rule_are_sound() -> None:
    plan = make_clean_plan()
    publish(28, date(YEAR - 1, 12, 31))
    publish(30, date(YEAR, 3, 31), source="보도자료")
    assert findings(plan) == ()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"date_note": "2018년 (연도만 표기)"}, ("28개(2018년)", "기준일이 없습니다")),
        ({"rule": "집계 기준 미표기"}, ("28개(2018. 12. 31.)", "집계 기준이 없습니다")),
    ],
)
def test_a_number_without_a_day_or_a_rule(values: dict[str, str], words: tuple[str, ...]) -> None:
    plan = make_clean_plan()
    publish(28, date(YEAR - 1, 12, 31), **values)
    (found,) = findings(plan)
    assert (found.rule, found.where) == ("count_basis", "Ⅲ")
    assert [word for word in words if word not in found.message] == []


def test_a_number_by_another_rule_cannot_be_compared() -> None:
    plan = make_clean_plan()
    publish(30, date(YEAR, 3, 31))
    publish(19, date(YEAR, 5, 31), rule="기준 미상", source="기사")
    (found,) = findings(plan)
    assert (found.rule, found.where) == ("count_basis", "기사")
    assert "19개(2019. 5. 31.)" in found.message
    assert "30개(2019. 3. 31.)와 견줄 수 없습니다" in found.message


def test_numbers_of_other_years_are_not_this_plans() -> None:
    plan = make_clean_plan()
    publish(5, date(YEAR - 4, 12, 31), rule="기준 미상")
    publish(50, date(YEAR + 1, 1, 31), rule="기준 미상")
    assert findings(plan) == ()


@pytest.mark.parametrize(
    ("written", "slips"),
    [
        ("협동조합함께웃는가개에 지원", 0),  # a particle makes it another word: not sure enough
        ("협동조합함께웃는가개, 한솔마을", 1),
        ("협동조합함께웃는가게, 한솔마을", 0),
        ("협동조합함께걷는가게", 0),
        ("한술마을", 0),  # too short a name to tell a slip from another firm
    ],
)
def test_a_firm_named_a_letter_off(written: str, slips: int) -> None:
    plan = make_clean_plan()
    make_firm("협동조합함께웃는가게")
    make_firm("한솔마을")
    changed = task(plan, "2-2")
    changed.method = written
    changed.save()
    hits = findings(plan)
    assert [(hit.rule, hit.where) for hit in hits] == [("firm_names", "과제 2-2")] * slips
    assert all("함께웃는가개" in hit.message and "함께웃는가게" in hit.message for hit in hits)
