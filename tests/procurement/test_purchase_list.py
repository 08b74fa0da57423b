"""Finding a year's purchases and taking them away."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from apps.accounts.models import Department, User
from apps.procurement.models import Purchase
from tests.conftest import SignIn
from tests.procurement.factories import make_enterprise, make_purchase

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
            other_department, coffee, officer, item="바리스타 강의", amount=300_000, kind="service"
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
        ]
    ]
