"""What an official paper is made of: plain frozen values that every renderer draws.

A domain's ``documents.py`` builds a `Document` from its records. `Document.to_json` and
`Document.from_json` are there and back without loss, so that a paper can be kept as it was. A
value that cannot be drawn raises `ValueError` when built.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, Self

from apps.core.outline import OutlineLine, parse
from apps.documents import codec

Align = Literal["left", "center", "right"]
#: A month of a task: no work, the month its text names, or one derived from its period.
MonthState = Literal["none", "stated", "derived"]


def roman(number: int) -> str:
    """The numeral of a chapter, ``Ⅰ`` to ``Ⅻ``."""
    if not 1 <= number <= 12:
        raise ValueError(f"장 번호는 1부터 12까지입니다: {number}")
    return chr(ord("Ⅰ") + number - 1)


@dataclass(frozen=True, slots=True)
class TitleBox:
    """The document's own title and subtitle in the double-ruled box a paper opens with.

    A ``cover`` is a page of its own, with the issuer and the day of issue at its foot.
    """

    cover: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """The purpose in a few lines, boxed below the title of a paper or the heading of a task."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: 1 is the bar of a chapter (``Ⅰ``), 2 a section (``1.``), 3 a task (``1-1``)."""

    level: Literal[1, 2, 3]
    text: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """Text in the office's □ ○ - · ※ lines; build it from what was typed by `Outline.of`."""

    lines: tuple[OutlineLine, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        return cls(parse(text))


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """Short facts, each a (label, text) pair: 추진근거, 추진기간, 소요예산 …"""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` is a share of the table's width. A ``head`` column names its rows (구분)."""

    width: int = 1
    align: Align = "left"
    head: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Text of a cell, of one or more lines; lines that begin with a mark hang like an outline."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    align: Align | None = None
    strong: bool = False


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

    Raises `ValueError` when cells and spans do not fill the columns exactly.
    """

    columns: tuple[Column, ...]
    head: tuple[Row, ...]
    groups: tuple[RowGroup, ...]
    caption: str = ""
    unit: str = ""

    def __post_init__(self) -> None:
        for rows in (self.head, *(group.rows for group in self.groups)):
            places(rows, len(self.columns))


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A task and its twelve months, January first."""

    label: str
    months: tuple[MonthState, ...]

    def __post_init__(self) -> None:
        if len(self.months) != 12:
            raise ValueError(f"월별 일정은 12칸이어야 합니다: {self.label}")


@dataclass(frozen=True, slots=True)
class MonthArea:
    """A focus area and its tasks."""

    title: str
    rows: tuple[MonthRow, ...]


@dataclass(frozen=True, slots=True)
class MonthChart:
    """The year's schedule on one page: ``title`` heads the months, as ``2016년 월별 일정``."""

    title: str
    areas: tuple[MonthArea, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart; ``text`` is the value as printed, as ``63개``."""

    label: str
    value: int
    text: str

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError(f"막대 값은 0 이상이어야 합니다: {self.label}")


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars side by side, in the given order, on a scale from zero."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a process: what, its details, when and by whom (``전부서 ► 일자리지원과``)."""

    title: str
    lines: tuple[str, ...] = ()
    when: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    """A process: its steps from left to right, joined by arrows."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class OrgBox:
    """A body of an organization chart, with lines below its name."""

    title: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrgTier:
    """Bodies that stand side by side; ``label`` says what they are together."""

    boxes: tuple[OrgBox, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class OrgChart:
    """An organization chart, its tiers from the top."""

    title: str
    tiers: tuple[OrgTier, ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who signs at the end of a paper: (position, name) pairs; an empty name is written by hand."""

    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Attachments:
    """The papers bound to this one (붙임), listed as ``1. … 1부.`` and closed by ``끝.``"""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark, printed after ``※``."""

    text: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Node = (
    TitleBox
    | Summary
    | Heading
    | Outline
    | KeyFacts
    | Table
    | MonthChart
    | BarChart
    | Steps
    | OrgChart
    | Signatures
    | Attachments
    | Note
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class Document:
    """A paper. ``title`` also names the PDF; ``issuer`` is the office that hands it up.

    ``subtitle`` and ``issued_on`` are text as printed, as ``2016. 4.``. Headings go down one
    level at a time, or a reader that listens to the paper loses its way: else `ValueError`.
    """

    title: str
    issuer: str
    nodes: tuple[Node, ...]
    subtitle: str = ""
    issued_on: str = ""

    def __post_init__(self) -> None:
        above = 0
        for node in self.nodes:
            if isinstance(node, Heading):
                if node.level > above + 1:
                    raise ValueError(f"제목 단계를 건너뛸 수 없습니다: {node.text}")
                above = node.level

    def to_json(self) -> dict[str, Any]:
        """The paper as JSON values, ready for a ``JSONField``."""
        data: dict[str, Any] = codec.encode(self)
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The paper that `to_json` wrote; `ValueError` or `KeyError` for anything else."""
        return codec.decode(cls, data)


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
