"""The page a paper stands on: A4, its running title and its number at the foot."""

from apps.documents.hwpx.body import Block, sub_list
from apps.documents.hwpx.looks import Fill, Looks
from apps.documents.hwpx.xml import BOTTOM, EDGE, PAGE_HEIGHT, PAGE_WIDTH, SIDE, TOP, WIDTH, tag


def opening(looks: Looks, running_title: Block) -> str:
    """What the first paragraph carries: the page, the running title, the page number."""
    return (
        _page(looks.fill(Fill()))
        + _control(
            tag(
                "hp:colPr",
                {
                    "id": "",
                    "type": "NEWSPAPER",
                    "layout": "LEFT",
                    "colCount": 1,
                    "sameSz": 1,
                    "sameGap": 0,
                },
            )
        )
        + _control(
            tag(
                "hp:header",
                {"id": 1, "applyPageType": "BOTH"},
                sub_list([running_title], "TOP", WIDTH, EDGE),
            )
        )
        + _control(
            tag("hp:pageNum", {"pos": "BOTTOM_CENTER", "formatType": "DIGIT", "sideChar": "-"})
        )
    )


def _control(content: str) -> str:
    return tag("hp:ctrl", None, content)


def _page(no_fill: int) -> str:
    return tag(
        "hp:secPr",
        {
            "id": "",
            "textDirection": "HORIZONTAL",
            "spaceColumns": 1134,
            "tabStop": 8000,
            "tabStopVal": 4000,
            "tabStopUnit": "HWPUNIT",
            "outlineShapeIDRef": 1,
            "memoShapeIDRef": 0,
            "textVerticalWidthHead": 0,
            "masterPageCnt": 0,
        },
        tag("hp:grid", {"lineGrid": 0, "charGrid": 0, "wonggojiFormat": 0}),
        tag(
            "hp:startNum",
            {"pageStartsOn": "BOTH", "page": 0, "pic": 0, "tbl": 0, "equation": 0},
        ),
        tag(
            "hp:visibility",
            {
                "hideFirstHeader": 1,
                "hideFirstFooter": 0,
                "hideFirstMasterPage": 0,
                "border": "SHOW_ALL",
                "fill": "SHOW_ALL",
                "hideFirstPageNum": 0,
                "hideFirstEmptyLine": 0,
                "showLineNumber": 0,
            },
        ),
        tag(
            "hp:lineNumberShape",
            {"restartType": 0, "countBy": 0, "distance": 0, "startNumber": 0},
        ),
        tag(
            "hp:pagePr",
            {
                "landscape": "WIDELY",
                "width": PAGE_WIDTH,
                "height": PAGE_HEIGHT,
                "gutterType": "LEFT_ONLY",
            },
            tag(
                "hp:margin",
                {
                    "header": EDGE,
                    "footer": EDGE,
                    "gutter": 0,
                    "left": SIDE,
                    "right": SIDE,
                    "top": TOP,
                    "bottom": BOTTOM,
                },
            ),
        ),
        _notes("footNotePr", "EACH_COLUMN"),
        _notes("endNotePr", "END_OF_DOCUMENT"),
        *(_page_border(kind, no_fill) for kind in ("BOTH", "EVEN", "ODD")),
    )


def _notes(name: str, place: str) -> str:
    return tag(
        f"hp:{name}",
        None,
        tag(
            "hp:autoNumFormat",
            {"type": "DIGIT", "userChar": "", "prefixChar": "", "suffixChar": ")", "supscript": 0},
        ),
        tag("hp:noteLine", {"length": -1, "type": "SOLID", "width": "0.12 mm", "color": "#000000"}),
        tag("hp:noteSpacing", {"betweenNotes": 283, "belowLine": 567, "aboveLine": 850}),
        tag("hp:numbering", {"type": "CONTINUOUS", "newNum": 1}),
        tag("hp:placement", {"place": place, "beneathText": 0}),
    )


def _page_border(kind: str, fill: int) -> str:
    offset = 1417
    return tag(
        "hp:pageBorderFill",
        {
            "type": kind,
            "borderFillIDRef": fill,
            "textBorder": "PAPER",
            "headerInside": 0,
            "footerInside": 0,
            "fillArea": "PAPER",
        },
        tag("hp:offset", {"left": offset, "right": offset, "top": offset, "bottom": offset}),
    )
