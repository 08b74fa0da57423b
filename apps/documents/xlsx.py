"""The tables of a `Document` as sheets: real numbers, and totals that add themselves up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from functools import cached_property
from io import BytesIO
from itertools import accumulate, pairwise
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from apps.core.money import comma, thousand
from apps.core.sheets import text_width
from apps.documents.nodes import (
    MONTH_MARKS,
    Document,
    Heading,
    LineChart,
    MonthChart,
    Node,
    Note,
    Outline,
)
from apps.documents.tables import (
    LESS,
    THOUSAND,
    Cell,
    Column,
    Place,
    Row,
    RowGroup,
    Table,
    places,
    sums,
)

#: How wide a table is altogether, in letters of a sheet: what an A4 page takes well.
WIDTH = 96
WIDE = 9  #: A table of so many columns or more is printed across the page.
NAME_LENGTH = 31
LINE_HEIGHT = 15
HIGHEST = 409  #: No row of a sheet can be higher.
#: What a sheet's name may not hold, and letters that count as two in its length.
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\U00010000-\U0010ffff]")
EMPTY = "표 없음"
PERCENT = re.compile(rf"([-+{LESS}]?)(\d{{1,3}}(?:,\d{{3}})*|\d{{1,9}})(\.\d{{1,4}})?%")
FONT = {"font_name": "맑은 고딕", "font_size": 10}
#: A sheet says when it was made; ours always says this, so that equal papers are equal bytes.
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
MONTHS = {"stated": "●", "derived": "◇", "none": ""}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table, the name of its sheet, what stands over it and the remarks below it."""

    name: str
    title: str
    table: Table
    notes: tuple[str, ...]


def render_xlsx(document: Document) -> bytes:
    """A sheet for each table and each chart of months or lines; without any, one that says so.

    Money shown in 천원 holds whole won. Text is text, whatever it begins with.
    """
    file = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": FONT,
    }
    with Workbook(file, options) as book:
        properties = {"title": document.title, "author": document.issuer, "created": NO_DAY}
        book.set_properties(properties)
        formats = _Formats(book)
        sheets = list(sheets_of(document))
        for sheet in sheets:
            _Drawing(book.add_worksheet(sheet.name), formats, sheet).draw(document)
        if not sheets:
            book.add_worksheet(EMPTY).write_string(0, 0, f"{document.title}: {EMPTY}")
    return file.getvalue()


def sheets_of(document: Document) -> Iterator[Sheet]:
    """The paper's tables with their names, each name once, in the order of the paper."""
    heading: Heading | None = None
    taken: set[str] = set()
    for place, node in enumerate(document.nodes):
        if isinstance(node, Heading):
            heading = node
        table = _as_table(node)
        if table is not None:
            title = _title(table, document.nodes[place - 1] if place else None, heading)
            number = f"{heading.number} " if heading and heading.number else ""
            name = _once(f"{number}{title}" if title else "표", taken)
            yield Sheet(name, title or name, table, tuple(_notes(document.nodes[place + 1 :])))


def _as_table(node: Node) -> Table | None:
    """The node as cells of a sheet; ``None`` where it has none."""
    if isinstance(node, MonthChart):
        return month_table(node)
    if isinstance(node, LineChart):
        return node.table
    return node if isinstance(node, Table) else None


def _title(table: Table, before: Node | None, heading: Heading | None) -> str:
    """What a table is called: its caption, else the □ line it stands below, else its heading."""
    lines = before.lines if isinstance(before, Outline) else ()
    boxed = [line.text.partition(": ")[0] for line in lines if line.level == 1]
    return table.caption or (boxed[-1] if boxed else "") or (heading.text if heading else "")


def _notes(nodes: tuple[Node, ...]) -> Iterator[str]:
    for node in nodes:
        if not isinstance(node, Note):
            return
        yield f"※ {node.text}"


def _once(title: str, taken: set[str]) -> str:
    """A name a sheet may have, and no sheet has yet; names differ by more than case."""
    clean = " ".join(FORBIDDEN.sub(" ", title).split()).strip("'") or "표"
    name, number = clean[:NAME_LENGTH].strip(" '"), 1
    while name.lower() in taken:
        number += 1
        suffix = f" ({number})"
        name = f"{clean[: NAME_LENGTH - len(suffix)].strip()}{suffix}"
    taken.add(name.lower())
    return name


def month_table(chart: MonthChart) -> Table:
    """A month chart as a table of marks."""
    return Table(
        columns=(Column(48, head=True), *(Column(4, "center") for _ in range(12))),
        head=(
            Row.of(Cell("세부사업", rowspan=2), Cell(chart.title, colspan=12)),
            Row.of(*(str(month) for month in range(1, 13))),
        ),
        groups=tuple(
            RowGroup.of(
                Row.of(Cell(area.title, colspan=13, align="left", strong=True)),
                *(Row.of(row.label, *(MONTHS[m] for m in row.months)) for row in area.rows),
            )
            for area in chart.areas
        ),
        unit=MONTH_MARKS,
    )


def number_format(cell: Cell, *, in_thousand: bool) -> str:
    """How a sheet shows the number behind a cell as the paper prints it.

    A number printed in another way than we know is shown in full.
    """
    number, whole = cell.number or 0, "#,##0," if in_thousand else "#,##0"
    if cell.text.startswith(LESS):
        return f'{whole};"{LESS}"{whole}'
    if not number:
        return f'{whole};-{whole};"{_quoted(cell.text)}"'
    for shown, code in ((thousand(number), "#,##0,"), (comma(number), "#,##0"), (str(number), "0")):
        unit = cell.text.removeprefix(shown)
        if cell.text.startswith(shown) and not (unit[:1].isdigit() or unit[:1] in (",", ".")):
            return f'{code}"{_quoted(unit)}"' if unit else code
    return whole


def share_of(cell: Cell) -> tuple[float, str] | None:
    """The number and format of a cell whose text is a percentage and nothing else."""
    found = PERCENT.fullmatch(cell.text) if cell.number is None else None
    if not found:
        return None
    sign, whole, rest = found.groups()
    value = float(Fraction(f"{whole.replace(',', '')}{rest or ''}") / 100)
    code = f"0.{'0' * (len(rest) - 1)}%" if rest else "0%"
    if sign == LESS:
        code = f'{code};"{LESS}"{code}'
    elif sign == "+":
        code = f"+{code}"
    return (-value if sign in ("-", LESS) else value), code


def _quoted(text: str) -> str:
    """Text as it may stand in a number format."""
    return text.replace('"', "")


class _Formats:
    """The workbook's formats, each made once."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def of(self, **values: Any) -> Format:
        key = tuple(sorted(values.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({**FONT, **values})
        return self.made[key]


class _Drawing:
    """One table drawn on its sheet."""

    def __init__(self, sheet: Worksheet, formats: _Formats, content: Sheet) -> None:
        self.sheet = sheet
        self.formats = formats
        self.content = content
        self.table = content.table
        edges = list(accumulate((c.width for c in self.table.columns), initial=0))
        cuts = [edge * WIDTH // edges[-1] for edge in edges]
        self.widths = [max(right - left, 4) for left, right in pairwise(cuts)]

    def draw(self, document: Document) -> None:
        table, last = self.table, len(self.table.columns) - 1
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)
        self.sheet.write_string(0, 0, self.content.title, self.formats.of(bold=True, font_size=13))
        if table.unit:
            self.sheet.write_string(1, last, self._unit(), self.formats.of(align="right"))
        row = self._rows(table.head, self.head_row)
        for group in table.groups:
            row = self._rows(group.rows, row)
        for number, note in enumerate(self.content.notes):
            self.sheet.write_string(row + number, 0, note, self.formats.of())
        self._print(document)

    def _unit(self) -> str:
        """The table's unit; where cells shown in 천원 hold won, that too."""
        rows = (row for group in self.table.groups for row in group.rows)
        held = any(cell.number is not None for row in rows for cell in row.cells)
        unit = self.table.unit
        return f"{unit} (셀 값은 원)" if held and THOUSAND in unit else f"({unit})"

    @property
    def head_row(self) -> int:
        return 2

    @property
    def body_row(self) -> int:
        return self.head_row + len(self.table.head)

    def _print(self, document: Document) -> None:
        sheet = self.sheet
        sheet.set_paper(9)  # A4
        if len(self.table.columns) >= WIDE:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.6, top=0.9, bottom=0.8)
        title = document.title[:100].replace("&", "&&")
        sheet.set_header(f"&L&9{title}&R&9{document.issuer[:60].replace('&', '&&')}")
        sheet.set_footer("&C- &P -")
        if self.table.head:
            sheet.freeze_panes(self.body_row, 0)
            sheet.repeat_rows(self.head_row, self.body_row - 1)

    def _rows(self, rows: tuple[Row, ...], first: int) -> int:
        """Draw the rows from the sheet's row ``first`` on; the next free row."""
        for offset, (row, placed) in enumerate(
            zip(rows, places(rows, len(self.table.columns)), strict=True)
        ):
            at = first + offset
            height = LINE_HEIGHT * max(self._lines(*each) for each in placed) + 4
            self.sheet.set_row(at, min(height, HIGHEST))
            for column, cell in placed:
                self._cell(at, column, cell, total=row.total)
        return first + len(rows)

    def _lines(self, column: int, cell: Cell) -> int:
        """How many lines the text takes in its columns; a cell over several rows counts a part."""
        width = sum(self.widths[column : column + cell.colspan]) - 1
        lines = sum(-(-text_width(line) // width) or 1 for line in cell.text.splitlines() or [""])
        return -(-lines // cell.rowspan)

    def _cell(self, row: int, column: int, cell: Cell, *, total: bool) -> None:
        form = self._format(row, column, cell, total=total)
        if cell.colspan > 1 or cell.rowspan > 1:
            bottom, right = row + cell.rowspan - 1, column + cell.colspan - 1
            self.sheet.merge_range(row, column, bottom, right, "", form)
        if share := share_of(cell):
            self.sheet.write_number(row, column, share[0], form)
        elif cell.number is None:
            self.sheet.write_string(row, column, cell.text, form)
        elif formula := self.formulas.get((row, column)):
            self.sheet.write_formula(row, column, formula, form, cell.number)
        else:
            self.sheet.write_number(row, column, cell.number, form)

    def _format(self, row: int, column: int, cell: Cell, *, total: bool) -> Format:
        head = row < self.body_row
        align = cell.align or ("center" if head else self.table.columns[column].align)
        values: dict[str, Any] = {
            "border": 1,
            "text_wrap": True,
            "valign": "vcenter",
            "align": align,
        }
        if head or total or cell.strong:
            values["bold"] = True
        if head or total:
            values["bg_color"] = "#E6E8EA" if head else "#F4F5F6"
        if share := share_of(cell):
            values["num_format"] = share[1]
        elif cell.number is not None:
            values["num_format"] = number_format(cell, in_thousand=THOUSAND in self.table.unit)
        return self.formats.of(**values)

    @cached_property
    def formulas(self) -> dict[Place, str]:
        """The sheet's places whose figure is the sum of others; a column goes before a row."""
        found: dict[Place, str] = {}
        for each in sums(self.table):
            row, column = each.at
            parts = ",".join(self._range(*run) for run in _runs(each.of))
            found.setdefault((row + self.body_row, column), f"=SUM({parts})")
        return found

    def _range(self, first: Place, last: Place) -> str:
        down = self.body_row
        return str(xl_range(first[0] + down, first[1], last[0] + down, last[1]))


def _runs(cells: tuple[Place, ...]) -> Iterator[tuple[Place, Place]]:
    """The cells as unbroken runs, down a column or along a row: the first and last of each."""
    start = before = cells[0]
    for cell in cells[1:]:
        if cell not in ((before[0] + 1, before[1]), (before[0], before[1] + 1)):
            yield start, before
            start = cell
        before = cell
    yield start, before
