"""OWPML as text: elements, the words inside them, and the measures they are given in.

A part of an HWPX file is written from the top to the bottom once and never changed, so it is made
as text. Every attribute and word goes through `tag` or `words`: nothing is left unescaped.
"""

import re
from xml.sax.saxutils import escape, quoteattr

#: The namespaces 한글 expects on the root of a part, used or not.
NAMESPACES = {
    "ha": "http://www.hancom.co.kr/hwpml/2011/app",
    "hp": "http://www.hancom.co.kr/hwpml/2011/paragraph",
    "hp10": "http://www.hancom.co.kr/hwpml/2016/paragraph",
    "hs": "http://www.hancom.co.kr/hwpml/2011/section",
    "hc": "http://www.hancom.co.kr/hwpml/2011/core",
    "hh": "http://www.hancom.co.kr/hwpml/2011/head",
    "hhs": "http://www.hancom.co.kr/hwpml/2011/history",
    "hm": "http://www.hancom.co.kr/hwpml/2011/master-page",
    "hpf": "http://www.hancom.co.kr/schema/2011/hpf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "opf": "http://www.idpf.org/2007/opf/",
    "ooxmlchart": "http://www.hancom.co.kr/hwpml/2016/ooxmlchart",
    "hwpunitchar": "http://www.hancom.co.kr/hwpml/2016/HwpUnitChar",
    "epub": "http://www.idpf.org/2007/ops",
    "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
}
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>'
#: What XML cannot hold; pasted text brings it along, as vertical tabs.
UNPRINTABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def mm(length: float) -> int:
    """Millimeters in the unit of OWPML, 1/7200 inch; a point is 100 of them."""
    return round(length * 7200 / 25.4)


PAGE_WIDTH, PAGE_HEIGHT = 59528, 84188
#: The PDF's margins; above and below, half of each is the room of the running title and number.
SIDE, TOP, BOTTOM, EDGE = mm(20), mm(12), mm(10), mm(10)
#: What a page has for text.
WIDTH = PAGE_WIDTH - 2 * SIDE
HEIGHT = PAGE_HEIGHT - TOP - BOTTOM - 2 * EDGE


def tag(name: str, attributes: dict[str, str | int] | None = None, *content: str) -> str:
    """An element; ``content`` is XML already."""
    given = "".join(f" {key}={quoteattr(str(value))}" for key, value in (attributes or {}).items())
    inside = "".join(content)
    return f"<{name}{given}>{inside}</{name}>" if inside else f"<{name}{given}/>"


def part(name: str, attributes: dict[str, str | int], *content: str) -> str:
    """A whole part, from its root ``name``."""
    spaces: dict[str, str | int] = {f"xmlns:{key}": uri for key, uri in NAMESPACES.items()}
    return DECLARATION + tag(name, spaces | attributes, *content)


def plain(text: str) -> str:
    """Text inside an element, without what XML cannot hold."""
    return escape(UNPRINTABLE.sub("", text))


def words(text: str, tab: int = 0) -> str:
    """Text of a run, after a tab that long; a line end is a forced line break, a tab a tab."""
    reach = tag("hp:tab", {"width": tab, "leader": 0, "type": 1}) if tab else ""
    inside = plain(text.replace("\r\n", "\n").replace("\r", "\n"))
    return tag(
        "hp:t", None, reach, inside.replace("\t", "<hp:tab/>").replace("\n", "<hp:lineBreak/>")
    )
