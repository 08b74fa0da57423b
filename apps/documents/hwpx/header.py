"""``Contents/header.xml``: the fonts, rules, letters, paragraphs and styles a paper refers to."""

from collections.abc import Callable

from apps.documents.hwpx.looks import FONTS, Char, Fill, Looks, Para, Stop, Style
from apps.documents.hwpx.xml import NAMESPACES, WIDTH, part, tag

SCRIPTS = ("hangul", "latin", "hanja", "japanese", "other", "symbol", "user")


def header(looks: Looks) -> str:
    """``Contents/header.xml``."""
    lists = (
        _list("hh:fontfaces", [_fonts(script) for script in SCRIPTS]),
        _list("hh:borderFills", [_fill(n, look) for look, n in looks.fills.items()]),
        _list("hh:charProperties", [_char(n, look) for look, n in looks.chars.items()]),
        _list("hh:tabProperties", [_tabs(n, stop) for stop, n in looks.stops.items()]),
        _list("hh:numberings", [_no_numbers()]),
        _list(
            "hh:paraProperties",
            [
                _para(n, look, looks.fills[look.fill], looks.stops[look.stop])
                for look, n in looks.paras.items()
            ],
        ),
        _list("hh:styles", [_style(looks, n, style) for n, style in enumerate(looks.styles)]),
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


def _style(looks: Looks, number: int, style: Style) -> str:
    return tag(
        "hh:style",
        {
            "id": number,
            "type": "PARA",
            "name": style.name,
            "engName": style.english,
            "paraPrIDRef": looks.para(style.para),
            "charPrIDRef": looks.char(style.char),
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
