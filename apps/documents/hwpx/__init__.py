"""A `Document` as HWPX, the file 한글 opens and an official goes on writing in."""

from dataclasses import replace

from apps.documents.hwpx import (
    certificates,  # noqa: F401  (draws its node)
    charts,  # noqa: F401  (draws its nodes)
    contents,
    styles,
)
from apps.documents.hwpx.body import Body
from apps.documents.hwpx.draw import Paper, draw
from apps.documents.hwpx.header import header
from apps.documents.hwpx.looks import Looks
from apps.documents.hwpx.package import package
from apps.documents.hwpx.section import opening
from apps.documents.nodes import Contents, Document


def render_hwpx(document: Document) -> bytes:
    """The paper as HWPX. Equal documents give equal bytes: nothing of the day is in it."""
    if not any(isinstance(node, Contents) for node in document.nodes):
        return _render(document)[0]
    # Any page takes its room in the contents; only then is it known where each page ends.
    guess, headings = _render(document, tuple(1 for _ in document.headings()), check=False)
    return _render(document, contents.pages_of_headings(guess, headings))[0]


def _render(
    document: Document, pages: tuple[int, ...] = (), *, check: bool = True
) -> tuple[bytes, list[int]]:
    """The paper with the pages of its headings, and which of its paragraphs the headings are."""
    looks = Looks(styles.STYLES)
    body = Body(looks, opening(looks, Body(looks, "").block(styles.RUNNING, document.title)))
    paper = Paper(document, body, pages)
    for node, after in zip(document.nodes, (*document.nodes[1:], None), strict=False):
        draw(node, replace(paper, after=after))
    section = body.section()
    file = package(
        title=document.title,
        creator=document.issuer,
        header=header(looks),
        section=section,
        preview=f"{document.title}\r\n{document.issuer}\r\n",
        check=check,
    )
    return file, body.headings
