"""Typed results: kept by officials, read by all, replaced by what an app computes."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.plans.models import Result
from apps.plans.registry import named_figures
from tests.conftest import SignIn
from tests.plans.factories import YEAR, make_line, make_plan
from tests.plans.screen import changed, errors
from tests.plans.test_figures_texts import LESSONS, registered, type_result

pytestmark = pytest.mark.django_db
LIST = reverse("plans:results")
NEW = reverse("plans:result_create")


def edit_url(result: Result) -> str:
    return reverse("plans:result_edit", args=[result.pk])


def typed(**values: str) -> dict[str, str]:
    """A good result as an official types it, but for what is named."""
    return {
        "year": f"{YEAR}",
        "name": LESSONS,
        "value": "8",
        "unit": "회",
        "as_of": "",
        "source": "결과보고",
        "note": "",
        **values,
    }


@pytest.fixture
def official(officer: User, sign_in: SignIn) -> Client:
    return sign_in(officer)


class TestList:
    def test_results_by_year_newest_first(self, viewer: User, sign_in: SignIn) -> None:
        type_result("설명회", 3, as_of=date(YEAR, 10, 17), note="상공회의소와 함께")
        type_result("지도", 15_000, unit="부", year=YEAR + 1)
        page = sign_in(viewer).get(LIST).content.decode()
        assert page.index("15,000부") < page.index("3회")
        assert f"{YEAR}. 10. 17." in page
        assert "상공회의소와 함께" in page
        assert "실적 추가" not in page

    def test_a_year_or_part_of_a_name_narrows(self, official: Client) -> None:
        type_result("설명회", 3)
        type_result("설명회", 2, year=YEAR + 1)
        type_result("지도", 15_000, unit="부")
        year = official.get(LIST, {"year": YEAR})
        assert [row.result.value for row in year.context["rows"]] == [3, 15_000]
        name = official.get(f"{LIST}?q=지도&year=없는")
        assert [row.result.value for row in name.context["rows"]] == [15_000]
        assert "찾는 실적이 없습니다." in official.get(LIST, {"q": "유령"}).content.decode()

    def test_a_long_list_has_pages_and_asks_no_more(self, official: Client) -> None:
        def asked() -> int:
            with CaptureQueriesContext(connection) as queries:
                official.get(LIST)
            return len(queries)

        type_result("실적 0")
        asked()
        once = asked()
        for number in range(1, 40):
            type_result(f"실적 {number}")
        assert asked() == once
        assert "2쪽" in official.get(LIST).content.decode()

    def test_a_computed_figure_is_shown_beside_the_typed_one(self, official: Client) -> None:
        type_result(value=8)
        assert "계산값을 씀" not in official.get(LIST).content.decode()
        with registered(LESSONS, "회", YEAR, number=13):
            page = official.get(LIST).content.decode()
        assert "<s>8회</s>" in page
        assert f'<a href="/rows/{YEAR}/">13회</a>' in page
        assert "계산값이 5회 많음" in page

    def test_a_typed_value_that_agrees_has_no_difference(self, official: Client) -> None:
        type_result(value=13)
        with registered(LESSONS, "회", YEAR, number=13):
            page = official.get(LIST).content.decode()
        assert "계산값을 씀" in page
        assert "계산값이" not in page.replace("계산값을 씀", "")


class TestWriting:
    def test_an_official_adds_a_result(self, official: Client) -> None:
        answer = official.post(NEW, typed(value="146,558천원", unit="원", as_of=f"{YEAR}-12-31"))
        assert answer.url == f"{LIST}?year={YEAR}"  # type: ignore[attr-defined]
        result = Result.objects.get()
        assert (result.year, result.name, result.value) == (YEAR, LESSONS, 146_558_000)
        assert (result.unit, result.as_of) == ("원", date(YEAR, 12, 31))

    def test_a_form_can_start_with_what_is_asked_for(self, official: Client) -> None:
        page = official.get(f"{NEW}?year={YEAR}&name=설명회")
        assert changed(page)["name"] == ["설명회"]
        assert changed(page)["year"] == [f"{YEAR}"]

    @pytest.mark.parametrize(
        ("field", "value", "message"),
        [
            ("name", "직원{교육}", "쓸 수 없습니다"),
            ("name", "교육:수", "쓸 수 없습니다"),
            ("name", "전년 교육", "‘전년’은 빼고"),
            ("name", "", "꼭 적어야"),
            ("value", "여덟", "숫자로"),
            ("value", "-1", "0"),
            ("value", "9" * 25, "1000000000000000"),
            ("year", "1999", "2000"),
            ("source", "", "꼭 적어야"),
        ],
    )
    def test_what_cannot_be_kept_is_said_beside_its_field(
        self, field: str, value: str, message: str, official: Client
    ) -> None:
        page = official.post(NEW, typed(**{field: value}))
        assert message in errors(page, field)[0]
        assert changed(page)[field] == [value]
        assert not Result.objects.exists()

    def test_the_same_name_twice_a_year_is_refused(self, official: Client) -> None:
        type_result()
        page = official.post(NEW, typed(name=f" {LESSONS.replace(' ', '  ')} "))
        assert errors(page, "name") == ["이 연도에 같은 이름의 실적이 이미 있습니다."]

    def test_a_name_keeps_its_unit(self, official: Client) -> None:
        type_result(year=YEAR - 1)
        page = official.post(NEW, typed(unit="명"))
        assert errors(page, "unit") == [f"‘{LESSONS}’은 ‘회’ 단위로 쓰는 수치입니다."]
        page = official.post(NEW, typed(name="구비 예산", unit="천원"))
        assert "‘원’ 단위로" in errors(page, "unit")[0]

    def test_an_official_changes_and_deletes(self, official: Client) -> None:
        result = type_result()
        official.post(edit_url(result), changed(official.get(edit_url(result)), value="9"))
        result.refresh_from_db()
        assert result.value == 9
        delete = reverse("plans:result_delete", args=[result.pk])
        assert f"‘{YEAR}년 {LESSONS}’" in official.get(delete).content.decode()
        assert Result.objects.exists()
        official.post(delete)
        assert not Result.objects.exists()

    @pytest.mark.parametrize("name", ["plans:result_edit", "plans:result_delete"])
    def test_who_only_reads_writes_nothing(
        self, name: str, viewer: User, nobody: User, sign_in: SignIn
    ) -> None:
        result = type_result()
        address = reverse(name, args=[result.pk])
        assert sign_in(viewer).post(address, typed(value="9")).status_code == 403
        assert sign_in(nobody).post(address, typed(value="9")).status_code == 403
        assert sign_in(viewer).post(NEW, typed(name="설명회")).status_code == 403
        result.refresh_from_db()
        assert (result.value, Result.objects.count()) == (8, 1)


class TestFiguresPage:
    def test_each_figure_with_this_years_value_and_last_years(
        self, viewer: User, sign_in: SignIn
    ) -> None:
        make_line(make_plan(), 5_000_000)
        make_line(make_plan(YEAR - 1), 4_000_000)
        type_result(year=YEAR - 1)
        page = sign_in(viewer).get(reverse("plans:figures", args=[YEAR]), {"q": "예산"})
        (row,) = [row for row in page.context["rows"] if row.name.name == "구비 예산"]
        assert (row.this_year.text, row.last_year.text) == ("5,000천원", "4,000천원")
        text = page.content.decode()
        assert "<code>{{구비 예산}}</code>" in text
        assert f'href="{reverse("plans:budget", args=[YEAR - 1])}?by=program"' in text
        assert "재원이 구비인 확정·예상 금액을 더함" in text

    def test_a_typed_name_is_listed_with_its_source(self, viewer: User, sign_in: SignIn) -> None:
        make_plan()
        type_result(year=YEAR - 1)
        page = sign_in(viewer).get(reverse("plans:figures", args=[YEAR]), {"q": "ㅈㅇㄱㅇ"})
        (row,) = page.context["rows"]
        assert (row.name.name, row.this_year, row.last_year.text) == (LESSONS, None, "8회")
        assert f"적은 값 · {YEAR}년 결과보고" in page.content.decode()

    def test_all_names_come_in_pages(self, viewer: User, sign_in: SignIn) -> None:
        make_plan()
        client, address = sign_in(viewer), reverse("plans:figures", args=[YEAR])
        found = [
            row.name.name
            for number in (1, 2)
            for row in client.get(address, {"page": number}).context["rows"]
        ]
        assert found == list(named_figures)

    def test_the_picker_offers_both_tokens_with_their_values(
        self, officer: User, sign_in: SignIn
    ) -> None:
        make_line(make_plan(), 5_000_000)
        address = reverse("plans:figure_options", args=[YEAR])
        page = sign_in(officer).get(address, {"q": "구비"}).content.decode()
        assert 'data-insert="{{구비 예산}}"' in page
        assert 'data-insert="{{전년 구비 예산}}"' in page
        assert "5,000천원" in page
        assert "<html" not in page
        assert "없습니다" in sign_in(officer).get(address, {"q": "유령"}).content.decode()
