"""A `Document` as HTML, the same for the page in the browser and for the PDF."""

import re
from dataclasses import dataclass
from functools import singledispatch
from itertools import accumulate, pairwise
from typing import Any
from unicodedata import east_asian_width

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from apps.core.money import thousand
from apps.core.outline import OutlineLine, parse
from apps.documents.nodes import (
    MONTH_MARKS,
    Align,
    BarChart,
    Cell,
    ChartLine,
    Contents,
    Document,
    Heading,
    LineChart,
    MonthChart,
    Node,
    Row,
    Steps,
    Summary,
    Table,
    TitleBox,
    places,
)
from apps.documents.tables import WHOLE_ROWS

CHART_WIDTH, CHART_HEIGHT = 640, 208
#: A chart of lines: the corners of the part they are drawn in, and how far its legend reaches.
LINE_LEFT, LINE_RIGHT, LINE_TOP, LINE_BOTTOM, LINE_HEIGHT = 92, 632, 44, 262, 292
LEGEND_SLOT = 190
#: How each line is told from the others: its color, thickness, dashes, and its mark.
STROKES = (
    {"color": "#1d4f91", "width": 3, "dash": "", "mark": "dot"},
    {"color": "#a5470a", "width": 2, "dash": "9 5", "mark": ""},
    {"color": "#58616a", "width": 2, "dash": "2 4", "mark": "box"},
)
#: What one line of a title holds, in hundredths of its height, and one set smaller.
ONE_LINE, LONG_LINE = 2400, 3050
#: Above the bars the value is printed, below them the label.
CHART_TOP, CHART_BOTTOM = 46, 176


def render_html(document: Document, *, level: int = 2) -> SafeString:
    """The body of the paper. ``level`` is the level of its title among the page's headings."""
    anchors = _anchors(document)
    parts = []
    for place, node in enumerate(document.nodes):
        context = {"node": node, "document": document, "level": level, **_context(node)}
        if isinstance(node, TitleBox):
            context["fit"] = _title_fit(document.title)
        elif isinstance(node, Heading):
            context |= {"level": level + node.level, "anchor": anchors.get(place, "")}
        elif isinstance(node, Contents):
            context["entries"] = [
                (heading, anchor)
                for place, anchor in anchors.items()
                if isinstance(heading := document.nodes[place], Heading)
                and heading.level <= node.depth
            ]
        parts.append(render_to_string(f"documents/nodes/{_name(node)}.html", context))
    return render_to_string("documents/document.html", {"document": document, "parts": parts})


def render_node(node: Node) -> SafeString:
    """One node, for a screen that is no paper: a chart."""
    return render_to_string(f"documents/nodes/{_name(node)}.html", {"node": node, **_context(node)})


def _name(node: Node) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(node).__name__).lower()


def _anchors(document: Document) -> dict[int, str]:
    """Where a paper with contents is pointed to: its headings' ids, by their places in it."""
    if not any(isinstance(node, Contents) for node in document.nodes):
        return {}
    places = (i for i, node in enumerate(document.nodes) if isinstance(node, Heading))
    return {place: f"doc-{number}" for number, place in enumerate(places, 1)}


@singledispatch
def _context(node: Node) -> dict[str, Any]:
    """What a node's template needs beside the node."""
    return {}


def _title_fit(title: str) -> str:
    """How a title stands in its box on paper: as it is, ``long`` or on two lines, ``longest``."""
    width = sum(90 if east_asian_width(letter) in "WF" else 45 for letter in title)
    return "" if width <= ONE_LINE else "long" if width <= LONG_LINE else "longest"


@_context.register
def _summary(node: Summary) -> dict[str, Any]:
    return {"lines": parse(node.text)}


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell as the table's template prints it; ``scope`` is empty for a cell of data."""

    cell: Cell
    scope: str
    align: Align
    lines: tuple[OutlineLine, ...]

    @property
    def outline(self) -> bool:
        """Whether the text hangs from marks. A lone ``-`` is a value: there is none."""
        return any(line.mark and line.text for line in self.lines)


@_context.register
def _table(node: Table) -> dict[str, Any]:
    edges = list(accumulate((column.width for column in node.columns), initial=0))
    percents = [edge * 100 // edges[-1] for edge in edges]
    return {
        "percents": [right - left for left, right in pairwise(percents)],
        "whole": sum(len(group.rows) for group in node.groups) <= WHOLE_ROWS,
        "head": _rows(node, node.head, head=True),
        "groups": [_rows(node, group.rows) for group in node.groups],
    }


def _rows(table: Table, rows: tuple[Row, ...], *, head: bool = False) -> list[dict[str, Any]]:
    def drawn(column: int, cell: Cell) -> DrawnCell:
        named = "row" if table.columns[column].head else ""
        align = cell.align or ("center" if head else table.columns[column].align)
        return DrawnCell(cell, "col" if head else named, align, parse(cell.text))

    return [
        {"total": row.total, "cells": [drawn(*place) for place in placed]}
        for row, placed in zip(rows, places(rows, len(table.columns)), strict=True)
    ]


@_context.register
def _month_chart(node: MonthChart) -> dict[str, Any]:
    return {"months": range(1, 13), "marks": MONTH_MARKS}


@_context.register
def _bar_chart(node: BarChart) -> dict[str, Any]:
    most = max((bar.value + bar.extra for bar in node.bars), default=0) or 1
    slot = CHART_WIDTH // max(len(node.bars), 1)
    breadth = min(slot * 6 // 10, 72)
    bars = []
    for index, bar in enumerate(node.bars):
        height = round((CHART_BOTTOM - CHART_TOP) * bar.value / most)
        extra = round((CHART_BOTTOM - CHART_TOP) * bar.extra / most)
        middle = slot * index + slot // 2
        bars.append(
            {
                "bar": bar,
                "x": middle - breadth // 2,
                "y": CHART_BOTTOM - height,
                "height": height,
                "top": CHART_BOTTOM - height - extra,
                "extra": extra,
                "middle": middle,
            }
        )
    return {
        "bars": bars,
        "breadth": breadth,
        "width": CHART_WIDTH,
        "height": CHART_HEIGHT,
        "base": CHART_BOTTOM,
    }


@_context.register
def _line_chart(node: LineChart) -> dict[str, Any]:
    """Places of points and marks; the scale ends at the first of its steps above all values."""
    most = max((value for line in node.lines for value in line.values), default=0)
    step = _step_of(most)
    top = step * max(-(-most // step), 1)
    slot = (LINE_RIGHT - LINE_LEFT) // max(len(node.points), 1)
    middles = [LINE_LEFT + slot * index + slot // 2 for index in range(len(node.points))]

    def height(value: int) -> int:
        return LINE_BOTTOM - (2 * (LINE_BOTTOM - LINE_TOP) * value + top) // (2 * top)

    def line(index: int, drawn: ChartLine) -> dict[str, Any]:
        at = [(x, height(value)) for x, value in zip(middles, drawn.values, strict=False)]
        return {
            "label": drawn.label,
            "stroke": STROKES[index],
            "at": at,
            "points": " ".join(f"{x},{y}" for x, y in at),
            "legend": LINE_LEFT + LEGEND_SLOT * index,
            "end": at[-1] if at else None,
            "last": thousand(drawn.values[-1]) if at else "-",
            "last_point": node.points[len(at) - 1] if at else "",
        }

    return {
        "width": CHART_WIDTH,
        "height": LINE_HEIGHT,
        "left": LINE_LEFT,
        "right": LINE_RIGHT,
        "base": LINE_BOTTOM,
        "steps": [(height(value), thousand(value)) for value in range(0, top + 1, step)],
        "points": list(zip(middles, node.points, strict=True)),
        "lines": [line(index, drawn) for index, drawn in enumerate(node.lines)],
    }


def _step_of(most: int) -> int:
    """A round step of which five at most reach ``most`` won; never less than 천원."""
    size = 1_000
    while True:
        for step in (size, 2 * size, 5 * size):
            if step * 5 >= most:
                return step
        size *= 10


@_context.register
def _steps(node: Steps) -> dict[str, Any]:
    return {"steps": [{"step": step, "lines": parse("\n".join(step.lines))} for step in node.steps]}
