"""Sheets to take away: real numbers and dates, and no text a spreadsheet takes for a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO, StringIO
from unicodedata import east_asian_width

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from xlsxwriter import Workbook

Cell = str | int | date | None
Rows = Iterable[Sequence[Cell]]
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
BOM = "\ufeff"
#: Letters of a long file that are sent together.
PART = 50_000
WIDEST = 60
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def xlsx(headings: Sequence[str], rows: Rows) -> bytes:
    """One sheet, its first row the headings. Text is always written as text.

    Row by row: a thousand times the rows take no more memory than the file itself.
    """
    file = BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
    }
    widths = [_width(heading) for heading in headings]
    with Workbook(file, options) as book:
        sheet = book.add_worksheet("목록")
        sheet.write_row(0, 0, headings, book.add_format({"bold": True, "bg_color": "#E6E8EA"}))
        amount = book.add_format({"num_format": "#,##0"})
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell, *([amount] if isinstance(cell, int) else []))
                widths[column] = max(widths[column], _width(cell))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width, WIDEST) + 2)
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def _width(cell: Cell) -> int:
    """How wide a cell is, in columns of type: a Hangul syllable takes two."""
    if isinstance(cell, date):
        return len("2016-01-31")
    return text_width(f"{cell:,}" if isinstance(cell, int) else cell or "")


def text_width(text: str) -> int:
    """The columns of type a line of text takes."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def csv_file(headings: Sequence[str], rows: Rows) -> bytes:
    """UTF-8 with a BOM, without which Excel shows broken Hangul."""
    return b"".join(csv_parts(headings, rows))


def csv_parts(headings: Sequence[str], rows: Rows) -> Iterator[bytes]:
    """The same part by part, so that a long file begins to arrive at once."""
    text = StringIO()
    writer = csv.writer(text)
    text.write(BOM)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([defused(cell) for cell in row])
        if text.tell() > PART:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def defused(cell: Cell) -> Cell:
    """Text that would be run as a formula gets a ``'`` before it; :func:`restored` takes it off."""
    dangerous = isinstance(cell, str) and cell.lstrip("'").startswith(_FORMULA)
    return f"'{cell}" if dangerous else cell


def restored(cell: str) -> str:
    """What :func:`defused` was given."""
    quoted = cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA)
    return cell[1:] if quoted else cell


def decoded(file: bytes) -> str:
    """The text of a CSV file, saved as UTF-8 (with or without BOM) or by Excel as CP949.

    Raises ``UnicodeDecodeError`` where it is neither.
    """
    try:
        return file.decode("utf-8-sig")
    except UnicodeDecodeError:
        return file.decode("cp949")


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    """The file under its Korean name."""
    return HttpResponse(content, content_type=content_type, headers=_named(name))


def stream(parts: Iterable[bytes], name: str, content_type: str) -> StreamingHttpResponse:
    """A long file under its Korean name, sent while it is made."""
    return StreamingHttpResponse(parts, content_type=content_type, headers=_named(name))


def _named(name: str) -> dict[str, str]:
    header = content_disposition_header(as_attachment=True, filename=name)
    return {"Content-Disposition": header or ""}
