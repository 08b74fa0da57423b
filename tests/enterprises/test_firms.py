"""The list of firms, one firm, and what officials write."""

from datetime import date
from io import BytesIO

import pytest
import python_calamine
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.core.sheets import decoded, defused, restored
from apps.enterprises.enums import DesignationKind, ProductCategory
from apps.enterprises.models import Enterprise
from tests.conftest import SignIn
from tests.enterprises.factories import (
    business_number,
    make_designation,
    make_firm,
    make_product,
)
from tests.enterprises.queries import queries_of

pytestmark = pytest.mark.django_db
LIST = "enterprises:list"


def names(client: Client, **filters: str) -> list[str]:
    return [firm.name for firm in client.get(reverse(LIST), filters).context["page"]]


class TestList:
    def test_filters_work_together(self, clerk: User, sign_in: SignIn) -> None:
        coffee, lunch, gone = make_firm("행복커피"), make_firm("나눔도시락"), make_firm("옛가게")
        make_designation(coffee, DesignationKind.PRE_SOCIAL)
        make_designation(lunch, DesignationKind.VILLAGE, date(2015, 1, 1))
        make_designation(gone, DesignationKind.VILLAGE, ends=date(2014, 12, 31))
        make_product(coffee, "원두커피")
        make_product(lunch, "도시락", category=ProductCategory.CATERING)
        client = sign_in(clerk)
        assert names(client) == ["나눔도시락", "옛가게", "행복커피"]
        assert names(client, q="ㅎㅂㅋㅍ") == ["행복커피"]
        assert names(client, q="원두") == ["행복커피"]
        assert names(client, group="village") == ["나눔도시락"]
        assert names(client, group="village", on="2014-12-31") == ["옛가게"]
        assert names(client, on="2014-06-01") == ["옛가게", "행복커피"]
        assert names(client, category="catering") == ["나눔도시락"]
        assert names(client, category="catering", q="커피") == []

    def test_products_found_stand_below(self, viewer: User, sign_in: SignIn) -> None:
        make_product(make_firm("나눔가게"), "원두커피", price=12000)
        page = sign_in(viewer).get(reverse(LIST), {"q": "ㅇㄷㅋㅍ"}).content.decode()
        assert "찾은 제품·서비스" in page
        assert "12,000" in page
        assert reverse("enterprises:add") not in page

    def test_day_that_cannot_be_read_is_said_and_narrows_nothing(
        self, officer: User, sign_in: SignIn
    ) -> None:
        make_firm()
        response = sign_in(officer).get(reverse(LIST), {"on": "어제"})
        assert "날짜는 2016-01-31처럼" in response.content.decode()
        assert len(response.context["page"]) == 1

    def test_number_of_queries_does_not_grow(self, viewer: User, sign_in: SignIn) -> None:
        client = sign_in(viewer)

        def more(number: int) -> None:
            firm = make_firm(f"행복{number}")
            make_designation(firm)
            make_designation(firm, DesignationKind.VILLAGE)
            make_product(firm)

        more(1)
        one = queries_of(client, reverse(LIST), {"q": "행복"})
        more(2)
        more(3)
        assert queries_of(client, reverse(LIST), {"q": "행복"}) == one

    def test_nobody_without_a_role_gets_in(self, nobody: User, sign_in: SignIn) -> None:
        assert sign_in(nobody).get(reverse(LIST)).status_code == 403


class TestExport:
    def test_files_hold_the_filtered_rows_and_no_formula(
        self, viewer: User, sign_in: SignIn
    ) -> None:
        make_firm(
            "=1+1행복", business_number=business_number(123456789), founded_on=date(2015, 1, 2)
        )
        make_firm("다른 기업")
        client = sign_in(viewer)
        xlsx = client.get(reverse("enterprises:export", args=["xlsx"]), {"q": "행복"})
        sheet = python_calamine.CalamineWorkbook.from_filelike(BytesIO(xlsx.content))
        head, *rows = sheet.get_sheet_by_index(0).to_python()
        assert head[:3] == ["기업명", "사업자등록번호", "대표자"]
        assert [row[:2] for row in rows] == [["=1+1행복", "123-45-67891"]]
        assert rows[0][head.index("설립일")] == date(2015, 1, 2)
        csv = client.get(reverse("enterprises:export", args=["csv"]), {"q": "행복"})
        assert csv.content.startswith(b"\xef\xbb\xbf")
        assert "\r\n'=1+1행복,123-45-67891," in decoded(csv.content)
        assert "utf-8''%EC%82%AC" in csv["Content-Disposition"]

    @pytest.mark.parametrize("text", ["=1", "+82", "'=1", "''-x", "'인용'", "보통", "", "-"])
    def test_defused_text_comes_back(self, text: str) -> None:
        assert restored(str(defused(text))) == text

    def test_other_kinds_of_file_do_not_exist(self, viewer: User, sign_in: SignIn) -> None:
        assert sign_in(viewer).get(reverse("enterprises:export", args=["pdf"])).status_code == 404


class TestDetail:
    def test_shows_the_whole_history_to_every_role(self, clerk: User, sign_in: SignIn) -> None:
        firm = make_firm(business_number=business_number(123456789))
        make_designation(firm, DesignationKind.PRE_SOCIAL, ends=date(2015, 11, 30), number="제1호")
        make_designation(firm, DesignationKind.SOCIAL, date(2015, 12, 1))
        page = sign_in(clerk).get(reverse("enterprises:detail", args=[firm.pk])).content.decode()
        for text in ("123-45-67891", "제1호", "예비사회적기업", "사회적기업(인증)", "만료", "유효"):
            assert text in page
        assert reverse("enterprises:edit", args=[firm.pk]) not in page

    def test_unknown_firm_is_not_found(self, officer: User, sign_in: SignIn) -> None:
        client = sign_in(officer)
        for name in ("detail", "edit", "close", "designation_add", "product_add"):
            assert client.get(reverse(f"enterprises:{name}", args=[1])).status_code == 404


class TestWriting:
    URL = "/enterprises/add/"

    def test_officer_registers_a_firm(self, officer: User, sign_in: SignIn) -> None:
        response = sign_in(officer).post(
            self.URL,
            {"name": "행복커피", "business_number": "123-45-67891", "website": "happy.example"},
        )
        firm = Enterprise.objects.get()
        assert response["Location"] == reverse("enterprises:detail", args=[firm.pk])
        assert (firm.business_number, firm.website) == ("1234567891", "https://happy.example")
        event = firm.events.get()  # type: ignore[attr-defined]
        assert event.pgh_context.metadata["user"] == officer.pk

    @pytest.mark.parametrize(
        ("number", "message"),
        [
            ("123-45-67890", "사업자등록번호가 맞지 않습니다"),
            ("12345", "사업자등록번호가 맞지 않습니다"),
            ("555-55-55553", "이미 등록된 기업이 있습니다"),
        ],
    )
    def test_bad_number_is_said_and_nothing_typed_is_lost(
        self, officer: User, sign_in: SignIn, number: str, message: str
    ) -> None:
        make_firm("먼저", business_number="5555555553")
        page = (
            sign_in(officer)
            .post(self.URL, {"name": "행복커피", "business_number": number, "phone": "02-1"})
            .content.decode()
        )
        assert message in page
        assert f'value="{number}"' in page
        assert 'value="02-1"' in page
        assert Enterprise.objects.count() == 1

    def test_name_like_another_must_be_confirmed(self, officer: User, sign_in: SignIn) -> None:
        make_firm("(주)행복커피")
        client = sign_in(officer)
        assert "same_name_confirmed" not in client.get(self.URL).content.decode()
        page = client.post(self.URL, {"name": "행복 커피"}).content.decode()
        assert "이름이 비슷한 기업이 이미 있습니다: (주)행복커피" in page
        assert Enterprise.objects.count() == 1
        client.post(self.URL, {"name": "행복 커피", "same_name_confirmed": "on"})
        assert Enterprise.objects.count() == 2

    def test_correcting_another_field_does_not_ask_about_the_name(
        self, officer: User, sign_in: SignIn
    ) -> None:
        make_firm("(주)행복커피")
        firm = make_firm("행복커피", business_number="1234567891")
        url = reverse("enterprises:edit", args=[firm.pk])
        client, typed = sign_in(officer), {"name": "행복커피", "business_number": "123-45-67891"}
        for phone in ("02-900-1234", "02-900-5678"):
            client.post(url, {**typed, "phone": phone})
        firm.refresh_from_db()
        assert (firm.phone, firm.business_number) == ("02-900-5678", "1234567891")

    def test_founding_after_closing_is_refused(self, officer: User, sign_in: SignIn) -> None:
        firm = make_firm(closed_on=date(2015, 1, 1))
        url = reverse("enterprises:edit", args=[firm.pk])
        page = sign_in(officer).post(url, {"name": "행복커피", "founded_on": "2016-01-01"})
        assert "폐업·해산일은 설립일보다 앞설 수 없습니다." in page.content.decode()
        firm.refresh_from_db()
        assert firm.founded_on is None

    def test_readers_may_not_write(
        self, clerk: User, secretary: User, viewer: User, sign_in: SignIn
    ) -> None:
        firm = make_firm()
        for user in (clerk, secretary, viewer):
            client = sign_in(user)
            assert client.post(self.URL, {"name": "새 기업"}).status_code == 403
            for name in ("edit", "close", "designation_add", "product_add"):
                url = reverse(f"enterprises:{name}", args=[firm.pk])
                assert client.get(url).status_code == 403
                assert client.post(url, {"name": "바꿈", "on": "2016-01-01"}).status_code == 403
        firm.refresh_from_db()
        assert (Enterprise.objects.count(), firm.name, firm.closed_on) == (1, "행복커피", None)
