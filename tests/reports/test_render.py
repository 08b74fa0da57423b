"""``manage.py render``: papers to files, and what it says when it cannot."""

from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from apps.committees.models import Meeting
from tests.committees.factories import make_committee, make_meeting, make_roster
from tests.plans.factories import YEAR, make_area, make_full_task, make_plan

pytestmark = pytest.mark.django_db


def render(output: Path, *arguments: str) -> str:
    said = StringIO()
    call_command("render", *arguments, "--output", str(output), stdout=said)
    return said.getvalue()


def words(file: Path) -> str:
    pages = PdfReader(BytesIO(file.read_bytes())).pages
    return "".join("".join(page.extract_text() for page in pages).split())


@pytest.fixture
def meeting() -> Meeting:
    committee = make_committee(name="활성화위원회")
    make_roster(committee)
    make_meeting(committee, "센터 위탁 연장", month=date(2016, 9, 1))
    return make_meeting(committee, "보증금 지원연장", number=2)


@pytest.mark.parametrize(
    ("paper", "title"),
    [("plan", "2019년도 추진계획"), ("budget", "2019년도 추진계획 소요예산 보고")],
)
def test_a_plans_papers(paper: str, title: str, tmp_path: Path) -> None:
    make_full_task(make_area(make_plan()), title="센터 운영")
    file = tmp_path / "paper.pdf"
    assert render(file, paper, str(YEAR)) == f"{title}: {file}\n"
    assert "센터운영" in words(file)
    assert "".join(title.split()) in words(file)


def test_a_page_for_the_browser(tmp_path: Path) -> None:
    make_full_task(make_area(make_plan()), title="센터 운영")
    file = tmp_path / "plan.html"
    render(file, "plan", str(YEAR), "--format", "html")
    html = file.read_text(encoding="utf-8")
    assert html.lstrip().startswith("<!DOCTYPE html>")
    assert "<title>2019년도 추진계획</title>" in html
    assert "센터 운영" in html


@pytest.mark.parametrize("paper", ["plan", "budget"])
def test_every_paper_as_hwpx_and_as_sheets(paper: str, tmp_path: Path) -> None:
    make_full_task(make_area(make_plan()), title="센터 운영")
    hwpx, xlsx = tmp_path / "paper.hwpx", tmp_path / "paper.xlsx"
    render(hwpx, paper, str(YEAR), "--format", "hwpx")
    render(xlsx, paper, str(YEAR), "--format", "xlsx")
    with ZipFile(hwpx) as parts:
        assert parts.read("mimetype") == b"application/hwp+zip"
        assert "센터 운영" in parts.read("Contents/section0.xml").decode()
    book = CalamineWorkbook.from_path(xlsx)
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    cells = [cell for sheet in sheets for row in sheet for cell in row]
    assert any("센터 운영" in str(cell) for cell in cells)
    assert 1_000_000 in cells


def test_a_pdf_for_the_archive(tmp_path: Path) -> None:
    make_plan()
    file = tmp_path / "plan.pdf"
    render(file, "plan", str(YEAR), "--variant", "archive")
    root: Any = PdfReader(BytesIO(file.read_bytes())).root_object
    assert root["/OutputIntents"]
    with pytest.raises(CommandError, match="PDF에만"):
        render(
            tmp_path / "plan.xlsx", "plan", str(YEAR), "--format", "xlsx", "--variant", "archive"
        )


def test_an_agenda_by_month_and_by_number(meeting: Meeting, tmp_path: Path) -> None:
    by_month, by_number = tmp_path / "month.pdf", tmp_path / "number.pdf"
    render(by_month, "agenda", "2016-01")
    render(by_number, "agenda", str(meeting.pk))
    assert by_month.read_bytes() == by_number.read_bytes()
    assert "보증금지원연장" in words(by_month)
    assert "센터위탁연장" not in words(by_month)


@pytest.mark.parametrize(
    ("paper", "which", "message"),
    [
        ("plan", "2020", "2020: 그런 연도의 추진계획이 없습니다"),
        ("budget", "올해", "올해: 그런 연도의 추진계획이 없습니다"),
        ("plan", "9" * 20, "추진계획이 없습니다"),
        ("agenda", "2016-02", "2016-02: 그런 회의가 없습니다"),
        ("agenda", "2016-13", "2016-13: 그런 회의가 없습니다"),
        ("agenda", "0000-01", "0000-01: 그런 회의가 없습니다"),
        ("agenda", "1월", "1월: 그런 회의가 없습니다"),
        ("agenda", "0", "0: 그런 회의가 없습니다"),
    ],
)
def test_what_is_not_there(
    paper: str, which: str, message: str, meeting: Meeting, tmp_path: Path
) -> None:
    make_plan()
    file = tmp_path / "paper.pdf"
    with pytest.raises(CommandError, match=message):
        render(file, paper, which)
    assert not file.exists()


def test_two_meetings_in_a_month_are_told_apart_by_number(meeting: Meeting, tmp_path: Path) -> None:
    make_meeting(make_committee())
    with pytest.raises(CommandError, match="2016-01: 회의가 여럿입니다"):
        render(tmp_path / "agenda.pdf", "agenda", "2016-01")
    render(tmp_path / "agenda.pdf", "agenda", str(meeting.pk))
    assert "보증금지원연장" in words(tmp_path / "agenda.pdf")


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    make_plan()
    file = tmp_path / "없는 폴더" / "plan.pdf"
    with pytest.raises(CommandError, match="쓸 수 없습니다"):
        render(file, "plan", str(YEAR))
