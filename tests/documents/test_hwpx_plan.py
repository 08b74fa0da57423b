"""The plan and the budget report of 2016: as HWPX and as PDF the same words, cells and order."""

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

import pytest
from hwpx.layout.pages import estimate_pages
from hwpx.tools.validator import validate_document

from apps.documents.hwpx import render_hwpx
from apps.documents.nodes import (
    BarChart,
    Document,
    Heading,
    KeyFacts,
    MonthChart,
    Node,
    Note,
    OrgChart,
    Outline,
    Steps,
    Summary,
    Table,
    TitleBox,
)
from apps.documents.pdf import LIKES, render_pdf
from apps.portal.sample import office, plan_2016
from apps.reports.budget import budget_report
from apps.reports.yearly_plan import yearly_plan
from tests.documents.hwpx import HP, bare, cells, cells_of, elements, read, said, tables, texts, xml

pytestmark = pytest.mark.django_db
#: What a node draws as a table beside `Table` itself.
BOXED = (TitleBox, Summary, MonthChart, BarChart, Steps, OrgChart)
#: What a PDF prints between a heading in the contents and the end of its page's number.
DOTS = re.compile(r" ?\.(\s+\.){4,}\s+\d+$", re.MULTILINE)


@pytest.mark.parametrize(
    "paper_of", [yearly_plan, partial(budget_report, today=date(2016, 12, 31))]
)
def test_both_files_say_the_same(paper_of: Any) -> None:
    paper: Document = paper_of(plan_2016.load(by=office.load(today=date(2016, 1, 1))["officer"]))
    file = render_hwpx(paper)
    document = read(file)
    assert [str(issue) for issue in validate_document(file).issues] == []
    written = "".join(written_words(paper, document)).translate(LIKES)
    printed = printed_words(paper, written)
    extra, missing = Counter(written) - Counter(printed), Counter(printed) - Counter(written)
    assert (extra, missing) == (Counter(), Counter())
    assert_order(paper, written)
    assert_order(paper, printed)
    assert_tables(paper, document)
    assert_pages(file)


def written_words(paper: Document, document: Any) -> Iterator[str]:
    """The text of the HWPX without spaces, and without the pages in its contents."""
    headings = {bare(heading.number + heading.text) for heading in paper.headings()}
    for text in texts(elements(document)):
        entry, _, page = text.rpartition("\t")
        yield bare(entry if page.isdigit() and bare(entry) in headings else text)


def printed_words(paper: Document, written: str) -> str:
    """The text of the PDF without spaces, running titles, numbers of pages and dots to them."""
    command = ["pdftotext", "-raw", "-", "-"]
    pdf = subprocess.run(command, input=render_pdf(paper), capture_output=True, check=True)
    first, *pages = pdf.stdout.decode().rstrip("\f").split("\f")
    lines = first.splitlines()
    for page in pages:
        lines += (line for line in page.splitlines() if bare(line) != bare(paper.title))
    lines = [line for line in lines if not re.fullmatch(r"- \d+ -", line)]
    printed = bare(DOTS.sub("", "\n".join(lines)))
    for node in paper.nodes:
        # A table over two pages has its head twice in the PDF; 한글 repeats it when it draws.
        head = "".join(lines_of_head(node))
        if head and (again := printed.count(head) - written.count(head)) > 0:
            printed = "".join(printed.rsplit(head, again))
    return printed


def lines_of_head(node: Node) -> Iterator[str]:
    if isinstance(node, Table):
        for row in node.head:
            yield from (said(cell.text) for cell in row.cells)


def assert_order(paper: Document, words: str) -> None:
    """Headings, lines, facts, notes and cells come in the order of the paper.

    Drawings are left out: a PDF paints them after the text of their page.
    """
    place = 0
    for node in paper.nodes:
        for text in map(bare, lines_of(node)):
            found = words.find(text.translate(LIKES), place)
            assert found >= 0, (text, words[place : place + 80])
            place = found + len(text)


def lines_of(node: Node) -> Iterator[str]:
    match node:
        case Heading(number=number, text=text):
            yield number + text
        case Outline(lines=lines):
            yield from (line.mark + line.text for line in lines)
        case KeyFacts(pairs=pairs):
            yield from (label + text for label, text in pairs)
        case Note(text=text):
            yield f"※{text}"
        case Table():
            yield node.caption
            yield node.unit
            yield from (cell[4] for cell in cells_of(node))


def assert_tables(paper: Document, document: Any) -> None:
    """Every table has the cells of its node: their places, their spans, their text."""
    found = iter(tables(document))
    for node in paper.nodes:
        if isinstance(node, BOXED):
            next(found)
        elif isinstance(node, Table):
            assert cells(next(found)) == cells_of(node)
    assert list(found) == []


def assert_pages(file: bytes) -> None:
    """Every table that is moved as one is lower than a page, and the pages can be told."""
    assert estimate_pages(file).pages
    for table in xml(file).iter(f"{HP}tbl"):
        if table.find(f"{HP}pos").get("treatAsChar") == "1":
            assert int(table.find(f"{HP}sz").get("height")) < 68_000
