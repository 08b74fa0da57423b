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
)
from apps.documents.hwpx.looks import NAVY, SANS, SHADE, WHITE, Fill, Line, Style
from apps.documents.hwpx.xml import WIDTH, mm
from apps.documents.nodes import (
    Attachments,
    BarChart,
    BoundPages,
    Document,
    Heading,
    KeyFacts,
    LineChart,
    MonthChart,
    Node,
    Note,
    OrgChart,
    Outline,
    PageBreak,
    Signatures,
    Steps,
    Summary,
    Table,
    TitleBox,
)

#: What a □ line above it speaks of.
DRAWINGS = (Table, MonthChart, BarChart, LineChart, Steps, OrgChart)


#: The title in the largest letters that let it stand on one line.
TITLES = [
    replace(styles.TITLE, char=replace(styles.TITLE.char, size=size)) for size in (2000, 1800, 1600)
]


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
    room = WIDTH - 2 * CELL_SIDE
    sizes = [style for style in TITLES if measures.lines(document.title, style.char, room) == 1]
    said = [body.block((sizes or TITLES)[0], document.title)]
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
def _signatures(node: Signatures, paper: Paper) -> None:
    lines = [f"{position}   {name or ' ' * 16}   (서명)" for position, name in node.people]
    if node.many:
        half, width = (len(lines) + 1) // 2, WIDTH // 2
        blocks = [paper.body.block(styles.SIGNATURE, line, width=width) for line in lines]
        blocks += [paper.body.block(styles.SIGNATURE)] * (2 * half - len(lines))
        rows = [
            [Box(0, (left,)), Box(1, (right,))]
            for left, right in zip(blocks[:half], blocks[half:], strict=True)
        ]
        paper.body.add_table(styles.PLACE, [width, width], rows, whole=True)
        return
    for index, line in enumerate(lines):
        paper.body.add(styles.SIGNATURE.keeping(index < len(lines) - 1), line)


@draw.register
def _attachments(node: Attachments, paper: Paper) -> None:
    strong = replace(styles.ATTACHED.char, bold=True)
    for number, item in enumerate(node.items, start=1):
        end = "  끝." if number == len(node.items) else ""
        said = f"{item} 1부.{end}" if len(node.items) == 1 else f"{number}. {item} 1부.{end}"
        if number == 1:
            reach = styles.ATTACHED.para.hang - measures.width("붙임", strong)
            plain = styles.ATTACHED.char
            paper.body.add(styles.ATTACHED, Run("붙임", strong), Run(said, plain, reach))
        else:
            paper.body.add(styles.ATTACHED_NEXT, said)


@draw.register
def _bound_pages(node: BoundPages, paper: Paper) -> None:
    """한글 cannot bind the pages of another file: the paper says where they are."""
    paper.body.add(styles.NOTE, f"※ {node.label}: {node.pages}쪽은 회의자료 PDF에 묶입니다.")


@draw.register
def _note(node: Note, paper: Paper) -> None:
    paper.body.add(styles.NOTE, f"※ {node.text}")


@draw.register
def _page_break(node: PageBreak, paper: Paper) -> None:
    paper.body.new_page()
