"""Charts, processes and organization charts as tables, which every version of 한글 can edit."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from apps.core.outline import parse
from apps.documents.hwpx import styles
from apps.documents.hwpx.body import CELL_EDGE, CELL_SIDE, Block, Body, Box, Run, aligned, shares
from apps.documents.hwpx.draw import Paper, draw
from apps.documents.hwpx.looks import (
    BLUE,
    FAINT,
    ICE,
    LIGHT_BLUE,
    NAVY,
    PALE,
    RULE,
    SHADE,
    WHITE,
    Fill,
    Line,
)
from apps.documents.hwpx.tables import THIN, add_caption, cell_text, hanging, ruled
from apps.documents.hwpx.xml import WIDTH, mm
from apps.documents.nodes import (
    MONTH_MARKS,
    BarChart,
    LineChart,
    MonthChart,
    OrgChart,
    OrgTier,
    Step,
    Steps,
)

#: Between two steps, for the arrow.
ARROW = mm(6)
#: Margins in the box of a step.
STEP = (200, 260)


@draw.register
def _month_chart(node: MonthChart, paper: Paper) -> None:
    body = paper.body
    widths = shares([40, *[5] * 12])
    rows = [
        [_month_head(body, 0, "세부사업", rowspan=2), _month_head(body, 1, node.title, colspan=12)],
        [_month_head(body, month, str(month)) for month in range(1, 13)],
    ]
    for area in node.areas:
        title = cell_text(body, area.title, WIDTH - 2 * CELL_SIDE, strong=True)
        rows.append([Box(0, title, 13, fill=Fill(ground=PALE))])
        for row in area.rows:
            task = cell_text(body, row.label, widths[0] - 2 * CELL_SIDE)
            months = [_month(body, n, state) for n, state in enumerate(row.months, start=1)]
            rows.append([Box(0, task, fill=Fill(ground=FAINT)), *months])
    add_caption(body, "", f"({MONTH_MARKS})")
    body.add_table(styles.PLACE, widths, ruled(rows, 13), head=2, whole=True)


def _month_head(body: Body, column: int, text: str, *, colspan: int = 1, rowspan: int = 1) -> Box:
    said = cell_text(body, text, WIDTH, "center", strong=True)
    return Box(column, said, colspan, rowspan, Fill(ground=SHADE))


def _month(body: Body, month: int, state: str) -> Box:
    center = aligned(styles.CELL, "center")
    if state == "stated":
        white = replace(center, char=replace(center.char, color=WHITE))
        return Box(month, (body.block(white, "●"),), fill=Fill(ground=BLUE), margins=(0, CELL_EDGE))
    if state == "derived":
        fill = Fill(ground=ICE, hatch=LIGHT_BLUE)
        return Box(month, (body.block(center, "◇"),), fill=fill, margins=(0, CELL_EDGE))
    return Box(month, (body.block(center),), margins=(0, CELL_EDGE))


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell from ``start`` to ``end`` of the width, wherever the columns of other rows are."""

    start: int
    end: int
    blocks: tuple[Block, ...]
    fill: Fill = field(default_factory=Fill)


def _grid(body: Body, rows: Sequence[Sequence[Piece]], title: str) -> None:
    """Rows of pieces, each its own width, as one table: its columns begin wherever a piece does."""
    edges = sorted({edge for row in rows for piece in row for edge in (piece.start, piece.end)})
    boxes = [
        [
            Box(
                edges.index(piece.start),
                piece.blocks,
                edges.index(piece.end) - edges.index(piece.start),
                fill=piece.fill,
            )
            for piece in row
        ]
        for row in rows
    ]
    widths = [right - left for left, right in pairwise(edges)]
    body.add(styles.DRAWING, title)
    body.add_table(styles.PLACE, widths, boxes, whole=True)


@draw.register
def _bar_chart(node: BarChart, paper: Paper) -> None:
    body = paper.body
    most = max((bar.value + bar.extra for bar in node.bars), default=0) or 1
    start = WIDTH * 46 // 100
    named = WIDTH * 23 // 100
    room = WIDTH - start
    space = Line("1.5", WHITE)
    rows = []
    for bar in node.bars:
        text = f"{bar.text}\n{bar.extra_text}" if bar.extra_text else bar.text
        label = cell_text(body, bar.label, named - 2 * CELL_SIDE, "right")
        value = cell_text(body, text, start - named - 2 * CELL_SIDE, "right", strong=True)
        row = [Piece(0, named, label), Piece(named, start, value)]
        end = start
        for amount, ground in ((bar.value, BLUE), (bar.extra, LIGHT_BLUE)):
            if length := room * amount // most:
                fill = Fill(top=space, bottom=space, ground=ground)
                row.append(Piece(end, end + length, (body.block(styles.SMALL),), fill))
                end += length
        if end < WIDTH:
            row.append(Piece(end, WIDTH, (body.block(styles.SMALL),)))
        rows.append(row)
    _grid(body, rows, node.title)
    if node.legend:
        keys = [replace(styles.LEGEND.char, ground=ground) for ground in (BLUE, LIGHT_BLUE)]
        runs = [
            run
            for key, text in zip(keys, node.legend, strict=True)
            for run in (Run("   ", key), f" {text}    ")
        ]
        body.add(styles.LEGEND, *runs)


@draw.register
def _line_chart(node: LineChart, paper: Paper) -> None:
    """As its numbers: lines cannot be told in cells."""
    draw(node.table, paper)


@draw.register
def _steps(node: Steps, paper: Paper) -> None:
    body = paper.body
    count = len(node.steps)
    arrow = replace(styles.SMALL, char=replace(styles.SMALL.char, color=NAVY))
    columns = [WIDTH]
    if count > 1:
        width = (WIDTH - ARROW * (count - 1)) // count
        columns = [width, *[ARROW, width] * (count - 1)]
    titles: list[Box] = []
    said: list[Box] = []
    for index, step in enumerate(node.steps):
        if index:
            blocks = (body.block(arrow, "▶"),)
            titles.append(Box(2 * index - 1, blocks, rowspan=2, margins=(0, 0)))
        title, rest = _step(body, step, columns[0])
        titles.append(Box(2 * index, title, fill=Fill.box(THIN, SHADE), margins=STEP))
        said.append(Box(2 * index, rest, fill=Fill.box(THIN), margins=STEP))
    body.add_table(styles.PLACE, columns, [titles, said] if count else [], whole=True)


def _step(body: Body, step: Step, width: int) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """A step's title, and below it when, by whom and what."""
    small = styles.SMALL
    bold = replace(small, char=replace(small.char, bold=True))
    navy = replace(bold, char=replace(bold.char, color=NAVY))
    width -= 2 * STEP[0]
    pairs = [(navy, step.when), (small, step.who)]
    pairs += [hanging(styles.SMALL_MARK, line) for line in parse("\n".join(step.lines))]
    rest = [body.block(style, text, width=width) for style, text in pairs if text]
    title = body.block(bold, step.title, width=width)
    return (title,), tuple(rest or [body.block(small)])


@draw.register
def _org_chart(node: OrgChart, paper: Paper) -> None:
    body = paper.body
    rows: list[list[Piece]] = []
    for tier in node.tiers:
        drawn = _tier(body, tier)
        if rows and drawn:
            rows.append(_connector(body))
        rows += drawn
    _grid(body, rows, node.title)


def _connector(body: Body) -> list[Piece]:
    """The line down the middle from one tier to the next."""
    line = Line("0.4", RULE)
    gap = (body.block(styles.SMALL),)
    middle = WIDTH // 2
    return [
        Piece(0, middle, gap, Fill(right=line)),
        Piece(middle, WIDTH, gap, Fill(left=line)),
    ]


def _tier(body: Body, tier: OrgTier) -> list[list[Piece]]:
    dash = Line("0.12", RULE, "DASH")
    rows = []
    if tier.label:
        label = (body.block(styles.SMALL, tier.label),)
        rows.append([Piece(0, WIDTH, label, Fill.box(dash))])
    bold = replace(styles.SMALL, char=replace(styles.SMALL.char, bold=True))
    pieces = []
    start = 0
    for box, width in zip(tier.boxes, shares([1] * len(tier.boxes)), strict=True):
        blocks = [body.block(bold, box.title, width=width)]
        blocks += [body.block(styles.SMALL, line, width=width) for line in box.lines]
        pieces.append(Piece(start, start + width, tuple(blocks), Fill.box(THIN, PALE)))
        start += width
    return [*rows, pieces] if pieces else rows
