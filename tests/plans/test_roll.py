"""The plan of 2017 that rolling the real plan of 2016 makes, and rolling invented plans."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model, Sum
from django.utils import timezone

from apps.accounts.models import Department, User
from apps.plans.checking import findings
from apps.plans.enums import PlanState, RollOutcome, SectionKey
from apps.plans.models import (
    BasicPlan,
    BudgetLine,
    Completion,
    DepartmentRequest,
    FocusArea,
    Indicator,
    Milestone,
    Plan,
    PlanSection,
    RequestDelivery,
    RollNote,
    Task,
    TaskDepartment,
    TaskSection,
    TaskStep,
)
from apps.plans.rollover import Choices, note_url, propose, roll
from apps.portal.sample import plan_2016
from tests.plans.factories import make_area, make_full_task, make_line, make_plan, make_task

pytestmark = pytest.mark.django_db
MARKET = "꿈의 장터 연계 사회적경제 장터"
PARTS: tuple[tuple[type[Model], str], ...] = (
    (Plan, "pk"),
    (PlanSection, "plan"),
    (FocusArea, "plan"),
    (Task, "area__plan"),
    (TaskSection, "task__area__plan"),
    (TaskStep, "task__area__plan"),
    (Milestone, "task__area__plan"),
    (TaskDepartment, "task__area__plan"),
    (BudgetLine, "plan"),
    (DepartmentRequest, "plan"),
)


@pytest.fixture
def real(officer: User) -> Plan:
    return plan_2016.load(by=officer)


def parts_of(plan: Plan) -> list[list[dict[str, Any]]]:
    return [
        list(model._default_manager.filter(**{path: plan.pk}).order_by("pk").values())
        for model, path in PARTS
    ]


def task_of(plan: Plan, code: str) -> Task:
    area, number = code.split("-")
    return Task.objects.get(area__plan=plan, area__number=area, number=number)


def notes_of(plan: Plan, outcome: RollOutcome, place: str = "") -> list[RollNote]:
    return list(plan.roll_notes.filter(outcome=outcome, place__contains=place))


def texts_of(plan: Plan) -> Iterator[str]:
    """Every text of a plan, with no account of where it came from."""
    skipped = {"id", "plan_id", "area_id", "task_id", "rolled_from_id", "state"}
    for row in chain.from_iterable(parts_of(plan)):
        for name, value in row.items():
            if isinstance(value, str) and name not in skipped:
                yield from value.splitlines()
            elif name == "table":
                yield from chain.from_iterable(cell.splitlines() for line in value for cell in line)


class TestTheRealPlan:
    def test_it_is_a_draft_that_knows_where_it_came_from(self, real: Plan, officer: User) -> None:
        new = roll(plan=real, year=2017, by=officer)
        assert (new.year, new.title) == (2017, "2017년도 사회적경제 활성화 추진계획")
        assert new.state == PlanState.DRAFT
        assert new.rolled_from == real
        assert new.counted_on == date(2017, 3, 31)
        assert new.source == ""
        for model, path in PARTS:
            for row in model._default_manager.filter(**{path: new.pk}):
                row.full_clean()

    def test_nothing_of_the_old_plan_changes(self, real: Plan, officer: User) -> None:
        before = parts_of(real)
        roll(plan=real, year=2017, by=officer)
        assert parts_of(real) == before
        assert not real.roll_notes.exists()

    def test_all_thirteen_tasks_come_with_everything_on_them(
        self, real: Plan, officer: User
    ) -> None:
        new = roll(plan=real, year=2017, by=officer)
        for model, path in PARTS[1:]:
            rows = model._default_manager
            assert (
                rows.filter(**{path: new.pk}).count() == rows.filter(**{path: real.pk}).count()
            ), model
        assert Task.objects.filter(area__plan=new).count() == 13

    def test_market_days_are_the_fourth_saturdays(self, real: Plan, officer: User) -> None:
        new = roll(plan=real, year=2017, by=officer)
        market = task_of(new, "3-2")
        days = list(market.milestones.filter(text=MARKET).values_list("when", "starts", "ends"))
        stated = ["4/22", "5/27", "6/24", "9/23", "10/28", "11/25"]
        assert [when for when, _, _ in days] == stated
        assert [f"{day.month}/{day.day}" for _, day, _ in days if day] == stated
        assert all(starts == ends and starts.year == 2017 for _, starts, ends in days if starts)
        body = market.sections.get(title=MARKET).body
        assert "운영일자: 4/22, 5/27, 6/24, 9/23, 10/28, 11/25 (6회)" in body
        assert "2017. 4월~11월 매월 넷째주 토요일 (7·8월 혹서기 제외)" in body
        (told,) = [n for n in notes_of(new, RollOutcome.MOVED, "추진일정") if n.before == "11/12"]
        assert told.after == "11/25"
        assert "적힌 규칙 ‘넷째 토요일’대로 (11/12는 둘째 토요일이었음)" in told.reason

    def test_the_committee_meets_in_january_and_september(self, real: Plan, officer: User) -> None:
        new = roll(plan=real, year=2017, by=officer)
        committee = task_of(new, "5-2")
        assert committee.period == "총 2회 (1월, 9월)"
        assert list(committee.milestones.values_list("when", "starts", "ends")) == [
            ("2017. 1.", date(2017, 1, 1), date(2017, 1, 31)),
            ("2017. 9.", date(2017, 9, 1), date(2017, 9, 30)),
        ]
        reasons = [note.reason for note in notes_of(new, RollOutcome.OPEN, "5-2 추진일정")]
        assert len(reasons) == 2
        assert all("연장은 해마다 되풀이되지 않음" in reason for reason in reasons)

    def test_the_quarterly_meetings_keep_their_hosts(self, real: Plan, officer: User) -> None:
        new = roll(plan=real, year=2017, by=officer)
        rows = task_of(new, "5-3").milestones.values_list("when", "text", "starts", "ends")
        assert [(when, text[:3], starts, ends) for when, text, starts, ends in rows] == [
            ("2017. 1.~3.", "도봉구", date(2017, 1, 1), date(2017, 3, 31)),
            ("2017. 4.~6.", "성북구", date(2017, 4, 1), date(2017, 6, 30)),
            ("2017. 7.~9.", "노원구", date(2017, 7, 1), date(2017, 9, 30)),
            ("2017. 10.~12.", "강북구", date(2017, 10, 1), date(2017, 12, 31)),
        ]

    def test_a_settlement_after_the_year_moves_and_last_years_is_open(
        self, real: Plan, officer: User
    ) -> None:
        new = roll(plan=real, year=2017, by=officer)
        settling = task_of(new, "2-2").milestones.get(text__contains="정산")
        assert (settling.when, settling.starts) == ("2018. 1.", date(2018, 1, 1))
        (open_note,) = notes_of(new, RollOutcome.OPEN, "정산")
        assert open_note.before == "2017. 1. 마을기업 사업비 정산과 검토"

    def test_contracts_and_history_do_not_move(self, real: Plan, officer: User) -> None:
        new = roll(plan=real, year=2017, by=officer)
        center = task_of(new, "1-2")
        assert center.period == "2015. 11. 20. ~ 2016. 10. 31. (끝남, 새 기간 확인)"
        assert (center.starts, center.ends) == (None, None)
        assert notes_of(new, RollOutcome.OPEN, "과제 1-2 추진기간")
        village = "\n".join(task_of(new, "2-2").sections.values_list("body", flat=True))
        assert "임대차 계약기간: 2016. 2. 27. ~ 2018. 2. 26." in village
        assert "근저당권설정 (2013. 2. 27.)" in village
        again = roll(plan=new, year=2018, by=officer)
        assert task_of(again, "1-2").period == center.period

    def test_where_2016_stays_it_is_right(self, real: Plan, officer: User) -> None:
        new = roll(plan=real, year=2017, by=officer)
        assert sorted({line.strip() for line in texts_of(new) if "2016" in line}) == sorted(
            {
                "사회적경제 활성화계획(2016~2019) 수립",
                "○ 2016년 ~ 2019년 (4개년)",
                "2017년 3월 ~ 8월 (2016년에서 이어 감)",
                "2015. 11. 20. ~ 2016. 10. 31. (끝남, 새 기간 확인)",
                "- 2018년까지 모두 12개구 (2015년 6개구 선정, 2016년 하반기 6개구 선정 예정)",
                "- 임대차 계약기간: 2016. 2. 27. ~ 2018. 2. 26.",
                "2016년 추진실적 및 성과",
                "2016년 한계 및 발전과제",
                "□ 2016년 사업 추진상 한계",
                "○ (2016년 실적을 적을 자리)",
            }
        )

    def test_the_paper_speaks_of_no_older_guideline(self, real: Plan, officer: User) -> None:
        new = roll(plan=real, year=2017, by=officer)
        assert task_of(new, "2-2").bases == "2017년도 행정자치부 마을기업 육성사업 시행지침"
        (note,) = notes_of(new, RollOutcome.OPEN, "2-2 추진근거")
        assert "2017년도 지침이 나왔는지" in note.reason

    def test_what_looks_back_is_drafted_or_left_to_write(self, real: Plan, officer: User) -> None:
        new = roll(plan=real, year=2017, by=officer)
        results = new.sections.get(key=SectionKey.RESULTS)
        assert "청롱" not in results.body
        assert results.body == "○ (2016년 실적을 적을 자리)", "a target alone is no result"
        outlook = new.sections.get(key=SectionKey.OUTLOOK).body.splitlines()
        assert outlook[0] == "□ 2016년 사업 추진상 한계"
        assert outlook[2] == "□ 2017년 발전과제"
        assert len(notes_of(new, RollOutcome.EMPTIED, "계획 본문")) == 2

    def test_the_checker_finds_what_it_leaves_to_be_written(
        self, real: Plan, officer: User
    ) -> None:
        hits = findings(roll(plan=real, year=2017, by=officer))
        assert [hit.where for hit in hits if hit.rule == "blanks"] == [
            "Ⅳ 2016년 추진실적 및 성과",
            "Ⅳ 2016년 한계 및 발전과제",
            "과제 1-2",
        ]
        (undated,) = [hit for hit in hits if hit.rule == "undated"]
        assert (undated.where, "155,000천원" in undated.message) == ("과제 1-2", True)

    def test_words_of_the_old_paper_are_looked_at_or_left(self, real: Plan, officer: User) -> None:
        new = roll(plan=real, year=2017, by=officer)
        (note,) = notes_of(new, RollOutcome.OPEN, "과제 4-1")
        assert "해를 적지 않은 달" in note.reason
        assert new.lines.get(label="사회적기업 설명회 개최 등").note == ""
        (emptied,) = notes_of(new, RollOutcome.EMPTIED, "설명회 개최 등")
        assert emptied.before == "Ⅷ에만 있고 과제 2-1에는 없음"

    def test_the_four_year_plan_is_carried_until_it_is_done(
        self, real: Plan, officer: User
    ) -> None:
        new = roll(plan=real, year=2017, by=officer)
        made = task_of(new, "1-1")
        assert made.title == "사회적경제 활성화계획(2016~2019) 수립"
        assert made.period == "2017년 3월 ~ 8월 (2016년에서 이어 감)"
        again = roll(plan=new, year=2018, by=officer)
        assert task_of(again, "1-1").period == "2018년 3월 ~ 8월 (2016년에서 이어 감)"
        assert any("끝난 기록이 없어" in n.reason for n in notes_of(new, RollOutcome.OPEN, "1-1"))

    def test_a_basic_plan_ends_the_task_that_makes_it(self, real: Plan, officer: User) -> None:
        basic = BasicPlan.objects.create(title="활성화계획", first_year=2016, last_year=2019)
        new = roll(plan=real, year=2017, by=officer)
        assert new.basic == basic
        (dropped,) = notes_of(new, RollOutcome.DROPPED, "과제")
        assert dropped.before == "1-1 사회적경제 활성화계획(2016~2019) 수립"
        assert "기본계획이 있음" in dropped.reason
        assert task_of(new, "1-1").title == "사회적경제 통합지원센터 운영"
        heard = [note.reason for note in notes_of(new, RollOutcome.OPEN, "활성화계획 수립(안)")]
        assert any("옮기지 않은 과제를 다루는 일정" in reason for reason in heard)
        assert "1-2 → 1-1" in notes_of(new, RollOutcome.MOVED, "과제 1-1")[-1].reason

    def test_its_steps_done_end_it_too(self, real: Plan, officer: User) -> None:
        for step in task_of(real, "1-1").steps.all():
            Completion.objects.create(step=step, done_on=date(2016, 8, 31))
        proposal = propose(real, 2017)
        assert list(proposal.proposed) == [task_of(real, "1-1").pk]

    def test_no_check_of_dates_finds_a_market_day(self, real: Plan, officer: User) -> None:
        def found(plan: Plan) -> list[str]:
            about_days = ("date_rule", "weekday")
            return [each.message for each in findings(plan) if each.rule in about_days]

        assert found(real)
        assert found(roll(plan=real, year=2017, by=officer)) == []


class TestMoney:
    def test_all_of_it_is_carried(self, real: Plan, officer: User) -> None:
        new = roll(plan=real, year=2017, by=officer)
        for conditional, total in ((False, 503_706_000), (True, 50_000_000)):
            lines = new.lines.filter(conditional=conditional)
            assert lines.aggregate(sum=Sum("amount"))["sum"] == total
        assert not new.lines.filter(derived=True).exists()
        assert notes_of(new, RollOutcome.OPEN, "간담회")
        (table,) = notes_of(new, RollOutcome.OPEN, "공공구매 목표액’ 표")
        assert table.before == "1,200,000, 32,000천원"

    def test_it_is_emptied_by_choice(self, real: Plan, officer: User) -> None:
        new = roll(plan=real, year=2017, by=officer, choices=Choices(keep_amounts=False))
        assert set(new.lines.values_list("amount", flat=True)) == {0}
        assert new.lines.count() == real.lines.count()
        told = notes_of(new, RollOutcome.EMPTIED, "소요예산")
        told = [note for note in told if "비고" not in note.place]
        amounts = sum(int(n.before.split("원")[0].replace(",", "")) for n in told)
        assert amounts == 553_706_000
        targets = task_of(new, "3-1").sections.get(title="2017년도 공공구매 목표액")
        assert targets.table[1] == ["2017년", "", "", ""]
        assert notes_of(new, RollOutcome.OPEN, "과제 2-1 내용")[0].before.startswith("80,000천원")

    def test_the_money_of_a_task_left_behind_stays_behind(self, real: Plan, officer: User) -> None:
        left = task_of(real, "2-2")
        choices = Choices(dropped=frozenset({left.pk}))
        new = roll(plan=real, year=2017, by=officer, choices=choices)
        assert Task.objects.filter(area__plan=new).count() == 12
        sums = [p.lines.aggregate(sum=Sum("amount"))["sum"] for p in (real, new)]
        assert sums[0] - sums[1] == 50_000_000
        dropped = [note.before for note in notes_of(new, RollOutcome.DROPPED, "과제 2-2")]
        assert dropped == ["2-2 마을기업 육성 및 지원", "25,000,000원", *["12,500,000원"] * 2]


class TestOpenDuties:
    def test_unfinished_work_is_named_where_the_year_kept_records(self, officer: User) -> None:
        task = make_full_task(make_area(make_plan()))
        Completion.objects.create(step=task.steps.get(), done_on=date(2019, 3, 1))
        new = roll(plan=task.area.plan, year=2020, by=officer)
        (note,) = notes_of(new, RollOutcome.OPEN, "절차와 일정")
        assert note.before == "심의"

    def test_without_any_record_it_is_said_once(self, real: Plan, officer: User) -> None:
        new = roll(plan=real, year=2017, by=officer)
        assert len(notes_of(new, RollOutcome.OPEN, "추진 상황")) == 1
        assert not notes_of(new, RollOutcome.OPEN, "절차와 일정")

    def test_departments_that_have_not_answered(
        self, officer: User, department: Department, other_department: Department
    ) -> None:
        plan = make_plan()
        asked = DepartmentRequest.objects.create(
            plan=plan, addressee="전 부서", body="○ 협조", due=date(2019, 2, 28)
        )
        now = timezone.now()
        sent = {"request": asked, "sent_at": now, "sent_by": officer}
        RequestDelivery.objects.create(**sent, department=department)
        RequestDelivery.objects.create(
            **sent,
            department=other_department,
            answer="함",
            answered_at=now,
            answered_by=officer,
        )
        new = roll(plan=plan, year=2020, by=officer)
        assert new.requests.get().due == date(2020, 2, 29)
        assert [(n.before, n.reason) for n in notes_of(new, RollOutcome.OPEN, "행정사항")] == [
            ("일자리과", "회신을 받지 못함"),
            ("공원과", "회신을 받고 처리를 마치지 않음"),
        ]

    def test_a_department_that_is_no_more(self, officer: User, department: Department) -> None:
        plan = make_plan()
        area = make_area(plan)
        for _ in range(2):
            make_task(area).departments.set([department])
        department.valid_to = date(2019, 12, 31)
        department.save()
        new = roll(plan=plan, year=2020, by=officer)
        (note,) = notes_of(new, RollOutcome.OPEN, "추진부서 일자리과")
        assert note.before == "과제 1-1, 1-2"
        Department.objects.create(
            code="NEW", name="일자리과", kind=department.kind, valid_from=date(2020, 1, 1)
        )
        after = roll(plan=plan, year=2021, by=officer)
        assert not notes_of(after, RollOutcome.OPEN, "추진부서")
        codes = TaskDepartment.objects.filter(task__area__plan=after)
        assert set(codes.values_list("department__code", flat=True)) == {"NEW"}

    def test_a_typed_target_is_to_be_set_anew(self, officer: User) -> None:
        task = make_task(make_area(make_plan()))
        Indicator.objects.create(task=task, label="구매", actual="공공구매 실적", target_value=10)
        new = roll(plan=task.area.plan, year=2020, by=officer)
        assert Indicator.objects.get(task__area__plan=new).target_value == 10
        assert notes_of(new, RollOutcome.OPEN, "성과지표 ‘구매’")


@pytest.mark.parametrize(("words", "marked"), [("협약 기간", True), ("협약 기간 " * 10, False)])
def test_a_milestone_of_a_contract_that_has_ended(words: str, marked: bool, officer: User) -> None:
    task = make_task(make_area(make_plan()))
    when = words.strip()
    span = {"starts": date(2018, 3, 15), "ends": date(2019, 3, 14)}
    Milestone.objects.create(task=task, text="협약", when=when, **span)
    new = roll(plan=task.area.plan, year=2020, by=officer)
    milestone = Milestone.objects.get(task__area__plan=new)
    assert (milestone.when == when) is not marked
    assert (milestone.starts, milestone.ends) == (None, None)
    (note,) = notes_of(new, RollOutcome.OPEN, "협약")
    assert "2018. 3. 15. ~ 2019. 3. 14." in note.before


def test_figures_named_in_the_text_stay_as_they_are(officer: User) -> None:
    plan = make_plan(purpose="2019년 목표 {{공공구매 목표액}}, 지난해 {{전년 공공구매 실적}}")
    new = roll(plan=plan, year=2020, by=officer)
    assert new.purpose == "2020년 목표 {{공공구매 목표액}}, 지난해 {{전년 공공구매 실적}}"


def test_rolling_twice_gives_the_days_of_rolling_once(real: Plan, officer: User) -> None:
    def told(plan: Plan) -> list[object]:
        milestones = Milestone.objects.filter(task__area__plan=plan)
        return [*milestones.values_list("when", "starts", "ends"), *texts_of(plan)]

    with transaction.atomic():
        once = told(roll(plan=real, year=2018, by=officer))
        transaction.set_rollback(True)
    twice = told(roll(plan=roll(plan=real, year=2017, by=officer), year=2018, by=officer))
    assert once == twice


def test_it_reaches_any_later_year(real: Plan, officer: User) -> None:
    new = roll(plan=real, year=2026, by=officer)
    (dropped,) = notes_of(new, RollOutcome.DROPPED, "과제")
    assert "다루는 해(2016~2019)가 지남" in dropped.reason
    days = task_of(new, "3-2").milestones.values_list("when", flat=True)
    assert list(days) == ["4/25", "5/23", "6/27", "9/26", "10/24", "11/28"]


def test_a_conditional_line_stays_conditional(officer: User) -> None:
    plan = make_plan()
    make_line(plan, conditional=True, note="선정 시")
    line = roll(plan=plan, year=2020, by=officer).lines.get()
    assert (line.conditional, line.note) == (True, "선정 시")


def test_a_year_that_has_a_plan_is_refused_and_nothing_is_left(officer: User) -> None:
    plan = make_plan()
    make_plan(2020)
    with pytest.raises(IntegrityError), transaction.atomic():
        roll(plan=plan, year=2020, by=officer)
    assert not RollNote.objects.exists()
    with pytest.raises(ValueError, match="later year"):
        propose(plan, plan.year)


def test_every_note_leads_to_its_place(real: Plan, officer: User) -> None:
    new = roll(plan=real, year=2017, by=officer)
    for note in new.roll_notes.all():
        assert note.place
        task = note.place.removeprefix("소요예산 ").startswith("과제")
        url = note_url(note)
        assert ("/tasks/" in url) == (task and note.task_id is not None)
        assert note.place.startswith("소요예산") == url.endswith("/budget/")
