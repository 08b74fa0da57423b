"""How far tasks have come, from their records alone, and recording what was done (R48)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.plans import progress
from apps.plans.duties import parts_that_are_late, progress_to_report
from apps.plans.enums import MoneySource, PlanState
from apps.plans.models import Completion, Expenditure, Indicator, Plan, Result, Task
from apps.procurement.models import AnnualTarget
from apps.rules.enums import StatuteKind
from apps.rules.models import RuleValue, Statute
from tests.conftest import SignIn
from tests.plans.factories import YEAR, make_area, make_full_task, make_line, make_plan, make_task
from tests.plans.screen import changed, errors
from tests.procurement.factories import make_enterprise, make_purchase

pytestmark = pytest.mark.django_db
MARCH, JUNE = date(YEAR, 3, 31), date(YEAR, 6, 30)
LATER = date(YEAR + 1, 5, 1)
PAGE = reverse("plans:progress", args=[YEAR])


@pytest.fixture
def task() -> Task:
    """Two milestones (one done in February, one due in May), a step without a day; money; both."""
    task = make_task(make_area(make_plan()), title="공공구매")
    done = task.milestones.create(text="수요조사", starts=date(YEAR, 2, 1), ends=date(YEAR, 2, 28))
    Completion.objects.create(milestone=done, done_on=date(YEAR, 2, 20), note="38개 부서")
    task.milestones.create(text="목표 통보", starts=date(YEAR, 5, 10), position=1)
    task.steps.create(title="실적 공개", when="연말")
    line = make_line(task.area.plan, 1_000_000, task=task)
    make_line(task.area.plan, 9_000_000, task=task, conditional=True, source=MoneySource.CITY)
    for day, amount in ((date(YEAR, 3, 31), 250_000), (date(YEAR, 4, 1), 500_000)):
        Expenditure.objects.create(line=line, spent_on=day, amount=amount, text="홍보물")
    return task


def at(task: Task, day: date, today: date = LATER) -> progress.TaskProgress:
    return progress.task_progress(task, day, today)


def parts(task: Task, day: date, today: date = LATER) -> dict[str, int | None]:
    return {part.name: part.percent for part in at(task, day, today).parts}


class TestComputing:
    def test_as_of_a_day_uses_nothing_later(self, task: Task) -> None:
        assert parts(task, date(YEAR, 2, 19)) == {"일정": None, "집행": 0}
        assert at(task, date(YEAR, 2, 19)).percent == 0
        assert parts(task, MARCH) == {"일정": 100, "집행": 25}
        assert at(task, MARCH).percent == 63  # (1 + 1/4) / 2 = 62.5
        assert parts(task, JUNE) == {"일정": 50, "집행": 75}
        assert at(task, JUNE).percent == 63

    def test_what_is_not_due_is_not_counted_until_it_is_done(self, task: Task) -> None:
        """What goes on all the year does not hold a task down in March."""
        all_year = task.milestones.create(text="상담 (연중)", ends=date(YEAR, 12, 31), position=9)
        found = at(task, MARCH)
        assert [item.text for item in found.waiting] == ["목표 통보", "상담 (연중)", "실적 공개"]
        assert found.parts[0].text == "1건 중 1건 완료 (기한 전 3건 별도)"
        Completion.objects.create(milestone=all_year, done_on=MARCH)
        assert at(task, MARCH).parts[0].text == "2건 중 2건 완료 (기한 전 2건 별도)"
        assert parts(task, date(YEAR, 12, 31))["일정"] == 67

    def test_with_nothing_due_yet(self, task: Task, viewer: User, sign_in: SignIn) -> None:
        bare = make_task(task.area, title="협력")
        bare.milestones.create(text="협약", ends=date(2998, 12, 31))
        found = at(bare, MARCH)
        words = "기한 전 1건뿐이라 진도에 넣지 않음"
        assert (found.percent, found.parts[0].text) == (None, words)
        for url in (PAGE, reverse("plans:task_progress", args=[bare.pk])):
            assert words in sign_in(viewer).get(url).content.decode()

    def test_what_is_late(self, task: Task) -> None:
        """On its last day a part is not late; without a day it never is."""
        assert [item.text for item in at(task, date(YEAR, 2, 15)).late] == []
        assert [item.text for item in at(task, date(YEAR, 5, 10)).late] == []
        assert [item.text for item in at(task, date(YEAR, 5, 11)).late] == ["목표 통보"]
        assert progress.late_since(task.area.plan, date(YEAR, 5, 10)) == (0, None)
        assert progress.late_since(task.area.plan, date(YEAR, 5, 11)) == (
            1,
            date(YEAR, 5, 10),
        )
        step = task.steps.get()
        step.ends = date(YEAR, 5, 1)
        step.save()
        assert progress.late_since(task.area.plan, JUNE) == (2, date(YEAR, 5, 1))

    def test_words_give_the_figures(self, task: Task) -> None:
        schedule, money = at(task, JUNE).parts
        assert schedule.text == "2건 중 1건 완료 (늦음 1건, 기한 전 1건 별도)"
        assert money.text == "1,000천원 중 750천원 집행"

    def test_a_task_with_nothing_to_measure_is_not_at_zero(self, task: Task) -> None:
        plan = task.area.plan
        bare = make_task(task.area, title="협력")
        make_line(plan, 1_000, task=bare, conditional=True)
        assert (at(bare, JUNE).parts, at(bare, JUNE).percent) == ((), None)
        found = progress.plan_progress(plan, JUNE, LATER)
        assert (found.percent, found.measured, len(found.tasks)) == (63, 1, 2)

    def test_the_mean_is_rounded_once(self) -> None:
        """0.5% and 0.3% are 0.4% together; 1% and 0%, as each is printed, would be 1%."""
        plan = make_plan(2021)
        for number, budget, spent in ((1, 1_000, 5), (2, 1_000, 3)):
            task = make_task(make_area(plan, number=number))
            line = make_line(plan, budget, task=task)
            day = date(2021, 2, 1)
            Expenditure.objects.create(line=line, spent_on=day, amount=spent, text="홍보물")
        found = progress.plan_progress(plan, date(2021, 3, 31), LATER)
        assert [task.percent for task in found.tasks] == [1, 0]
        assert (found.percent, found.money_percent) == (0, 0)

    def test_a_plan_without_tasks(self) -> None:
        found = progress.plan_progress(make_plan(2020), date(2020, 3, 31), LATER)
        assert (found.percent, found.items, found.late, found.money.rate) == (None, 0, 0, "-")

    def test_a_row_costs_no_query(self, task: Task) -> None:
        plan = task.area.plan
        Indicator.objects.create(task=task, label="지표", actual="가", target_value=1)
        Result.objects.create(year=YEAR, name="가", value=1, unit="회", source="담당자")
        with CaptureQueriesContext(connection) as one:
            progress.plan_progress(plan, JUNE, LATER)
        for _ in range(12):
            other = make_full_task(task.area)
            Completion.objects.create(step=other.steps.get(), done_on=MARCH)
            Indicator.objects.create(task=other, label="지표", actual="가", target_value=1)
        with CaptureQueriesContext(connection) as many:
            assert len(progress.plan_progress(plan, JUNE, LATER).tasks) == 13
        assert len(many) == len(one)


class TestIndicators:
    def measure(self, task: Task, day: date, today: date = LATER) -> progress.Measure:
        (measure,) = at(task, day, today).measures
        return measure

    @pytest.fixture
    def meetings(self, task: Task) -> Result:
        Indicator.objects.create(task=task, label="회의", actual="회의 횟수", target_value=8)
        return Result.objects.create(
            year=YEAR, name="회의 횟수", value=6, unit="회", source="담당자", as_of=JUNE
        )

    def test_against_a_typed_target(self, task: Task, meetings: Result) -> None:
        assert parts(task, JUNE) == {"일정": 50, "집행": 75, "성과지표": 75}
        assert self.measure(task, JUNE).target_text == "8회"
        assert at(task, JUNE).parts[2].text == "회의 6회 / 목표 8회"

    def test_against_a_named_target(self, task: Task, meetings: Result) -> None:
        Result.objects.create(year=YEAR, name="회의 목표", value=5, unit="회", source="계획서")
        task.indicators.update(target="회의 목표", target_value=None)
        measure = self.measure(task, JUNE)
        assert (measure.percent, measure.target_text) == (120, "5회")
        assert parts(task, JUNE)["성과지표"] == 100  # more than all counts as all

    def test_not_before_the_day_of_the_figure(self, task: Task, meetings: Result) -> None:
        assert "성과지표" not in parts(task, MARCH)
        assert self.measure(task, MARCH).why == progress.UNKNOWN

    def test_a_figure_without_a_day_is_of_today_or_of_its_whole_year(
        self, task: Task, meetings: Result
    ) -> None:
        meetings.as_of = None
        meetings.save()
        assert "성과지표" not in parts(task, MARCH, today=JUNE)
        assert "성과지표" in parts(task, JUNE, today=JUNE)
        assert "성과지표" not in parts(task, JUNE, today=LATER)
        assert "성과지표" in parts(task, date(YEAR, 12, 31), today=LATER)

    def test_purchases_up_to_the_day(self, task: Task, clerk: User) -> None:
        """An app may say how a figure is computed from nothing dated after a day."""
        assert clerk.department is not None
        Indicator.objects.create(
            task=task, label="구매", actual="공공구매 실적", target="공공구매 목표액"
        )
        AnnualTarget.objects.create(year=YEAR, total=1_000_000, mall=0)
        for day in (MARCH, date(YEAR, 4, 1)):
            make_purchase(
                clerk.department, make_enterprise(), clerk, purchased_on=day, amount=200_000
            )
        assert (self.measure(task, MARCH).percent, self.measure(task, JUNE).percent) == (20, 40)
        assert self.measure(task, date(YEAR, 1, 1)).percent == 0

    def test_without_a_value(self, task: Task) -> None:
        Indicator.objects.create(task=task, label="회의", actual="회의 횟수", target_value=8)
        assert self.measure(task, JUNE).why == "‘회의 횟수’ 값이 아직 없음"
        task.indicators.update(target="회의 목표", target_value=None)
        assert self.measure(task, JUNE).why == "‘회의 목표’ 값이 아직 없음"

    def test_a_target_of_nothing_is_a_value(self, task: Task, meetings: Result) -> None:
        Result.objects.create(year=YEAR, name="회의 목표", value=0, unit="회", source="계획서")
        task.indicators.update(target="회의 목표", target_value=None)
        assert self.measure(task, JUNE).why == "‘회의 목표’ 값이 0이라 잴 수 없음"

    def test_only_one_unit_can_be_measured(
        self, task: Task, meetings: Result, officer: User, sign_in: SignIn
    ) -> None:
        Result.objects.create(year=YEAR - 1, name="회의비", value=8, unit="원", source="계획서")
        new = {"indicators-0-target": ["회의비"], "indicators-0-target_value": [""]}
        client = sign_in(officer)
        url = reverse("plans:indicators_edit", args=[task.pk])
        refused = errors(client.post(url, changed(client.get(url), **new)), "indicators-0-target")
        assert "실적 수치는 회, 목표 수치는 원 단위라" in "".join(refused)
        assert task.indicators.get().target_value == 8

    def test_are_chosen_from_the_figures_there_are(
        self, task: Task, meetings: Result, officer: User, sign_in: SignIn
    ) -> None:
        url = reverse("plans:indicators_edit", args=[task.pk])
        client = sign_in(officer)
        form = client.get(url)
        new = {
            "indicators-1-label": "구매",
            "indicators-1-actual": ["공공구매 실적"],
            "indicators-1-target": ["공공구매 목표액"],
        }
        answer = client.post(url, changed(form, **new))
        assert answer.headers["Location"] == reverse("plans:task_progress", args=[task.pk])
        assert list(task.indicators.values_list("label", "actual", "target", "target_value")) == [
            ("회의", "회의 횟수", "", 8),
            ("구매", "공공구매 실적", "공공구매 목표액", None),
        ]
        wrong = changed(client.get(url), **{"indicators-0-actual": ["없는 이름"]})
        assert errors(client.post(url, wrong), "indicators-0-actual")
        Result.objects.create(year=YEAR, name="회의 목표", value=5, unit="회", source="계획서")
        both = changed(client.get(url), **{"indicators-0-target": ["회의 목표"]})
        assert "하나로 정합니다" in "".join(
            errors(client.post(url, both), "indicators-0-target_value")
        )
        assert task.indicators.get(label="회의").target_value == 8


class TestPages:
    def test_all_tasks_as_of_a_quarter(self, task: Task, viewer: User, sign_in: SignIn) -> None:
        make_task(task.area, title="협력")
        page = sign_in(viewer).get(PAGE, {"on": MARCH.isoformat()})
        html = page.content.decode()
        assert page.context["progress"].percent == 63
        assert "1-1 공공구매" in html
        assert "잴 기록이 없음" in html
        current = [q["label"] for q in page.context["quarters"] if q["current"]]
        assert current == ["1분기"]
        for line in progress.HOW:
            assert line in html

    def test_a_day_to_come_is_refused_and_today_is_shown(
        self, task: Task, viewer: User, sign_in: SignIn
    ) -> None:
        page = sign_in(viewer).get(PAGE, {"on": "2999-01-01"})
        assert errors(page, "on") == ["오늘보다 뒤의 날은 적을 수 없습니다."]
        assert page.context["day"] == timezone.localdate()

    def test_a_reader_records_nothing(self, task: Task, viewer: User, sign_in: SignIn) -> None:
        html = sign_in(viewer).get(reverse("plans:task_progress", args=[task.pk])).content.decode()
        assert "38개 부서" in html
        assert "완료 취소" not in html
        assert reverse("plans:indicators_edit", args=[task.pk]) not in html

    def test_the_quarters_that_have_begun(self) -> None:
        begun = dict(progress.quarters_until(YEAR, date(YEAR, 4, 15)))
        assert begun == {1: MARCH, 2: date(YEAR, 4, 15)}
        assert dict(progress.quarters_until(YEAR, date(YEAR - 1, 12, 31))) == {}
        assert len(dict(progress.quarters_until(YEAR, LATER))) == 4


class TestRecording:
    def test_a_milestone_done_and_undone(self, task: Task, officer: User, sign_in: SignIn) -> None:
        client = sign_in(officer)
        page = reverse("plans:task_progress", args=[task.pk])
        part = task.milestones.get(text="목표 통보")
        name = f"milestone-{part.pk}"
        assert f"id_{name}-done_on" in client.get(page).content.decode()
        url = reverse("plans:milestone_done", args=[part.pk])
        sent = {f"{name}-done_on": f"{YEAR}-05-09", f"{name}-note": "공문 발송"}
        assert client.post(url, sent).headers["Location"] == page
        assert (part.completion.done_on, part.completion.note) == (date(YEAR, 5, 9), "공문 발송")
        assert parts(task, JUNE)["일정"] == 100
        again = client.post(url, {**sent, f"{name}-done_on": f"{YEAR}-05-10"}, follow=True)
        assert "완료는 이미 기록되어 있습니다." in again.content.decode()
        assert Completion.objects.filter(milestone=part).count() == 1
        undo = reverse("plans:completion_undo", args=[part.completion.pk])
        assert client.post(undo).headers["Location"] == page
        assert not Completion.objects.filter(milestone=part).exists()

    def test_what_was_recorded_is_put_right(
        self, task: Task, officer: User, viewer: User, sign_in: SignIn
    ) -> None:
        done = task.milestones.get(text="수요조사").completion
        url = reverse("plans:completion_edit", args=[done.pk])
        page = reverse("plans:task_progress", args=[task.pk])
        assert sign_in(viewer).get(url).status_code == 403
        client = sign_in(officer)
        assert url in client.get(page).content.decode()
        sent = changed(client.get(url), done_on=f"{YEAR}-03-05", note="40개 부서")
        assert client.post(url, sent).headers["Location"] == page
        done.refresh_from_db()
        assert (done.done_on, done.note) == (date(YEAR, 3, 5), "40개 부서")
        assert "5일 늦음" in client.get(page).content.decode()  # due on the 28th of February
        wrong = changed(client.get(url), done_on=f"{YEAR - 1}-03-05")
        assert errors(client.post(url, wrong), "done_on")

    def test_a_step_done(self, task: Task, officer: User, sign_in: SignIn) -> None:
        step = task.steps.get()
        url = reverse("plans:step_done", args=[step.pk])
        sign_in(officer).post(url, {f"step-{step.pk}-done_on": f"{YEAR}-12-20"})
        step.refresh_from_db()
        assert step.completion.done_on == date(YEAR, 12, 20)

    def test_settled_after_the_year(self, task: Task) -> None:
        january = date(YEAR + 1, 1, 20)
        assert Completion.objects.create(step=task.steps.get(), done_on=january).pk

    @pytest.mark.parametrize(
        ("day", "message"),
        [
            ("", "꼭 적어야 하는 칸입니다."),
            ("어제", "날짜는 2016-01-31처럼 적어 주세요."),
            ("2999-01-01", "오늘보다 뒤의 날은 적을 수 없습니다."),
            (f"{YEAR - 1}-12-31", f"완료일은 {YEAR}년 1월 1일부터 적을 수 있습니다."),
        ],
    )
    def test_a_wrong_day_is_said_beside_it(
        self, day: str, message: str, task: Task, officer: User, sign_in: SignIn
    ) -> None:
        step = task.steps.get()
        name = f"step-{step.pk}"
        answer = sign_in(officer).post(
            reverse("plans:step_done", args=[step.pk]),
            {f"{name}-done_on": day, f"{name}-note": "적던 결과"},
        )
        assert errors(answer, f"{name}-done_on") == [message]
        assert 'value="적던 결과"' in answer.content.decode()
        assert not Completion.objects.filter(step=step).exists()

    def test_in_a_confirmed_plan_but_not_in_a_closed_one(
        self, task: Task, officer: User, sign_in: SignIn
    ) -> None:
        now = timezone.now()
        plan = Plan.objects.filter(pk=task.area.plan_id)
        plan.update(state=PlanState.CONFIRMED, confirmed_at=now, confirmed_by=officer)
        client = sign_in(officer)
        step = task.steps.get()
        url = reverse("plans:step_done", args=[step.pk])
        sent = {f"step-{step.pk}-done_on": f"{YEAR}-12-20"}
        assert client.post(url, sent).status_code == 302
        undo = reverse("plans:completion_undo", args=[step.completion.pk])
        assert client.post(reverse("plans:indicators_edit", args=[task.pk])).status_code == 403
        plan.update(state=PlanState.CLOSED, closed_at=now, closed_by=officer)
        assert client.post(undo).status_code == 403
        other = task.milestones.get(text="목표 통보")
        late = reverse("plans:milestone_done", args=[other.pk])
        assert client.post(late, {f"milestone-{other.pk}-done_on": "2019-06-01"}).status_code == 403
        assert Completion.objects.count() == 2

    def test_a_closed_plan_says_why_nothing_is_recorded(
        self, task: Task, officer: User, viewer: User, sign_in: SignIn
    ) -> None:
        now = timezone.now()
        plan = Plan.objects.filter(pk=task.area.plan_id)
        spent = Expenditure.objects.all()[0]
        part = task.milestones.get(text="목표 통보")
        plan.update(state=PlanState.CONFIRMED, confirmed_at=now, confirmed_by=officer)
        plan.update(state=PlanState.CLOSED, closed_at=now, closed_by=officer)
        for url in (
            reverse("plans:milestone_done", args=[part.pk]),
            reverse("plans:completion_undo", args=[Completion.objects.get().pk]),
            reverse("plans:expenditure_create", args=[YEAR]),
            reverse("plans:expenditure_delete", args=[spent.pk]),
        ):
            told = sign_in(officer).post(url)
            assert told.status_code == 403
            assert "마감된 계획입니다" in told.content.decode()
            assert "마감되어" not in sign_in(viewer).post(url).content.decode()

    def test_what_was_done_is_not_removed_with_its_part(
        self, task: Task, officer: User, sign_in: SignIn
    ) -> None:
        client = sign_in(officer)
        url = reverse("plans:milestones_edit", args=[task.pk])
        sent = changed(client.get(url), **{"milestones-0-DELETE": ["on"]})
        assert "완료 기록" in client.post(url, sent).content.decode()
        task.lines.all()[0].expenditures.all().delete()
        task.lines.all().delete()
        page = client.post(reverse("plans:task_delete", args=[task.pk]), follow=True)
        assert "완료 기록이 걸려 있어" in page.content.decode()
        assert Completion.objects.get().milestone == task.milestones.get(text="수요조사")

    def test_what_is_not_there(self, officer: User, sign_in: SignIn) -> None:
        client = sign_in(officer)
        for name in ("milestone_done", "step_done", "completion_undo"):
            assert client.post(reverse(f"plans:{name}", args=[999])).status_code == 404


class TestDuties:
    def test_what_is_late_in_this_years_plan(self, task: Task, officer: User, viewer: User) -> None:
        (duty,) = parts_that_are_late(officer, JUNE)
        assert duty.text == f"{YEAR}년 계획에서 완료 기록이 없는 늦은 일정·절차 1건"
        assert (duty.url, duty.due) == (PAGE, date(YEAR, 5, 10))
        assert list(parts_that_are_late(officer, MARCH)) == []
        assert list(parts_that_are_late(officer, LATER)) == []
        assert list(parts_that_are_late(viewer, JUNE)) == []

    def test_the_paper_of_the_quarter_that_ended(
        self, task: Task, officer: User, viewer: User
    ) -> None:
        first = date(YEAR, 4, 1)
        assert list(progress_to_report(officer, first)) == []  # nobody has set the day
        office = Statute.objects.create(name="포털 운영 기준", kind=StatuteKind.OFFICE)
        RuleValue.objects.create(
            key="plans.progress.report_day",
            label="보고",
            value=15,
            unit="일",
            valid_from=date(2016, 1, 1),
            statute=office,
        )
        (duty,) = progress_to_report(officer, first)
        assert (duty.text, duty.due) == (f"{YEAR}년 1분기 추진상황 보고", date(YEAR, 4, 15))
        (january,) = progress_to_report(officer, date(YEAR + 1, 1, 15))
        assert january.text == f"{YEAR}년 4분기 추진상황 보고"
        assert list(progress_to_report(officer, date(YEAR, 4, 16))) == []
        assert list(progress_to_report(officer, date(YEAR, 5, 1))) == []
        assert list(progress_to_report(viewer, first)) == []
