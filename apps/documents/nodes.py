"""What an official paper is made of: plain frozen values that every renderer draws.

A domain's ``documents.py`` builds a `Document` from its records. `Document.to_json` and
`Document.from_json` are there and back without loss, so that a paper can be kept as it was. A
value that cannot be drawn raises `ValueError` when built.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, Self

from apps.core.outline import OutlineLine, parse
from apps.documents import codec
from apps.documents.tables import THOUSAND, needs_rounding_note
from apps.documents.tables import Align as Align
from apps.documents.tables import Cell as Cell
from apps.documents.tables import Column as Column
from apps.documents.tables import Row as Row
from apps.documents.tables import RowGroup as RowGroup
from apps.documents.tables import Table as Table
from apps.documents.tables import places as places

#: Printed below a table whose rounded figures do not add up (R63).
ROUNDING = "천원 단위로 반올림하여 합계가 맞지 않을 수 있음"
#: So many sign one below the other.
FEW_SIGNERS = 6
#: A month of a task: no work, the month its text names, or one derived from its period.
MonthState = Literal["none", "stated", "derived"]
#: What the marks of a month chart mean.
MONTH_MARKS = "● 계획에 적힌 달, ◇ 기간·일정에서 도출"


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
class Contents:
    """차례: the paper's headings down to ``depth``, each with the page it stands on."""

    depth: Literal[1, 2, 3] = 3


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
    """A bar of a chart; ``text`` is the value as printed, as ``63개``.

    ``extra`` stands on top of it in another shade: what is not certain yet.
    """

    label: str
    value: int
    text: str
    extra: int = 0
    extra_text: str = ""

    def __post_init__(self) -> None:
        if min(self.value, self.extra) < 0:
            raise ValueError(f"막대 값은 0 이상이어야 합니다: {self.label}")


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars side by side, in the given order, on a scale from zero.

    ``legend`` names what a bar and what its extra part is; it is empty where no bar has one.
    """

    title: str
    bars: tuple[Bar, ...]
    legend: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.legend) not in (0, 2):
            raise ValueError(f"막대의 범례는 둘이거나 없어야 합니다: {self.title}")


@dataclass(frozen=True, slots=True)
class ChartLine:
    """A line of a chart: won, one amount a point; it may stop before the last point."""

    label: str
    values: tuple[int, ...]

    def __post_init__(self) -> None:
        if min(self.values, default=0) < 0:
            raise ValueError(f"선 그래프의 값은 0 이상이어야 합니다: {self.label}")


@dataclass(frozen=True, slots=True)
class LineChart:
    """Money over ``points``, on a scale from zero in 천원; the first line is what it is about.

    Each line has a stroke and a mark of its own, so there are three at most.
    """

    title: str
    points: tuple[str, ...]
    lines: tuple[ChartLine, ...]

    def __post_init__(self) -> None:
        if len(self.lines) > 3:
            raise ValueError(f"선은 셋까지 그릴 수 있습니다: {self.title}")
        if any(len(line.values) > len(self.points) for line in self.lines):
            raise ValueError(f"선의 값이 눈금보다 많습니다: {self.title}")

    @property
    def table(self) -> Table:
        """The same as numbers: a row a point, ``-`` beyond the end of a line."""
        return Table(
            columns=(Column(head=True), *(Column(2, "right") for _ in self.lines)),
            head=(Row.of("구분", *(line.label for line in self.lines)),),
            groups=RowGroup.each(
                Row.of(
                    point,
                    *(
                        Cell.thousand(line.values[at]) if at < len(line.values) else Cell("-")
                        for line in self.lines
                    ),
                )
                for at, point in enumerate(self.points)
            ),
            caption=self.title,
            unit=f"단위: {THOUSAND}",
        )


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

    @property
    def many(self) -> bool:
        """Whether they sign in two columns, so that all stand on one page with the text."""
        return len(self.people) > FEW_SIGNERS


@dataclass(frozen=True, slots=True)
class Certificate:
    """A page of its own by which the office honors or appoints somebody: 위촉장.

    ``facts`` say who it is for, as (label, text) pairs; ``day`` is text as printed, and
    ``signed`` the head of the office whose seal goes on it.
    """

    title: str
    number: str
    facts: tuple[tuple[str, str], ...]
    text: str
    day: str
    signed: str


@dataclass(frozen=True, slots=True)
class Nameplate:
    """A page of its own to fold and stand on a table: the name large, the post above it."""

    post: str
    name: str


@dataclass(frozen=True, slots=True)
class Attachments:
    """The papers that go with this one (붙임), closed by ``끝.``

    One alone has no number; several are listed as ``1. … 1부.``
    """

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoundPages:
    """Pages of another file bound in: as many empty ones, which its own are laid over afterwards.

    ``label`` runs along their foot, as ``붙임 1-2 현황.pdf``. The first begins below the heading
    above the node, which opens the page; the names of all (`names`) are the places to lay them
    over.
    """

    key: str
    label: str
    pages: int

    def __post_init__(self) -> None:
        if self.pages < 1:
            raise ValueError(f"묶을 쪽이 없습니다: {self.label}")

    @property
    def names(self) -> tuple[str, ...]:
        """``bound-<key>-1`` and so on: what the PDF calls the place of each page."""
        return tuple(f"bound-{self.key}-{page}" for page in range(1, self.pages + 1))


@dataclass(frozen=True, slots=True)
class Note:
    """A remark, printed after ``※``."""

    text: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Node = (
    TitleBox
    | Contents
    | Summary
    | Heading
    | Outline
    | KeyFacts
    | Table
    | MonthChart
    | BarChart
    | LineChart
    | Steps
    | OrgChart
    | Signatures
    | Certificate
    | Nameplate
    | Attachments
    | BoundPages
    | Note
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class Document:
    """A paper. ``title`` also names the PDF; ``issuer`` is the office that hands it up.

    ``subtitle`` and ``issued_on`` are text as printed, as ``2016. 4.``. Headings go down one
    level at a time, or a reader that listens to the paper loses its way: else `ValueError`.
    A table whose rounded figures do not add up is followed by a note that says so.
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
        object.__setattr__(self, "nodes", tuple(_with_rounding_notes(self.nodes)))

    def headings(self, depth: int = 3) -> tuple[Heading, ...]:
        """The headings of ``depth`` levels, in the order of the paper."""
        return tuple(n for n in self.nodes if isinstance(n, Heading) and n.level <= depth)

    def to_json(self) -> dict[str, Any]:
        """The paper as JSON values, ready for a ``JSONField``."""
        data: dict[str, Any] = codec.encode(self)
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The paper that `to_json` wrote; `ValueError` or `KeyError` for anything else.

        It has the nodes that were kept and no others: notes on rounding are not added again.
        """
        paper = codec.decode(cls, data | {"nodes": []})
        object.__setattr__(paper, "nodes", codec.decode(tuple[Node, ...], data["nodes"]))
        return paper


def _with_rounding_notes(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """The nodes, each table that needs it followed by the note; one already there stays one."""
    note = Note(ROUNDING)
    for place, node in enumerate(nodes, 1):
        yield node
        said = nodes[place : place + 1] == (note,)
        if isinstance(node, Table) and not said and needs_rounding_note(node):
            yield note
