"""From a file to records, as people do it in the browser."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook  # type: ignore[import-untyped]
from procrastinate.contrib.django.models import ProcrastinateJob
from python_calamine import CalamineWorkbook

from apps.accounts.models import Department, User
from apps.enterprises.models import Enterprise
from apps.imports import services, working
from apps.imports.enums import ImportState
from apps.imports.models import FileImport, FilePart
from apps.imports.outcomes import found_in
from apps.procurement.models import MonthClosing, Purchase
from apps.procurement.services import update_purchase
from tests.conftest import SignIn
from tests.imports.files import csv_file, xlsx
from tests.imports.sending import (
    BAD,
    GOOD,
    HEAD,
    LIST,
    NEW,
    checked,
    decide,
    detail,
    page,
    send,
    sent,
)
from tests.procurement.factories import make_enterprise, make_purchase

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def firm(db: None) -> None:
    make_enterprise("행복커피")


@pytest.fixture
def client(sign_in: SignIn, clerk: User) -> Client:
    return sign_in(clerk)


def test_a_file_is_recorded_only_after_it_was_looked_at(client: Client, clerk: User) -> None:
    send(client, csv_file([HEAD, *GOOD], "cp949"))
    file = FileImport.objects.get()
    assert (file.state, file.department, file.uploaded_by) == ("uploaded", clerk.department, clerk)
    assert "차례를 기다리고 있습니다" in page(client, file)

    checked(file)
    text = page(client, file)
    assert "오류가 없습니다" in text
    assert "2줄 반영" in text
    assert "450,000원" in text
    assert "다음 열은 쓰지 않습니다: 전화" in text
    assert not Purchase.objects.exists()

    text = decide(client, "commit", file)
    assert "2줄을 반영했습니다." in text
    assert (file.state, file.committed_by) == (ImportState.COMMITTED, clerk)
    assert {(p.item, p.amount, p.batch, p.created_by) for p in Purchase.objects.all()} == {
        ("원두", 150_000, file, clerk),
        ("강의", 300_000, file, clerk),
    }


def test_what_was_found_has_no_history(client: Client) -> None:
    assert not hasattr(sent(client, GOOD).events.latest("pgh_id"), "found")  # type: ignore[attr-defined]  # pghistory's


def test_a_large_file_is_kept_in_parts_and_put_together_again(client: Client) -> None:
    rows = [
        ["2016-05-02", "행복커피", f"원두 {n}", "물품", str(n), "메모" * 40]
        for n in range(1, 12_001)
    ]
    file = sent(client, rows)
    assert FilePart.objects.filter(file=file).count() == 4
    assert file.found["rows"] == file.found["fresh"] == 12_000


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"%PDF-1.7", "PDF 문서입니다"), (b"", "빈 파일"), (b"PK\x03\x04", "손상되어")],
)
def test_what_is_not_read_is_refused_beside_the_box(
    client: Client, content: bytes, said: str
) -> None:
    response = send(client, content)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert not FileImport.objects.exists()


def test_what_only_reading_shows_turns_the_file_down(client: Client) -> None:
    send(client, b'a,b\n"' + b"x" * 200_000)
    file = checked(FileImport.objects.get())
    assert file.state == ImportState.REJECTED
    text = page(client, file)
    assert "따옴표가 닫히지 않았거나" in text
    assert "다시 올리기" in text


def test_the_same_file_again_is_said_and_adds_nothing(client: Client) -> None:
    first = sent(client, GOOD)
    decide(client, "commit", first)
    second = sent(client, GOOD)
    text = page(client, second)
    assert "같은 파일을" in text
    assert detail(first) in text
    assert "새로 반영할 줄이 없습니다" in text
    assert "새로 반영할 줄이 없습니다." in decide(client, "commit", second)
    for seen in (text, client.get(LIST).content.decode()):
        assert "반영할 줄 없음" in seen
        assert "확인 필요" not in seen
    assert Purchase.objects.count() == 2


def test_rows_twice_in_a_file_are_told_apart_from_known_ones(client: Client) -> None:
    decide(client, "commit", sent(client, GOOD[:1]))
    file = sent(client, [*GOOD, GOOD[1]])
    assert (file.found["twice"], file.found["known"], file.found["fresh"]) == (1, 1, 1)
    text = page(client, file)
    assert "저장하지 않는 중복" in text


def test_with_faults_nothing_is_recorded_without_consent(client: Client) -> None:
    file = sent(client, [*GOOD, BAD])
    text = page(client, file)
    assert "오류가 있는 줄이 1줄 있어 아직 저장하지 않았습니다" in text
    assert "모름" in text
    assert "반영했습니다" not in text

    assert "아직 저장하지 않았습니다" in decide(client, "commit", file)
    assert not Purchase.objects.exists()

    text = decide(client, "commit", file, skip="on")
    assert "2줄을 반영했습니다. 오류 1줄은 저장하지 않았습니다." in text
    assert "아직 저장하지 않았습니다" not in text
    assert Purchase.objects.count() == 2


def marked(client: Client, file: FileImport) -> bytes:
    response = client.get(reverse("imports:faults_xlsx", args=[file.pk]))
    content: bytes = response.content
    return content


def test_the_file_with_its_faults_marked_comes_back_corrected(client: Client) -> None:
    file = sent(client, [BAD, *GOOD])
    content = marked(client, file)
    book = load_workbook(BytesIO(content))
    sheet = book.active
    assert [cell.value for cell in sheet[1]] == [*HEAD, "고칠 점"]
    assert [cell.value for cell in sheet[3]] == [*(cell or None for cell in GOOD[0]), None]
    assert "금액" in sheet["G2"].value
    assert sheet["E2"].fill.fgColor.rgb == "FFFBD9D7"
    assert sheet["D2"].fill.fill_type is None

    sheet["E2"] = 500_000
    corrected = BytesIO()
    book.save(corrected)
    send(client, corrected.getvalue(), "고친 파일.xlsx")
    again = checked(FileImport.objects.latest("pk"))
    assert (again.found["fresh"], again.found["faulty"]) == (3, 0)
    assert "다음 열은 쓰지 않습니다: 전화, 고칠 점" in page(client, again)


def test_faults_found_again_stand_in_the_same_column(client: Client) -> None:
    content = marked(client, sent(client, [BAD]))
    send(client, content, "다시.xlsx")
    again = checked(FileImport.objects.latest("pk"))
    (head, row) = (
        CalamineWorkbook.from_object(BytesIO(marked(client, again)))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert head == [*HEAD, "고칠 점"]
    assert str(row[-1]).count("금액:") == 1


def test_after_the_good_rows_were_recorded_only_the_bad_ones_come_back(client: Client) -> None:
    file = sent(client, [GOOD[0], BAD, GOOD[1]])
    decide(client, "commit", file, skip="on")
    rows = CalamineWorkbook.from_object(BytesIO(marked(client, file))).get_sheet_by_index(0)
    assert [row[2] for row in rows.to_python()] == ["품목", "간판"]


def test_days_and_numbers_of_a_workbook_stay_what_they_are(client: Client) -> None:
    rows: list[list[Any]] = [
        HEAD,
        [date(2016, 5, 2), "모르는 기업", "원두", "물품", 150_000, "=1+1"],
    ]
    send(client, xlsx(rows), "구매.xlsx")
    content = marked(client, checked(FileImport.objects.get()))
    (_, row) = CalamineWorkbook.from_object(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert (row[0], row[4]) == (date(2016, 5, 2), 150_000)


def test_a_column_taken_for_another_is_set_right(client: Client) -> None:
    file = sent(client, GOOD)
    shown = {f"column-{place}": key for place, (_, key) in enumerate(file.found["columns"])}
    url = reverse("imports:columns", args=[file.pk])
    twice = client.post(url, {**shown, "column-5": "item"})
    assert "같은 뜻을 두 열에 골랐습니다" in twice.content.decode()

    client.post(url, {**shown, "column-5": "note"})
    file = checked(file)
    assert file.found["columns"][5] == ["전화", "note"]
    decide(client, "commit", file)
    assert set(Purchase.objects.values_list("note", flat=True)) == {"", "급함"}


def test_a_file_whose_columns_are_not_found_asks_for_them(client: Client) -> None:
    send(client, csv_file([["가", "나", "다"], ["x", "y", "z"], ["x", "y", "z"]]))
    text = page(client, checked(FileImport.objects.get()))
    assert "필요한 열을 찾지 못해" in text
    assert "줄만 반영" not in text
    assert "읽은 줄" not in text


def test_what_a_file_brought_is_removed_as_a_whole(client: Client, clerk: User) -> None:
    assert clerk.department is not None
    file = sent(client, GOOD)
    decide(client, "commit", file)
    own = make_purchase(clerk.department, make_enterprise("다른기업"), clerk)
    question = client.get(reverse("imports:undo", args=[file.pk])).content.decode()
    assert "반영한 2줄을 모두 삭제할까요?" in question
    text = decide(client, "undo", file)
    assert "반영을 취소해" in text
    assert "반영한 줄" not in text
    assert "450,000원" not in text
    assert (file.state, file.undone_by) == (ImportState.UNDONE, clerk)
    assert list(Purchase.objects.all()) == [own]


def test_a_closed_month_keeps_a_file_from_being_undone(
    client: Client, clerk: User, officer: User
) -> None:
    file = sent(client, GOOD)
    decide(client, "commit", file)
    close_may(officer)
    text = decide(client, "undo", file)
    assert "2016년 5월은 마감되었습니다" in text
    assert "반영했습니다" not in text
    file.refresh_from_db()
    assert file.state == ImportState.COMMITTED
    assert Purchase.objects.count() == 2


def test_what_keeps_a_file_from_being_undone_is_said_before_the_question(
    client: Client, clerk: User, officer: User, sign_in: SignIn
) -> None:
    file = sent(client, GOOD)
    decide(client, "commit", file)
    undo = reverse("imports:undo", args=[file.pk])
    month = reverse("procurement:month", args=[2016, 5])

    purchase = Purchase.objects.get(item="원두")
    purchase.amount = 5
    update_purchase(purchase=purchase, today=date(2016, 5, 9), by=clerk)
    text = client.get(undo).content.decode()
    assert "반영한 뒤에 수정한 구매가 1건 있어 취소할 수 없습니다(2016. 5. 2. 원두)" in text
    assert "삭제할까요?" not in text

    close_may(officer)
    text = client.get(undo).content.decode()
    assert "2016년 5월은 마감되었습니다" in text
    assert "삭제할까요?" not in text
    assert month not in text
    assert month in sign_in(officer).get(undo).content.decode()


def close_may(officer: User) -> None:
    MonthClosing.objects.create(
        month=date(2016, 5, 1), closed_at=datetime(2016, 6, 5, tzinfo=UTC), closed_by=officer
    )


def test_what_became_worse_since_the_check_is_looked_at_again(
    client: Client, clerk: User, officer: User
) -> None:
    file = sent(client, GOOD)
    other = sent(client, GOOD[:1])
    decide(client, "commit", other)
    text = decide(client, "commit", file)
    assert "저장된 자료가 바뀌어 반영하지 않았습니다(늘어난 것: 이미 있는 줄 1줄)" in text
    assert "반영했습니다" not in text
    assert file.state == ImportState.CHECKED
    assert Purchase.objects.count() == 1

    close_may(officer)
    assert "(늘어난 것: 오류 1줄)" in decide(client, "commit", file)
    assert file.faults.count() == 1  # the other row is known
    assert Purchase.objects.count() == 1


def test_rows_that_mean_something_else_by_now_are_looked_at_again(client: Client) -> None:
    """As many rows for the same amount, but of another firm."""
    other = make_enterprise("나눔인쇄")
    file = sent(client, GOOD)
    firm = Enterprise.objects.get(name="행복커피")
    Enterprise.objects.filter(pk=firm.pk).update(name="옛 행복커피")
    Enterprise.objects.filter(pk=other.pk).update(name="행복커피")
    assert "저장된 자료가 바뀌어 반영하지 않았습니다." in decide(client, "commit", file)
    assert not Purchase.objects.exists()
    assert "2줄을 반영했습니다" in decide(client, "commit", file)
    assert set(Purchase.objects.values_list("enterprise", flat=True)) == {other.pk}


def test_who_presses_the_button_needs_the_right_to_when_it_is_done(
    client: Client, clerk: User, officer: User
) -> None:
    file = sent(client, GOOD)
    clerk.holdings.all().delete()
    working.commit(pk=file.pk, by=clerk)
    file.refresh_from_db()
    assert file.refusal == f"{clerk.name} 님에게 이 자료를 등록할 권한이 없어 읽지 않았습니다."
    assert (file.state, Purchase.objects.count()) == (ImportState.CHECKED, 0)
    working.commit(pk=file.pk, by=officer)
    assert set(Purchase.objects.values_list("created_by", flat=True)) == {officer.pk}


def test_rows_like_a_purchase_recorded_already_are_told(client: Client) -> None:
    decide(client, "commit", sent(client, GOOD))
    again = [[*row[:2], "딴 이름", *row[3:]] for row in GOOD[:1]]
    file = sent(client, again)
    outcome = found_in(file).outcome
    assert (outcome.fresh, outcome.alike, outcome.doubles) == (1, 1, ())
    why = "같은 기업에서 같은 금액으로 산 것이 있습니다: 2016. 5. 2. 원두"
    assert outcome.likely == ((2, why),)
    text = page(client, file)
    assert "새로 반영할 줄 가운데 1줄은" in text
    assert f"2행: {why}" in text
    assert "1줄을 반영했습니다." in decide(client, "commit", file)
    assert "새로 반영할 줄 가운데" not in page(client, file)


def test_large_amounts_are_shown_before_they_are_recorded(client: Client) -> None:
    large = [[*row[:4], "100,000,000", *row[5:]] for row in GOOD[:1]]
    file = sent(client, [*GOOD[1:], *large])
    row = len(GOOD) + 1
    assert found_in(file).outcome.large == ((row, "행복커피 · 100,000,000원"),)
    assert f"{row}행: 행복커피 · 100,000,000원" in page(client, file)


def test_a_file_turned_down_brings_nothing(client: Client) -> None:
    file = sent(client, GOOD)
    assert "반영하지 않기로 한 파일입니다" in decide(client, "reject", file)
    assert "반영하지 않기로 한 파일입니다" in decide(client, "commit", file)
    assert not Purchase.objects.exists()


def test_a_file_being_read_is_left_alone(client: Client) -> None:
    send(client, csv_file([HEAD, *GOOD]))
    file = FileImport.objects.get()
    assert "차례를 기다리고 있습니다" in decide(client, "check", file)
    assert ProcrastinateJob.objects.count() == 1
    fragment = client.get(reverse("imports:progress", args=[file.pk]))
    assert "차례를 기다리고" in fragment.content.decode()
    assert "HX-Refresh" not in fragment.headers
    checked(file)
    done = client.get(reverse("imports:progress", args=[file.pk]))
    assert done.headers["HX-Refresh"] == "true"


def test_an_official_sends_in_for_any_department_or_by_row(
    sign_in: SignIn, officer: User, department: Department, other_department: Department
) -> None:
    client = sign_in(officer)
    file = sent(client, GOOD, department=other_department.pk)
    assert file.department == other_department
    rows = [
        [*HEAD, "부서"],
        *([*row, name] for row, name in zip(GOOD, ("공원과", "일자리과"), strict=True)),
    ]
    send(client, csv_file(rows))
    file = checked(FileImport.objects.latest("pk"))
    assert file.department is None
    decide(client, "commit", file)
    assert set(Purchase.objects.values_list("department", flat=True)) == {
        department.pk,
        other_department.pk,
    }


def test_files_are_their_departments_own(
    client: Client, sign_in: SignIn, other_clerk: User, viewer: User, officer: User
) -> None:
    file = sent(client, GOOD)
    stranger, reader = sign_in(other_clerk), sign_in(viewer)
    for name in ("detail", "progress", "faults_xlsx", "undo"):
        assert stranger.get(reverse(f"imports:{name}", args=[file.pk])).status_code == 404
    assert file.name not in stranger.get(LIST).content.decode()
    assert file.name in reader.get(LIST).content.decode()
    assert "반영하지 않음" not in page(reader, file)
    for name in ("check", "commit", "reject", "undo", "columns", "answers"):
        url = reverse(f"imports:{name}", args=[file.pk])
        assert stranger.post(url).status_code == 404, name
        assert reader.post(url).status_code == 403, name
    assert reader.get(NEW).status_code == 403
    file.refresh_from_db()
    assert file.state == ImportState.CHECKED


def test_the_template_has_the_standard_headings(client: Client) -> None:
    content = client.get(reverse("imports:template_xlsx", args=["purchases"])).content
    (head,) = CalamineWorkbook.from_object(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert head[:4] == ["구매일자", "부서", "기업명", "사업자등록번호"]
    assert client.get(reverse("imports:new", args=["unknown"])).status_code == 404


def test_pages_take_as_many_queries_for_many_files_and_faults(client: Client) -> None:
    def queries(url: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(url).status_code == 200
        return len(found)

    first = sent(client, [BAD])
    one = queries(LIST), queries(detail(first))
    many = [sent(client, [*GOOD, *([BAD] * count)]) for count in (2, 3, 4)][-1]
    assert (queries(LIST), queries(detail(many))) == (one[0], one[1])


def test_work_that_was_given_up_says_so_and_can_be_asked_for_again(
    client: Client, clerk: User
) -> None:
    file = sent(client, GOOD)
    services.commit(file=file, by=clerk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    text = page(client, file)
    assert "작업을 끝내지 못했고 아무것도 저장하지 않았습니다" in text
    assert "2줄 반영" in text
    assert "2줄을 반영했습니다." in decide(client, "commit", file)
