"""Pages without running title or number: a framed certificate, a nameplate."""

from apps.documents.hwpx import styles
from apps.documents.hwpx.body import Box
from apps.documents.hwpx.draw import Paper, draw
from apps.documents.hwpx.looks import NAVY, Fill, Line
from apps.documents.hwpx.xml import WIDTH, mm
from apps.documents.nodes import Certificate, Nameplate

SIDE, EDGE = mm(14), mm(12)
#: Between the letters of a title, as one writes 위 촉 장.
APART = "  "


@draw.register
def _certificate(node: Certificate, paper: Paper) -> None:
    body, room = paper.body, WIDTH - 2 * SIDE
    body.new_page()
    body.hide_page_number()
    said = (
        (styles.CERTIFICATE_NUMBER, node.number),
        (styles.CERTIFICATE_TITLE, APART.join(node.title)),
        *((styles.CERTIFICATE_FACT, f"{label}: {text}") for label, text in node.facts),
        (styles.CERTIFICATE_TEXT, node.text),
        (styles.CERTIFICATE_DAY, node.day),
        (styles.CERTIFICATE_SIGNED, node.signed),
    )
    blocks = tuple(body.block(style, text, width=room) for style, text in said)
    frame = Fill.box(Line("1.0", NAVY, "THICK_SLIM"))
    box = Box(0, blocks, fill=frame, margins=(SIDE, EDGE))
    body.add_table(styles.PLACE, [WIDTH], [[box]], whole=True)


@draw.register
def _nameplate(node: Nameplate, paper: Paper) -> None:
    """One side, on the lower half of the page: 한글 turns no words of a table on their head."""
    body = paper.body
    body.new_page()
    body.hide_page_number()
    above = body.block(styles.NAMEPLATE_FOLD)
    said = (
        body.block(styles.NAMEPLATE_POST, node.post),
        body.block(styles.NAMEPLATE_NAME, node.name),
    )
    fold = Fill(bottom=Line("0.12", kind="DASH"))
    body.add_table(
        styles.PLACE, [WIDTH], [[Box(0, (above,), fill=fold)], [Box(0, said)]], whole=True
    )
