"""A `Document` as HWPX, the file 한글 opens and an official goes on writing in."""

from dataclasses import replace

from apps.documents.hwpx import charts, styles  # noqa: F401  (charts registers its nodes)
from apps.documents.hwpx.body import Body
from apps.documents.hwpx.draw import Paper, draw
from apps.documents.hwpx.looks import Looks
from apps.documents.hwpx.package import package
from apps.documents.hwpx.section import opening
from apps.documents.nodes import Document


def render_hwpx(document: Document) -> bytes:
    """The paper as HWPX. Equal documents give equal bytes: nothing of the day is in it."""
    looks = Looks(styles.STYLES)
    body = Body(looks, "")
    body = Body(looks, opening(looks, body.block(styles.RUNNING, document.title)))
    paper = Paper(document, body)
    for node, after in zip(document.nodes, (*document.nodes[1:], None), strict=True):
        draw(node, replace(paper, after=after))
    section = body.section()
    return package(
        title=document.title,
        creator=document.issuer,
        header=looks.header(),
        section=section,
        preview=f"{document.title}\r\n{document.issuer}\r\n",
    )
