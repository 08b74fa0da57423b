"""Files are read whatever program saved them; what is unsafe is refused in words."""

import math
import struct
import tracemalloc
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.styles import PatternFill  # type: ignore[import-untyped]

from apps.imports import kinds
from apps.imports.kinds import SHELL, WEB, FileRefused, Limits
from apps.imports.reading import opened
from apps.imports.registry import Row
from tests.imports.files import csv_file, ole, saved, with_entry, with_parts, xls, xlsx, zipped

HEAD = ["구매일자", "기업명", "금액"]
HALF_PAST_NINE = datetime(2026, 11, 2, 9, 30)  # noqa: DTZ001  # sheets know no zones
ROWS = [HEAD, ["2026-11-02", "행복커피", "1000"], ["2026-11-03", "나눔인쇄", "2000"]]


def rows_of(content: bytes, limits: Limits = WEB) -> list[Row]:
    with opened(BytesIO(content), limits) as sheet:
        return list(sheet.rows)


def refusal(content: bytes, limits: Limits = WEB) -> str:
    with pytest.raises(FileRefused) as refused:
        rows_of(content, limits)
    return str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_of_any_kind_is_the_same_rows(encoding: str, delimiter: str) -> None:
    assert rows_of(csv_file(ROWS, encoding, delimiter)) == ROWS


def test_commas_in_amounts_do_not_part_a_file_of_tabs() -> None:
    rows = [["번호", "금액"], ["1", "1,000,000"], ["2", "2,500,000"]]
    assert rows_of(csv_file(rows, delimiter="\t")) == rows


def test_a_semicolon_in_a_remark_does_not_part_a_file_of_commas() -> None:
    text = '품목,금액,비고\n용지,"1,000",급함; 바로\n간식,"2,000",\n'
    assert rows_of(text.encode())[1] == ["용지", "1,000", "급함; 바로"]


def test_quoted_line_ends_stay_in_their_cell_and_blank_lines_keep_the_numbering() -> None:
    text = '품목,금액\n"복사\n용지",1000\n\n,\n간식,2000\n'
    assert rows_of(text.encode()) == [
        ["품목", "금액"],
        ["복사\n용지", "1000"],
        (),
        (),
        ["간식", "2000"],
    ]


TEXTS = st.text(st.characters(codec="cp949", exclude_characters='"\r\n,\t;\0 '), max_size=12)


@settings(deadline=None, max_examples=80)
@given(
    st.lists(st.lists(TEXTS, min_size=3, max_size=6), min_size=1, max_size=8),
    st.sampled_from(["utf-8-sig", "cp949"]),
)
def test_what_a_csv_says_is_what_is_read(rows: list[list[str]], encoding: str) -> None:
    head = "구매일자,기업명,금액"
    lines = [head, *(",".join(f'"{cell}"' for cell in row) for row in rows)]
    found = rows_of("\n".join(lines).encode(encoding))[1:]
    assert [[cell or "" for cell in row] for row in found if row] == [
        row for row in rows if any(row)
    ]


def test_reading_a_csv_takes_no_more_memory_for_more_rows(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = tmp_path / f"{count}.csv"
        with path.open("w", encoding="cp949") as file:
            file.write("구매일자,기업명,금액\n")
            file.writelines(f"2026-11-02,행복커피 {n},{n}000\n" for n in range(count))
        tracemalloc.start()
        with path.open("rb") as content, opened(content, SHELL) as sheet:
            assert sum(1 for _ in sheet.rows) == count + 1
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    few, many = peak(100_000), peak(300_000)  # 3 MB and 10 MB
    assert many < few * 1.1


def test_a_workbook_gives_days_numbers_and_the_values_of_formulas() -> None:
    book = Workbook()
    sheet = book.active
    sheet["B3"], sheet["C3"], sheet["D3"] = "품목", "구매일자", "금액"
    sheet["B5"], sheet["C5"], sheet["D5"] = "용지", date(2026, 11, 2), 1000
    sheet["B6"], sheet["C6"], sheet["D6"] = True, HALF_PAST_NINE, 1.5
    sheet.merge_cells("B8:C9")
    sheet["B8"] = "합친 칸"
    assert rows_of(saved(book)) == [
        (),
        (),
        ["품목", "구매일자", "금액"],
        (),
        ["용지", date(2026, 11, 2), 1000],
        ["True", HALF_PAST_NINE, 1.5],
        (),
        ["합친 칸", None, None],
    ]


def test_a_formula_is_its_value() -> None:
    """As Excel saves it: the formula, and what it came to."""
    content = xlsx([["금액"], ["=1+1"]])
    name = "xl/worksheets/sheet1.xml"
    with ZipFile(BytesIO(content)) as book:
        sheet = book.read(name)
    assert b"<v></v>" in sheet or b"<v />" in sheet or b"<v/>" in sheet
    for empty in (b"<v></v>", b"<v />", b"<v/>"):
        sheet = sheet.replace(empty, b"<v>2</v>")
    assert rows_of(with_parts(content, {name: sheet})) == [["금액"], [2]]


def test_the_first_visible_sheet_with_content_is_read_and_the_others_are_named() -> None:
    content = xlsx(ROWS, 표지=[], 메모=[["메모"]])
    with opened(BytesIO(content)) as sheet:
        assert (sheet.name, sheet.others) == ("메모", ("표지", "자료"))
    book = Workbook()
    book.active.title = "숨김"
    book.active["A1"] = "보이지 않음"
    book.active.sheet_state = "hidden"
    book.create_sheet("자료")["A1"] = "보임"
    assert rows_of(saved(book)) == [["보임"]]


def test_excel_97_is_read() -> None:
    assert rows_of(xls([["품목", "금액"], ["복사용지", 1000.0]])) == [
        ["품목", "금액"],
        ["복사용지", 1000],
    ]


def test_what_no_database_keeps_is_left_out() -> None:
    assert rows_of(xls([["품\0목"]])) == [["품목"]]


def test_empty_columns_to_the_right_are_no_harm() -> None:
    assert rows_of(b"a,b" + b"," * 200) == [["a", "b", *[None] * 102]]


def lying_bomb() -> bytes:
    """A part whose directory says that it is small."""
    book = bytearray(with_entry(xlsx(ROWS), "xl/media/a.bin", b"0" * 5_000_000))
    size = (5_000_000).to_bytes(4, "little")
    place = book.rindex(size)
    book[place : place + 4] = (10).to_bytes(4, "little")
    return bytes(book)


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "내용이 없는"),
    "only a BOM": (lambda: b"\xef\xbb\xbf\r\n", "내용이 없는"),
    "an empty workbook": (lambda: xlsx([]), "내용이 없는"),
    "macros": (lambda: with_entry(xlsx(ROWS), "xl/vbaProject.bin", b"x"), "매크로"),
    "Excel 4 macros": (lambda: with_entry(xlsx(ROWS), "xl/macrosheets/sheet1.xml", b"x"), "매크로"),
    "macros in xls": (lambda: ole({"Workbook": b"x", "_VBA_PROJECT_CUR": b"x"}), "매크로"),
    "a bomb": (lambda: with_entry(xlsx(ROWS), "xl/a.bin", b"0" * (201 << 20)), "지나치게 커지는"),
    "a bomb that lies": (lying_bomb, "손상"),
    "encrypted xlsx": (lambda: ole({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), "암호"),
    "encrypted xls": (lambda: xls([["금액"]], password=True), "암호"),
    "a cut workbook": (lambda: xlsx(ROWS)[:-200], "손상"),
    "a damaged workbook": (lambda: xlsx(ROWS).replace(b"sheet1.xml", b"sheet9.xml", 1), "손상"),
    "a damaged xls": (lambda: ole({"Workbook": b"\xff" * 5000}), "손상"),
    "hwp": (lambda: ole({"FileHeader": b"x", "\x05HwpSummaryInformation": b"x"}), "한글 문서"),
    "hwpx": (lambda: zipped(mimetype=b"application/hwp+zip"), "한글 문서"),
    "docx": (lambda: zipped(word__document_dot_xml=b"<w/>"), "엑셀 파일이 아닙니다"),
    "doc": (lambda: ole({"WordDocument": b"x"}), "엑셀 파일이 아닙니다"),
    "xlsb": (lambda: zipped(xl__workbook_dot_bin=b"x"), "저장한 뒤"),
    "pdf": (lambda: b"%PDF-1.7\n%\xe2\xe3", "PDF"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n", "그림"),
    "a web page": (lambda: b"\xef\xbb\xbf <html><table><tr><td>1</td></tr></table>", "웹 문서"),
    "a program": (lambda: b"MZ\x90\0\x03\0\0\0", "엑셀(xlsx, xls)이나 CSV"),
    "no text": (lambda: b"\xff\xfa\xfb,\xfc\n" * 20, "글자를 읽을 수 없는"),
    "a NUL far down": (lambda: b"a,b\n" * 5000 + b"\0,1\n", "글자를 읽을 수 없는"),
    "too many columns": (lambda: b",".join([b"a"] * 105), "열이 너무 많은"),
    "an open quote": (lambda: b'a,b\n"' + b"x" * 200_000, "따옴표"),
    "too many rows": (lambda: b"a,b\n" * 100_200, "100,000줄까지"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_must_not_be_read_is_refused_in_words(name: str) -> None:
    make, said = BAD[name]
    assert said in refusal(make())


def test_cells_far_apart_do_not_fill_the_memory() -> None:
    book = Workbook()
    book.active["A1"], book.active["XFD2"] = 1, 2
    assert refusal(saved(book)) == kinds.TOO_WIDE
    book = Workbook()
    book.active["A1"], book.active["A1048576"] = 1, 2
    assert "100,000줄까지" in refusal(saved(book))


def test_a_sheet_too_large_to_lay_out_is_refused_and_harms_nobody() -> None:
    """However its cells are written; the reader would end the process it works in."""
    cells = b"".join(
        b"<row r='%d'><c r='%s%d'><v>1</v></c></row>" % (row, column, row)
        for column, row in ((b"A", 1), (b"BZZ", 90_000))
    )
    sheet = b"<worksheet xmlns='%s'><sheetData>%s</sheetData></worksheet>"
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    content = with_parts(xlsx(ROWS), {"xl/worksheets/sheet1.xml": sheet % (main, cells)})
    assert refusal(content) == kinds.BROKEN


def test_an_excel_97_sheet_too_large_to_lay_out_is_refused() -> None:
    near, far = (struct.pack("<HHHd", *place, 0, 1.0) for place in ((0, 1), (65535, 65535)))
    assert refusal(xls([[1.0, 1.0]]).replace(near, far)) == kinds.BROKEN


def test_a_number_without_end_is_text() -> None:
    assert rows_of(xls([["금액", math.inf]])) == [["금액", "inf"]]


def test_far_cells_that_only_have_a_colour_are_no_harm() -> None:
    book = Workbook()
    book.active["A1"] = "품목"
    book.active["XFD1"].fill = book.active["A1048576"].fill = PatternFill("solid", fgColor="FFFF00")
    assert rows_of(saved(book)) == [["품목"]]
