"""The plan's money on screen: four looks at it, its lines and its programmes."""

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.plans.enums import MoneySource
from apps.plans.models import BudgetLine, BudgetProgram, Plan
from apps.plans.views.budget import TABS
from tests.conftest import SignIn
from tests.plans.factories import (
    YEAR,
    make_area,
    make_line,
    make_plan,
    make_program,
    make_task,
    snapshot,
)
from tests.plans.screen import changed, errors, typed

pytestmark = pytest.mark.django_db
BUDGET = reverse("plans:budget", args=[YEAR])
CREATE = reverse("plans:line_create", args=[YEAR])
PROGRAMS = reverse("plans:programs_edit", args=[YEAR])
LINES = f"{BUDGET}?by=line"


@pytest.fixture
def plan() -> Plan:
    """District 3,000 in a programme and for a task, city 20,000, and 50,000 only if selected."""
    plan = make_plan()
    task = make_task(make_area(plan), title="센터 운영")
    program = make_program(plan, "센터 지원", works="물품 구매\n홍보")
    make_line(plan, 3_000_000, label="물품", task=task, program=program)
    make_line(plan, 20_000_000, label="운영비", task=task, source=MoneySource.CITY)
    make_line(
        plan, 50_000_000, label="특구", source=MoneySource.CITY, conditional=True, note="선정 시만"
    )
    return plan


class TestLooks:
    @pytest.mark.parametrize(
        ("by", "shown"),
        [
            ("program", ["센터 지원", "물품 구매", "3,000"]),
            ("task", ["1-1 센터 운영", "과제에 적히지 않은 예산", "23,000", "50,000"]),
            ("source", ["시비", "구비", "70,000", "73,000"]),
            ("line", ["물품", "운영비", "특구", "3,000,000", "선정 시만", "센터 지원"]),
        ],
    )
    def test_each_shows_the_same_money(
        self, by: str, shown: list[str], plan: Plan, viewer: User, sign_in: SignIn
    ) -> None:
        page = sign_in(viewer).get(BUDGET, {"by": by})
        html = page.content.decode()
        assert [words for words in shown if words not in html] == []
        current = [tab["label"] for tab in page.context["tabs"] if tab["current"]]
        assert current == [dict(TABS)[by]]
        totals = page.context["totals"]
        assert (totals.district, totals.firm, totals.conditional) == (
            3_000_000,
            23_000_000,
            50_000_000,
        )
        for url in (CREATE, PROGRAMS, reverse("plans:line_edit", args=[plan.lines.all()[0].pk])):
            assert url not in html

    @pytest.mark.parametrize("by", ["", "없는 것"])
    def test_an_unknown_look_is_the_first(
        self, by: str, plan: Plan, viewer: User, sign_in: SignIn
    ) -> None:
        html = sign_in(viewer).get(BUDGET, {"by": by}).content.decode()
        assert "세부사업명" in html

    def test_a_plan_without_money(self, officer: User, sign_in: SignIn) -> None:
        make_plan()
        html = sign_in(officer).get(LINES).content.decode()
        assert "예산 내역이 없습니다." in html
        assert CREATE in html

    def test_district_money_outside_every_programme_is_named(
        self, plan: Plan, viewer: User, sign_in: SignIn
    ) -> None:
        make_line(plan, 1_500_000)
        html = sign_in(viewer).get(BUDGET, {"by": "program"}).content.decode()
        assert "세부사업을 정하지 않은 예산" in html
        assert "1,500" in html
        assert "4,500" in html

    def test_an_official_is_led_to_every_line(
        self, plan: Plan, officer: User, sign_in: SignIn
    ) -> None:
        client = sign_in(officer)
        html = client.get(LINES).content.decode()
        for line in plan.lines.all():
            assert reverse("plans:line_edit", args=[line.pk]) in html
            assert reverse("plans:line_delete", args=[line.pk]) in html
        assert PROGRAMS in client.get(BUDGET).content.decode()


class TestLines:
    def test_a_new_one_for_a_task(self, plan: Plan, officer: User, sign_in: SignIn) -> None:
        task = plan.areas.get().tasks.get()
        client = sign_in(officer)
        form = client.get(CREATE, {"task": task.pk})
        assert typed(form)["task"] == [str(task.pk)]
        sent = changed(
            form,
            label="홍보",
            amount="1,500천원",
            source=["district"],
            program=[str(plan.programs.get().pk)],
            note="비고",
        )
        assert client.post(CREATE, sent).headers["Location"] == LINES
        line = plan.lines.get(label="홍보")
        assert (line.amount, line.source, line.task, line.program, line.position) == (
            1_500_000,
            "district",
            task,
            plan.programs.get(),
            4,
        )
        assert not line.conditional
        assert not line.derived

    def test_changing_and_moving_one(self, plan: Plan, officer: User, sign_in: SignIn) -> None:
        line = plan.lines.get(label="물품")
        url = reverse("plans:line_edit", args=[line.pk])
        client = sign_in(officer)
        form = client.get(url)
        assert typed(form)["amount"] == ["3,000,000"]
        client.post(
            url,
            changed(form, amount="2,000,001", source=["city"], program=[""], conditional=["on"]),
        )
        line.refresh_from_db()
        assert (line.amount, line.source, line.program, line.conditional) == (
            2_000_001,
            "city",
            None,
            True,
        )

    @pytest.mark.parametrize(
        ("field", "values", "message"),
        [
            ("amount", {"amount": "-1"}, "0"),
            ("amount", {"amount": "삼백만원"}, "금액은 숫자로 적어 주세요. 예: 1,500,000"),
            ("amount", {"amount": "1.5"}, "금액은 숫자로 적어 주세요."),
            ("amount", {"amount": ""}, "꼭 적어야 하는 칸입니다."),
            ("amount", {"amount": "9" * 30}, "이하"),
            ("label", {"label": ""}, "꼭 적어야 하는 칸입니다."),
            ("source", {"source": ["bank"]}, "bank"),
            ("program", {"source": ["city"]}, "세부사업은 구비에만 정합니다."),
        ],
    )
    def test_refused_beside_the_field(
        self,
        plan: Plan,
        officer: User,
        sign_in: SignIn,
        field: str,
        values: dict[str, str],
        message: str,
    ) -> None:
        before = snapshot()
        line = plan.lines.get(label="물품")
        client = sign_in(officer)
        for url in (CREATE, reverse("plans:line_edit", args=[line.pk])):
            start = {
                "label": "적던 것",
                "amount": "3,000",
                "source": ["district"],
                "program": [str(line.program_id)],
                "note": "적던 비고",
            }
            sent = changed(client.get(url), **{**start, **values})
            answer = client.post(url, sent)
            assert message in "".join(errors(answer, field))
            again = typed(answer)
            kept = [name for name in sent if name != "source"]
            assert [again[name] for name in kept] == [sent[name] for name in kept]
        assert snapshot() == before

    def test_task_and_programme_of_another_plan(
        self, plan: Plan, officer: User, sign_in: SignIn
    ) -> None:
        other = make_plan(2020)
        task, program = make_task(make_area(other)), make_program(other)
        before = snapshot()
        client = sign_in(officer)
        sent = changed(
            client.get(CREATE),
            label="가",
            amount="1",
            source=["district"],
            task=[str(task.pk)],
            program=[str(program.pk)],
        )
        answer = client.post(CREATE, sent)
        assert errors(answer, "task")
        assert errors(answer, "program")
        assert snapshot() == before

    def test_deleting_one(self, plan: Plan, officer: User, sign_in: SignIn) -> None:
        line = plan.lines.get(label="물품")
        url = reverse("plans:line_delete", args=[line.pk])
        client = sign_in(officer)
        assert "‘물품’ 예산을 삭제할까요?" in client.get(url).content.decode()
        answer = client.post(url, follow=True)
        assert answer.redirect_chain == [(LINES, 302)]
        assert "‘물품’ 내용을 삭제했습니다." in answer.content.decode()
        assert not BudgetLine.objects.filter(pk=line.pk).exists()


class TestPrograms:
    def test_added_after_the_others_and_renamed(
        self, plan: Plan, officer: User, sign_in: SignIn
    ) -> None:
        client = sign_in(officer)
        sent = changed(
            client.get(PROGRAMS),
            **{
                "programs-0-name": "통합지원센터 지원",
                "programs-1-name": "교육",
                "programs-1-works": "강좌\n강사료",
            },
        )
        answer = client.post(PROGRAMS, sent, follow=True)
        assert answer.redirect_chain == [(f"{BUDGET}?by=program", 302)]
        assert [p.name for p in plan.programs.all()] == ["통합지원센터 지원", "교육"]
        assert "강사료" in answer.content.decode()

    def test_a_name_is_given_once(self, plan: Plan, officer: User, sign_in: SignIn) -> None:
        BudgetProgram.objects.create(plan=plan, name="교육", position=1)
        before = snapshot()
        client = sign_in(officer)
        form = client.get(PROGRAMS)
        taken = client.post(PROGRAMS, changed(form, **{"programs-1-name": "센터 지원"}))
        assert "같은 이름의 세부사업이 이미 있습니다." in "".join(errors(taken, "programs-1-name"))
        twice = changed(form, **{"programs-2-name": "홍보", "programs-3-name": "홍보"})
        answer = client.post(PROGRAMS, twice)
        assert "저장하지 않았습니다." in answer.content.decode()
        assert typed(answer) == twice
        assert snapshot() == before

    def test_one_with_money_stays_and_nothing_else_is_saved(
        self, plan: Plan, officer: User, sign_in: SignIn
    ) -> None:
        BudgetProgram.objects.create(plan=plan, name="교육", position=1)
        before = snapshot()
        client = sign_in(officer)
        sent = changed(
            client.get(PROGRAMS),
            **{"programs-0-DELETE": ["on"], "programs-1-name": "새 이름"},
        )
        answer = client.post(PROGRAMS, sent)
        assert "지울 수 없습니다." in answer.content.decode()
        assert typed(answer) == sent
        assert snapshot() == before

    def test_one_without_money_goes(self, plan: Plan, officer: User, sign_in: SignIn) -> None:
        BudgetProgram.objects.create(plan=plan, name="교육", position=1)
        client = sign_in(officer)
        client.post(PROGRAMS, changed(client.get(PROGRAMS), **{"programs-1-DELETE": ["on"]}))
        assert [p.name for p in plan.programs.all()] == ["센터 지원"]
