"""CSV and XLSX that survive spreadsheets; what domains write into them is tested with them."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from apps.core.sheets import Cell, csv_file, csv_parts, decoded, defused, download, restored, xlsx

CELLS = st.text(st.characters(codec="utf-8")) | st.text("'=+-@\t\r가1")


@settings(deadline=None)
@given(CELLS)
def test_no_text_is_run_and_none_is_lost(text: str) -> None:
    safe = str(defused(text))
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert restored(safe) == text


def test_numbers_and_dates_stay_what_they_are() -> None:
    row: list[Cell] = ["-행복", -5, date(2016, 1, 2), None]
    book = CalamineWorkbook.from_filelike(BytesIO(xlsx(["가", "나", "다", "라"], [row])))
    assert book.get_sheet_by_index(0).to_python()[1] == ["-행복", -5, date(2016, 1, 2), ""]
    lines = list(csv.reader(StringIO(decoded(csv_file(["가"], [row])))))
    assert lines == [["가"], ["'-행복", "-5", "2016-01-02", ""]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_files_as_offices_save_them_are_read(encoding: str) -> None:
    assert decoded("기업명,똠방각하".encode(encoding)) == "기업명,똠방각하"


def test_other_bytes_are_refused() -> None:
    with pytest.raises(UnicodeDecodeError):
        decoded(b"PK\x03\x04\xff\xff")


def test_download_has_its_korean_name() -> None:
    response = download(b"x", "구매 실적.xlsx", "application/x")
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%EA%B5%AC")
    assert (response["Content-Type"], response.content) == ("application/x", b"x")


def test_a_long_csv_file_comes_in_parts() -> None:
    rows = [(f"{number}", "행복커피" * 50) for number in range(2_000)]
    parts = list(csv_parts(["번호", "이름"], iter(rows)))
    assert len(parts) > 5
    assert b"".join(parts) == csv_file(["번호", "이름"], rows)
    lines = list(csv.reader(StringIO(decoded(b"".join(parts)))))
    assert lines == [["번호", "이름"], *map(list, rows)]
