"""The rows of a file with what is wrong marked in them, to be corrected and uploaded again."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from apps.core.sheets import text_width
from apps.imports.kinds import SHELL
from apps.imports.models import FileImport
from apps.imports.outcomes import found_in
from apps.imports.reading import opened
from apps.imports.registry import Raw, Row
from apps.imports.working import kept

#: The heading of our own column. No record has it, so it is ignored when the file comes back.
NOTE = "고칠 점"
LONGEST_CELL = 32_767
WIDTHS = (6, 40)
DATE_TYPES = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm:ss"}
RED = "#FBD9D7"
Notes = dict[int, list[tuple[str, str]]]


def annotated(file: FileImport, *, faulty_only: bool) -> bytes:
    """The file as a workbook: its columns in their order, bad cells filled, a last column of notes.

    ``faulty_only`` leaves out the rows that are right.
    """
    notes = _notes(file)
    head = found_in(file).outcome.head
    headings = [heading for heading, _ in found_in(file).outcome.columns]
    width = max((len(row) for _, row in _rows(file)), default=0)
    note = headings.index(NOTE) if NOTE in headings else width
    content = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(content, options) as book:
        drawing = _Drawing(book, headings, note)
        for number, row in _rows(file):
            if number <= head:
                drawing.draw(row, [("", NOTE)] if number == head else [], heading=number == head)
            elif number in notes or (row and not faulty_only):
                drawing.draw(row, notes.get(number, []))
        drawing.finish(head)
    return content.getvalue()


def _notes(file: FileImport) -> Notes:
    """By row: the columns with a fault, and what to mend in them."""
    found: Notes = defaultdict(list)
    for row, column, message in file.faults.values_list("row", "column", "message").iterator():
        found[row].append((column, message))
    return found


def _rows(file: FileImport) -> Iterator[tuple[int, Row]]:
    with kept(file) as content, opened(content, SHELL) as sheet:
        yield from enumerate(sheet.rows, 1)


class _Drawing:
    """A sheet filled from top to bottom."""

    def __init__(self, book: Workbook, headings: Sequence[str], note: int) -> None:
        self.sheet = book.add_worksheet("고칠 점")
        self.places = {heading: place for place, heading in reversed([*enumerate(headings)])}
        self.note = note
        self.at = 0
        self.widths: dict[int, int] = defaultdict(lambda: WIDTHS[0])
        self.strong = book.add_format({"bold": True, "bg_color": "#E6E8EA"})
        self.formats: dict[tuple[type, bool], Format] = {
            (kind, bad): book.add_format(
                ({"num_format": DATE_TYPES[kind]} if kind in DATE_TYPES else {})
                | ({"bg_color": RED} if bad else {})
            )
            for kind in (str, date, datetime)
            for bad in (False, True)
        }

    def draw(self, row: Row, notes: Sequence[tuple[str, str]], *, heading: bool = False) -> None:
        """The next row; ``notes`` are its faults, by the heading of their column."""
        bad = {self.places[column] for column, _ in notes if column in self.places}
        for place in sorted({*range(len(row)), *bad} - {self.note}):
            cell = row[place] if place < len(row) else None
            self._cell(place, cell, self._format(cell, place in bad, heading))
        if notes:
            said = "; ".join(f"{column}: {text}" if column else text for column, text in notes)
            self._cell(self.note, said, self._format(said, not heading, heading))
        self.at += 1

    def _format(self, cell: Raw, bad: bool, heading: bool) -> Format:
        if heading:
            return self.strong
        return self.formats[(type(cell) if type(cell) in DATE_TYPES else str, bad)]

    def _cell(self, place: int, cell: Raw, form: Format) -> None:
        if isinstance(cell, date):
            self.sheet.write_datetime(self.at, place, cell, form)
        elif isinstance(cell, str):
            self.sheet.write_string(self.at, place, cell[:LONGEST_CELL], form)
        elif cell is None:
            self.sheet.write_blank(self.at, place, None, form)
        else:
            self.sheet.write_number(self.at, place, cell, form)
        if cell is not None:
            self.widths[place] = max(self.widths[place], min(text_width(str(cell)), WIDTHS[1]))

    def finish(self, head: int) -> None:
        """Columns as wide as their content, headings that stay, and a filter for the notes."""
        for place, width in self.widths.items():
            self.sheet.set_column(place, place, width + 2)
        if head and self.at > head:
            self.sheet.freeze_panes(head, 0)
            self.sheet.autofilter(head - 1, 0, self.at - 1, self.note)
