"""Tables of a paper: cells as wide as their columns, heads that come again, totals set off."""

from dataclasses import dataclass, replace

from apps.core.outline import OutlineLine, parse
from apps.documents.hwpx import styles
from apps.documents.hwpx.body import (
    CELL_EDGE,
    CELL_SIDE,
    Block,
    Body,
    Box,
    Run,
    aligned,
    shares,
    table_height,
)
from apps.documents.hwpx.draw import Paper, draw
from apps.documents.hwpx.looks import FAINT, INK, PALE, SHADE, Fill, Line, Style
from apps.documents.hwpx.xml import HEIGHT
from apps.documents.nodes import Align, Row, Table, places
from apps.documents.tables import WHOLE_ROWS

THIN = Line()


@dataclass(frozen=True, slots=True)
class Look:
    """How close the words of a table stand."""

    size: int
    spacing: int
    margins: tuple[int, int]

    def style(self, style: Style) -> Style:
        return replace(
            style,
            char=replace(style.char, size=self.size),
            para=replace(style.para, spacing=self.spacing),
        )


USUAL = Look(styles.CELL.char.size, styles.CELL.para.spacing, (CELL_SIDE, CELL_EDGE))
#: For a page that has to hold much.
DENSE = Look(920, 125, (380, 140))


@draw.register
def _table(node: Table, paper: Paper) -> None:
    body = paper.body
    look = DENSE if node.dense else USUAL
    widths = shares([column.width for column in node.columns])
    head = _rows(body, node, node.head, widths, look, head=True)
    rows = [row for group in node.groups for row in _rows(body, node, group.rows, widths, look)]
    add_caption(body, node.caption, node.unit and f"({node.unit})")
    body.add_table(
        styles.PLACE,
        widths,
        ruled([*head, *rows], len(widths)),
        head=len(head),
        # Lower than half a page is few rows too.
        whole=len(rows) <= WHOLE_ROWS or table_height([*head, *rows]) < HEIGHT // 2,
    )


def add_caption(body: Body, left: str, right: str) -> None:
    """What stands above a table: its name at the left, the unit at the right.

    Paragraphs, as the office has it, not 한글's own caption: programs other than 한글 print that
    across the table.
    """
    if left or right:
        light = replace(styles.CAPTION.char, bold=False, size=950)
        body.add(styles.CAPTION, left, Run(f"\t{right}" if right else "", light))


def _rows(
    body: Body,
    table: Table,
    rows: tuple[Row, ...],
    widths: list[int],
    look: Look,
    *,
    head: bool = False,
) -> list[list[Box]]:
    result = []
    for row, placed in zip(rows, places(rows, len(widths)), strict=True):
        boxes = []
        for column, cell in placed:
            align = cell.align or ("center" if head else table.columns[column].align)
            width = sum(widths[column : column + cell.colspan]) - 2 * look.margins[0]
            strong = head or row.total or cell.strong
            names = FAINT if table.columns[column].head else ""
            ground = SHADE if head else PALE if row.total else names
            boxes.append(
                Box(
                    column,
                    cell_text(body, cell.text, width, align, strong=strong, look=look),
                    cell.colspan,
                    cell.rowspan,
                    Fill(ground=ground),
                    look.margins,
                )
            )
        result.append(boxes)
    return _without_empty(result)


def _without_empty(rows: list[list[Box]]) -> list[list[Box]]:
    """The rows without those that cells from above fill: 한글 opens no row without a cell."""
    kept = [index for index, row in enumerate(rows) if row]
    return [
        [
            replace(box, rowspan=sum(start <= index < start + box.rowspan for index in kept))
            for box in rows[start]
        ]
        for start in kept
    ]


def cell_text(
    body: Body,
    text: str,
    width: int,
    align: Align = "left",
    *,
    strong: bool = False,
    look: Look = USUAL,
) -> tuple[Block, ...]:
    """The lines of a cell; marks hang as in an outline. A lone ``-`` is a value, no mark."""
    said = parse(text)
    if any(line.mark and line.text for line in said):
        pairs = [hanging(look.style(styles.CELL_MARK), line) for line in said]
    else:
        pairs = [
            (aligned(look.style(styles.CELL), align), line) for line in text.splitlines() or [""]
        ]
    return tuple(
        body.block(replace(style, char=replace(style.char, bold=strong)), words, width=width)
        for style, words in pairs
    )


def hanging(style: Style, line: OutlineLine) -> tuple[Style, str]:
    """A line of a cell in that style, hanging from its mark."""
    if not line.mark:
        return style, line.text
    width = styles.hang(line.mark, style.char.size)
    return replace(style, para=replace(style.para, hang=width)), f"{line.mark} {line.text}"


def ruled(rows: list[list[Box]], columns: int) -> list[list[Box]]:
    """The cells with their rules: thick above and below the table, none at its sides."""
    last = len(rows)
    return [
        [
            replace(
                box,
                fill=replace(
                    box.fill,
                    left=THIN if box.column else None,
                    right=THIN if box.column + box.colspan < columns else None,
                    top=THIN if index else Line("0.5", INK),
                    bottom=THIN if index + box.rowspan < last else Line("0.4", INK),
                ),
            )
            for box in row
        ]
        for index, row in enumerate(rows)
    ]
