"""The paper as HTML: valid, headings in order, tables a reader can follow."""

from collections import Counter
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from tinyhtml5.parser import HTMLParser  # type: ignore[import-untyped]

from apps.documents.html import render_html
from apps.documents.nodes import (
    Bar,
    BarChart,
    Cell,
    ChartLine,
    Column,
    Contents,
    Document,
    Heading,
    LineChart,
    Node,
    Note,
    Row,
    RowGroup,
    Summary,
    Table,
    TitleBox,
)
from tests.documents.paper import BAR_CHART, BUDGET, LINE_CHART, PLAN, SCHEDULE


def page(*nodes: Node, title: str = "계획", level: int = 2) -> Element:
    """The paper's HTML, parsed."""
    return parsed(render_html(Document(title, "강북구", nodes), level=level))


def parsed(html: str) -> Element:
    root: Element = tinyhtml5.parse(f"<!DOCTYPE html>{html}", namespace_html_elements=False)
    return root


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def headings(root: Element) -> list[tuple[str, str]]:
    levels = {f"h{level}" for level in range(1, 7)}
    return [(e.tag, words(e)) for e in root.iter() if e.tag in levels]


def test_headings_go_down_from_the_title() -> None:
    nodes = (
        TitleBox(),
        Heading(1, "추진근거", "Ⅰ"),
        Heading(2, "구축", "1."),
        Heading(3, "수립", "1-1"),
    )
    expected = [("h2", "계획"), ("h3", "Ⅰ 추진근거"), ("h4", "1. 구축"), ("h5", "1-1 수립")]
    assert headings(page(*nodes)) == expected
    assert headings(page(*nodes, level=1))[0] == ("h1", "계획")


def test_every_tag_is_closed_where_it_was_opened() -> None:
    html = render_html(PLAN)
    parser = HTMLParser(namespace_html_elements=False)
    parser.parse(f"<!DOCTYPE html><title>{PLAN.title}</title>{html}")
    assert parser.errors == []


def test_nothing_in_a_paper_needs_inline_style_or_script() -> None:
    for element in parsed(render_html(PLAN)).iter():
        assert element.tag != "script"
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]


def test_what_was_typed_is_escaped() -> None:
    root = page(Summary("<b>가</b>"), Note("<img src=x>"), title="<script>")
    assert words(root) == "<b>가</b> ※ <img src=x>"
    assert {e.tag for e in root.iter()} == {"html", "head", "body", "article", "div", "p", "span"}


def test_table_cells_are_tied_to_their_heads() -> None:
    root = page(BUDGET)
    scopes = Counter(e.get("scope") for e in root.iter("th"))
    # Six programs and the total name their rows.
    assert scopes == {"col": 4, "row": 7}
    assert [col.get("class") for col in root.iter("col")] == [
        "doc-w-25", "doc-w-45", "doc-w-15", "doc-w-15"
    ]  # fmt: skip
    assert len(list(root.iter("tbody"))) == len(BUDGET.groups)
    caption = next(root.iter("caption"))
    assert words(caption) == "일반회계 (단위: 천원)"


def test_an_amount_beside_a_row_span_stays_at_the_right() -> None:
    amount = next(e for e in page(BUDGET).iter("td") if words(e) == "3,530")
    assert amount.get("class") == "doc-right"


def test_column_widths_fill_the_table() -> None:
    columns = tuple(Column(width) for width in (2, 3, 5, 2))
    root = page(Table(columns, (), RowGroup.each([Row.of("가", "나", "다", "라")])))
    widths = [int((col.get("class") or "").removeprefix("doc-w-")) for col in root.iter("col")]
    assert sum(widths) == 100


def test_lines_in_a_cell_hang_from_their_marks() -> None:
    cells = (Cell("- 상담\n- 교육"), Cell("-"), Cell("가\n나"))
    root = page(Table((Column(),) * 3, (), (RowGroup.of(Row(cells)),)))
    hung, lone, broken = root.iter("td")
    assert [words(p) for p in hung.iter("p")] == ["- 상담", "- 교육"]
    assert words(lone) == "-"
    assert lone.find("p") is None
    assert broken.find("br") is not None


def test_months_are_told_in_words() -> None:
    root = page(SCHEDULE)
    row = next(tr for tr in root.iter("tr") if "1-2 통합지원센터" in words(tr))
    said = [mark.get("aria-label") for td in row.iter("td") for mark in td]
    assert said == ["추진(도출)"] * 10
    assert "◇ 기간·일정에서 도출" in words(next(root.iter("caption")))


def test_a_bar_chart_says_its_values() -> None:
    root = parsed(render_html(Document("계획", "강북구", (BAR_CHART,))))
    titles = [e.text for e in root.iter() if e.tag.endswith("title")]
    expected = "사회적경제 조직 수: 2013년 31개, 2014년 42개, 2015년 54개, 2016년 3월 63개"
    assert titles == [expected]
    heights = [int(e.attrib["height"]) for e in root.iter() if e.tag.endswith("rect")]
    assert heights == [64, 87, 111, 130]


def test_what_is_not_certain_stands_on_top_of_its_bar() -> None:
    bars = (Bar("시비", 150, "150천원", 50, "선정 시 +50천원"), Bar("구비", 100, "100천원"))
    root = page(BarChart("재원별", bars, ("확정", "선정 시")))
    rects = [e.attrib for e in root.iter() if e.tag.endswith("rect")]
    assert [int(r["height"]) for r in rects] == [98, 32, 65]
    assert int(rects[1]["y"]) + int(rects[1]["height"]) == int(rects[0]["y"])
    title = next(e.text for e in root.iter() if e.tag.endswith("title"))
    assert title == "재원별: 시비 150천원 선정 시 +50천원, 구비 100천원"
    assert words(next(p for p in root.iter("p"))) == "확정 선정 시"


def lines_of(root: Element) -> list[list[tuple[int, int]]]:
    """The points of each line, from the one drawn first: the chart's last."""
    return [
        [(int(x), int(y)) for x, y in (at.split(",") for at in e.attrib["points"].split())]
        for e in root.iter()
        if e.tag.endswith("polyline")
    ]


def test_lines_stand_as_high_as_their_amounts() -> None:
    root = page(LINE_CHART)
    before, due, now = lines_of(root)
    assert [len(before), len(due), len(now)] == [4, 4, 3], "this year has not come so far"
    # The scale ends at the first of its steps that reaches all lines.
    shown = [words(e) for e in root.iter() if e.tag.endswith("text")]
    assert shown[:5] == ["0", "100,000", "200,000", "300,000", "400,000"]
    base, top = 262, 44
    heights = [(base - y) / (base - top) for _, y in due]
    assert heights == [pytest.approx(part, abs=0.005) for part in (0.25, 0.5, 0.75, 1)]
    assert [x for x, _ in now] == [x for x, _ in due[:3]]


def test_lines_are_told_apart_without_color_and_in_words() -> None:
    root = page(LINE_CHART)
    drawn = [e.attrib for e in root.iter() if e.tag.endswith("polyline")]
    assert len({(e.get("stroke-dasharray"), e["stroke-width"]) for e in drawn}) == 3
    title = next(e.text for e in root.iter() if e.tag.endswith("title"))
    assert title == (
        "2016년 구매액 누계: 2016년 누계 3월 180,000, 목표(매달 같게) 4월 400,000,"
        " 2015년 누계 4월 90,000 (단위: 천원)"
    )


@given(st.integers(0, 10**15))
def test_the_scale_of_lines_reaches_the_highest_in_few_steps(most: int) -> None:
    root = page(LineChart("누계", ("1월",), (ChartLine("올해", (most,)),)))
    (((_, height),),) = lines_of(root)
    lines = [e.attrib for e in root.iter() if e.tag.endswith("}line") or e.tag == "line"]
    steps = [int(e["y1"]) for e in lines if e["x1"] == "92" and e["x2"] == "632"]
    assert 2 <= len(steps) <= 6
    assert min(steps) == 44 <= height <= 262 == max(steps)


def test_lines_without_values_are_a_chart_all_the_same() -> None:
    assert lines_of(page(LineChart("누계", ("1월",), (ChartLine("올해", ()),)))) == [[]]
    assert lines_of(page(LineChart("누계", (), ()))) == []


def test_contents_lead_to_the_headings() -> None:
    nodes = (Heading(1, "요약"), Heading(1, "과제", "Ⅰ"), Heading(2, "기반", "1."))
    root = page(Contents(depth=1), *nodes)
    links = [(a.get("href"), words(a)) for a in root.iter("a")]
    assert links == [("#doc-1", "요약"), ("#doc-2", "Ⅰ 과제")]
    ids = {e.get("id"): words(e) for e in root.iter() if e.get("id")}
    assert ids == {"doc-1": "요약", "doc-2": "Ⅰ 과제", "doc-3": "1. 기반"}
    assert not [e for e in page(*nodes).iter() if e.get("id")], "parts of a paper share a page"


def test_a_chart_without_values_has_no_bars() -> None:
    root = page(BarChart("조직 수", ()))
    assert not [e for e in root.iter() if e.tag.endswith("rect")]
