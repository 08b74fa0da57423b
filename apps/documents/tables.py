"""Tables of a paper: cells, spans, and which figures are sums of which."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Self

from apps.core.money import comma, thousand

Align = Literal["left", "center", "right"]
Place = tuple[int, int]
THOUSAND = "천원"
#: A table of so many rows or fewer is never broken over two pages.
WHOLE_ROWS = 12
#: How offices write a number below zero.
LESS = "△"


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` is a share of the table's width. A ``head`` column names its rows (구분).

    A ``total`` column holds the sums of the figures to its left.
    """

    width: int = 1
    align: Align = "left"
    head: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Text of a cell, of one or more lines; lines that begin with a mark hang like an outline.

    ``number`` is the exact figure behind the text: whole won where it is money, else a count.
    """

    text: str
    colspan: int = 1
    rowspan: int = 1
    align: Align | None = None
    strong: bool = False
    number: int | None = None

    @classmethod
    def thousand(cls, won: int, *, strong: bool = False) -> Self:
        """Money in 천원; nothing is ``-``."""
        return cls(thousand(won) if won else "-", strong=strong, number=won)

    @classmethod
    def count(cls, number: int, unit: str = "") -> Self:
        """A count, or money in won, with its commas."""
        return cls(f"{comma(number)}{unit}", number=number)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells that begin in this row, from the left; a ``total`` row (계) is set off."""

    cells: tuple[Cell, ...]
    total: bool = False

    @classmethod
    def of(cls, *cells: str | Cell, total: bool = False) -> Self:
        """A row of cells, plain text where a cell needs no more."""
        return cls(tuple(Cell(c) if isinstance(c, str) else c for c in cells), total)


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows that stay together on one page; a row span may not leave its group."""

    rows: tuple[Row, ...]

    @classmethod
    def of(cls, *rows: Row) -> Self:
        return cls(rows)

    @classmethod
    def each(cls, rows: Iterable[Row]) -> tuple[Self, ...]:
        """Every row a group of its own: the table may break between any two rows."""
        return tuple(cls((row,)) for row in rows)


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``unit`` is the text at its upper right, as ``단위: 천원``.

    A ``dense`` one is set small, for a page that has to hold much. Raises `ValueError` when cells
    and spans do not fill the columns exactly.
    """

    columns: tuple[Column, ...]
    head: tuple[Row, ...]
    groups: tuple[RowGroup, ...]
    caption: str = ""
    unit: str = ""
    dense: bool = False

    def __post_init__(self) -> None:
        for rows in (self.head, *(group.rows for group in self.groups)):
            places(rows, len(self.columns))

    @property
    def body(self) -> tuple["BodyRow", ...]:
        """The rows of all groups, their cells by the column they begin at."""
        return tuple(
            BodyRow(dict(placed), row.total)
            for group in self.groups
            for row, placed in zip(group.rows, places(group.rows, len(self.columns)), strict=True)
        )


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A row of a table's body as it is laid out."""

    cells: dict[int, Cell]
    total: bool

    @property
    def numbers(self) -> dict[int, int]:
        """The figures of the row by their columns."""
        return {c: cell.number for c, cell in self.cells.items() if cell.number is not None}


def places(rows: tuple[Row, ...], width: int) -> tuple[tuple[tuple[int, Cell], ...], ...]:
    """Each row's cells with the column they begin at, by the spans to their left and above.

    Raises `ValueError` when the rows leave a hole, overlap or reach beyond ``width`` columns.
    """
    taken = [0] * width  # how many rows, this one included, a span still covers in a column
    result = []
    for row in rows:
        begun = []
        column = 0
        for cell in row.cells:
            while column < width and taken[column]:
                column += 1
            end = column + cell.colspan
            if cell.colspan < 1 or cell.rowspan < 1 or end > width or any(taken[column:end]):
                raise ValueError(f"표의 칸이 열에 맞지 않습니다: {cell.text}")
            taken[column:end] = [cell.rowspan] * cell.colspan
            begun.append((column, cell))
            column = end
        if not all(taken):
            raise ValueError("표의 행에 빈 칸이 있습니다")
        taken = [left - 1 for left in taken]
        result.append(tuple(begun))
    if any(taken):
        raise ValueError("표의 행 병합이 묶음을 벗어납니다")
    return tuple(result)


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure that is exactly the sum of others; places are (row, column) of the table's body."""

    at: Place
    of: tuple[Place, ...]


def sums(table: Table) -> Iterator[Sum]:
    """The figures of a table that really add up, by their exact numbers.

    A total row (계) sums the rows since the total above it, or all rows that are no total; a total
    column the figures to its left. A figure that looks like a sum and is none is not given.
    """
    rows = table.body
    for r, row in enumerate(rows):
        for c in row.numbers:
            if row.total:
                yield from _first_sum(rows, (r, c), _above(rows, r, c))
            if table.columns[c].total:
                yield from _first_sum(rows, (r, c), _left(table, row, r, c))


def _above(rows: tuple["BodyRow", ...], r: int, c: int) -> Iterator[tuple[Place, ...]]:
    plain = [i for i in range(r) if not rows[i].total and c in rows[i].numbers]
    since = max((i for i in range(r) if rows[i].total), default=-1)
    yield tuple((i, c) for i in plain if i > since)
    yield tuple((i, c) for i in plain)


def _left(table: Table, row: "BodyRow", r: int, c: int) -> Iterator[tuple[Place, ...]]:
    since = max((i for i in range(c) if table.columns[i].total), default=-1)
    yield tuple((r, i) for i in row.numbers if since < i < c)


def _first_sum(
    rows: tuple["BodyRow", ...], at: Place, candidates: Iterable[tuple[Place, ...]]
) -> Iterator[Sum]:
    def number(place: Place) -> int:
        return rows[place[0]].numbers[place[1]]

    for of in candidates:
        if of and sum(map(number, of)) == number(at):
            yield Sum(at, of)
            return


def needs_rounding_note(table: Table) -> bool:
    """Whether figures in 천원, each rounded, do not add up to the total as printed (R63)."""
    if THOUSAND not in table.unit:
        return False
    rows = table.body

    def printed(place: Place) -> int | None:
        number = rows[place[0]].numbers[place[1]]
        text = thousand(number)
        said = rows[place[0]].cells[place[1]].text.replace(LESS, "-")
        return int(text.replace(",", "")) if said == text or not number else None

    for each in sums(table):
        total, parts = printed(each.at), [printed(place) for place in each.of]
        if total is not None and None not in parts and sum(filter(None, parts)) != total:
            return True
    return False
