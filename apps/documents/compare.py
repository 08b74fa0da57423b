"""Two papers side by side: what was changed, added or removed, chapter by chapter.

Papers are compared by what they say, not how they look: each chapter, section and task as a list
of short passages (a line, a row of a table, a step of a process). Headings are matched by their
number, so that a task that only gets another title is still the same task.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import singledispatch
from itertools import count
from typing import Literal

from apps.core.dates import spans
from apps.core.differences import Piece, beside
from apps.documents.nodes import (
    Attachments,
    BarChart,
    BoundPages,
    Cell,
    Certificate,
    Column,
    Document,
    Heading,
    KeyFacts,
    LineChart,
    MonthChart,
    Node,
    Note,
    OrgChart,
    Outline,
    Row,
    RowGroup,
    Signatures,
    Steps,
    Summary,
    Table,
    TitleBox,
    places,
)

#: Passages less alike than this are not one passage changed, but one removed and one added.
ALIKE = 0.5
#: Between the cells of a row.
BAR = " │ "
HEAD = "표지"
Kind = Literal["changed", "added", "removed"]
KINDS: dict[Kind, str] = {"changed": "변경", "added": "추가", "removed": "삭제"}


@dataclass(frozen=True, slots=True)
class Change:
    """One passage as it was and as it is; an added one has no ``old``, a removed one no ``new``."""

    kind: Kind
    old: tuple[Piece, ...] = ()
    new: tuple[Piece, ...] = ()

    @property
    def label(self) -> str:
        return KINDS[self.kind]

    @property
    def old_text(self) -> str:
        return "".join(piece.text for piece in self.old)

    @property
    def new_text(self) -> str:
        return "".join(piece.text for piece in self.new)


@dataclass(frozen=True, slots=True)
class Place:
    """A chapter, section or task in which something changed; ``title`` with those above it."""

    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class _Passage:
    """``key`` names what stays the same when the rest changes: the first cell of a row."""

    text: str
    key: str = ""


@dataclass(slots=True)
class _Part:
    title: str
    passages: list[_Passage]


def compare(old: Document, new: Document) -> tuple[Place, ...]:
    """Where ``new`` differs from ``old``, in the order of the new paper.

    What only the old paper has stands where it stood there. Equal papers give nothing.
    """
    before, after = _parts(old), _parts(new)
    found = []
    for key in _merged(list(before), list(after)):
        changes = tuple(_changes(_passages(before, key), _passages(after, key)))
        if changes:
            found.append(Place((after.get(key) or before[key]).title, changes))
    return tuple(found)


def _passages(parts: dict[str, _Part], key: str) -> list[_Passage]:
    return parts[key].passages if key in parts else []


def _merged(old: list[str], new: list[str]) -> Iterator[str]:
    """The keys of both, in the new order; old ones where they stood."""
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (key for key in old[i:j] if key not in new)
        yield from new[k:m]


def _parts(document: Document) -> dict[str, _Part]:
    """The paper cut at its headings, by the numbers of the headings above and of its own."""
    part = _Part(HEAD, [])
    parts = {"": part}
    above: list[Heading] = []
    for node in document.nodes:
        if isinstance(node, Heading):
            above = [*above[: node.level - 1], node]
            part = _Part(" › ".join(_named(h) for h in above), [_Passage(_named(node), "제목")])
            parts[_free("/".join(h.number or h.text for h in above), parts)] = part
        else:
            if isinstance(node, TitleBox):
                lines = (document.title, document.subtitle, document.issuer)
                part.passages += [_Passage(line) for line in lines if line]
            part.passages += _said(node)
    return parts


def _named(heading: Heading) -> str:
    return f"{heading.number} {heading.text}".strip()


def _free(key: str, taken: dict[str, _Part]) -> str:
    """A number that stands twice still makes two parts."""
    if key not in taken:
        return key
    return next(other for n in count(2) if (other := f"{key}#{n}") not in taken)


def _changes(old: list[_Passage], new: list[_Passage]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, [p.text for p in old], [p.text for p in new], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            yield from _paired(old[i:j], new[k:m])


def _paired(old: Sequence[_Passage], new: Sequence[_Passage]) -> Iterator[Change]:
    """Passages that are one passage changed, side by side; the rest removed and added."""
    rest = list(new)
    for was in old:
        at = next((n for n, now in enumerate(rest) if _same(was, now)), None)
        if at is None:
            yield Change("removed", old=(Piece(was.text, marked=True),))
            continue
        yield from (_added(now) for now in rest[:at])
        yield _changed(was.text, rest[at].text)
        rest = rest[at + 1 :]
    yield from (_added(now) for now in rest)


def _same(old: _Passage, new: _Passage) -> bool:
    if old.key or new.key:
        return old.key == new.key
    return SequenceMatcher(None, old.text, new.text, autojunk=False).ratio() >= ALIKE


def _added(passage: _Passage) -> Change:
    return Change("added", new=(Piece(passage.text, marked=True),))


def _changed(old: str, new: str) -> Change:
    return Change("changed", *beside(old, new))


@singledispatch
def _said(node: Node) -> Iterator[_Passage]:
    """What a node says, passage by passage. A page break or a contents list says nothing."""
    yield from ()


@_said.register
def _(node: Summary) -> Iterator[_Passage]:
    yield from (_Passage(line.strip()) for line in node.text.splitlines() if line.strip())


@_said.register
def _(node: Outline) -> Iterator[_Passage]:
    yield from (_Passage(f"{line.mark} {line.text}".strip()) for line in node.lines if line.text)


@_said.register
def _(node: KeyFacts) -> Iterator[_Passage]:
    for label, text in node.pairs:
        yield _Passage(f"{label}: {text}", label)


@_said.register
def _(node: Table) -> Iterator[_Passage]:
    """Each row with the text of spans from above it, so that a row is whole by itself."""
    named = sum(column.head for column in node.columns) or 1
    for rows in (node.head, *(group.rows for group in node.groups)):
        for cells in _filled(rows, len(node.columns)):
            yield _Passage(_row(cells), _row(cells[:named]))


def _row(cells: list[str | None]) -> str:
    return BAR.join(text for text in cells if text is not None)


def _filled(rows: tuple[Row, ...], width: int) -> Iterator[list[str | None]]:
    """The cells of each row by column; ``None`` where one reaches over from the left."""
    above: list[tuple[str | None, int]] = [(None, 0)] * width
    for placed in places(rows, width):
        cells = [(text, left - 1) for text, left in above]
        for column, cell in placed:
            text = " ".join(cell.text.split())
            reach = [(None, cell.rowspan)] * (cell.colspan - 1)
            cells[column : column + cell.colspan] = [(text, cell.rowspan), *reach]
        above = cells
        yield [text for text, _ in cells]


@_said.register
def _(node: MonthChart) -> Iterator[_Passage]:
    for area in node.areas:
        for row in area.rows:
            months = frozenset(n for n, state in enumerate(row.months, 1) if state != "none")
            runs = (f"{a}월" if a == b else f"{a}월~{b}월" for a, b in spans(months))
            yield _Passage(f"{row.label}: {', '.join(runs) or '없음'}", row.label)


@_said.register
def _(node: BarChart) -> Iterator[_Passage]:
    for bar in node.bars:
        extra = f", {bar.extra_text}" if bar.extra_text else ""
        yield _Passage(f"{bar.label}: {bar.text}{extra}", bar.label)


@_said.register
def _(node: LineChart) -> Iterator[_Passage]:
    yield from _said(node.table)


@_said.register
def _(node: Steps) -> Iterator[_Passage]:
    for step in node.steps:
        said = (step.title, *step.lines, step.when, step.who)
        yield _Passage(BAR.join(part for part in said if part), step.title)


@_said.register
def _(node: OrgChart) -> Iterator[_Passage]:
    for tier in node.tiers:
        for box in tier.boxes:
            yield _Passage(BAR.join((box.title, *box.lines)), box.title)


@_said.register
def _(node: Signatures) -> Iterator[_Passage]:
    yield from (_Passage(f"{position}: {name}", position) for position, name in node.people)


@_said.register
def _(node: Certificate) -> Iterator[_Passage]:
    yield _Passage(f"{node.title} {node.number}", node.number)
    yield from (_Passage(f"{label}: {text}", label) for label, text in node.facts)
    yield from (_Passage(said) for said in (node.text, node.day, node.signed))


@_said.register
def _(node: Attachments) -> Iterator[_Passage]:
    yield from (_Passage(item) for item in node.items)


@_said.register
def _(node: BoundPages) -> Iterator[_Passage]:
    yield _Passage(f"{node.label} ({node.pages}쪽)", node.label)


@_said.register
def _(node: Note) -> Iterator[_Passage]:
    yield _Passage(f"※ {node.text}")


def comparison_table(found: tuple[Place, ...], *, old: str, new: str) -> Table:
    """수정 대비표: below each place the old and the new text beside each other."""
    return Table(
        columns=(Column(50), Column(50)),
        head=(Row.of(old, new),),
        groups=tuple(group for place in found for group in _groups(place)),
    )


def _groups(place: Place) -> Iterator[RowGroup]:
    """The place's title stays with its first change."""
    title = Row.of(Cell(place.title, colspan=2, strong=True))
    first, *rest = (
        Row.of(change.old_text or "(없음)", change.new_text or "(삭제)") for change in place.changes
    )
    yield RowGroup.of(title, first)
    yield from RowGroup.each(rest)
