"""Rolling a plan in the browser and from the command line, and reading the account of it."""

import re
from html import unescape
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.plans.enums import PlanState, RollOutcome
from apps.plans.models import BasicPlan, Plan, RollNote, Task
from apps.portal.sample import plan_2016
from tests.conftest import SignIn
from tests.plans.factories import make_area, make_full_task, make_plan, make_task
from tests.plans.screen import Page

pytestmark = pytest.mark.django_db
ROLL = reverse("plans:roll", args=[2016])
NOTES = reverse("plans:roll_notes", args=[2017])


@pytest.fixture
def real(officer: User) -> Plan:
    return plan_2016.load(by=officer)


@pytest.fixture
def client(officer: User, sign_in: SignIn) -> Client:
    return sign_in(officer)


def text_of(response: Page) -> str:
    html = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(unescape(html).split())


class TestPreview:
    def test_it_shows_what_would_be_and_writes_nothing(self, real: Plan, client: Client) -> None:
        page = text_of(client.get(ROLL))
        assert not Plan.objects.filter(year=2017).exists()
        for word in (
            "2016년 계획을 2017년으로 옮기기",
            "과제 1-2 추진기간",
            "적힌 규칙 ‘넷째 토요일’대로 (11/12는 둘째 토요일이었음)",
            "16건, 확정·예상 503,706,000원, 선정 시 50,000,000원",
            "2017년 계획 만들기",
        ):
            assert word in page
        assert "지난해 금액 그대로" in page

    def test_choices_change_what_is_shown(self, real: Plan, client: Client) -> None:
        left = Task.objects.get(area__plan=real, area__number=2, number=2)
        page = client.get(ROLL, {"amounts": "empty", "dropped": str(left.pk)})
        text = text_of(page)
        assert "담당자가 옮기지 않기로 함" in text
        assert "금액은 비우기로 함" in text
        html = page.content.decode()
        assert '<input type="hidden" name="amounts" value="empty">' in html
        assert f'<input type="hidden" name="dropped" value="{left.pk}">' in html

    def test_the_plan_is_proposed_once(self, real: Plan, client: Client) -> None:
        """Choices cost no second proposal: that of the rules is asked for with them."""
        with CaptureQueriesContext(connection) as proposed:
            client.get(ROLL)
        with CaptureQueriesContext(connection) as chosen:
            assert client.get(ROLL, {"amounts": "keep"}).status_code == 200
        assert len(chosen) == len(proposed)

    def test_the_rules_proposal_is_chosen_to_begin_with(self, real: Plan, client: Client) -> None:
        BasicPlan.objects.create(title="활성화계획", first_year=2016, last_year=2019)
        page = client.get(ROLL)
        made = Task.objects.get(area__plan=real, area__number=1, number=1)
        html = page.content.decode()
        assert f'<input type="hidden" name="dropped" value="{made.pk}">' in html
        assert re.search(rf'<input[^>]*name="dropped"[^>]*value="{made.pk}"[^>]*checked', html)
        assert "기본계획이 있음" in text_of(page)

    def test_a_confirmed_plan_leads_to_it(self, real: Plan, officer: User, client: Client) -> None:
        stamps = {"confirmed_at": timezone.now(), "confirmed_by": officer}
        Plan.objects.filter(pk=real.pk).update(state=PlanState.CONFIRMED, **stamps)
        page = client.get(reverse("plans:detail", args=[2016]))
        assert f'href="{ROLL}"' in page.content.decode()

    def test_only_officials_see_it(self, real: Plan, viewer: User, sign_in: SignIn) -> None:
        reader = sign_in(viewer)
        assert reader.get(ROLL).status_code == 403
        assert reader.post(ROLL, {"amounts": "keep"}).status_code == 403
        assert Plan.objects.count() == 1
        link = f'href="{ROLL}"'
        assert link not in reader.get(reverse("plans:detail", args=[2016])).content.decode()

    def test_a_plan_leads_to_it(self, real: Plan, client: Client) -> None:
        page = client.get(reverse("plans:detail", args=[2016])).content.decode()
        assert f'href="{ROLL}"' in page

    def test_of_a_year_without_a_plan(self, client: Client) -> None:
        assert client.get(ROLL).status_code == 404


class TestMaking:
    def test_it_makes_what_was_shown(self, real: Plan, client: Client, officer: User) -> None:
        response = client.post(ROLL, {"amounts": "keep"})
        assert response.headers["Location"] == NOTES
        new = Plan.objects.get(year=2017)
        assert new.rolled_from == real
        assert Task.objects.filter(area__plan=new).count() == 13
        page = client.get(reverse("plans:detail", args=[2017])).content.decode()
        assert f'href="{NOTES}"' in page

    def test_with_choices(self, real: Plan, client: Client) -> None:
        left = Task.objects.get(area__plan=real, area__number=2, number=2)
        client.post(ROLL, {"amounts": "empty", "dropped": [left.pk]})
        new = Plan.objects.get(year=2017)
        assert Task.objects.filter(area__plan=new).count() == 12
        assert set(new.lines.values_list("amount", flat=True)) == {0}

    @pytest.mark.parametrize("typed", [{}, {"amounts": "half"}, {"amounts": "keep", "dropped": 0}])
    def test_a_bad_choice_makes_nothing(
        self, typed: dict[str, str], real: Plan, client: Client
    ) -> None:
        response = client.post(ROLL, typed)
        assert response.status_code == 200
        assert Plan.objects.count() == 1
        assert "_error" in response.content.decode()

    def test_a_year_that_has_a_plan_is_left_alone(self, real: Plan, client: Client) -> None:
        there = make_plan(2017)
        link = f'href="{reverse("plans:detail", args=[2017])}"'
        for response in (client.get(ROLL), client.post(ROLL, {"amounts": "keep"})):
            assert link in response.content.decode()
            assert "이미 있" in text_of(response)
        assert not RollNote.objects.exists()
        assert not there.areas.exists()

    def test_the_office_can_roll_a_confirmed_plan(self, client: Client) -> None:
        task = make_full_task(make_area(make_plan(2016)))
        response = client.post(ROLL, {"amounts": "keep"})
        assert response.status_code == 302
        assert Task.objects.filter(title=task.title).count() == 2


class TestNotes:
    def test_they_are_listed_with_ways_to_their_places(
        self, real: Plan, client: Client, viewer: User, sign_in: SignIn
    ) -> None:
        client.post(ROLL, {"amounts": "keep"})
        reader = sign_in(viewer)
        page = reader.get(NOTES)
        assert "2016년도 사회적경제 활성화 추진계획" in text_of(page)
        market = Task.objects.get(area__plan__year=2017, area__number=3, number=2)
        days = reader.get(NOTES, {"outcome": "moved", "task": str(market.pk)})
        assert days.content.decode().count(f'href="{reverse("plans:task", args=[market.pk])}') == 9
        assert "과제 1-1" not in text_of(days).split("까닭")[1]

    def test_it_opens_with_what_a_person_must_look_at(self, real: Plan, client: Client) -> None:
        client.post(ROLL, {"amounts": "keep"})

        def tones(**asked: str) -> set[str]:
            page = client.get(NOTES, asked).content.decode()
            return set(re.findall(r'badge badge--(\w+)">', page))

        assert tones() == tones(page="1") == {"warning"}
        assert len(tones(outcome="", task="")) > 1
        RollNote.objects.filter(outcome=RollOutcome.OPEN).delete()
        assert tones(), "with nothing to look at all of it is shown"

    def test_one_kind_of_note(self, real: Plan, client: Client) -> None:
        client.post(ROLL, {"amounts": "keep"})
        page = client.get(NOTES, {"outcome": RollOutcome.OPEN})
        shown = set(re.findall(r'badge badge--(\w+)">', page.content.decode()))
        assert shown == {"warning"}
        assert f"모두 {RollNote.objects.filter(outcome=RollOutcome.OPEN).count()} 건" in text_of(
            page
        )

    def test_a_plan_that_was_not_rolled_has_none(self, client: Client) -> None:
        make_plan(2017)
        assert "이월 내역이 없습니다." in text_of(client.get(NOTES))


class TestCommand:
    def test_it_does_the_same(self, real: Plan, admin: User) -> None:
        out = StringIO()
        call_command("roll_plan", "2016", "2017", stdout=out)
        assert "2017년도 사회적경제 활성화 추진계획: 만들었습니다." in out.getvalue()
        assert "- 과제 1-2 추진기간: 2015. 11. 20. ~ 2016. 10. 31." in out.getvalue()
        new = Plan.objects.get(year=2017)
        assert not new.lines.filter(amount=0).exists()

    def test_with_empty_amounts_and_somebodys_name(self, real: Plan, officer: User) -> None:
        call_command("roll_plan", "2016", "2018", "--empty-amounts", "--by", "officer")
        amounts = Plan.objects.get(year=2018).lines.values_list("amount", flat=True)
        assert set(amounts) == {0}

    @pytest.mark.parametrize(
        ("words", "why"),
        [
            (["2015", "2016"], "그런 연도의 추진계획이 없습니다"),
            (["2016", "2016"], "뒤의 해로"),
            (["2016", "2019"], "이미 있습니다"),
            (["2016", "2017", "--by", "viewer"], "만들 수 있는 사람이 아닙니다"),
            (["2016", "2017"], "관리자가 없습니다"),
        ],
    )
    def test_it_says_why_not(self, words: list[str], why: str, viewer: User) -> None:
        make_task(make_area(make_plan(2016)))
        make_plan(2019)
        with pytest.raises(CommandError, match=why):
            call_command("roll_plan", *words)
        assert Plan.objects.count() == 2
