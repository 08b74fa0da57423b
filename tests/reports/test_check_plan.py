"""The checker on the real plan of 2016: every fault the paper has, and none it has not."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import User
from apps.committees.models import Meeting
from apps.plans.checking import checked
from apps.plans.models import Plan
from apps.portal.sample import committees, office, plan_2016, results, rules
from tests.plans.clean import YEAR, make_clean_plan

pytestmark = pytest.mark.django_db
RESULTS = "Ⅳ 2015년 추진실적 및 성과"
BUDGET = "Ⅷ 소요예산"
#: Rule, where, and what the message names. Held to "faults the source really has".
FAULTS = [
    ("agenda", "2016년 제2회 서울특별시 강북구 사회적경제 활성화위원회", "1-1 2016. 8. 31. 9. 1."),
    ("all_sources", BUDGET, "553,706천원 50,206천원 212,500천원 25,000천원 266,000천원 50,000천원"),
    ("amountless", "과제 2-1", "혁신형 4개 266,000천원"),
    ("count_basis", "2016년 5월 기사", "38개 63개 기준"),
    ("count_basis", "Ⅲ", "31개(2013년) 42개(2014년) 54개(2015년)"),
    ("count_basis", "Ⅳ", "63개"),
    ("count_growth", RESULTS, "15개 14개 12개"),
    ("count_series", "Ⅲ 사회적경제 조직 및 현황", "2016. 3. 31. 54개 63개"),
    ("date_rule", "과제 3-2", "11/12 둘째 토요일 넷째주 2016. 11. 26."),
    ("deposits", RESULTS, "200,000천원 공간임대보증금"),
    ("derived", BUDGET, "5,546천원 3,400천원 2,016천원 130천원 간담회"),
    ("hearing", "과제 5-2", "1-1 2016. 8. 31. 2016. 9. 1."),
    ("months_listed", "과제 4-1", "9월이 5월 ~ 12월"),
    ("names", RESULTS, "3가지 사회적경제 지역발전을 거버넌스 1-2 4-1"),
    ("no_budget", "과제 5-3", "비예산 간담회 130천원"),
    ("numbers", "Ⅳ", "빠졌습니다"),
    ("numbers", "Ⅵ", "2번 성과 분야별"),
    ("reconcile", BUDGET, "48,076천원 50,206천원 2,130천원 2,000천원 130천원 설명회 2-1"),
    ("titles", "과제 5-1", "Ⅴ·Ⅵ 컨소시엄을 Ⅶ 컨소시엄"),
    ("titles", "과제 5-2", "Ⅴ·Ⅵ 거버넌스 Ⅶ 위원회"),
    ("titles", "과제 5-3", "Ⅴ 협력사업 Ⅵ·Ⅶ 사업"),
    ("typos", "Ⅷ 소요예산", "시회적기업 사회적기업"),
    ("typos", "과제 4-2", "사회정경제기업 배너"),
    ("typos", "과제 4-2", "사회정경제기업 안내"),
    ("unsplit", "과제 2-1", "266,000천원"),
    ("weekday", RESULTS, "2015. 5. 26.(화) 화요일 토요일 4. 18. 9. 19. 10. 17."),
]


@pytest.fixture
def plan() -> Plan:
    """The real plan, and the committee that hears it."""
    users: dict[str, User] = office.load(today=date(2016, 1, 1))
    rules.load()
    plan = plan_2016.load(by=users["officer"])
    results.load(plan=plan, by=users["officer"])
    committees.load(today=date(2026, 1, 1), by=users["secretary"])
    return plan


def printed(*args: object) -> str:
    out = StringIO()
    call_command("check_plan", *args, stdout=out)
    return out.getvalue()


def test_every_fault_of_the_real_plan_and_no_other(plan: Plan) -> None:
    rows = json.loads(printed(2016, "--json"))
    assert [set(row) for row in rows] == [{"rule", "where", "message"}] * len(rows)
    rows.sort(key=lambda row: (row["rule"], row["where"], "안내 리플릿" in row["message"][:25]))
    assert [(row["rule"], row["where"]) for row in rows] == [fault[:2] for fault in FAULTS]
    lacking = {
        (rule, word)
        for row, (rule, _, words) in zip(rows, FAULTS, strict=True)
        for word in words.split()
        if word not in row["message"]
    }
    assert lacking == set()


def test_they_are_mended_where_they_lead(plan: Plan) -> None:
    """Each finding names a page; mending what it says takes it away."""
    assert all(found.url.startswith("/") for each in checked(plan) for found in each.findings)
    Meeting.objects.filter(month=date(2016, 9, 1)).update(month=date(2016, 8, 1))
    plan.printed_names.all().delete()
    assert {row["rule"] for row in json.loads(printed(2016, "--json"))} == {
        rule for rule, _, _ in FAULTS
    } - {"agenda", "all_sources", "numbers", "titles", "typos"}


def test_a_readable_list(plan: Plan) -> None:
    text = printed(2016)
    assert "  - 과제 3-2: 11/12" in text
    assert f"점검 결과 {len(FAULTS)}건" in text


def test_nothing_amiss_is_an_empty_list() -> None:
    make_clean_plan()
    assert json.loads(printed(YEAR, "--json")) == []
    assert "이상 없음" in printed(YEAR)


def test_a_year_without_a_plan() -> None:
    with pytest.raises(CommandError, match="2050"):
        printed(2050, "--json")
