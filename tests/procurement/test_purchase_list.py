"""Finding a year's purchases and taking them away."""

import html
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import fixed_dictionaries, integers, lists, sampled_from, tuples
from python_calamine import CalamineWorkbook

from apps.accounts.models import Department, User
from apps.imports.models import FileImport
from apps.procurement.enums import PurchaseChannel, PurchaseKind
from apps.procurement.models import AnnualTarget, MonthlySum, Purchase
from apps.procurement.queries import ledger
from apps.procurement.queries.ledger import Search, years_beside
from tests.conftest import SignIn
from tests.procurement.factories import make_enterprise, make_purchase, typed

LIST = reverse("procurement:list", args=[2016])
EXPORT = reverse("procurement:export", args=[2016])


@pytest.fixture
def purchases(
    department: Department, other_department: Department, officer: User
) -> dict[str, Purchase]:
    coffee, bread = make_enterprise("행복커피"), make_enterprise("늘푸른빵집")
    return {
        "coffee": make_purchase(department, coffee, officer, item="원두", amount=1_000),
        "bread": make_purchase(
            department,
            bread,
            officer,
            item="케이크",
            amount=20_000,
            channel="mall",
            purchased_on=date(2016, 6, 30),
        ),
        "park": make_purchase(
            other_department,
            coffee,
            officer,
            item="바리스타 강의",
            amount=300_000,
            kind="service",
            contract="bid",
        ),
        "old": make_purchase(
            department, coffee, officer, item="작년 원두", purchased_on=date(2015, 12, 31)
        ),
    }


def items(response_text: str, purchases: dict[str, Purchase]) -> set[str]:
    return {
        key for key, purchase in purchases.items() if f"<td>{purchase.item}</td>" in response_text
    }


def test_each_role_sees_its_rows(
    clerk: User,
    other_clerk: User,
    officer: User,
    viewer: User,
    purchases: dict[str, Purchase],
    sign_in: SignIn,
) -> None:
    for user, seen in (
        (clerk, {"coffee", "bread"}),
        (other_clerk, {"park"}),
        (officer, {"coffee", "bread", "park"}),
        (viewer, {"coffee", "bread", "park"}),
    ):
        assert items(sign_in(user).get(LIST).text, purchases) == seen


def test_a_clerk_never_meets_another_department(
    clerk: User, other_department: Department, purchases: dict[str, Purchase], sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    shown = client.get(LIST, {"department": other_department.pk}).text
    assert other_department.name not in shown
    assert items(shown, purchases) == {"coffee", "bread"}
    rows = sheet(client.get(EXPORT, {"department": other_department.pk}).content)
    assert {row[1] for row in rows[1:]} == {"일자리과"}


def test_a_viewer_reads_without_a_way_to_write(
    viewer: User, clerk: User, purchases: dict[str, Purchase], sign_in: SignIn
) -> None:
    shown = sign_in(viewer).get(LIST).text
    edit = reverse("procurement:edit", args=[2016, purchases["coffee"].pk])
    assert edit not in shown
    assert reverse("procurement:create", args=[2016]) not in shown
    assert edit in sign_in(clerk).get(LIST).text


def test_secretaries_and_people_without_role_stay_outside(
    secretary: User, nobody: User, purchases: dict[str, Purchase], sign_in: SignIn
) -> None:
    for user in (secretary, nobody):
        for url in (LIST, EXPORT):
            response = sign_in(user).get(url)
            assert response.status_code == 403
            assert "원두" not in response.text


@pytest.mark.parametrize(
    ("wanted", "seen", "total"),
    [
        ({"month": "6"}, {"bread"}, "합계 1건 20,000원"),
        ({"supplier": "ㅎㅂㅋㅍ"}, {"coffee", "park"}, "합계 2건 301,000원"),
        ({"supplier": "빵집"}, {"bread"}, "합계 1건 20,000원"),
        ({"kind": "service"}, {"park"}, "합계 1건 300,000원"),
        ({"channel": "mall"}, {"bread"}, "합계 1건 20,000원"),
        ({"supplier": "커피", "kind": "goods"}, {"coffee"}, "합계 1건 1,000원"),
        ({"kind": "nonsense"}, {"coffee", "bread", "park"}, "합계 3건 321,000원"),
        ({"month": "13"}, {"coffee", "bread", "park"}, "합계 3건 321,000원"),
        ({"month": "7"}, set(), "찾는 구매실적이 없습니다"),
        ({"month": "6", "channel": "mall", "kind": "goods"}, {"bread"}, "합계 1건 20,000원"),
        ({"contract": "bid"}, {"park"}, "합계 1건 300,000원"),
        ({"item": "원두"}, {"coffee"}, "합계 1건 1,000원"),
        ({"item": "바리 스타강"}, {"park"}, "합계 1건 300,000원"),
        ({"item": "스타강의바"}, set(), "찾는 구매실적이 없습니다"),
        ({"item": "%_"}, set(), "찾는 구매실적이 없습니다"),
        ({"batch": "x"}, {"coffee", "bread", "park"}, "합계 3건 321,000원"),
    ],
)
def test_filters_narrow_rows_and_total(
    wanted: dict[str, str],
    seen: set[str],
    total: str,
    officer: User,
    purchases: dict[str, Purchase],
    sign_in: SignIn,
) -> None:
    shown = sign_in(officer).get(LIST, wanted).text
    assert items(shown, purchases) == seen
    assert total in shown


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"month": "13"}, "1월부터 12월까지 가운데 골라 주세요."),
        ({"item": "원"}, "두 글자 이상 적어 주세요."),
    ],
)
def test_what_cannot_be_looked_for_is_said_beside_its_box(
    wanted: dict[str, str],
    said: str,
    clerk: User,
    purchases: dict[str, Purchase],
    sign_in: SignIn,
) -> None:
    shown = sign_in(clerk).get(LIST, wanted).text
    assert said in shown
    assert items(shown, purchases) == {"coffee", "bread"}


def test_a_link_from_a_file_shows_what_came_from_it(
    officer: User, department: Department, purchases: dict[str, Purchase], sign_in: SignIn
) -> None:
    file = FileImport.objects.create(
        kind="purchases",
        name="구매실적.csv",
        size=1,
        digest="0" * 64,
        uploaded_at=datetime(2016, 7, 1, tzinfo=UTC),
        uploaded_by=officer,
    )
    Purchase.objects.filter(pk=purchases["bread"].pk).update(batch=file)
    shown = sign_in(officer).get(LIST, {"batch": file.pk}).text
    assert items(shown, purchases) == {"bread"}
    assert f'name="batch" value="{file.pk}"' in shown
    assert "합계 1건 20,000원" in shown


def test_why_a_purchase_counts_all_the_same_is_shown(
    officer: User, purchases: dict[str, Purchase], sign_in: SignIn
) -> None:
    reason = "계약은 지정이 끝나기 전에 맺음"
    Purchase.objects.filter(pk=purchases["bread"].pk).update(override_reason=reason)
    shown = sign_in(officer).get(LIST).text
    assert shown.count("지정 종료") == 1
    assert reason in shown


def test_after_a_change_the_list_is_where_it_was(
    officer: User, purchases: dict[str, Purchase], sign_in: SignIn
) -> None:
    client, coffee = sign_in(officer), purchases["coffee"]
    found = f"{LIST}?{urlencode({'supplier': '커피', 'page': 'last'})}"
    shown = client.get(found).text
    for name in ("edit", "delete"):
        (way,) = re.findall(
            f'"({reverse(f"procurement:{name}", args=[2016, coffee.pk])}.*?)"', shown
        )
        opened = client.get(way)
        assert f'href="{html.escape(found)}"' in opened.text
        data = typed(department=str(coffee.department_id))
        assert client.post(way, data).headers["Location"] == found
    away = reverse("procurement:delete", args=[2016, purchases["bread"].pk])
    assert client.post(f"{away}?back=//evil.example").headers["Location"].startswith(f"{LIST}?")


def test_too_many_for_a_workbook_are_offered_as_csv_only(
    officer: User, purchases: dict[str, Purchase], department: Department, sign_in: SignIn
) -> None:
    MonthlySum.objects.filter(department=department, month=date(2016, 6, 1)).update(count=20_000)
    client, said = sign_in(officer), "20,000건이 넘으면"
    shown = client.get(LIST).text
    assert (said in shown, EXPORT in shown) == (True, False)
    as_text = reverse("procurement:export_csv", args=[2016])
    assert client.get(EXPORT, {"kind": "goods"}).headers["Location"] == f"{as_text}?kind=goods"
    few = client.get(LIST, {"month": "5"}).text
    assert (said in few, EXPORT in few) == (False, True)


def test_departments_of_the_year_are_offered(
    officer: User, purchases: dict[str, Purchase], other_department: Department, sign_in: SignIn
) -> None:
    Department.objects.filter(pk=other_department.pk).update(valid_to=date(2015, 12, 31))
    Department.objects.create(
        code="gone", name="없어진과", kind="hq", position=9, valid_to=date(2015, 12, 31)
    )
    field = sign_in(officer).get(LIST).context["form"].fields["department"]
    assert [name for _, name in field.choices] == ["전체", "일자리과", other_department.name]


class TestPages:
    """The list by stretches of thirty; the first holds the newest."""

    @pytest.fixture
    def keys(self, department: Department, officer: User) -> list[int]:
        """Of 75 purchases, two a day at most, the keys as the list has them."""
        firm = make_enterprise()
        made = [
            make_purchase(department, firm, officer, purchased_on=date(2016, 1, 1 + number // 3))
            for number in range(75)
        ]
        return [purchase.pk for purchase in reversed(made)]

    def shown(self, client: Client, page: str = "", **wanted: str) -> tuple[list[int], Any]:
        response = client.get(LIST, wanted | ({"page": page} if page else {}))
        return [line.purchase.pk for line in response.context["lines"]], response

    def test_forth_and_back(self, keys: list[int], clerk: User, sign_in: SignIn) -> None:
        client = sign_in(clerk)
        seen, response = self.shown(client)
        assert seen == keys[:30]
        assert 'rel="prev"' not in response.text
        seen, response = self.shown(client, response.context["page"].next)
        assert seen == keys[30:60]
        second = response.context["page"]
        seen, response = self.shown(client, second.next)
        assert seen == keys[60:]
        assert 'rel="next"' not in response.text
        assert "모두 <strong>75</strong>건" in response.text
        seen, response = self.shown(client, response.context["page"].previous)
        assert seen == keys[30:60]
        assert self.shown(client, second.previous)[0] == keys[:30]

    def test_the_last_page_and_back(self, keys: list[int], clerk: User, sign_in: SignIn) -> None:
        client = sign_in(clerk)
        seen, response = self.shown(client, "last")
        assert seen == keys[45:]
        seen, response = self.shown(client, response.context["page"].previous)
        assert seen == keys[15:45]
        # What is left before is less than a page: the first page, whole.
        assert self.shown(client, response.context["page"].previous)[0] == keys[:30]

    def test_pages_keep_the_search(self, keys: list[int], clerk: User, sign_in: SignIn) -> None:
        client = sign_in(clerk)
        _, response = self.shown(client, kind="goods")
        assert f"?kind=goods&amp;page={quote(response.context['page'].next)}" in response.text
        assert self.shown(client, response.context["page"].next, kind="service")[0] == []

    def test_removed_rows_shift_nothing(
        self, keys: list[int], clerk: User, sign_in: SignIn
    ) -> None:
        client = sign_in(clerk)
        after = self.shown(client)[1].context["page"].next
        Purchase.objects.filter(pk__in=keys[:10]).delete()
        assert self.shown(client, after)[0] == keys[30:60]

    @pytest.mark.parametrize(
        "page",
        [
            "2",
            "after",
            "after:x:y",
            "after:2016-13-01:5",
            "before:2016-05-02",
            "after:2016-01-02:\0",
        ],
    )
    def test_nonsense_is_the_first_page(
        self, page: str, keys: list[int], clerk: User, sign_in: SignIn
    ) -> None:
        assert self.shown(sign_in(clerk), page)[0] == keys[:30]

    def test_one_page_has_no_way_along(
        self, purchases: dict[str, Purchase], clerk: User, sign_in: SignIn
    ) -> None:
        assert "쪽 이동" not in sign_in(clerk).get(LIST).text


@given(
    rows=lists(
        tuples(
            integers(0, 1),
            sampled_from(range(1, 13)),
            sampled_from(PurchaseKind.values),
            sampled_from(PurchaseChannel.values),
            integers(1, 9_999),
        ),
        max_size=8,
    ),
    wanted=fixed_dictionaries(
        {},
        optional={
            "month": integers(1, 12),
            "department": integers(0, 1),
            "kind": sampled_from(PurchaseKind.values),
            "channel": sampled_from(PurchaseChannel.values),
        },
    ),
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_monthly_sums_tell_what_the_purchases_would(
    rows: list[tuple[int, int, str, str, int]],
    wanted: dict[str, Any],
    department: Department,
    other_department: Department,
    officer: User,
) -> None:
    places = (department, other_department)
    with transaction.atomic():
        firm = make_enterprise()
        for place, month, kind, channel, won in rows:
            make_purchase(
                places[place],
                firm,
                officer,
                purchased_on=date(2016, month, 28),
                kind=kind,
                channel=channel,
                amount=won,
            )
        if "department" in wanted:
            wanted = wanted | {"department": places[wanted["department"]].pk}
        search = Search(2016, **wanted)
        found = ledger.found(officer, search)
        totals = ledger.totals(officer, search, found)
        assert totals == ledger.Totals(len(found), sum(row.amount for row in found))
        transaction.set_rollback(True)


def test_an_official_narrows_to_a_department(
    officer: User,
    other_department: Department,
    purchases: dict[str, Purchase],
    sign_in: SignIn,
) -> None:
    shown = sign_in(officer).get(LIST, {"department": other_department.pk}).text
    assert items(shown, purchases) == {"park"}


def test_an_empty_list_says_what_to_do(
    clerk: User, viewer: User, purchases: dict[str, Purchase], sign_in: SignIn
) -> None:
    empty_year = reverse("procurement:list", args=[2014])
    assert "사회적경제기업에서 구매한 내역을 등록해 주세요." in sign_in(clerk).get(empty_year).text
    assert "부서에서 구매실적을 등록하면" in sign_in(viewer).get(empty_year).text
    assert "조회 조건을 바꾸거나" in sign_in(clerk).get(LIST, {"month": "1"}).text


def test_years_with_purchases_are_linked(
    clerk: User, other_clerk: User, purchases: dict[str, Purchase], sign_in: SignIn
) -> None:
    before = reverse("procurement:list", args=[2015])
    assert before in sign_in(clerk).get(LIST).text
    assert before not in sign_in(other_clerk).get(LIST).text


def test_years_beside_are_those_with_something_and_this_one(
    clerk: User,
    officer: User,
    department: Department,
    other_department: Department,
) -> None:
    firm = make_enterprise()
    make_purchase(department, firm, officer, purchased_on=date(2011, 3, 1))
    make_purchase(other_department, firm, officer, purchased_on=date(2014, 3, 1))
    make_purchase(department, firm, officer, purchased_on=date(2017, 3, 1)).delete()
    AnnualTarget.objects.create(year=2018, total=1, mall=0)
    for year, of_all, of_own in (
        (2010, (None, 2011), (None, 2011)),
        (2011, (None, 2014), (None, 2018)),
        (2016, (2014, 2018), (2011, 2018)),
        (2018, (2014, 2020), (2011, 2020)),
        (2020, (2018, None), (2018, None)),
    ):
        assert years_beside(officer, year, 2020) == of_all
        assert years_beside(clerk, year, 2020) == of_own


def test_queries_do_not_grow_with_rows(
    officer: User,
    department: Department,
    other_department: Department,
    purchases: dict[str, Purchase],
    sign_in: SignIn,
) -> None:
    client = sign_in(officer)
    for url in (LIST, EXPORT):
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(url)
            counts.append(len(queries))
            for name in "가나다":
                firm = make_enterprise(f"{name}기업 {url}")
                make_purchase(other_department, firm, officer, item=name)
        assert counts[0] == counts[1]


def sheet(content: bytes) -> Sequence[Sequence[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_spreadsheet_holds_what_was_found(
    officer: User, department: Department, purchases: dict[str, Purchase], sign_in: SignIn
) -> None:
    purchases["coffee"].note = "=1+1"
    purchases["coffee"].document_number = "@SUM(A1)"
    purchases["coffee"].save()
    response = sign_in(officer).get(EXPORT, {"supplier": "커피", "kind": "goods"})
    assert "2016" in response.headers["Content-Disposition"]
    headings, *rows = sheet(response.content)
    assert headings == [
        *("구매일자", "부서", "기업명", "사업자등록번호", "품목", "구분"),
        *("금액", "구매방법", "계약방법", "문서번호", "비고"),
        "지정이 끝난 기업의 구매 사유",
    ]
    enterprise = purchases["coffee"].enterprise
    assert rows == [
        [
            date(2016, 5, 2),
            "일자리과",
            "행복커피",
            enterprise.dashed_number,
            "원두",
            "물품",
            1000.0,
            "직접구매",
            "수의계약",
            "@SUM(A1)",
            "=1+1",
            "",
        ]
    ]
