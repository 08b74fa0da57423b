"""The body of a paper, ``Contents/section0.xml``: its paragraphs and tables, one after another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

from apps.documents.hwpx import measures
from apps.documents.hwpx.looks import Alignment, Char, Fill, Looks, Style
from apps.documents.hwpx.xml import HEIGHT, WIDTH, mm, part, tag, words
from apps.documents.tables import Align

#: Inside a cell: left and right, above and below.
CELL_SIDE, CELL_EDGE = 425, 260


#: Above and below a table that flows over pages, which knows no spacing of paragraphs.
FLOW_EDGE = mm(1)


@dataclass(frozen=True, slots=True)
class Run:
    """Words in letters of their own; ``tab`` is about how far a tab before them reaches."""

    text: str
    char: Char
    tab: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, and about how high it stands."""

    xml: str
    height: int


@dataclass(frozen=True, slots=True)
class Box:
    """A cell that begins at ``column``; ``margins`` stand at its sides, and above and below."""

    column: int
    blocks: tuple[Block, ...]
    colspan: int = 1
    rowspan: int = 1
    fill: Fill = field(default_factory=Fill)
    margins: tuple[int, int] = (CELL_SIDE, CELL_EDGE)

    @property
    def height(self) -> int:
        return sum(block.height for block in self.blocks) + 2 * self.margins[1]


class Body:
    """What has been written so far; `looks` numbers how it looks."""

    def __init__(self, looks: Looks, opening: str) -> None:
        """``opening`` is what the first paragraph carries before its text."""
        self.looks = looks
        self._parts: list[str] = []
        self._controls = opening
        self._new_page = False
        self._tables = 0
        #: The places of the headings among the paragraphs.
        self.headings: list[int] = []

    def new_page(self) -> None:
        """What is added next begins a page; at the very start it does so anyway."""
        self._new_page = bool(self._parts)

    def hide_page_number(self) -> None:
        """The page of the next paragraph carries no number."""
        hidden = ("Header", "Footer", "MasterPage", "Border", "Fill", "PageNum")
        flags: dict[str, str | int] = {f"hide{part}": int(part == "PageNum") for part in hidden}
        self._controls += tag("hp:ctrl", None, tag("hp:pageHiding", flags))

    def first_page(self) -> None:
        """Pages are counted from that of the next paragraph."""
        self._controls += tag("hp:ctrl", None, tag("hp:newNum", {"num": 1, "numType": "PAGE"}))

    def block(self, style: Style, text: str = "", *, width: int = WIDTH) -> Block:
        """A paragraph to stand in a cell as wide as ``width``."""
        para = style.para
        count = measures.lines(text, style.char, width - para.left - para.right, para.hang)
        height = count * style.char.size * para.spacing // 100 + para.before + para.after
        return Block(self._words(style, text), height)

    def add(self, style: Style, *runs: str | Run) -> None:
        """A paragraph of the body."""
        self._add(style, self._words(style, *runs))

    def add_heading(self, style: Style, *runs: str | Run) -> None:
        """A paragraph the contents can refer to."""
        anchor = heading_id(len(self.headings))
        self.headings.append(len(self._parts))
        self._add(style, self._words(style, *runs).replace('id="0"', f'id="{anchor}"', 1))

    def add_content(self, style: Style, *contents: str) -> None:
        """A paragraph of the body whose runs hold more than words."""
        runs = [self._run(style.char, content) for content in contents]
        self._add(style, self._paragraph(style, "".join(runs)))

    def add_table(
        self,
        style: Style,
        widths: Sequence[int],
        rows: Sequence[Sequence[Box]],
        *,
        head: int = 0,
        whole: bool = False,
    ) -> None:
        """A table in a paragraph of its own.

        The first ``head`` rows come again on every page. A ``whole`` table that fits a page is set
        like a letter, so that it moves to the next page as one; others break between rows. One
        without rows is none.
        """
        if not rows:
            return
        self._tables += 1
        heights = _heights(rows)
        fits = whole and sum(heights) < HEIGHT * 9 // 10
        table = tag(
            "hp:tbl",
            {
                "id": self._tables,
                "zOrder": self._tables,
                "numberingType": "TABLE",
                "textWrap": "TOP_AND_BOTTOM",
                "textFlow": "BOTH_SIDES",
                "lock": 0,
                "dropcapstyle": "None",
                "pageBreak": "TABLE",
                "repeatHeader": int(head > 0),
                "rowCnt": len(rows),
                "colCnt": len(widths),
                "cellSpacing": 0,
                "borderFillIDRef": self.looks.fill(Fill()),
                "noAdjust": 0,
            },
            tag(
                "hp:sz",
                {
                    "width": sum(widths),
                    "widthRelTo": "ABSOLUTE",
                    "height": sum(heights),
                    "heightRelTo": "ABSOLUTE",
                    "protect": 0,
                },
            ),
            _position(like_a_letter=fits),
            tag("hp:outMargin", _sides(0, 0 if fits else FLOW_EDGE)),
            tag("hp:inMargin", _sides(CELL_SIDE, CELL_EDGE)),
            *(
                tag(
                    "hp:tr",
                    None,
                    *(self._cell(box, index, index < head, widths, heights) for box in row),
                )
                for index, row in enumerate(rows)
            ),
        )
        self._add(style, self._paragraph(style, self._run(style.char, table)))

    def section(self) -> str:
        """``Contents/section0.xml``. An empty paper, too, has a page."""
        if not self._parts:
            self.add(self.looks.styles[0])
        return part("hs:sec", {}, *self._parts)

    def _add(self, style: Style, paragraph: str) -> None:
        if self._controls:
            start = paragraph.index(">") + 1
            controls = self._run(style.char, self._controls)
            paragraph = paragraph[:start] + controls + paragraph[start:]
            self._controls = ""
        if self._new_page:
            paragraph = paragraph.replace('pageBreak="0"', 'pageBreak="1"', 1)
            self._new_page = False
        self._parts.append(paragraph)

    def _words(self, style: Style, *runs: str | Run) -> str:
        own = [run if isinstance(run, Run) else Run(run, style.char) for run in runs]
        said = [self._run(run.char, words(run.text, run.tab)) for run in own if run.text]
        return self._paragraph(style, "".join(said) or self._run(style.char, tag("hp:t")))

    def _paragraph(self, style: Style, runs: str) -> str:
        return tag(
            "hp:p",
            {
                "id": 0,
                "paraPrIDRef": self.looks.para(style.para),
                "styleIDRef": self.looks.style(style),
                "pageBreak": 0,
                "columnBreak": 0,
                "merged": 0,
            },
            runs,
        )

    def _run(self, char: Char, content: str) -> str:
        return tag("hp:run", {"charPrIDRef": self.looks.char(char)}, content)

    def _cell(
        self, box: Box, row: int, head: bool, widths: Sequence[int], heights: Sequence[int]
    ) -> str:
        return tag(
            "hp:tc",
            {
                "name": "",
                "header": int(head),
                "hasMargin": int(box.margins != (CELL_SIDE, CELL_EDGE)),
                "protect": 0,
                "editable": 0,
                "dirty": 0,
                "borderFillIDRef": self.looks.fill(box.fill),
            },
            sub_list(box.blocks, "CENTER"),
            tag("hp:cellAddr", {"colAddr": box.column, "rowAddr": row}),
            tag("hp:cellSpan", {"colSpan": box.colspan, "rowSpan": box.rowspan}),
            tag(
                "hp:cellSz",
                {
                    "width": sum(widths[box.column : box.column + box.colspan]),
                    "height": sum(heights[row : row + box.rowspan]),
                },
            ),
            tag("hp:cellMargin", _sides(*box.margins)),
        )


def heading_id(index: int) -> int:
    """The id of the paragraph of a paper's heading; paragraphs nothing refers to have none."""
    return index + 1


def sub_list(blocks: Iterable[Block], align: str, width: int = 0, height: int = 0) -> str:
    """Paragraphs inside a cell or a running title."""
    return tag(
        "hp:subList",
        {
            "id": "",
            "textDirection": "HORIZONTAL",
            "lineWrap": "BREAK",
            "vertAlign": align,
            "linkListIDRef": 0,
            "linkListNextIDRef": 0,
            "textWidth": width,
            "textHeight": height,
            "hasTextRef": 0,
            "hasNumRef": 0,
        },
        *(block.xml for block in blocks),
    )


def shares(parts: Sequence[int], width: int = WIDTH) -> list[int]:
    """``width`` split by ``parts`` to the last unit."""
    whole = sum(parts) or 1
    edges = [edge * width // whole for edge in accumulate(parts, initial=0)]
    return [right - left for left, right in pairwise(edges)]


def table_height(rows: Sequence[Sequence[Box]]) -> int:
    """How high the rows stand together."""
    return sum(_heights(rows))


def _heights(rows: Sequence[Sequence[Box]]) -> list[int]:
    """The height of each row; a cell over several rows gives the last what the others lack."""
    heights = [max((box.height for box in row if box.rowspan == 1), default=0) for row in rows]
    for index, row in enumerate(rows):
        for box in row:
            last = index + box.rowspan - 1
            heights[last] += max(0, box.height - sum(heights[index : last + 1]))
    return heights


def _position(*, like_a_letter: bool) -> str:
    return tag(
        "hp:pos",
        {
            "treatAsChar": int(like_a_letter),
            "affectLSpacing": 0,
            "flowWithText": 1,
            "allowOverlap": 0,
            "holdAnchorAndSO": 0,
            "vertRelTo": "PARA",
            "horzRelTo": "COLUMN",
            "vertAlign": "TOP",
            "horzAlign": "LEFT",
            "vertOffset": 0,
            "horzOffset": 0,
        },
    )


def _sides(side: int, edge: int) -> dict[str, str | int]:
    return {"left": side, "right": side, "top": edge, "bottom": edge}


def aligned(style: Style, align: Align) -> Style:
    """The style for a cell of that alignment."""
    choices: dict[Align, Alignment] = {"left": "LEFT", "center": "CENTER", "right": "RIGHT"}
    return replace(style, para=replace(style.para, align=choices[align]))
