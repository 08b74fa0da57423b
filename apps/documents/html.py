"""A `Document` as HTML, the same for the page in the browser and for the PDF."""

import re
from dataclasses import dataclass
from functools import singledispatch
from itertools import accumulate, pairwise
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from apps.core.outline import OutlineLine, parse
from apps.documents.nodes import (
    MONTH_MARKS,
    Align,
    BarChart,
    Cell,
    Contents,
    Document,
    Heading,
    MonthChart,
    Node,
    Row,
    Steps,
    Summary,
    Table,
    places,
)
from apps.documents.tables import WHOLE_ROWS

CHART_WIDTH, CHART_HEIGHT = 640, 208
#: Above the bars the value is printed, below them the label.
CHART_TOP, CHART_BOTTOM = 46, 176


def render_html(document: Document, *, level: int = 2) -> SafeString:
    """The body of the paper. ``level`` is the level of its title among the page's headings."""
    anchors = _anchors(document)
    parts = []
    for place, node in enumerate(document.nodes):
        context = {"node": node, "document": document, "level": level, **_context(node)}
        if isinstance(node, Heading):
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
def _steps(node: Steps) -> dict[str, Any]:
    return {"steps": [{"step": step, "lines": parse("\n".join(step.lines))} for step in node.steps]}
