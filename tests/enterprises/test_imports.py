"""Lists in and out through the admin: twice the same adds nothing, bad rows are named."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.core import sheets
from apps.enterprises.enums import DesignationKind, EndReason
from apps.enterprises.models import Designation, Enterprise
from tests.conftest import SignIn
from tests.enterprises.factories import business_number, make_designation, make_firm

pytestmark = pytest.mark.django_db
#: import_export's own pages ask for variables that are not always there.
THEIR_TEMPLATES = pytest.mark.ignore_template_errors
XLSX, CSV = 0, 1
FIRMS = ["기업명", "사업자등록번호", "대표자", "설립일"]
DESIGNATIONS = ["기업명", "사업자등록번호", "유형", "지정일", "유효기간 끝", "종료일", "종료 사유"]


def upload(client: Client, model: str, content: bytes, form: int = XLSX) -> Any:
    """Preview a file; ``result`` of the answer's context says what would happen."""
    file = SimpleUploadedFile(f"목록.{'xlsx' if form == XLSX else 'csv'}", content)
    url = reverse(f"admin:enterprises_{model}_import")
    return client.post(url, {"import_file": file, "format": str(form)})


def read_in(client: Client, model: str, content: bytes, form: int = XLSX) -> dict[str, int]:
    """Preview and confirm; how many rows were new, changed, left alone."""
    preview = upload(client, model, content, form)
    result = preview.context["result"]
    assert not result.has_errors(), [e.error for row in result.rows for e in row.errors]
    assert not result.has_validation_errors(), [r.error for r in result.invalid_rows]
    confirm = preview.context["confirm_form"].initial
    answer = client.post(reverse(f"admin:enterprises_{model}_process_import"), confirm)
    assert answer.status_code == 302
    return {kind: result.totals[kind] for kind in ("new", "update", "skip")}


def complaints(response: HttpResponse) -> str:
    return response.content.decode()


NUMBER = business_number(123456789)


class TestFirms:
    @pytest.mark.parametrize(
        ("content", "form"),
        [
            (
                sheets.xlsx(
                    FIRMS,
                    [["행복커피", NUMBER, "김하나", date(2015, 1, 2)], ["나눔", None, "", ""]],
                ),
                XLSX,
            ),
            (
                sheets.xlsx(FIRMS, [["행복커피", int(NUMBER), "김하나", "2015. 1. 2."], ["나눔"]]),
                XLSX,
            ),
            (
                "기업명,사업자등록번호,대표자,설립일\n행복커피,123-45-67891,김하나,2015-01-02\n"
                "나눔,,,\n,,,\n".encode("cp949"),
                CSV,
            ),
            (
                sheets.csv_file(
                    FIRMS, [["행복커피", NUMBER, "김하나", "2015-1-2"], ["나눔", "", "", ""]]
                ),
                CSV,
            ),
        ],
        ids=["xlsx", "xlsx with numbers", "cp949", "utf-8 with bom"],
    )
    def test_the_same_list_twice_adds_nothing(
        self, officer: User, sign_in: SignIn, content: bytes, form: int
    ) -> None:
        client = sign_in(officer)
        assert read_in(client, "enterprise", content, form) == {"new": 2, "update": 0, "skip": 0}
        firm = Enterprise.objects.search("ㅎㅂㅋㅍ").get()
        assert (firm.business_number, firm.representative) == (NUMBER, "김하나")
        assert firm.founded_on == date(2015, 1, 2)
        assert read_in(client, "enterprise", content, form) == {"new": 0, "update": 0, "skip": 2}
        assert Enterprise.objects.count() == 2

    @pytest.mark.parametrize("extension", ["xlsx", "csv"])
    def test_what_goes_out_comes_back_unchanged(
        self, officer: User, sign_in: SignIn, extension: str
    ) -> None:
        make_firm("=1+1", phone="+82-2-1", founded_on=date(2015, 1, 2), business_number=NUMBER)
        make_firm("'행복'", note="한 줄\n두 줄", closed_on=date(2016, 1, 1))
        client = sign_in(officer)
        file = client.get(reverse("enterprises:export", args=[extension])).content
        form = XLSX if extension == "xlsx" else CSV
        assert read_in(client, "enterprise", file, form) == {"new": 0, "update": 0, "skip": 2}

    def test_number_finds_the_firm_whatever_its_name(self, officer: User, sign_in: SignIn) -> None:
        make_firm("옛이름", business_number=NUMBER)
        make_firm("나눔")
        rows = [["새이름", NUMBER], ["나눔", business_number(5)]]
        client = sign_in(officer)
        content = sheets.xlsx(FIRMS[:2], rows)
        assert read_in(client, "enterprise", content) == {"new": 0, "update": 2, "skip": 0}
        assert dict(Enterprise.objects.values_list("name", "business_number")) == {
            "새이름": NUMBER,
            "나눔": business_number(5),
        }

    def test_empty_number_does_not_erase_the_firms_own(
        self, officer: User, sign_in: SignIn
    ) -> None:
        firm = make_firm("행복커피", business_number=NUMBER)
        content = sheets.xlsx(FIRMS[:3], [["행복커피", None, "김하나"]])
        totals = read_in(sign_in(officer), "enterprise", content)
        assert totals == {"new": 0, "update": 1, "skip": 0}
        firm.refresh_from_db()
        assert (firm.business_number, firm.representative) == (NUMBER, "김하나")

    def test_every_bad_row_is_shown_at_once(self, officer: User, sign_in: SignIn) -> None:
        make_firm("나눔")
        rows = [["새 기업", "123"], ["", ""], ["(주)나눔", ""], ["", ""]]
        page = complaints(upload(sign_in(officer), "enterprise", sheets.xlsx(FIRMS[:2], rows)))
        assert "<li>2행 사업자등록번호: 사업자등록번호가 맞지 않습니다" in page
        assert "<li>4행: 이름이 비슷한 기업이 있습니다: 나눔" in page
        assert "Traceback" not in page

    @pytest.mark.parametrize(
        ("row", "message"),
        [
            (["새 기업", "123-45-67890", "", ""], "사업자등록번호가 맞지 않습니다"),
            (["새 기업", "", "", "작년"], "날짜를 읽을 수 없습니다: 작년"),
            (["(주)나눔", "", "", ""], "이름이 비슷한 기업이 있습니다: 나눔"),
            (["쌍둥이", "", "", ""], "이름이 같은 기업이 둘 이상입니다"),
        ],
    )
    def test_bad_rows_are_named_and_nothing_is_saved(
        self, officer: User, sign_in: SignIn, row: list[str], message: str
    ) -> None:
        make_firm("나눔")
        make_firm("쌍둥이", business_number=NUMBER)
        make_firm("쌍둥이", business_number=business_number(7))
        content = sheets.xlsx(FIRMS, [["좋은 기업", "", "", ""], row])
        response = upload(sign_in(officer), "enterprise", content)
        assert message in complaints(response)
        assert "confirm_form" not in response.context
        assert Enterprise.objects.count() == 3

    @THEIR_TEMPLATES
    def test_lists_too_long_to_wait_for_are_refused(self, officer: User, sign_in: SignIn) -> None:
        client = sign_in(officer)
        long = "기업명\n" + "행복\n" * 2_001
        page = complaints(upload(client, "enterprise", long.encode(), CSV))
        assert "한 번에 2,000행까지 올릴 수 있습니다. 이 표는 2,001행입니다." in page
        large = "기업명\n".encode().ljust(5 * 1024 * 1024 + 1, b"x")
        page = complaints(upload(client, "enterprise", large, CSV))
        assert "파일은 5MB까지 올릴 수 있습니다." in page

    @THEIR_TEMPLATES
    def test_missing_heading_and_broken_file(self, officer: User, sign_in: SignIn) -> None:
        client = sign_in(officer)
        headless = upload(client, "enterprise", sheets.xlsx(["이름"], [["행복"]]))
        assert "제목이 있어야 합니다: 기업명" in complaints(headless)
        assert "Traceback" not in complaints(headless)
        broken = upload(client, "enterprise", b"not a sheet")
        assert "파일을 읽지 못했습니다" in complaints(broken)
        assert not Enterprise.objects.exists()

    @THEIR_TEMPLATES
    def test_only_xlsx_and_csv_are_offered(self, officer: User, sign_in: SignIn) -> None:
        client = sign_in(officer)
        for action in ("import", "export"):
            page = client.get(reverse(f"admin:enterprises_enterprise_{action}"))
            choices = [label for _, label in page.context["form"].fields["format"].choices]
            assert [label for label in choices if label.strip("-")] == ["xlsx", "csv"]

    def test_admin_export_is_the_same_sheet(self, officer: User, sign_in: SignIn) -> None:
        make_firm("=1+1")
        url = reverse("admin:enterprises_enterprise_export")
        data = {"format": str(CSV), "resource": "", "export_items": []}
        response = sign_in(officer).post(url, data)
        assert "\r\n'=1+1," in sheets.decoded(response.content)

    @THEIR_TEMPLATES
    def test_the_pages_say_in_korean_what_goes_out_and_comes_in(
        self, officer: User, sign_in: SignIn
    ) -> None:
        client = sign_in(officer)
        for action, words in (("import", "가져오는 항목:"), ("export", "내보내는 항목:")):
            page = client.get(reverse(f"admin:enterprises_enterprise_{action}")).text
            assert words in page
            assert "following fields" not in page

    def test_others_reach_neither_list(self, viewer: User, clerk: User, sign_in: SignIn) -> None:
        for user in (viewer, clerk):
            for action in ("import", "export"):
                url = reverse(f"admin:enterprises_enterprise_{action}")
                assert sign_in(user).get(url, follow=True).status_code == 403


class TestDesignations:
    def test_the_same_list_twice_adds_nothing(self, officer: User, sign_in: SignIn) -> None:
        firm = make_firm("행복커피", business_number=NUMBER)
        make_firm("나눔")
        rows: list[list[sheets.Cell]] = [
            [
                "행복",
                NUMBER,
                "예비사회적기업",
                date(2013, 1, 1),
                "2015-12-31",
                "2015-09-21",
                "전환",
            ],
            ["행복", NUMBER, "인증 사회적기업", date(2015, 9, 22), None, None, None],
            ["나눔", None, "협동조합", "2014. 3. 4.", None, None, None],
        ]
        content, client = sheets.xlsx(DESIGNATIONS, rows), sign_in(officer)
        assert read_in(client, "designation", content) == {"new": 3, "update": 0, "skip": 0}
        assert read_in(client, "designation", content) == {"new": 0, "update": 0, "skip": 3}
        first = firm.designations.get(kind=DesignationKind.PRE_SOCIAL)
        assert (first.ended_on, first.end_reason) == (date(2015, 9, 21), EndReason.CONVERTED)
        assert firm.designations.filter(kind=DesignationKind.SOCIAL).count() == 1

    def test_what_goes_out_comes_back_unchanged(self, officer: User, sign_in: SignIn) -> None:
        make_designation(make_firm(), DesignationKind.SOCIAL_COOP, number="-1")
        client = sign_in(officer)
        url = reverse("admin:enterprises_designation_export")
        data = {"format": str(XLSX), "resource": "", "export_items": []}
        file = client.post(url, data).content
        assert read_in(client, "designation", file) == {"new": 0, "update": 0, "skip": 1}

    def test_the_firm_of_a_row_is_looked_up_once(self, officer: User, sign_in: SignIn) -> None:
        make_firm("나눔", business_number=NUMBER)
        content = sheets.xlsx(DESIGNATIONS, [["나눔", NUMBER, "마을기업", "2014-01-01"]])
        client = sign_in(officer)
        with CaptureQueriesContext(connection) as captured:
            upload(client, "designation", content)
        lookup = f"\"business_number\" = '{NUMBER}'"
        assert sum(lookup in query["sql"] for query in captured) == 1

    @pytest.mark.parametrize(
        ("row", "message"),
        [
            (["없는 기업", "", "협동조합", "2014-01-01", "", "", ""], "등록된 기업이 아닙니다"),
            (["나눔", "", "주식회사", "2014-01-01", "", "", ""], "쓸 수 없는 값입니다"),
            (["나눔", "", "협동조합", "", "", "", ""], "2행 지정일: "),
            (["나눔", "", "마을기업", "2014-13-01", "", "", ""], "날짜를 읽을 수 없습니다"),
            (["나눔", "", "마을기업", "2014-01-01", "", "2015-01-01", ""], "함께 적어야"),
            (["나눔", "", "자활기업", "2014-01-01", "", "", ""], "겹칩니다"),
        ],
    )
    def test_bad_rows_are_named_and_nothing_is_saved(
        self, officer: User, sign_in: SignIn, row: list[str], message: str
    ) -> None:
        make_designation(make_firm("나눔"), DesignationKind.SELF_SUPPORT)
        content = sheets.xlsx(DESIGNATIONS, [row])
        assert message in complaints(upload(sign_in(officer), "designation", content))
        assert Designation.objects.count() == 1


def test_sheet_keeps_long_numbers_as_text() -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(BytesIO(sheets.xlsx(["번호"], [["0012345678"]])))
    assert book.get_sheet_by_index(0).to_python() == [["번호"], ["0012345678"]]
