"""Rows pasted from Excel: the box they come in by, and the sheet in which they are corrected.

The sheet is the form: every cell is a field of it, and nothing is kept anywhere else until all of
it is saved. Its fields: ``heading`` and ``column`` (what it means) of each column, ``rows`` (how
many), ``c0``, ``c1``, … the cells of a row from left to right, ``take`` (the rows that are to be
saved; with a ``d`` those the user has seen to be doubles), ``firm-0``, … (the firm chosen for a
row), ``unit`` of plain amounts, ``fill-kind``, … (what goes into empty cells), ``key``, ``shown``
(by which unit and columns the sheet was read when it was last seen), ``asked`` (the large amounts
that were asked about then).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict

from apps.accounts.models import Department
from apps.core.forms import Form
from apps.core.money import UNITS
from apps.imports.columns import Column, guess, is_total
from apps.procurement.enums import ContractMethod, PurchaseChannel, PurchaseKind
from apps.procurement.intake.clipboard import (
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_ROWS,
    MOST_TITLES,
    split,
)

BLANK_ROWS = 10
MOST_LINES = MOST_ROWS + MOST_TITLES
#: Columns a record cannot be without are added where they were not pasted.
WIDEST = MOST_COLUMNS + 7
TOTAL = "합계 줄로 보입니다."
CHOICES: dict[str, type[models.TextChoices]] = {
    "kind": PurchaseKind,
    "channel": PurchaseChannel,
    "contract": ContractMethod,
}


class PasteForm(Form):
    """The box for what was copied in Excel; its rows come out as ``rows``."""

    text = forms.CharField(
        label="엑셀에서 복사한 내용",
        strip=False,
        widget=forms.Textarea(
            {
                "rows": 12,
                "autofocus": True,
                "spellcheck": "false",
                "maxlength": MOST_LETTERS,
                "data-paste-box": True,
            }
        ),
        help_text="이 칸에서 Ctrl+V를 누르면 바로 표로 읽습니다. 아직 저장하지 않습니다.",
    )

    def clean_text(self) -> list[list[str]]:
        text = self.cleaned_data["text"]
        rows = split(text)
        if len(rows) > MOST_LINES or len(text) >= MOST_LETTERS:
            raise ValidationError(
                f"한 번에 {MOST_ROWS}줄까지 붙여 넣을 수 있습니다. "
                "더 많으면 나누어 넣거나 파일로 가져와 주세요."
            )
        if rows and len(rows[0]) > MOST_COLUMNS:
            raise ValidationError(
                f"{MOST_COLUMNS}열까지 붙여 넣을 수 있습니다. 필요한 열만 복사해 주세요."
            )
        if not rows:
            raise ValidationError("붙여 넣은 줄이 없습니다. 엑셀에서 복사한 뒤 붙여 넣어 주세요.")
        return rows


@dataclass(frozen=True, slots=True)
class Fill:
    """A word for all empty cells of a column, to choose from ``words``."""

    key: str
    heading: str
    words: Sequence[str]


def fills(names: Mapping[str, str], departments: Iterable[Department]) -> list[Fill]:
    """The columns whose empty cells can be filled; ``departments`` where a user may choose."""
    found = [Fill(key, names[key], choices.labels) for key, choices in CHOICES.items()]
    called = [department.name for department in departments]
    return [*found, Fill("department", names["department"], called)] if called else found


@dataclass(slots=True)
class Cell:
    """One cell: what stands in it, and what is said of it.

    ``fault`` is why it cannot be taken, ``read`` how it was read where that is not plain,
    ``offers`` the firms (key, label) one of which is meant, ``chosen`` the one the user means;
    ``asked`` is what that is remembered by.
    """

    row: int
    key: str
    label: str
    text: str
    fault: str = ""
    read: str = ""
    offers: tuple[tuple[int, str], ...] = ()
    asked: str = ""
    chosen: int | None = None

    @property
    def name(self) -> str:
        return f"{self.row}행 {self.label}"

    @property
    def anchor(self) -> str:
        return f"cell-{self.row}-{self.key}"


@dataclass(slots=True)
class Line:
    """A row of the sheet; ``take``: it is to be saved. ``remark`` says why it is better not.

    ``double``: it is like another row or a purchase recorded; ``seen``: the user was told so.
    ``chosen`` is the firm the user means by its name.
    """

    row: int
    cells: list[Cell]
    take: bool = True
    seen: bool = False
    double: bool = False
    remark: str = ""
    chosen: int | None = None

    @property
    def place(self) -> int:
        """Its number in the names of its fields."""
        return self.row - 1

    @property
    def take_value(self) -> str:
        return f"{self.place}d" if self.double else str(self.place)

    @property
    def values(self) -> dict[str, str]:
        return {cell.key: cell.text for cell in self.cells if cell.key}

    @property
    def filled(self) -> bool:
        return any(cell.text for cell in self.cells)

    def cell(self, key: str) -> Cell:
        return next(cell for cell in self.cells if cell.key == key)


class Grid:
    """The sheet: its columns, each with the key of what it means (empty: not used), and lines."""

    def __init__(
        self,
        columns: Sequence[Column],
        headings: Sequence[str],
        keys: Sequence[str],
        rows: Sequence[Sequence[str]],
        unit: str = "",
        key: UUID | None = None,
    ) -> None:
        self.names = {column.key: column.heading for column in columns}
        self.headings, self.keys = list(headings), [key * (key in self.names) for key in keys]
        self.unit, self.key = unit or "원", key or uuid4()
        self.lines = [
            Line(
                row,
                [
                    Cell(row, key, self.names.get(key, heading), _one_line(text))
                    for heading, key, text in zip(self.headings, self.keys, texts, strict=True)
                ],
            )
            for row, texts in enumerate(rows, 1)
        ]
        for line in self.lines:
            if is_total([cell.text for cell in line.cells]):
                line.remark = TOTAL
        self.above = 0
        #: Sent with another unit or other columns than the user has seen it read by.
        self.changed = False
        #: The large amounts the user has been asked about (see ``Check.large``).
        self.asked = ""

    @classmethod
    def blank(cls, columns: Sequence[Column], without: Collection[str]) -> "Grid":
        """The standard columns but for some, to be typed into."""
        headings = [column.heading for column in columns if column.key not in without]
        keys = [column.key for column in columns if column.key not in without]
        return cls(columns, headings, keys, [[""] * len(keys)] * BLANK_ROWS)

    @classmethod
    def pasted(cls, rows: Sequence[Sequence[str]], columns: Sequence[Column]) -> "Grid":
        """With the columns guessed; headings and what stands above them left off."""
        layout = guess(rows, columns)
        grid = cls(columns, layout.headings, layout.keys, rows[layout.above :], layout.unit)
        grid.above = layout.above
        for line in grid.lines:
            line.take = not line.remark
        return grid

    @classmethod
    def posted(cls, data: QueryDict, columns: Sequence[Column]) -> "Grid":
        """As it was sent; what no sheet of ours sends is left out."""
        headings, keys = data.getlist("heading")[:WIDEST], data.getlist("column")
        width = min(len(headings), len(keys))
        rows = [
            (data.getlist(f"c{place}") + [""] * width)[:width]
            for place in range(min(_number(data.get("rows")) or 0, MOST_LINES))
        ]
        unit = data.get("unit", "")
        known = unit if unit in UNITS else ""
        grid = cls(columns, headings[:width], keys[:width], rows, known, _key(data.get("key")))
        grid.changed = data.get("shown", "") != grid.reading
        grid.asked = data.get("asked", "")
        taken = data.getlist("take")
        for line in grid.lines:
            line.seen = f"{line.place}d" in taken
            line.take = line.seen or str(line.place) in taken
            line.chosen = _number(data.get(f"firm-{line.place}"))
        grid._drop_empty_twins()
        for key in grid.names:
            if word := data.get(f"fill-{key}"):
                grid.fill(key, word)
        return grid

    @property
    def reading(self) -> str:
        """What decides how much the amounts are: the unit, and what each column means."""
        return ",".join([self.unit, *self.keys])

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Each column as the sheet calls it, and its key."""
        return list(zip(self.headings, self.keys, strict=True))

    @property
    def filled(self) -> list[Line]:
        """The lines with something in them."""
        return [line for line in self.lines if line.filled]

    @property
    def taken(self) -> list[Line]:
        """Those of them that are to be saved."""
        return [line for line in self.filled if line.take]

    @property
    def faults(self) -> list[Cell]:
        """The cells to be corrected."""
        return [cell for line in self.taken for cell in line.cells if cell.fault]

    def add_column(self, key: str) -> None:
        """An empty column at the right, for what was not pasted."""
        heading = self.names[key]
        self.headings.append(heading)
        self.keys.append(key)
        for line in self.lines:
            line.cells.append(Cell(line.row, key, heading, ""))

    def fill(self, key: str, word: str) -> None:
        """Write ``word`` into the empty cells of a column, which is added where there is none."""
        if key not in self.keys:
            self.add_column(key)
        for line in self.filled:
            cell = line.cell(key)
            cell.text = cell.text or word

    def add_lines(self) -> None:
        """Some empty lines below, as far as there is room."""
        for row in range(len(self.lines) + 1, min(len(self.lines) + BLANK_ROWS, MOST_ROWS) + 1):
            cells = [
                Cell(row, key, self.names.get(key, heading), "") for heading, key in self.columns
            ]
            self.lines.append(Line(row, cells))

    def _drop_empty_twins(self) -> None:
        """Where a column was given the meaning of an empty one, that one is not needed any more."""
        for place in reversed(range(len(self.keys))):
            alike = self.keys[place] and self.keys.count(self.keys[place]) > 1
            if alike and not any(line.cells[place].text for line in self.lines):
                del self.keys[place], self.headings[place]
                for line in self.lines:
                    del line.cells[place]


def _one_line(text: str) -> str:
    return " ".join(text.replace("\0", "").split())


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None


def _key(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
