"""``manage.py import_purchases``, and with it the importer of purchases."""

import csv
import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.utils import timezone
from xlsxwriter import Workbook

from apps.accounts.models import Department, User
from apps.enterprises.models import Enterprise
from apps.imports import services as files
from apps.imports.enums import ImportState
from apps.imports.models import FileImport
from apps.imports.outcomes import found_in
from apps.imports.registry import Row, importers
from apps.procurement.intake.columns import HEADINGS
from apps.procurement.intake.staging import _LOCK
from apps.procurement.models import MonthClosing, MonthlySum, Purchase
from apps.procurement.services import update_purchase
from tests.procurement.factories import make_enterprise, make_purchase

Cell = str | int | float | date | datetime | None
HEAD = HEADINGS[:11]
GOOD: tuple[Cell, ...] = (
    "2016-05-02", "일자리과", "행복커피", "", "원두", "물품",
    "150,000", "함께누리몰", "수의계약", "일자리과-12", "",
)  # fmt: skip


@pytest.fixture(autouse=True)
def office(db: None, admin: User, department: Department) -> Enterprise:
    return make_enterprise("(주)행복커피")


def row(**cells: Cell) -> tuple[Cell, ...]:
    """A good row but for what is named (by its place: ``c4``)."""
    return tuple(cells.get(f"c{place}", cell) for place, cell in enumerate(GOOD))


def sheet(path: Path, *rows: Sequence[Cell], head: Sequence[Cell] = HEAD, **how: Any) -> Path:
    with path.open("w", newline="", **{"encoding": "utf-8", **how}) as file:
        csv.writer(file).writerows([head, *rows] if head else rows)
    return path


def book(path: Path, *rows: Sequence[Cell]) -> Path:
    with Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as workbook:
        page = workbook.add_worksheet()
        for number, cells in enumerate((HEAD, *rows)):
            page.write_row(number, 0, cells)
    return path


def run(path: Path, *options: str) -> dict[str, Any]:
    out = StringIO()
    call_command("import_purchases", str(path), "--json", *options, stdout=out)
    verdict: dict[str, Any] = json.loads(out.getvalue())
    assert set(verdict) == {"rows", "created", "duplicates", "errors", "committed"}
    return verdict


def counts(verdict: dict[str, Any]) -> tuple[int, int, int, int, bool]:
    return (
        *(verdict["rows"], verdict["created"], verdict["duplicates"]),
        *(len(verdict["errors"]), verdict["committed"]),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_file_adds_its_purchases_once(encoding: str, tmp_path: Path, admin: User) -> None:
    rows = [row(), row(c4="빵"), row(c4="떡", c6="1000천원", c0="16.5.2")]
    path = sheet(tmp_path / "a.csv", *rows, encoding=encoding)
    assert counts(run(path)) == (3, 3, 0, 0, True)
    assert counts(run(path)) == (3, 0, 3, 0, True)
    purchase = Purchase.objects.get(item="떡")
    assert (purchase.amount, purchase.purchased_on) == (1_000_000, date(2016, 5, 2))
    assert (purchase.created_by, purchase.channel, purchase.contract) == (admin, "mall", "private")
    assert (purchase.document_number, purchase.department.code) == ("일자리과-12", "JOB")
    assert MonthlySum.objects.get().amount == 1_300_000
    event = purchase.events.get()  # type: ignore[attr-defined]  # pghistory's
    assert (event.pgh_label, event.pgh_context.metadata["user"]) == ("insert", admin.pk)


def test_a_workbook_with_days_and_numbers(tmp_path: Path) -> None:
    days: list[Cell] = [date(2016, 5, 2), "2016. 5. 2.", 42492]
    rows = [row(c0=day, c4=f"품목 {n}", c6=150_000.0) for n, day in enumerate(days)]
    assert counts(run(book(tmp_path / "a.xlsx", *rows))) == (3, 3, 0, 0, True)
    assert set(Purchase.objects.values_list("purchased_on", "amount")) == {
        (date(2016, 5, 2), 150_000)
    }


def test_one_bad_cell_commits_nothing(tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "a.csv", row(), row(c6="만원", c5="선물"), (), row(c4="빵"), row(c0="?")
    )
    verdict = run(path)
    assert counts(verdict) == (4, 0, 0, 3, False)
    assert [(error["row"], error["column"]) for error in verdict["errors"]] == [
        (3, "구분"),
        (3, "금액"),
        (6, "구매일자"),
    ]
    assert "쓸 수 있는 값: 물품, 용역, 공사" in verdict["errors"][0]["message"]
    assert not Purchase.objects.exists()
    assert not FileImport.objects.exists()
    assert counts(run(path, "--skip-faults")) == (4, 2, 0, 3, True)
    assert set(Purchase.objects.values_list("item", flat=True)) == {"원두", "빵"}


def test_a_dry_run_leaves_nothing(tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.csv", row())
    assert counts(run(path, "--dry-run")) == (1, 0, 0, 0, False)
    assert not Purchase.objects.exists()
    assert not FileImport.objects.exists()


def test_doubles_in_the_file_and_in_the_office(
    tmp_path: Path, department: Department, office: Enterprise, other_clerk: User
) -> None:
    make_purchase(department, office, other_clerk, item="있던 것", document_number="일자리과-12")
    rows = [row(), row(c10="비고만 다름"), row(c4="있던 것"), row(c9="일자리과-13"), row()]
    assert counts(run(sheet(tmp_path / "a.csv", *rows))) == (5, 2, 3, 0, True)
    outcome = found_in(FileImport.objects.get()).outcome
    assert (outcome.twice, outcome.known, outcome.fresh, outcome.amount) == (2, 1, 2, 300_000)
    assert outcome.doubles == (
        (3, "2행과 같습니다."),
        (4, "이미 등록된 구매입니다(입력자 other_clerk 님)."),
        (6, "2행과 같습니다."),
    )
    assert outcome.first[0][:8] == (
        *("2016-05-02", "일자리과", "(주)행복커피", office.dashed_number),
        *("원두", "물품", "150,000", "함께누리몰"),
    )
    assert [len(line) for line in outcome.first] == [len(HEADINGS)] * 2


def test_one_department_for_all(
    tmp_path: Path, department: Department, other_department: Department
) -> None:
    path = sheet(tmp_path / "a.csv", row(), row(c1="", c4="빵"))
    verdict = run(path, "--department", "PARK")
    assert [(error["row"], error["column"]) for error in verdict["errors"]] == [(2, "부서")]
    verdict = run(path, "--department", "JOB")
    assert counts(verdict) == (2, 2, 0, 0, True)
    assert {each.department for each in Purchase.objects.all()} == {department}


def test_other_headings_columns_and_lines_of_sums(tmp_path: Path) -> None:
    order = (6, 2, 4, 0, 5, 1)
    head = ("연번", "금액(천원)", "업체명", "건명", "계약일자", "구분", "담당부서", "결재")
    rows = [
        (1, "150", *(GOOD[place] for place in order[1:]), "완료"),
        (2, "70천원", *(GOOD[place] for place in order[1:]), "완료"),
        ("합계", "220"),
    ]
    path = sheet(tmp_path / "a.csv", ["2016년 사회적경제기업 구매 내역"], [], head, *rows, head=())
    assert counts(run(path)) == (2, 2, 0, 0, True)
    assert sorted(Purchase.objects.values_list("amount", flat=True)) == [70_000, 150_000]
    assert set(Purchase.objects.values_list("channel", "contract")) == {("other", "other")}
    outcome = found_in(FileImport.objects.get()).outcome
    assert (outcome.ignored, outcome.head) == (("연번", "결재"), 3)
    assert outcome.notes == (
        "합계 1줄은 읽지 않았습니다.",
        "단위를 적지 않은 금액은 천원으로 읽었습니다.",
        "‘구매방법’ 열이 없어 모두 ‘기타’로 넣습니다.",
        "‘계약방법’ 열이 없어 모두 ‘기타’로 넣습니다.",
    )


def test_faults_are_named_by_the_headings_of_the_file(tmp_path: Path) -> None:
    head = ("계약일자", "담당부서", "거래처", "사업자번호", "내역", "구분", "집행액")
    path = sheet(tmp_path / "a.csv", row(c0="어제", c2="없는회사", c6="?")[:7], head=head)
    assert [error["column"] for error in run(path)["errors"]] == ["계약일자", "집행액", "거래처"]


def test_a_missing_column_is_said_once(tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.csv", *[row()[:4]] * 50, head=HEAD[:4])
    verdict = run(path, "--skip-faults")
    assert not FileImport.objects.exists()
    assert counts(verdict) == (0, 0, 0, 3, False)
    assert [(error["row"], error["column"]) for error in verdict["errors"]] == [
        (1, "품목"),
        (1, "구분"),
        (1, "금액"),
    ]


def test_a_closed_month_keeps_a_row_out(tmp_path: Path, admin: User) -> None:
    MonthClosing.objects.create(month=date(2016, 4, 1), closed_at=timezone.now(), closed_by=admin)
    path = sheet(tmp_path / "a.csv", row(c0="2016-04-30"), row())
    (error,) = run(path)["errors"]
    assert (error["row"], error["column"]) == (2, "구매일자")
    assert "2016년 4월은 마감되었습니다." in error["message"]


def test_what_is_recorded_is_known_in_a_closed_month_too(tmp_path: Path, admin: User) -> None:
    path = sheet(tmp_path / "a.csv", row(), row(c4="빵"))
    run(path)
    MonthClosing.objects.create(month=date(2016, 5, 1), closed_at=timezone.now(), closed_by=admin)
    grown = [row(), row(c4="빵"), row(), row(c0="2016-06-01")]
    assert counts(run(sheet(path, *grown))) == (4, 1, 3, 0, True)
    verdict = run(sheet(path, row(c4="새것"), row(c4=""), *grown), "--skip-faults")
    assert counts(verdict) == (6, 0, 4, 3, True)
    assert [error["row"] for error in verdict["errors"]] == [2, 3, 3]


def test_of_very_many_faulty_rows_the_first_are_told_and_all_counted(
    tmp_path: Path, admin: User
) -> None:
    MonthClosing.objects.create(month=date(2016, 5, 1), closed_at=timezone.now(), closed_by=admin)
    bad = [row(c4="", c5="")] * 10_000
    path = sheet(tmp_path / "a.csv", row(), *bad, row(c0="2016-06-01"))
    verdict = run(path, "--skip-faults")
    assert counts(verdict) == (10_002, 1, 0, 29_998, True)
    assert [verdict["errors"][place]["row"] for place in (0, -1)] == [2, 10_001]
    outcome = found_in(FileImport.objects.get()).outcome
    assert outcome.faulty == 10_001
    assert "오류는 처음 10,000줄의 것만 보여 드립니다." in outcome.notes


def test_it_is_kept_as_a_file_of_whoever_is_named(tmp_path: Path, officer: User) -> None:
    path = sheet(tmp_path / "구매 5월.csv", row())
    run(path, "--by", officer.username)
    file = FileImport.objects.get()
    assert (file.state, file.name, file.committed_by) == (ImportState.COMMITTED, path.name, officer)
    assert (file.size, file.purchases.get().created_by) == (path.stat().st_size, officer)
    assert b"".join(part.content for part in file.parts.all()) == path.read_bytes()


def test_undoing_a_file(tmp_path: Path, admin: User) -> None:
    path = sheet(tmp_path / "a.csv", row(), row(c4="빵"))
    run(path)
    file = FileImport.objects.get()
    corrected = file.purchases.get(item="빵")
    corrected.amount = 5
    update_purchase(purchase=corrected, today=date(2016, 6, 1), by=admin)
    with pytest.raises(ValidationError, match=r"수정한 구매가 1건 .*2016\. 5\. 2\. 빵"):
        files.undo(file=file, by=admin)
    assert Purchase.objects.count() == 2
    corrected.delete()
    assert files.undo(file=file, by=admin) == 1
    assert not Purchase.objects.exists()
    assert counts(run(path)) == (2, 2, 0, 0, True)


def test_a_file_is_not_undone_once_its_month_is_closed(tmp_path: Path, admin: User) -> None:
    run(sheet(tmp_path / "a.csv", row()))
    MonthClosing.objects.create(month=date(2016, 5, 1), closed_at=timezone.now(), closed_by=admin)
    with pytest.raises(ValidationError, match="2016년 5월은 마감되었습니다"), transaction.atomic():
        files.undo(file=FileImport.objects.get(), by=admin)
    assert Purchase.objects.count() == 1


def test_an_answer_is_remembered(admin: User, clerk: User, department: Department) -> None:
    firms = [make_enterprise("다온상회"), make_enterprise("다온상회")]
    importer = importers["purchases"]
    rows: list[Row] = [HEAD, row(c2="다온상회")]

    def read(by: User) -> Iterator[int]:
        file = FileImport.objects.create(
            kind="purchases",
            name="a.csv",
            size=1,
            digest="0" * 64,
            uploaded_at=timezone.now(),
            uploaded_by=by,
        )
        with transaction.atomic():
            outcome = importer.run(file, rows, lambda *_: None, by, False)
        yield outcome.faulty
        for question in outcome.questions:
            assert importer.answer
            importer.answer(file, question.name, firms[0].pk, by)

    assert list(read(clerk)) == [1]
    assert list(read(admin)) == [1]  # a clerk answers for the own department
    assert [list(read(user)) for user in (clerk, admin)] == [[0], [0]]
    assert not Purchase.objects.exists()


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("없음.csv", (), "파일을 열 수 없습니다."),
        ("a.csv", ("--department", "NONE"), "그런 부서가 없습니다."),
        ("a.csv", ("--by", "none"), "그런 사용자가 없습니다."),
        ("a.pdf", (), "PDF 문서입니다."),
        ("empty.csv", (), "내용이 없는 파일입니다."),
    ],
)
def test_what_cannot_be_read_is_said(
    name: str, options: tuple[str, ...], message: str, tmp_path: Path
) -> None:
    sheet(tmp_path / "a.csv", row())
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 ...")
    (tmp_path / "empty.csv").touch()
    with pytest.raises(CommandError, match=message):
        run(tmp_path / name, *options)
    assert not FileImport.objects.exists()


def test_who_may_not_enter_purchases_imports_none(tmp_path: Path, viewer: User) -> None:
    with pytest.raises(CommandError, match="권한이 없습니다"):
        run(sheet(tmp_path / "a.csv", row()), "--by", viewer.username)


def test_in_plain_words(tmp_path: Path) -> None:
    out = StringIO()
    path = sheet(tmp_path / "a.csv", (*row(), "덤"), (*row(c0="?"), ""), head=(*HEAD, "덤"))
    with pytest.raises(CommandError, match="고칠 곳이 있어 반영하지 않았습니다"):
        call_command("import_purchases", str(path), stdout=out)
    assert "3행 구매일자: 날짜를 읽을 수 없습니다." in out.getvalue()
    assert "읽지 않은 열: 덤" in out.getvalue()
    assert "반영하지 않았습니다." in out.getvalue()
    call_command("import_purchases", str(path), "--skip-faults", stdout=out)
    assert "1줄을 반영했습니다." in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_a_month_closed_while_the_file_was_read_is_said(tmp_path: Path, admin: User) -> None:
    said: list[str] = []

    def send() -> None:
        try:
            run(sheet(tmp_path / "a.csv", row()))
        except CommandError as error:
            said.append(str(error))
        finally:
            connection.close()

    sender = Thread(target=send)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOCK)
        sender.start()
        waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        for _ in range(200):
            cursor.execute("SELECT pg_sleep(0.05)")
            cursor.execute(waiting)
            if cursor.fetchone() == (1,):
                break
        MonthClosing.objects.create(
            month=date(2016, 5, 1), closed_at=timezone.now(), closed_by=admin
        )
    sender.join(timeout=60)
    (sentence,) = said
    assert "2016년 5월은 마감되었습니다." in sentence
    assert not FileImport.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_file_from_two_people_at_once_counts_once(
    tmp_path: Path, admin: User, officer: User
) -> None:
    path = sheet(tmp_path / "a.csv", *[row(c4=f"품목 {n}") for n in range(1_500)])
    verdicts: list[dict[str, Any]] = []
    both = Barrier(2)

    def send(by: User) -> None:
        try:
            both.wait(timeout=10)
            verdicts.append(run(path, "--by", by.username))
        finally:
            connection.close()

    threads = [Thread(target=send, args=(by,)) for by in (admin, officer)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    found = sorted((verdict["created"], verdict["duplicates"]) for verdict in verdicts)
    assert found == [(0, 1_500), (1_500, 0)]
    assert Purchase.objects.count() == MonthlySum.objects.get().count == 1_500
