"""Papers as values: stored and read back unchanged, and refused when they cannot be drawn."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.documents import nodes
from apps.documents.nodes import (
    Bar,
    BarChart,
    Cell,
    ChartLine,
    Column,
    Document,
    Heading,
    LineChart,
    MonthRow,
    Note,
    Outline,
    Row,
    RowGroup,
    Table,
    places,
    roman,
)
from tests.documents.paper import PLAN

texts = st.text(max_size=20)
pairs = st.lists(st.tuples(texts, texts), max_size=3).map(tuple)
simple_nodes = st.one_of(
    st.builds(nodes.TitleBox, cover=st.booleans()),
    st.builds(nodes.Contents, depth=st.sampled_from([1, 2, 3])),
    st.builds(nodes.Summary, text=texts),
    st.builds(Outline.of, texts),
    st.builds(nodes.KeyFacts, pairs=pairs),
    st.builds(nodes.Signatures, people=pairs),
    st.builds(
        nodes.Certificate,
        title=texts,
        number=texts,
        facts=pairs,
        text=texts,
        day=texts,
        signed=texts,
    ),
    st.builds(nodes.Attachments, items=st.lists(texts, max_size=3).map(tuple)),
    st.builds(nodes.BoundPages, key=texts, label=texts, pages=st.integers(1, 300)),
    st.builds(Note, text=texts),
    st.builds(nodes.PageBreak),
    st.builds(
        nodes.BarChart,
        title=texts,
        bars=st.lists(
            st.builds(
                Bar,
                label=texts,
                value=st.integers(0, 10**12),
                text=texts,
                extra=st.integers(0, 10**12),
                extra_text=texts,
            ),
            max_size=4,
        ).map(tuple),
        legend=st.one_of(st.just(()), st.tuples(texts, texts)),
    ),
    st.builds(
        LineChart,
        title=texts,
        points=st.just(("1월", "2월", "3월")),
        lines=st.lists(
            st.builds(
                ChartLine,
                label=texts,
                values=st.lists(st.integers(0, 10**13), max_size=3).map(tuple),
            ),
            max_size=3,
        ).map(tuple),
    ),
)


def read_back(document: Document) -> Document:
    return Document.from_json(json.loads(json.dumps(document.to_json())))


@given(st.lists(simple_nodes, max_size=6).map(tuple), texts)
def test_a_stored_paper_comes_back_equal(parts: Any, title: str) -> None:
    document = Document(title, "강북구", parts)
    assert read_back(document) == document


def test_a_paper_with_every_node_comes_back_equal() -> None:
    assert read_back(PLAN) == PLAN


def test_a_paper_stored_before_a_field_was_added_is_still_read() -> None:
    now = Table((Column(),), (), RowGroup.each([Row.of("가")]))
    data = Document("계획", "강북구", (now,)).to_json()
    (table,) = data["nodes"]
    del table["dense"], table["groups"][0]["rows"][0]["cells"][0]["number"]
    assert Document.from_json(data).nodes == (now,)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("title", 2016),
        ("nodes", [{"kind": "Page"}]),
        ("nodes", [{"kind": "Note", "text": None}]),
        ("nodes", [{"kind": "Heading", "level": 4, "text": "가", "number": ""}]),
        ("nodes", [{"kind": "KeyFacts", "pairs": [["추진근거"]]}]),
        ("nodes", "Note"),
        ("nodes", [{"kind": "Note", "text": "가", "colour": "빨강"}]),
        ("day", "2016. 4. 1."),
        ("kind", "Paper"),
    ],
)
def test_what_is_not_a_paper_is_refused(place: str, value: object) -> None:
    data = Document("계획", "강북구", ()).to_json() | {place: value}
    with pytest.raises(ValueError, match="not a"):
        Document.from_json(data)


def test_a_paper_kept_without_a_note_on_rounding_gets_none() -> None:
    """A rule that changes later changes no paper that was kept."""
    rows = [Row.of("가", Cell.thousand(1_400)), Row.of("나", Cell.thousand(1_400))]
    total = Row.of("계", Cell.thousand(2_800), total=True)
    table = Table((Column(head=True), Column()), (), RowGroup.each([*rows, total]), unit="천원")
    paper = Document("계획", "강북구", (table,))
    assert [type(node) for node in paper.nodes] == [Table, Note]
    data = paper.to_json()
    del data["nodes"][1]
    kept = Document.from_json(data)
    assert kept.nodes == (table,)
    assert kept.to_json() == data


def test_headings_may_not_skip_a_level() -> None:
    with pytest.raises(ValueError, match="건너뛸 수 없습니다"):
        Document("계획", "강북구", (Heading(1, "장"), Heading(3, "과제")))


def test_headings_may_climb_back() -> None:
    parts = (Heading(1, "장"), Heading(2, "절"), Heading(3, "과제"), Heading(1, "장"))
    assert Document("계획", "강북구", parts).nodes == parts


@pytest.mark.parametrize(
    "rows",
    [
        (Row.of("가"),),
        (Row.of("가", "나", "다"),),
        (Row.of(Cell("가", colspan=3)),),
        (Row.of(Cell("가", rowspan=2), "나"),),
        (Row.of(Cell("가", rowspan=2), "나"), Row.of("다", "라")),
        (Row.of(Cell("가", colspan=0), "나", "다"),),
    ],
)
def test_a_table_whose_cells_do_not_fill_it_is_refused(rows: tuple[Row, ...]) -> None:
    with pytest.raises(ValueError, match="표의"):
        Table((Column(), Column()), (), (RowGroup(rows),))


@st.composite
def grids(draw: st.DrawFn) -> tuple[int, tuple[Row, ...]]:
    """A grid cut into cells: spans taken greedily wherever they fit."""
    width, height = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    taken: set[tuple[int, int]] = set()
    rows: list[Row] = []
    for y in range(height):
        cells = []
        for x in range(width):
            if (x, y) in taken:
                continue
            free = 1
            while x + free < width and (x + free, y) not in taken:
                free += 1
            across, down = draw(st.integers(1, free)), draw(st.integers(1, height - y))
            taken |= {(x + i, y + j) for i in range(across) for j in range(down)}
            cells.append(Cell(f"{x},{y}", across, down))
        rows.append(Row(tuple(cells)))
    return width, tuple(rows)


@given(grids())
def test_cells_are_placed_below_and_beside_spans(grid: tuple[int, tuple[Row, ...]]) -> None:
    width, rows = grid
    for y, placed in enumerate(places(rows, width)):
        assert [f"{x},{y}" for x, _ in placed] == [cell.text for _, cell in placed]


def test_a_month_row_has_twelve_months() -> None:
    with pytest.raises(ValueError, match="12칸"):
        MonthRow("과제", ("none",) * 11)


def test_a_chart_has_two_names_in_its_legend_or_none() -> None:
    with pytest.raises(ValueError, match="둘이거나"):
        BarChart("예산", (Bar("구비", 1, "1개"),), ("확정",))


@pytest.mark.parametrize(
    ("values", "count", "why"),
    [((1, 2, 3), 1, "눈금보다 많습니다"), ((1,), 4, "셋까지"), ((0, -1), 1, "0 이상")],
)
def test_a_chart_of_lines_that_cannot_be_drawn_is_refused(
    values: tuple[int, ...], count: int, why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        LineChart("누계", ("1월", "2월"), (ChartLine("올해", values),) * count)


def test_a_bar_is_not_below_zero() -> None:
    with pytest.raises(ValueError, match="0 이상"):
        Bar("2016년", -1, "-1개")


def test_headings_of_a_paper_by_depth() -> None:
    parts = (Heading(1, "장"), Heading(2, "절"), Heading(3, "과제"), Heading(1, "장"))
    paper = Document("계획", "강북구", parts)
    assert [h.level for h in paper.headings()] == [1, 2, 3, 1]
    assert [h.level for h in paper.headings(2)] == [1, 2, 1]


def test_roman_numerals() -> None:
    assert [roman(1), roman(4), roman(9), roman(12)] == ["Ⅰ", "Ⅳ", "Ⅸ", "Ⅻ"]
    with pytest.raises(ValueError, match="1부터 12까지"):
        roman(13)
