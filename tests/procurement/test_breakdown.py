"""Who it was bought from: kinds of firms on the day, the law's tally, the largest, the ranking."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.accounts.models import Department, User
from apps.enterprises.enums import DesignationKind, EndReason
from apps.enterprises.models import Designation
from apps.plans.texts import computed
from apps.procurement.enums import PurchaseChannel, PurchaseKind
from apps.procurement.models import AnnualTarget, DepartmentTarget, MonthClosing
from apps.procurement.queries.breakdown import Sums, parts, sellers
from apps.procurement.queries.dashboard import dashboard
from apps.procurement.queries.standing import Progress, Standing, ranking
from tests.conftest import SignIn, make_user
from tests.procurement.factories import make_enterprise, make_purchase

LATER = date(2017, 3, 1)
days = st.dates(date(2015, 12, 28), date(2017, 1, 4)) | st.dates(date(2016, 4, 1), date(2016, 4, 6))


class WhatFirmsWereOnTheDay(TestCase):
    """Whatever was designated when, the one query says what asking for each purchase says."""

    def setUp(self) -> None:
        self.user = make_user("somebody")
        self.department = Department.objects.create(code="1", name="일자리과", kind="hq")
        self.firms = [make_enterprise(f"기업{n}", starts=None) for n in range(3)]

    @settings(max_examples=60, deadline=None)
    @given(
        held=st.lists(
            st.tuples(
                st.integers(0, 2),
                st.sampled_from(DesignationKind),
                days,
                st.integers(0, 300) | st.none(),
            ),
            max_size=8,
            unique_by=lambda each: (each[0], each[1]),
        ),
        rows=st.lists(
            st.tuples(
                st.integers(0, 2),
                days,
                st.integers(1, 10**12),
                st.sampled_from(PurchaseKind),
                st.sampled_from(PurchaseChannel),
            ),
            max_size=12,
        ),
    )
    def test_sellers(self, held: list[Any], rows: list[Any]) -> None:
        for firm, kind, starts, length in held:
            Designation.objects.create(
                enterprise=self.firms[firm],
                kind=kind,
                starts=starts,
                ends=None if length is None else starts + timedelta(days=length),
            )
        for firm, day, amount, kind, channel in rows:
            make_purchase(
                self.department,
                self.firms[firm],
                self.user,
                purchased_on=day,
                amount=amount,
                kind=kind,
                channel=channel,
            )

        def was(firm: int, day: date) -> set[DesignationKind]:
            return {
                kind
                for at, kind, starts, length in held
                if at == firm and starts <= day
                if length is None or day <= starts + timedelta(days=length)
            }

        def by_hand(*kinds: DesignationKind, of: PurchaseKind | None = None) -> Sums:
            found = [row for row in rows if row[1].year == 2016 and of in (None, row[3])]
            if kinds:
                found = [row for row in found if was(*row[:2]).intersection(kinds)]
            mall = sum(row[2] for row in found if row[4] == PurchaseChannel.MALL)
            return Sums(len(found), sum(row[2] for row in found), mall)

        sold = sellers(2016)
        assert sold.bought() == by_hand()
        nothing = [row[2] for row in rows if row[1].year == 2016 and not was(*row[:2])]
        found = (sold.undesignated.count, sold.undesignated.amount)
        assert found == (len(nothing), sum(nothing))
        for kind in DesignationKind:
            assert sold.bought(kind) == by_hand(kind)
        pair = (DesignationKind.SOCIAL, DesignationKind.VILLAGE)
        assert sold.bought(*pair) == by_hand(*pair)
        for of in PurchaseKind:
            certified = sold.bought(DesignationKind.SOCIAL, of=of)
            assert certified == by_hand(DesignationKind.SOCIAL, of=of)
        firms = {row[0] for row in rows if row[1].year == 2016}
        assert sold.firms == len(firms)
        amounts = [seller.sums.amount for seller in sold.largest]
        assert amounts == sorted(amounts, reverse=True)
        assert sum(amounts) == sold.bought().amount


def test_a_firm_certified_in_june_counts_for_the_law_from_then_on(
    officer: User, department: Department
) -> None:
    firm = make_enterprise(starts=None)
    Designation.objects.create(
        enterprise=firm,
        kind=DesignationKind.PRE_SOCIAL,
        starts=date(2015, 1, 1),
        ended_on=date(2016, 5, 31),
        end_reason=EndReason.CONVERTED,
    )
    Designation.objects.create(
        enterprise=firm, kind=DesignationKind.SOCIAL, starts=date(2016, 6, 1)
    )
    Designation.objects.create(
        enterprise=firm, kind=DesignationKind.VILLAGE, starts=date(2015, 1, 1)
    )
    make_purchase(department, firm, officer, purchased_on=date(2016, 5, 31), amount=100)
    make_purchase(department, firm, officer, purchased_on=date(2016, 6, 1), amount=7)
    board = dashboard(2016, today=LATER)
    held = {part.label: part.sums.amount for part in board.held if part.sums.count}
    assert held == {"예비사회적기업": 100, "사회적기업(인증)": 7, "마을기업": 107}
    assert (board.legal_sum.everyone.amount, board.legal_sum.certified.amount) == (107, 7)
    assert board.legal_sum.share == "6.5%"
    assert [line.certified.count for line in board.legal] == [1, 0, 0]
    named = {
        "인증 사회적기업 구매액": 7,
        "예비사회적기업 구매액": 100,
        "마을기업 구매액": 107,
        "협동조합 구매액": 0,
        "물품 구매액": 107,
        "용역 구매액": None,
    }
    found = {name: computed(name, 2016) for name in named}
    assert {name: value and value.number for name, value in found.items()} == named


def lines(*pairs: tuple[int | None, int]) -> list[Standing]:
    return [
        Standing(f"{at}과", Progress(target, bought), Progress(None, 0), 1, at)
        for at, (target, bought) in enumerate(pairs)
    ]


def test_equal_rates_share_a_place_and_departments_without_target_stand_apart() -> None:
    places = ranking(lines((None, 900), (100, 50), (10, 9), (200, 100), (0, 5), (10, 1)))
    assert [(each.line.department, each.by_rate, each.by_amount) for each in places] == [
        (2, 1, 4),
        (1, 2, 3),
        (3, 2, 2),
        (5, 4, 6),
        (0, None, 1),
        (4, None, 5),
    ]


@given(st.lists(st.tuples(st.none() | st.integers(0, 50), st.integers(0, 50)), max_size=12))
def test_a_place_is_one_more_than_those_who_did_better(pairs: list[tuple[int | None, int]]) -> None:
    places = ranking(lines(*pairs))
    assert sorted(each.line.department or 0 for each in places) == list(range(len(pairs)))
    for each in places:
        target, bought = each.line.total.target, each.line.total.bought
        better = sum(1 for t, b in pairs if t and target and b * target > bought * t)
        assert each.by_rate == (better + 1 if target else None)
        assert each.by_amount == 1 + sum(1 for _, b in pairs if b > bought)


@pytest.fixture
def bought(officer: User, department: Department, other_department: Department) -> None:
    """Something in every month of 2015, and of 2016 up to November."""
    AnnualTarget.objects.create(year=2016, total=100_000_000, mall=1_000_000)
    DepartmentTarget.objects.create(
        year=2016, department=department, total=60_000_000, mall=1_000_000
    )
    firm = make_enterprise("행복커피")
    for year, months, amount in ((2015, 12, 3_000_000), (2016, 11, 4_000_000)):
        for month in range(1, months + 1):
            day = date(year, month, 1)
            make_purchase(department, firm, officer, purchased_on=day, amount=amount)
    make_purchase(
        other_department,
        firm,
        officer,
        purchased_on=date(2016, 1, 1),
        channel="mall",
        kind="service",
        amount=500_000,
    )


def test_the_running_year_says_where_it_will_end(bought: None) -> None:
    board = dashboard(2016, today=date(2016, 11, 23))
    assert board.forecast is not None
    assert board.forecast.year_end == 48_600_000
    assert board.compared is not None
    assert (board.compared.bought, board.compared.last_year) == (40_500_000, 30_000_000)
    assert board.compared.change == "+35.0%"
    assert board.needed == 27_750_000
    panel = render_to_string("procurement/forecast.html", {"found": board})
    for words in ("2015년에는 10월 말까지 한 해 구매액의 83.3%", "48,600", "48.6%", "27,750"):
        assert words in panel
    assert "같은 방법을 지난 연도의 같은 때에 썼다면" in panel
    assert "없음(매달 같게)" in panel


def test_without_past_years_the_screen_says_that_all_months_are_taken_alike(
    officer: User, department: Department
) -> None:
    make_purchase(department, make_enterprise(), officer, purchased_on=date(2016, 2, 1))
    board = dashboard(2016, today=date(2016, 4, 1))
    panel = render_to_string("procurement/forecast.html", {"found": board})
    assert "매달 같은 금액을 산다고 보고 올해 3월 말까지의 구매액을 열두 달로" in panel
    assert "지난 연도가 없어 오차를 셀 수 없습니다." in panel


def test_a_year_that_is_over_has_no_forecast(officer: User, bought: None, sign_in: SignIn) -> None:
    page = sign_in(officer).get(reverse("procurement:district", args=[2015]))
    assert page.context["found"].forecast is None
    assert "연말 전망" not in page.text
    assert page.context["standing"].total == Progress(None, 36_000_000)


def test_the_shares_of_kinds_and_channels_are_the_whole(bought: None) -> None:
    """As the notice prints them: three thirds are 100.0 %, not 99.9 %."""
    thirds = parts(PurchaseKind, {kind: Sums(1, 1) for kind in PurchaseKind})
    assert [part.share for part in thirds] == ["33.4%", "33.3%", "33.3%"]
    board = dashboard(2016, today=date(2016, 11, 23))
    assert board.kinds == parts(PurchaseKind, board.sums.kinds)


@pytest.mark.parametrize("year", [2015, 2016, 2017])
def test_links_lead_to_the_sections_of_the_page(
    year: int, officer: User, bought: None, sign_in: SignIn
) -> None:
    page = sign_in(officer).get(reverse("procurement:district", args=[year])).text
    links = re.findall(r'href="#(\w[^"]*[가-힣)])"', page)
    assert len(links) >= 8
    assert all(f'id="{place}"' in page for place in links)
    assert page.index('id="부서별-순위"') < page.index('id="누계와-목표"')


def test_numbers_lead_to_their_purchases(officer: User, bought: None, sign_in: SignIn) -> None:
    client = sign_in(officer)
    page = client.get(reverse("procurement:district", args=[2016])).text
    rows = reverse("procurement:list", args=[2016])
    other = Department.objects.get(code="PARK").pk
    for query in (
        "month=1",
        "month=1&amp;channel=mall",
        "kind=service",
        "channel=mall",
        f"department={other}",
    ):
        assert f'href="{rows}?{query}"' in page
    assert ">500,000<" in client.get(f"{rows}?kind=service").text
    own = reverse("procurement:standing", args=[2016, other])
    assert f'href="{rows}?department={other}&amp;kind=service"' in client.get(own).text


def test_a_month_in_entry_waits_for_its_closing(officer: User, department: Department) -> None:
    firm = make_enterprise()
    for month in (8, 9, 10, 11):
        make_purchase(department, firm, officer, purchased_on=date(2016, month, 1), amount=100)
    noon = date(2016, 11, 20)
    assert dashboard(2016, today=noon).forecast is not None
    before = dashboard(2016, today=noon).forecast
    MonthClosing.objects.create(
        month=date(2016, 9, 1), closed_at="2016-10-10T00:00Z", closed_by=officer
    )
    after = dashboard(2016, today=noon).forecast
    assert before is not None
    assert after is not None
    assert (before.through, after.through) == (10, 9)


@pytest.mark.parametrize("name", ["district", "standing"])
def test_queries_do_not_grow_with_purchases_firms_and_years(
    name: str, officer: User, department: Department, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    args = [2016] if name == "district" else [2016, department.pk]
    counts = []
    for round_ in range(3):
        for year in range(2016 - round_, 2017):
            firm = make_enterprise(f"기업{round_}{year}")
            for kind in PurchaseKind:
                make_purchase(
                    department, firm, officer, purchased_on=date(year, 2 + round_, 1), kind=kind
                )
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(f"procurement:{name}", args=args))
        counts.append(len(captured))
    assert counts[0] == counts[1] == counts[2]


def test_the_figures_of_a_year_take_few_queries(
    officer: User, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(5):
        dashboard(2016, today=LATER)


def test_the_chart_is_drawn_and_stands_beside_as_a_table(
    officer: User, bought: None, sign_in: SignIn
) -> None:
    page = sign_in(officer).get(reverse("procurement:district", args=[2016])).text
    assert "<title>2016년 구매액 누계: 2016년 누계 12월 44,500" in page
    assert "목표(매달 같게) 12월 100,000" in page
    assert "2015년 누계 12월 36,000" in page
    assert "전년 누계</th>" in page
