"""Each node of a paper as HWPX. A node nobody draws is an error, never left out."""

from dataclasses import dataclass, replace
from functools import singledispatch

from apps.core.outline import OutlineLine, parse
from apps.documents.hwpx import measures, styles
from apps.documents.hwpx.body import (
    CELL_SIDE,
    Block,
    Body,
    Box,
    Run,
    aligned,
    shares,
)
from apps.documents.hwpx.looks import INK, NAVY, PALE, SANS, SHADE, WHITE, Fill, Line, Style
from apps.documents.hwpx.xml import WIDTH, mm
from apps.documents.nodes import (
    Attachments,
    BarChart,
    Document,
    Heading,
    KeyFacts,
    MonthChart,
    Node,
    Note,
    OrgChart,
    Outline,
    PageBreak,
    Row,
    Signatures,
    Steps,
    Summary,
    Table,
    TitleBox,
    places,
)

#: A table of so many rows or fewer is never broken over two pages.
WHOLE_TABLE = 12
#: What a □ line above it speaks of.
DRAWINGS = (Table, MonthChart, BarChart, Steps, OrgChart)
THIN = Line()


@dataclass(frozen=True, slots=True)
class Paper:
    """A document on its way to a file.

    ``pages`` are the pages of its headings once they are known; ``after`` is the node below the
    one being drawn.
    """

    document: Document
    body: Body
    pages: tuple[int, ...] = ()
    after: Node | None = None

    @property
    def cover(self) -> bool:
        """Whether the first page is a cover, which is not counted."""
        first = self.document.nodes[:1]
        return any(isinstance(node, TitleBox) and node.cover for node in first)


@singledispatch
def draw(node: Node, paper: Paper) -> None:
    """Write a node to the paper's body."""
    raise NotImplementedError(f"HWPX로 그릴 수 없는 요소입니다: {type(node).__name__}")


@draw.register
def _title_box(node: TitleBox, paper: Paper) -> None:
    body, document = paper.body, paper.document
    if node.cover:
        body.hide_page_number()
        body.add(styles.SPACE)
    said = [body.block(styles.TITLE, document.title)]
    if document.subtitle:
        said.append(body.block(styles.SUBTITLE, document.subtitle))
    rule = Fill(top=Line("1.5", NAVY, "THICK_SLIM"), bottom=Line("1.5", NAVY, "SLIM_THICK"))
    box = Box(0, tuple(said), fill=rule, margins=(CELL_SIDE, mm(3.5)))
    body.add_table(styles.PLACE, [WIDTH], [[box]], whole=True)
    if node.cover:
        body.add(styles.SPACE)
        body.add(styles.SPACE)
    for line in filter(None, (document.issued_on, document.issuer)):
        body.add(styles.COVER if node.cover else styles.ISSUER, line)
    if node.cover:
        body.new_page()
        body.first_page()


@draw.register
def _summary(node: Summary, paper: Paper) -> None:
    margins = (mm(3), mm(2.5))
    said = _outline(paper.body, parse(node.text), WIDTH - 2 * margins[0])
    box = Box(0, tuple(said), fill=Fill.box(Line("0.25")), margins=margins)
    paper.body.add_table(styles.PLACE, [WIDTH], [[box]], whole=True)


@draw.register
def _heading(node: Heading, paper: Paper) -> None:
    style = (styles.CHAPTER, styles.SECTION, styles.TASK)[node.level - 1]
    number = (
        replace(style.char, color=WHITE, ground=NAVY),
        replace(style.char, ground=SHADE),
        replace(style.char, color=NAVY),
    )[node.level - 1]
    if not node.number:
        paper.body.add_heading(style, node.text)
    elif node.level == 3:
        paper.body.add_heading(style, Run(node.number, number), f" {node.text}")
    else:
        paper.body.add_heading(style, Run(f" {node.number} ", number), f" {node.text}")


@draw.register
def _outline_node(node: Outline, paper: Paper) -> None:
    last = len(node.lines) - 1
    for index, line in enumerate(node.lines):
        below = node.lines[index + 1] if index < last else None
        keep = below.level > line.level == 1 if below else isinstance(paper.after, DRAWINGS)
        style, text = _line(line)
        paper.body.add(style.keeping(keep), text)


def _line(line: OutlineLine) -> tuple[Style, str]:
    if not line.level:
        return styles.PLAIN, line.text
    style = styles.MARKS[line.level - 1]
    if line.mark == styles.MARK_NAMES[line.level - 1]:
        return style, f"{line.mark} {line.text}"
    # A remark, or a line that goes on: in the letters of the text, whatever its level.
    width = styles.hang(line.mark) if line.mark else 0
    style = replace(style, para=replace(style.para, hang=width), char=styles.NORMAL.char)
    return style, f"{line.mark} {line.text}".strip()


def _outline(body: Body, said: tuple[OutlineLine, ...], width: int) -> list[Block]:
    pairs = [_line(line) for line in said]
    return [
        body.block(replace(style, char=styles.SUMMARY.char), text, width=width)
        for style, text in pairs
    ]


@draw.register
def _key_facts(node: KeyFacts, paper: Paper) -> None:
    plain = styles.FACT.char
    strong = replace(plain, bold=True, font=SANS)
    for label, text in node.pairs:
        said = f"□ {label}"
        reach = styles.LABEL - measures.width(said, strong)
        paper.body.add(styles.FACT, Run(said, strong), Run(text, plain, max(reach, 1)))


@draw.register
def _table(node: Table, paper: Paper) -> None:
    body = paper.body
    widths = shares([column.width for column in node.columns])
    rows = [
        *_rows(body, node, node.head, widths, head=True),
        *(row for group in node.groups for row in _rows(body, node, group.rows, widths)),
    ]
    add_caption(body, node.caption, node.unit and f"({node.unit})")
    body.add_table(
        styles.PLACE,
        widths,
        ruled(rows, len(widths)),
        head=len(node.head),
        whole=len(rows) - len(node.head) <= WHOLE_TABLE,
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
    body: Body, table: Table, rows: tuple[Row, ...], widths: list[int], *, head: bool = False
) -> list[list[Box]]:
    result = []
    for row, placed in zip(rows, places(rows, len(widths)), strict=True):
        boxes = []
        for column, cell in placed:
            align = cell.align or ("center" if head else table.columns[column].align)
            width = sum(widths[column : column + cell.colspan]) - 2 * CELL_SIDE
            strong = head or row.total or cell.strong
            boxes.append(
                Box(
                    column,
                    cell_text(body, cell.text, width, align, strong=strong),
                    cell.colspan,
                    cell.rowspan,
                    Fill(ground=SHADE if head else PALE if row.total else ""),
                )
            )
        result.append(boxes)
    return result


def cell_text(
    body: Body, text: str, width: int, align: str = "left", *, strong: bool = False
) -> tuple[Block, ...]:
    """The lines of a cell; marks hang as in an outline. A lone ``-`` is a value, no mark."""
    said = parse(text)
    if any(line.mark and line.text for line in said):
        pairs = [hanging(styles.CELL_MARK, line) for line in said]
    else:
        pairs = [(aligned(styles.CELL, align), line) for line in text.splitlines() or [""]]
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


@draw.register
def _signatures(node: Signatures, paper: Paper) -> None:
    for index, (position, name) in enumerate(node.people):
        style = styles.SIGNATURE.keeping(index < len(node.people) - 1)
        paper.body.add(style, f"{position}   {name or ' ' * 16}   (서명)")


@draw.register
def _attachments(node: Attachments, paper: Paper) -> None:
    strong = replace(styles.ATTACHED.char, bold=True)
    for number, item in enumerate(node.items, start=1):
        end = "  끝." if number == len(node.items) else ""
        said = f"{number}. {item} 1부.{end}"
        if number == 1:
            reach = styles.ATTACHED.para.hang - measures.width("붙임", strong)
            plain = styles.ATTACHED.char
            paper.body.add(styles.ATTACHED, Run("붙임", strong), Run(said, plain, reach))
        else:
            paper.body.add(styles.ATTACHED_NEXT, said)


@draw.register
def _note(node: Note, paper: Paper) -> None:
    paper.body.add(styles.NOTE, f"※ {node.text}")


@draw.register
def _page_break(node: PageBreak, paper: Paper) -> None:
    paper.body.new_page()
