"""A certificate: a framed page without running title or number."""

from apps.documents.hwpx import styles
from apps.documents.hwpx.body import Box
from apps.documents.hwpx.draw import Paper, draw
from apps.documents.hwpx.looks import NAVY, Fill, Line
from apps.documents.hwpx.xml import WIDTH, mm
from apps.documents.nodes import Certificate

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
