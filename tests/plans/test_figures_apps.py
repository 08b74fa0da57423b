"""Figures that the apps compute from their records, year by year."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import Department, User
from apps.committees.enums import MeetingState
from apps.committees.models import Committee, Meeting
from apps.enterprises.enums import DesignationKind, EndReason
from apps.enterprises.models import PublishedCount
from apps.plans.enums import MoneySource
from apps.plans.models import Completion, Expenditure
from apps.plans.registry import named_figures
from apps.plans.texts import Shown, computed
from apps.procurement.enums import PurchaseChannel
from apps.procurement.models import AnnualTarget
from tests.committees.after import make_held
from tests.committees.factories import make_committee, make_meeting
from tests.conftest import SignIn
from tests.enterprises.factories import make_designation, make_firm
from tests.plans.factories import YEAR, make_area, make_full_task, make_line, make_plan
from tests.procurement.factories import make_enterprise, make_purchase

pytestmark = pytest.mark.django_db


def value(name: str, year: int = YEAR) -> Shown:
    found = computed(name, year)
    assert found is not None, name
    return found


def number(name: str, year: int = YEAR) -> int | None:
    found = computed(name, year)
    return found.number if found else None


def opens(client: Client, url: str) -> str:
    """The page a figure leads to."""
    page = client.get(url)
    assert page.status_code == 200, url
    return page.content.decode()


def test_every_figure_says_how_and_has_a_unit() -> None:
    assert len(named_figures) > 30
    for figure in named_figures.values():
        assert figure.unit
        assert len(figure.how) > 10
        assert not set("{}:") & set(figure.name)
        assert not figure.name.startswith("전년 ")


def test_without_records_nothing_has_a_value() -> None:
    assert {name: number(name) for name in named_figures if number(name) is not None} == {}


def test_no_figure_asks_more_often_for_more_rows(officer: User, department: Department) -> None:
    plan = make_plan()

    def one_more() -> None:
        task = make_full_task(make_area(plan))
        Completion.objects.create(milestone=task.milestones.get(), done_on=date(YEAR, 9, 1))
        firm = make_enterprise(starts=date(YEAR, 2, 1))
        make_purchase(department, firm, officer, purchased_on=date(YEAR, 5, 2))

    def asked() -> dict[str, int]:
        counts = {}
        for name in named_figures:
            with CaptureQueriesContext(connection) as queries:
                computed(name, YEAR)
            counts[name] = len(queries)
        return counts

    one_more()
    once = asked()
    one_more()
    one_more()
    assert asked() == once
    assert max(once.values()) <= 3


class TestPlan:
    def test_money_by_source_and_if_selected(self, officer: User, sign_in: SignIn) -> None:
        plan = make_plan()
        make_line(plan, 5_000_000)
        make_line(plan, 1_500_000, source=MoneySource.CITY)
        make_line(plan, 500_000, source=MoneySource.CITY, conditional=True)
        make_line(make_plan(YEAR + 1), 9_000_000)
        assert number("구비 예산") == 5_000_000
        assert number("시비 예산") == 1_500_000
        assert number("국비 예산") is None
        assert number("총사업비") == 6_500_000
        assert number("선정 시 사업비") == 500_000
        assert value("구비 예산").text == "5,000천원"
        assert "5,000" in opens(sign_in(officer), value("구비 예산").url)

    def test_execution_leaves_conditional_money_out_of_the_rate(self) -> None:
        plan = make_plan()
        line = make_line(plan, 3_000_000)
        assert number("집행액") is None
        assert number("집행률") is None
        for amount in (400_000, 600_000):
            Expenditure.objects.create(
                line=line, spent_on=date(YEAR, 5, 1), amount=amount, text="집행"
            )
        assert number("집행액") == 1_000_000
        assert value("집행액").url == reverse("plans:expenditures", args=[YEAR])
        assert value("집행률").text == "33%"

    def test_tasks_and_what_was_done(self) -> None:
        plan = make_plan()
        task = make_full_task(make_area(plan))
        make_full_task(make_area(plan))
        assert (number("중점분야 수"), number("과제 수"), number("추진일정 수")) == (2, 2, 2)
        assert number("완료한 일정 수") is None
        Completion.objects.create(milestone=task.milestones.get(), done_on=date(YEAR, 9, 1))
        Completion.objects.create(step=task.steps.get(), done_on=date(YEAR, 9, 1))
        assert number("완료한 일정 수") == 1
        assert value("완료한 일정 수").url == reverse("plans:progress", args=[YEAR])


class TestEnterprises:
    def test_counts_at_the_years_end_each_firm_once(self, officer: User, sign_in: SignIn) -> None:
        both = make_firm("둘다 협동조합")
        make_designation(both, DesignationKind.COOP, date(YEAR - 3, 5, 1))
        make_designation(both, DesignationKind.VILLAGE, date(YEAR, 5, 1))
        gone = make_firm("끝난 기업")
        make_designation(
            gone,
            DesignationKind.SOCIAL,
            date(YEAR - 3, 5, 1),
            ended_on=date(YEAR, 6, 30),
            end_reason=EndReason.WITHDRAWN,
        )
        assert (number("사회적경제기업 수", YEAR - 1), number("사회적경제기업 수")) == (2, 1)
        assert (number("협동조합 수"), number("마을기업 수")) == (1, 1)
        assert number("사회적기업 수") == 0
        assert (number("마을기업 신규 지정"), number("사회적경제기업 종료")) == (1, 1)
        assert number("사회적경제기업 신규") == 0
        found = value("마을기업 수")
        assert found.as_of == date(YEAR, 12, 31)
        page = opens(sign_in(officer), found.url)
        assert "둘다 협동조합" in page
        assert "끝난 기업" not in page

    def test_a_renewal_is_not_new_and_a_conversion_is_one(self) -> None:
        renewed, converted = make_firm("갱신"), make_firm("전환")
        kind = DesignationKind.PRE_SOCIAL
        make_designation(renewed, kind, date(YEAR - 2, 3, 1), ends=date(YEAR, 2, 28))
        make_designation(renewed, kind, date(YEAR, 3, 1))
        make_designation(
            converted,
            kind,
            date(YEAR, 1, 5),
            ended_on=date(YEAR, 9, 21),
            end_reason=EndReason.CONVERTED,
        )
        make_designation(converted, DesignationKind.SOCIAL, date(YEAR, 9, 22))
        make_designation(make_firm("바로 인증"), DesignationKind.SOCIAL, date(YEAR, 4, 1))
        assert number("예비사회적기업 신규 지정") == 1
        assert number("인증 사회적기업 전환") == 1
        assert number("사회적경제기업 종료") == 0

    def test_a_year_published_with_more_firms_is_not_computed(self) -> None:
        make_designation(make_firm(), starts=date(YEAR, 2, 1))
        assert number("사회적경제기업 수") == 1
        PublishedCount.objects.create(
            as_of=date(YEAR, 12, 31), count=54, rule="전체", source="추진계획"
        )
        names = ("사회적경제기업 수", "협동조합 수", "협동조합 신규", "사회적경제기업 종료")
        assert [number(name) for name in names] == [None] * 4
        assert number("사회적경제기업 수", YEAR + 1) is None

    def test_a_later_year_is_computed_once_the_published_number_is_reached(self) -> None:
        make_designation(make_firm(), starts=date(YEAR, 2, 1))
        PublishedCount.objects.create(
            as_of=date(YEAR, 12, 31), count=2, rule="전체", source="추진계획"
        )
        assert number("사회적경제기업 수", YEAR + 1) is None
        make_designation(make_firm("나중 기업"), starts=date(YEAR + 1, 2, 1))
        assert number("사회적경제기업 수", YEAR + 1) == 2

    def test_none_is_not_zero_before_the_registry_begins(self) -> None:
        make_designation(make_firm(), starts=date(YEAR, 2, 1))
        assert number("마을기업 신규 지정") is None
        assert number("마을기업 신규 지정", YEAR + 1) == 0
        assert number("사회적경제기업 수", YEAR - 1) is None

    def test_a_year_to_come_has_no_count(self) -> None:
        make_designation(make_firm(), starts=date(YEAR, 2, 1))
        assert number("사회적경제기업 수", 2099) is None


class TestCommittees:
    def call(self, committee: Committee, day: date, by: User, *titles: str) -> Meeting:
        """Called, and nobody has come yet."""
        return make_meeting(
            committee,
            *titles,
            month=day.replace(day=1),
            held_on=day,
            starts_at=time(14),
            place="회의실",
            state=MeetingState.CALLED,
            called_at=datetime.combine(day, time(9), ZoneInfo("Asia/Seoul")),
            called_by=by,
        )

    def meet(self, committee: Committee, day: date, by: User, *titles: str) -> None:
        """Opened on the day with its agenda, and still open."""
        rows = Meeting.objects.filter(pk=self.call(committee, day, by, *titles).pk)
        at = datetime.combine(day, time(14), ZoneInfo("Asia/Seoul"))
        rows.update(state=MeetingState.OPENED, opened_at=at, opened_by=by)

    def test_meetings_that_were_opened(self, officer: User, sign_in: SignIn) -> None:
        held = make_held(officer)  # two items, closed
        committee, year = held.committee, held.month.year
        self.meet(committee, date(year, 9, 20), officer, "다")
        self.call(committee, date(year, 10, 20), officer, "모이지 못한 회의")
        make_meeting(committee, "작성 중", month=date(year, 11, 1))
        forum = make_committee(name="실무협의회", decides_by_vote=False)
        self.meet(forum, date(year, 3, 2), officer, "보고")
        names = ("위원회 개최 횟수", "위원회 안건 수", "협의체 회의 횟수")
        assert [number(name, year) for name in names] == [2, 3, 1]
        found = value("위원회 개최 횟수", year)
        assert committee.name in opens(sign_in(officer), found.url)

    def test_meetings_of_several_committees_lead_to_their_list(self, officer: User) -> None:
        for _ in range(2):
            self.meet(make_committee(), date(YEAR, 1, 20), officer, "가")
        found = value("위원회 개최 횟수")
        assert (found.number, found.url) == (2, "/committees/")


class TestProcurement:
    def test_targets_and_what_was_bought(
        self,
        officer: User,
        department: Department,
        other_department: Department,
        sign_in: SignIn,
    ) -> None:
        AnnualTarget.objects.create(year=YEAR, total=1_200_000_000, mall=32_000_000)
        assert value("공공구매 목표액").text == "1,200,000천원"
        assert value("함께누리몰 목표액").text == "32,000천원"
        assert number("공공구매 실적") is None
        firm, day = make_enterprise(), date(YEAR, 5, 2)
        make_purchase(department, firm, officer, purchased_on=day, amount=400_000_000)
        make_purchase(
            other_department,
            firm,
            officer,
            purchased_on=day,
            amount=8_000_000,
            channel=PurchaseChannel.MALL,
        )
        make_purchase(department, firm, officer, purchased_on=date(YEAR + 1, 1, 1))
        assert number("공공구매 실적") == 408_000_000
        assert number("함께누리몰 실적") == 8_000_000
        assert value("공공구매 달성률").text == "34%"
        assert value("함께누리몰 달성률").text == "25%"
        assert (number("구매 건수"), number("구매 부서 수"), number("구매 기업 수")) == (2, 2, 1)
        client = sign_in(officer)
        assert "1건" in opens(client, value("함께누리몰 실적").url)
        assert "408,000" in opens(client, value("공공구매 실적").url)

    def test_a_year_that_counts_the_mall_apart(self, officer: User, department: Department) -> None:
        AnnualTarget.objects.create(
            year=YEAR, total=10_000_000, mall=1_000_000, mall_inside_total=False
        )
        firm, day = make_enterprise(), date(YEAR, 5, 2)
        make_purchase(department, firm, officer, purchased_on=day, amount=5_000_000)
        assert number("함께누리몰 실적") is None
        assert number("함께누리몰 달성률") is None
        make_purchase(
            department,
            firm,
            officer,
            purchased_on=day,
            amount=500_000,
            channel=PurchaseChannel.MALL,
        )
        assert (number("공공구매 실적"), number("함께누리몰 실적")) == (5_000_000, 500_000)
        assert (number("공공구매 달성률"), number("함께누리몰 달성률")) == (50, 50)
