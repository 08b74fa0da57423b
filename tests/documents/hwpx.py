"""HWPX files read back: by dochan as an official's program does, and part by part."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

from dochan import Dochan  # type: ignore[import-untyped]
from dochan.model.document import Paragraph  # type: ignore[import-untyped]
from dochan.model.table import Table as ReadTable  # type: ignore[import-untyped]
from lxml import etree  # type: ignore[import-untyped]

from apps.core.outline import parse
from apps.documents.hwpx import render_hwpx
from apps.documents.nodes import Document, Node, Table, places

HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
HH = "{http://www.hancom.co.kr/hwpml/2011/head}"
SECTION, HEADER = "Contents/section0.xml", "Contents/header.xml"
#: (row, column, row span, column span, text without spaces)
ReadCell = tuple[int, int, int, int, str]


def paper(*nodes: Node) -> bytes:
    return render_hwpx(Document("계획", "강북구", nodes))


def read(file: bytes) -> Any:
    """The document as dochan reads it."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "paper.hwpx")
        path.write_bytes(file)
        return Dochan(str(path)).doc


def xml(file: bytes, part: str = SECTION) -> Any:
    with ZipFile(BytesIO(file)) as archive:
        return etree.fromstring(archive.read(part))


def elements(document: Any) -> list[Any]:
    """The paragraphs and tables of the body, without the running title."""
    found = [e for section in document.sections for e in section.elements]
    return [e for e in found if isinstance(e, Paragraph | ReadTable)]


def tables(document: Any) -> list[ReadTable]:
    return [e for e in elements(document) if isinstance(e, ReadTable)]


def texts(found: Iterable[Any]) -> Iterator[str]:
    """The text of each paragraph, row by row where it stands in a table."""
    for element in found:
        if isinstance(element, ReadTable):
            for row in rows(element):
                for cell in row:
                    yield from texts(cell.paragraphs)
        else:
            yield "".join(run.text for run in element.runs)


def style(document: Any, paragraph: Any) -> str:
    return str(document.styles[paragraph.style_id].name)


def rows(table: ReadTable) -> list[list[Any]]:
    """The cells that begin in each row; dochan also gives the places a span covers."""
    return [[cell for cell in row if cell.row_span] for row in table.rows]


def cells(table: ReadTable) -> list[ReadCell]:
    return [
        (cell.row, cell.col, cell.row_span, cell.col_span, bare("".join(texts(cell.paragraphs))))
        for row in rows(table)
        for cell in row
    ]


def cells_of(node: Table) -> list[ReadCell]:
    """What a reader has to find of the node; a row that cells from above fill is no row."""
    found: list[ReadCell] = []
    start = 0
    for part in (node.head, *(group.rows for group in node.groups)):
        placed = places(part, len(node.columns))
        number = list(accumulate((bool(row) for row in placed), initial=start))
        found += [
            (number[r], column, number[r + cell.rowspan] - number[r], cell.colspan, said(cell.text))
            for r, row in enumerate(placed)
            for column, cell in row
        ]
        start = number[-1]
    return found


def said(text: str) -> str:
    """A cell's text as printed, without spaces: marks in the office's own spelling."""
    lines = parse(text)
    if any(line.mark and line.text for line in lines):
        text = "".join(line.mark + line.text for line in lines)
    return bare(text)


def bare(text: str) -> str:
    return "".join(text.split())
