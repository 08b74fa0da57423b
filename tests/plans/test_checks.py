"""The checker: nothing of a clean plan; of a fault put into it, that one by that rule alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.plans.checking import findings
from apps.plans.enums import SectionKey
from apps.plans.models import (
    BudgetLine,
    Plan,
    Result,
    TaskStep,
)
from tests.plans.clean import YEAR, make_clean_plan, task
from tests.plans.factories import make_area, make_full_task, make_line, make_task
from tests.plans.faults import (
    BUDGET,
    FAULTS,
    OUTLOOK,
    RESULTS,
    change,
    late_step,
    rewrite,
    unstated_total,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return make_clean_plan()


def found(plan: Plan) -> list[tuple[str, str]]:
    return [(f.rule, f.where) for f in findings(plan)]


def test_a_clean_plan_has_nothing_amiss(plan: Plan) -> None:
    assert findings(plan) == ()


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found_by_its_rule_alone(fault: str, plan: Plan) -> None:
    put_in, rule, where, words = FAULTS[fault]
    put_in(plan)
    plan.refresh_from_db()
    hits = findings(plan)
    assert {(hit.rule, hit.where) for hit in hits} == {(rule, where)}
    assert [word for word in words if word not in " ".join(hit.message for hit in hits)] == []


def test_no_budget_and_money_for_what_the_task_plans(plan: Plan) -> None:
    """The money is the budget chapter's alone, so the two do not agree either."""
    TaskStep.objects.create(task=task(plan, "1-1"), title="실무자 간담회", position=9)
    make_line(plan, 130_000, label="간담회 등", program=plan.programs.get())
    assert found(plan) == [("reconcile", BUDGET), ("no_budget", "과제 1-1")]


@pytest.mark.parametrize(
    "words",
    [
        "공모: 3월, 9월",
        "과제 1-2와 2. 5배, 3/4 이상",
        "문의: 02-123-4567",
        "회의: 2019. 4. 3.(수), 4/10(수), '19.5.1.(수), 6월 5일(수)",
        "박람회 (2018. 10. 29. ~ 10. 30.)",
        "수당 70천원씩, 회의 한 번에 최대 500천원",
        "1차년도 50백만원(6개월) → 본사업 500백만원(3년)",
        "2018년 총사업비 46,000천원",
        "국비(50%), 시비(25%), 구비(25%)",
        "임차료 30백만원 (기업당 10백만원, 3개 기업)",
        "구성: 6명\n- 위원장: 국장\n- 위원: 5명",
        "제22~32조, 「가람구 사회적경제 조례」 제34조",
    ],
)
def test_sound_words_are_left_alone(words: str, plan: Plan) -> None:
    rewrite(plan, SectionKey.OUTLOOK, "판로가 좁음", f"판로가 좁음\n○ {words}")
    assert findings(plan) == ()


def test_a_settlement_may_follow_the_work(plan: Plan) -> None:
    late_step(plan, "지원금 정산 검토")
    assert findings(plan) == ()


@pytest.mark.parametrize(
    "names",
    [
        ("「가람구 마을공동체 조례」", "「가람구 사회적경제 활성화 조례」"),
        ("「협동조합 기본법 시행령」", "「협동조합 기본법 시행규칙」"),
        ("「제1회 나눔 큰장터」", "「제2회 나눔 큰장터」"),
        ("「가람구-누리대학교 교육 업무협약」 (2019. 4. 1.)", "없음"),
    ],
)
def test_names_of_different_things(names: tuple[str, str], plan: Plan) -> None:
    change(plan, "1-1", bases=names[0])
    change(plan, "2-1", bases=names[1])
    assert findings(plan) == ()


def test_firms_that_closed_explain_the_growth(plan: Plan) -> None:
    rewrite(plan, SectionKey.RESULTS, "발굴: 7개", "발굴: 12개\n○ 폐업·해산: 5개")
    assert findings(plan) == ()


def test_a_figure_filled_in_counts_as_written(plan: Plan) -> None:
    """``{{총사업비}}`` prints the total of all sources, so a published paper states it."""
    unstated_total(plan)
    Plan.objects.filter(pk=plan.pk).update(budget_note="모두 {{총사업비}}")
    plan.refresh_from_db()
    assert findings(plan) == ()


def test_a_typed_result_is_a_record_too(plan: Plan) -> None:
    Result.objects.create(year=YEAR - 1, name="설명회", value=3, unit="회", source="문서")
    rewrite(plan, SectionKey.RESULTS, "□ 장터", "○ 설명회: 4회\n□ 장터")
    (hit,) = findings(plan)
    assert (hit.rule, hit.where) == ("typed_figures", RESULTS)
    assert [word for word in ("설명회", "4회", "3회") if word not in hit.message] == []


def asked(plan: Plan) -> int:
    with CaptureQueriesContext(connection) as queries:
        findings(plan)
    return len(queries)


def test_three_times_the_tasks_ask_no_more(plan: Plan) -> None:
    one = asked(plan)
    for _ in range(8):
        full = make_full_task(make_area(plan))
        make_task(full.area)
    assert BudgetLine.objects.filter(plan=plan).count() > 12
    assert asked(plan) == one


def test_nothing_for_each_is_told_not_divided_by(plan: Plan) -> None:
    rewrite(plan, SectionKey.OUTLOOK, "판로가 좁음", "판로가 좁음\n○ 임차료 30천원 (기업당 0원)")
    (hit,) = findings(plan)
    assert (hit.rule, hit.where) == ("per_unit", OUTLOOK)
    assert "30천원" in hit.message


def test_a_share_of_nothing_has_no_rate(plan: Plan) -> None:
    plan.lines.filter(label="경영 진단", source="city").update(note="0천원의 시비 50%")
    (hit,) = findings(plan)
    assert hit.rule == "shares"
    assert "None" not in hit.message
    plan.lines.filter(label="경영 진단", source="city").update(note=",원의 시비 50%")
    assert findings(plan) == ()
