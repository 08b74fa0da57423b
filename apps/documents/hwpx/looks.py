"""How letters, paragraphs and cells look, and the header of the file that numbers these looks.

OWPML keeps every look once, in ``Contents/header.xml``, and refers to it by its number. Here a look
is a frozen value; a `Looks` gives it its number when it is first used, so equal papers number
equally.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from apps.documents.hwpx.xml import NAMESPACES, WIDTH, part, tag

#: 함초롬 comes with every 한글 on every system, so the office's own PCs lay the paper out as meant.
FONTS = ("함초롬바탕", "함초롬돋움")
SERIF, SANS = 0, 1
SCRIPTS = ("hangul", "latin", "hanja", "japanese", "other", "symbol", "user")
INK, RULE, SHADE, PALE, NAVY, WHITE, GRAY = (
    "#1E2124",
    "#58616A",
    "#E6E8EA",
    "#F4F5F6",
    "#1D3F72",
    "#FFFFFF",
    "#464C53",
)


#: Where a tab leads: so far from the margin, to the end of the line, or there along dots.
Stop = int | Literal["end", "dots"] | None


@dataclass(frozen=True, slots=True)
class Line:
    """A rule along one side; ``width`` in millimeters is one of those 한글 knows."""

    width: Literal["0.12", "0.25", "0.4", "0.5", "0.7", "1.0", "1.5", "2.0"] = "0.12"
    color: str = RULE
    kind: Literal["SOLID", "DASH", "THICK_SLIM", "SLIM_THICK"] = "SOLID"


@dataclass(frozen=True, slots=True)
class Fill:
    """The rules and the ground of a cell, a table or a paragraph."""

    left: Line | None = None
    right: Line | None = None
    top: Line | None = None
    bottom: Line | None = None
    ground: str = ""
    #: Color of slanting lines over the ground.
    hatch: str = ""

    @classmethod
    def box(cls, line: Line, ground: str = "") -> "Fill":
        return cls(line, line, line, line, ground)


@dataclass(frozen=True, slots=True)
class Char:
    """Letters; ``size`` in 1/100 point."""

    size: int = 1150
    font: int = SERIF
    bold: bool = False
    color: str = "#000000"
    #: Color behind the letters.
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; lengths in 1/7200 inch.

    Its first line begins at ``left``, the others ``hang`` further in. A tab leads to ``stop``.
    ``level`` makes it a heading of the outline.
    """

    align: Literal["JUSTIFY", "LEFT", "CENTER", "RIGHT"] = "JUSTIFY"
    left: int = 0
    hang: int = 0
    right: int = 0
    before: int = 0
    after: int = 0
    spacing: int = 160
    keep_next: bool = False
    level: int | None = None
    fill: Fill = field(default_factory=Fill)
    stop: Stop = None


@dataclass(frozen=True, slots=True)
class Style:
    """A named look of paragraphs, as the office finds it in 한글's list of styles."""

    name: str
    para: Para
    char: Char
    english: str = ""

    def keeping(self, keep: bool) -> "Style":
        """The style for a paragraph that stays with the next one."""
        return replace(self, para=replace(self.para, keep_next=keep)) if keep else self


class Looks:
    """The numbers of the looks a paper uses."""

    def __init__(self, styles: tuple[Style, ...]) -> None:
        self._fills: dict[Fill, int] = {}
        self._chars: dict[Char, int] = {}
        self._paras: dict[Para, int] = {}
        self._stops: dict[Stop, int] = {None: 0}
        self._styles = styles
        self._names = {style.name: index for index, style in enumerate(styles)}
        self.fill(Fill())
        for style in styles:
            self.char(style.char)
            self.para(style.para)

    def fill(self, look: Fill) -> int:
        return self._fills.setdefault(look, len(self._fills) + 1)

    def char(self, look: Char) -> int:
        return self._chars.setdefault(look, len(self._chars))

    def para(self, look: Para) -> int:
        self.fill(look.fill)
        self._stops.setdefault(look.stop, len(self._stops))
        return self._paras.setdefault(look, len(self._paras))

    def style(self, style: Style) -> int:
        return self._names[style.name]

    def header(self) -> str:
        """``Contents/header.xml``."""
        lists = (
            _list("hh:fontfaces", [_fonts(script) for script in SCRIPTS]),
            _list("hh:borderFills", [_fill(n, look) for look, n in self._fills.items()]),
            _list("hh:charProperties", [_char(n, look) for look, n in self._chars.items()]),
            _list("hh:tabProperties", [_tabs(n, stop) for stop, n in self._stops.items()]),
            _list("hh:numberings", [_no_numbers()]),
            _list(
                "hh:paraProperties",
                [
                    _para(n, look, self._fills[look.fill], self._stops[look.stop])
                    for look, n in self._paras.items()
                ],
            ),
            _list("hh:styles", [self._style(n, style) for n, style in enumerate(self._styles)]),
        )
        start: dict[str, str | int] = dict.fromkeys(
            ("page", "footnote", "endnote", "pic", "tbl", "equation"), 1
        )
        return part(
            "hh:head",
            {"version": "1.5", "secCnt": 1},
            tag("hh:beginNum", start),
            tag("hh:refList", None, *lists),
            tag(
                "hh:compatibleDocument",
                {"targetProgram": "HWP201X"},
                tag("hh:layoutCompatibility"),
            ),
            tag(
                "hh:docOption",
                None,
                tag("hh:linkinfo", {"path": "", "pageInherit": 0, "footnoteInherit": 0}),
            ),
            tag("hh:trackchageConfig", {"flags": 56}),
        )

    def _style(self, number: int, style: Style) -> str:
        return tag(
            "hh:style",
            {
                "id": number,
                "type": "PARA",
                "name": style.name,
                "engName": style.english,
                "paraPrIDRef": self.para(style.para),
                "charPrIDRef": self.char(style.char),
                "nextStyleIDRef": number,
                "langID": 1042,
                "lockForm": 0,
            },
        )


def _list(name: str, items: list[str]) -> str:
    return tag(name, {"itemCnt": len(items)}, *items)


def _fonts(script: str) -> str:
    fonts = [
        tag("hh:font", {"id": n, "face": face, "type": "TTF", "isEmbedded": 0})
        for n, face in enumerate(FONTS)
    ]
    return tag("hh:fontface", {"lang": script.upper(), "fontCnt": len(fonts)}, *fonts)


def _fill(number: int, look: Fill) -> str:
    sides = [
        tag(
            f"hh:{side}Border",
            {"type": line.kind, "width": f"{line.width} mm", "color": line.color}
            if line
            else {"type": "NONE", "width": "0.1 mm", "color": "#000000"},
        )
        for side, line in (
            ("left", look.left),
            ("right", look.right),
            ("top", look.top),
            ("bottom", look.bottom),
        )
    ]
    slant: dict[str, str | int] = {"type": "NONE", "Crooked": 0, "isCounter": 0}
    brush: dict[str, str | int] = {
        "faceColor": look.ground or "none",
        "hatchColor": look.hatch or "#999999",
    }
    if look.hatch:
        brush["hatchStyle"] = "SLASH"
    return tag(
        "hh:borderFill",
        {
            "id": number,
            "threeD": 0,
            "shadow": 0,
            "centerLine": "NONE",
            "breakCellSeparateLine": 0,
        },
        tag("hh:slash", slant),
        tag("hh:backSlash", slant),
        *sides,
        tag("hh:diagonal", {"type": "SOLID", "width": "0.1 mm", "color": "#000000"}),
        tag("hc:fillBrush", None, tag("hc:winBrush", brush | {"alpha": 0})) if look.ground else "",
    )


def _char(number: int, look: Char) -> str:
    def each(name: str, value: int) -> str:
        return tag(name, dict.fromkeys(SCRIPTS, value))

    return tag(
        "hh:charPr",
        {
            "id": number,
            "height": look.size,
            "textColor": look.color,
            "shadeColor": look.ground or "none",
            "useFontSpace": 0,
            "useKerning": 0,
            "symMark": "NONE",
            "borderFillIDRef": 1,
        },
        each("hh:fontRef", look.font),
        each("hh:ratio", 100),
        each("hh:spacing", 0),
        each("hh:relSz", 100),
        each("hh:offset", 0),
        tag("hh:bold") if look.bold else "",
        tag("hh:underline", {"type": "NONE", "shape": "SOLID", "color": "#000000"}),
        tag("hh:strikeout", {"shape": "NONE", "color": "#000000"}),
        tag("hh:outline", {"type": "NONE"}),
        tag("hh:shadow", {"type": "NONE", "color": "#C0C0C0", "offsetX": 10, "offsetY": 10}),
    )


def _tabs(number: int, stop: Stop) -> str:
    def item(times: int) -> str:
        place, kind, leader = (WIDTH, "RIGHT", "DASH") if stop == "dots" else (stop, "LEFT", "NONE")
        return tag(
            "hh:tabItem",
            {"pos": int(place or 0) * times, "type": kind, "leader": leader, "unit": "HWPUNIT"},
        )

    return tag(
        "hh:tabPr",
        {"id": number, "autoTabLeft": 0, "autoTabRight": int(stop == "end")},
        "" if stop in (None, "end") else _in_both_units(item),
    )


def _no_numbers() -> str:
    """Levels of the outline without numbers: a heading's number is in its text."""
    levels = [
        tag(
            "hh:paraHead",
            {
                "start": 1,
                "level": level,
                "align": "LEFT",
                "useInstWidth": 0,
                "autoIndent": 0,
                "widthAdjust": 0,
                "textOffsetType": "PERCENT",
                "textOffset": 0,
                "numFormat": "DIGIT",
                "charPrIDRef": 4294967295,
                "checkable": 0,
            },
        )
        for level in range(1, 11)
    ]
    return tag("hh:numbering", {"id": 1, "start": 0}, *levels)


def _para(number: int, look: Para, fill: int, tabs: int) -> str:
    heading: dict[str, str | int] = {"type": "NONE", "idRef": 0, "level": 0}
    if look.level is not None:
        heading |= {"type": "OUTLINE", "level": look.level}
    return tag(
        "hh:paraPr",
        {
            "id": number,
            "tabPrIDRef": tabs,
            "condense": 0,
            "fontLineHeight": 0,
            "snapToGrid": 1,
            "suppressLineNumbers": 0,
            "checked": 0,
            "textDir": "LTR",
        },
        tag("hh:align", {"horizontal": look.align, "vertical": "BASELINE"}),
        tag("hh:heading", heading),
        tag(
            "hh:breakSetting",
            {
                "breakLatinWord": "KEEP_WORD",
                # 한글 reads this one against its name: Korean words stay whole.
                "breakNonLatinWord": "BREAK_WORD",
                "widowOrphan": 1,
                "keepWithNext": int(look.keep_next),
                "keepLines": 0,
                "pageBreakBefore": 0,
                "lineWrap": "BREAK",
            },
        ),
        tag("hh:autoSpacing", {"eAsianEng": 0, "eAsianNum": 0}),
        _in_both_units(lambda times: _margins(look, times)),
        tag(
            "hh:border",
            {
                "borderFillIDRef": fill,
                "offsetLeft": 0,
                "offsetRight": 0,
                "offsetTop": 0,
                "offsetBottom": 0,
                "connect": 0,
                "ignoreMargin": 0,
            },
        ),
    )


def _in_both_units(content: Callable[[int], str]) -> str:
    """Lengths for programs that know the newer unit, and doubled for those that count in halves."""
    unit: dict[str, str | int] = {"hp:required-namespace": NAMESPACES["hwpunitchar"]}
    return tag(
        "hp:switch", None, tag("hp:case", unit, content(1)), tag("hp:default", None, content(2))
    )


def _margins(look: Para, times: int) -> str:
    lengths = {
        "intent": -look.hang,
        "left": look.left,
        "right": look.right,
        "prev": look.before,
        "next": look.after,
    }
    margins = [
        tag(f"hc:{name}", {"value": length * times, "unit": "HWPUNIT"})
        for name, length in lengths.items()
    ]
    line = tag("hh:lineSpacing", {"type": "PERCENT", "value": look.spacing, "unit": "HWPUNIT"})
    return tag("hh:margin", None, *margins) + line
