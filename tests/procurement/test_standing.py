"""Sums beside targets: the whole district and its departments."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.accounts.models import Department, User
from apps.core.dates import today
from apps.procurement.enums import PurchaseChannel, PurchaseKind
from apps.procurement.models import AnnualTarget, DepartmentTarget
from apps.procurement.queries import standing as queries
from apps.procurement.queries.dashboard import dashboard
from apps.procurement.queries.standing import Progress
from tests.conftest import SignIn, make_user
from tests.procurement.factories import make_enterprise, make_purchase

DISTRICT = reverse("procurement:district", args=[2016])


def standing_url(department: Department, year: int = 2016) -> str:
    return reverse("procurement:standing", args=[year, department.pk])


class SumsAgreeWithCountingByHand(TestCase):
    """Whatever was bought, the sums in SQL are those of plain addition."""

    def setUp(self) -> None:
        self.user = make_user("somebody")
        self.firm = make_enterprise()
        self.departments = [
            Department.objects.create(code=str(n), name=f"{n}과", kind="hq", position=n)
            for n in range(3)
        ]

    @settings(max_examples=40, deadline=None)
    @given(
        inside=st.booleans(),
        rows=st.lists(
            st.fixed_dictionaries(
                {
                    "where": st.integers(0, 2),
                    "amount": st.integers(1, 10**12),
                    "channel": st.sampled_from(PurchaseChannel.values),
                    "kind": st.sampled_from(PurchaseKind.values),
                    "purchased_on": st.dates(date(2015, 12, 1), date(2017, 1, 31)),
                }
            ),
            max_size=12,
        ),
    )
    def test_sums(self, inside: bool, rows: list[dict[str, Any]]) -> None:
        AnnualTarget.objects.create(year=2016, total=10, mall=5, mall_inside_total=inside)
        for row in rows:
            fields = {key: value for key, value in row.items() if key != "where"}
            make_purchase(self.departments[row["where"]], self.firm, self.user, **fields)

        def by_hand(fits: list[dict[str, Any]]) -> tuple[int, int, int]:
            mall = sum(row["amount"] for row in fits if row["channel"] == "mall")
            everything = sum(row["amount"] for row in fits)
            return (everything if inside else everything - mall, mall, len(fits))

        def found(line: queries.Standing) -> tuple[int, int, int]:
            return (line.total.bought, line.mall.bought, line.count)

        year = [row for row in rows if row["purchased_on"].year == 2016]
        annual = queries.annual_target(2016)
        whole, shared = queries.standing(2016, annual), queries.shared_targets(2016, annual)
        assert found(whole) == by_hand(year)
        assert found(queries.sum_of_departments(whole, shared)) == by_hand(year)
        for number, line in enumerate(queries.departments(2016, inside)):
            own = by_hand([row for row in year if row["where"] == number])
            assert found(line) == own
            assert found(queries.standing(2016, annual, self.departments[number])) == own
        until = queries.standing(2016, annual, until=date(2016, 5, 20))
        assert found(until) == by_hand([r for r in year if r["purchased_on"] <= date(2016, 5, 20)])
        board = dashboard(2016, today=date(2017, 3, 1))
        assert found(board.standing) == by_hand(year)
        for month in board.months:
            of_month = [row for row in year if row["purchased_on"].month == month.month]
            assert (month.bought, month.sums.mall, month.sums.count) == by_hand(of_month)
            until_then = [row for row in year if row["purchased_on"].month <= month.month]
            assert month.so_far == by_hand(until_then)[0]
        assert (
            board.months[-1].last_year
            == by_hand([row for row in rows if row["purchased_on"].year == 2015])[0]
        )
        for column, parts in (("kind", board.kinds), ("channel", board.channels)):
            for part in parts:
                fits = [row for row in year if row[column] == part.key]
                assert part.sums.count == len(fits)
                assert part.sums.amount == sum(row["amount"] for row in fits)


@pytest.mark.parametrize(
    ("target", "bought", "percent", "remaining", "surplus"),
    [
        (1_000, 0, 0, 1_000, 0),
        (1_000, 4, 0, 996, 0),
        (1_000, 5, 1, 995, 0),
        (3, 2, 67, 1, 0),
        (1_000, 1_000, 100, 0, 0),
        (1_000, 2_345, 235, 0, 1_345),
        (0, 5, None, 0, 5),
        (None, 5, None, None, 0),
    ],
)
def test_rate_and_rest(
    target: int | None, bought: int, percent: int | None, remaining: int | None, surplus: int
) -> None:
    progress = Progress(target, bought)
    found = (progress.percent, progress.remaining, progress.surplus)
    assert found == (percent, remaining, surplus)


@pytest.fixture
def bought(department: Department, other_department: Department, officer: User) -> None:
    AnnualTarget.objects.create(year=2016, total=1_200_000_000, mall=32_000_000)
    DepartmentTarget.objects.create(
        year=2016, department=department, total=400_000_000, mall=8_000_000
    )
    firm = make_enterprise()
    make_purchase(department, firm, officer, amount=90_000_000)
    make_purchase(department, firm, officer, amount=10_000_000, channel="mall")
    make_purchase(other_department, firm, officer, amount=200_000_000, kind="works")


def test_a_department_reads_where_it_stands(
    clerk: User, department: Department, bought: None, sign_in: SignIn
) -> None:
    response = sign_in(clerk).get(standing_url(department))
    standing = response.context["standing"]
    assert standing.total == Progress(400_000_000, 100_000_000)
    assert standing.mall == Progress(8_000_000, 10_000_000)
    for shown in ("400,000", "100,000", "25%", "300,000", "125%"):
        assert shown in response.text
    assert "전체 구매액에도 들어 있으며, 한 번만 셉니다." in response.text


def test_a_department_over_its_target_reads_by_how_much(
    clerk: User, officer: User, department: Department, bought: None, sign_in: SignIn
) -> None:
    assert "남은 금액(천원)" not in sign_in(clerk).get(standing_url(department)).text  # the mall
    make_purchase(department, make_enterprise(), officer, amount=301_234_000)
    page = sign_in(clerk).get(standing_url(department)).text
    assert ("초과 금액" in page, "남은 금액" in page) == (True, False)
    assert ">1,234<" in page
    assert "1,234 초과" in sign_in(officer).get(DISTRICT).text


def test_the_years_target_is_read_once(officer: User, bought: None, sign_in: SignIn) -> None:
    client = sign_in(officer)
    with CaptureQueriesContext(connection) as captured:
        client.get(DISTRICT)
    reads = [query for query in captured if 'annualtarget"."total"' in query["sql"]]
    assert len(reads) == 1


def test_the_mall_may_stand_beside_the_total(
    clerk: User, department: Department, bought: None, sign_in: SignIn
) -> None:
    AnnualTarget.objects.update(mall_inside_total=False)
    response = sign_in(clerk).get(standing_url(department))
    assert response.context["standing"].total.bought == 90_000_000
    assert response.context["standing"].mall.bought == 10_000_000
    assert "전체 목표는 함께누리몰 밖의 구매액과 견줍니다." in response.text
    # What is broken down is everything bought, and the screen says so.
    assert [part.sums.amount for part in response.context["found"].kinds] == [100_000_000, 0, 0]
    assert "아래 표의 구매액에는 함께누리몰 구매액도 들어 있습니다." in response.text


def test_a_department_without_target_has_no_rate(
    other_clerk: User, other_department: Department, bought: None, sign_in: SignIn
) -> None:
    response = sign_in(other_clerk).get(standing_url(other_department))
    assert response.context["standing"].total == Progress(None, 200_000_000)
    assert "아직 정해진 구매 목표가 없어" in response.text


def test_the_district_and_each_department(
    officer: User, viewer: User, department: Department, bought: None, sign_in: SignIn
) -> None:
    Department.objects.create(code="NEW", name="신설과", kind="hq", valid_from=date(2017, 1, 1))
    for user in (officer, viewer):
        response = sign_in(user).get(DISTRICT)
        assert response.context["standing"].total == Progress(1_200_000_000, 300_000_000)
        lines = {each.line.label: each.line.total for each in response.context["departments"]}
        assert lines == {
            "일자리과": Progress(400_000_000, 100_000_000),
            "공원과": Progress(None, 200_000_000),
        }
        assert response.context["sum"].total == Progress(400_000_000, 300_000_000)
        assert standing_url(department) in response.text


def test_a_closed_department_stays_where_it_bought(
    officer: User, other_department: Department, bought: None, sign_in: SignIn
) -> None:
    other_department.valid_to = date(2015, 12, 31)
    other_department.save()
    lines = sign_in(officer).get(DISTRICT).context["departments"]
    assert [each.line.label for each in lines] == ["일자리과", "공원과"]


def test_only_overseers_open_the_district_and_strangers_departments(
    clerk: User,
    other_clerk: User,
    secretary: User,
    department: Department,
    bought: None,
    sign_in: SignIn,
) -> None:
    assert sign_in(clerk).get(DISTRICT).status_code == 403
    assert sign_in(other_clerk).get(standing_url(department)).status_code == 404
    for url in (DISTRICT, standing_url(department)):
        response = sign_in(secretary).get(url)
        assert response.status_code == 403
        assert "400,000" not in response.text


def test_home_leads_each_role_to_its_first_screen(
    clerk: User,
    officer: User,
    viewer: User,
    secretary: User,
    department: Department,
    sign_in: SignIn,
) -> None:
    home, year = reverse("procurement:home"), today().year
    district = reverse("procurement:district", args=[year])
    for user, url in (
        (clerk, standing_url(department, year)),
        (officer, district),
        (viewer, district),
    ):
        assert sign_in(user).get(home).headers["Location"] == url
    assert sign_in(secretary).get(home).status_code == 403


def test_queries_do_not_grow_with_departments(officer: User, bought: None, sign_in: SignIn) -> None:
    client = sign_in(officer)
    firm = make_enterprise("다른기업")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(DISTRICT)
        counts.append(len(captured))
        for number in range(3):
            code = f"{len(counts)}-{number}"
            new = Department.objects.create(code=code, name=f"{number}동", kind="dong")
            make_purchase(new, firm, officer)
    assert counts[0] == counts[1]
