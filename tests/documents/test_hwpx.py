"""The paper as HWPX: sound for 한글, its tables and headings real, the same bytes each time."""

from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from typing import Any, get_args
from zipfile import ZIP_STORED, ZipFile

import pytest
from hwpx import HwpxDocument
from hwpx.layout.pages import estimate_pages
from hwpx.tools.id_integrity import check_id_integrity
from hwpx.tools.package_validator import validate_package
from hwpx.tools.validator import validate_document
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.documents.hwpx import render_hwpx
from apps.documents.hwpx.body import Body
from apps.documents.hwpx.contents import pages_of_headings
from apps.documents.hwpx.draw import Paper, draw
from apps.documents.hwpx.looks import Looks
from apps.documents.hwpx.styles import STYLES
from apps.documents.hwpx.xml import WIDTH
from apps.documents.nodes import (
    Attachments,
    Bar,
    BarChart,
    Cell,
    Column,
    Contents,
    Document,
    Heading,
    KeyFacts,
    LineChart,
    MonthArea,
    MonthChart,
    MonthRow,
    Node,
    OrgBox,
    OrgChart,
    OrgTier,
    Outline,
    PageBreak,
    Row,
    RowGroup,
    Signatures,
    Step,
    Steps,
    Table,
    TitleBox,
    roman,
)
from tests.documents.hwpx import (
    HEADER,
    HH,
    HP,
    bare,
    cells,
    cells_of,
    elements,
    paper,
    read,
    rows,
    style,
    tables,
    texts,
    xml,
)
from tests.documents.paper import (
    BAR_CHART,
    BUDGET,
    LINE_CHART,
    ORG_CHART,
    PLAN,
    SCHEDULE,
    STEPS,
    months,
)

WHOLE = Document(
    PLAN.title, PLAN.issuer, (TitleBox(cover=True), Contents(), *PLAN.nodes), "부제목", "2016. 4."
)


@pytest.fixture(scope="module")
def plan() -> bytes:
    return render_hwpx(WHOLE)


class TestFile:
    def test_its_kind_is_told_by_the_first_entry(self, plan: bytes) -> None:
        first = ZipFile(BytesIO(plan)).infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        assert plan[38:57] == b"application/hwp+zip"

    def test_hancoms_schema_and_every_check_we_know_find_nothing(self, plan: bytes) -> None:
        assert [str(issue) for issue in validate_document(plan).issues] == []
        report = validate_package(plan)
        assert [str(issue) for issue in report.issues if issue.level == "error"] == []
        integrity = check_id_integrity(HwpxDocument.open(BytesIO(plan)))
        assert (integrity.dangling, integrity.orphan_bin_data) == ([], [])

    def test_every_look_referred_to_is_defined(self, plan: bytes) -> None:
        header, section = xml(plan, HEADER), xml(plan)
        defined = {
            name: {e.get("id") for e in header.iter(HH + element)}
            for name, element in {
                "charPrIDRef": "charPr",
                "paraPrIDRef": "paraPr",
                "styleIDRef": "style",
                "nextStyleIDRef": "style",
                "borderFillIDRef": "borderFill",
                "tabPrIDRef": "tabPr",
            }.items()
        }
        none = {"4294967295"}
        for element in (*header.iter(), *section.iter()):
            for name, value in element.attrib.items():
                if name in defined:
                    assert value in defined[name] | none, (element.tag, name, value)
        for listed in header.find(HH + "refList"):
            assert listed.get("itemCnt") == str(len(listed))

    def test_every_field_ends_and_leads_to_a_heading(self, plan: bytes) -> None:
        section = xml(plan)
        begun = [field.get("id") for field in section.iter(HP + "fieldBegin")]
        assert [field.get("beginIDRef") for field in section.iter(HP + "fieldEnd")] == begun
        ids = Counter(p.get("id") for p in section.iter(HP + "p"))
        targets = [p.text for p in section.iter(HP + "stringParam") if p.get("name") == "RefPath"]
        assert len(targets) == len(WHOLE.headings())
        assert {ids[target.strip("?#;")] for target in targets} == {1}

    def test_equal_papers_give_equal_bytes(self, plan: bytes) -> None:
        assert render_hwpx(Document.from_json(WHOLE.to_json())) == plan

    def test_title_and_issuer_are_told(self, plan: bytes) -> None:
        said = bare("".join(xml(plan, "Contents/content.hpf").itertext()))
        assert bare(WHOLE.title) + "ko" + bare(WHOLE.issuer) == said

    def test_letters_no_file_can_hold_are_left_out(self) -> None:
        document = Document('"<계획>" & 1\x00', "강북구\x0b", (Outline.of("○ 가\x01나 <b>&amp;"),))
        (line,) = texts(elements(read(render_hwpx(document))))
        assert line == "○ 가나 <b>&amp;"


class TestNodes:
    def test_every_node_is_drawn(self) -> None:
        undrawn = [node for node in get_args(Node) if draw.dispatch(node) is draw.dispatch(object)]
        assert undrawn == []

    def test_a_node_nobody_draws_is_an_error(self) -> None:
        @dataclass(frozen=True)
        class Photograph:
            text: str = "사진"

        with pytest.raises(NotImplementedError, match="Photograph"):
            paper(Photograph())  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        "nodes",
        [
            (),
            (PageBreak(),),
            (Outline(()),),
            (KeyFacts(()),),
            (Table((Column(),), (), ()),),
            (BarChart("수", ()),),
            (BarChart("수", (Bar("0년", 0, ""),)),),
            (LineChart("누계", (), ()),),
            (MonthChart("일정", ()),),
            (Steps(()),),
            (Steps((Step(""),)),),
            (OrgChart("조직", (OrgTier(()), OrgTier((), "행정기관"), OrgTier((OrgBox(""),)))),),
            (Attachments(()), Signatures(()), Contents()),
        ],
    )
    def test_a_paper_that_says_nothing_yet_is_sound(self, nodes: tuple[Node, ...]) -> None:
        file = paper(*nodes)
        assert [str(issue) for issue in validate_document(file).issues] == []
        assert estimate_pages(file).pages == 1

    def test_headings_are_the_outline_of_the_file(self, plan: bytes) -> None:
        document = read(plan)
        found = [
            (e.heading_level, bare("".join(texts([e]))))
            for e in elements(document)
            if not hasattr(e, "rows") and style(document, e).startswith("개요")
        ]
        assert found == [(node.level, bare(node.number + node.text)) for node in WHOLE.headings()]

    def test_contents_name_every_heading_and_its_page(self, plan: bytes) -> None:
        document = read(plan)
        entries = [
            "".join(texts([e])).split("\t")
            for e in elements(document)
            if not hasattr(e, "rows") and style(document, e) in ("차례 1", "차례 2", "차례 3")
        ]
        assert [bare(text) for text, _ in entries] == [
            bare(heading.number + heading.text) for heading in WHOLE.headings()
        ]
        pages = [int(page) for _, page in entries]
        assert pages == sorted(pages)
        # The cover is not counted, the contents are page 1, the paper begins below them.
        assert pages[0] == 1
        breaks = [node for node in WHOLE.nodes if isinstance(node, PageBreak)]
        assert pages[-1] >= len(breaks) + 1

    def test_contents_go_no_deeper_than_asked(self) -> None:
        headings = (Heading(1, "장", "Ⅰ"), Heading(2, "절", "1."), Heading(3, "과제", "1-1"))
        document = read(paper(Contents(depth=2), *headings))
        entries = [style(document, e) for e in elements(document) if "차례" in style(document, e)]
        assert entries == ["차례 제목", "차례 1", "차례 2"]

    def test_contents_have_no_pages_that_cannot_be_told(self) -> None:
        document = Document("계획", "강북구", (Contents(), Heading(1, "추진근거", "Ⅰ")))
        gridded = with_section(render_hwpx(document), b'lineGrid="0"', b'lineGrid="400"')
        assert pages_of_headings(gridded, [2]) == ()
        body = Body(Looks(STYLES), "")
        draw(Contents(), Paper(document, body))
        assert "Ⅰ 추진근거</hp:t>" in body.section()

    def test_marks_hang_by_their_level(self) -> None:
        file = paper(Outline.of("□ 가\n○ 나\n- 다\n· 라\n※ 마\n바"))
        document = read(file)
        assert list(texts(elements(document))) == ["□ 가", "○ 나", "- 다", "· 라", "※ 마", "바"]
        margins = [self.margins(file, p) for p in xml(file).findall(HP + "p")]
        lefts = [left for left, _ in margins[:4]]
        assert lefts == sorted(set(lefts))
        assert all(indent < 0 for _, indent in margins[:5])
        assert margins[5] == (0, 0)

    def margins(self, file: bytes, paragraph: Any) -> tuple[int, int]:
        look = paragraph.get("paraPrIDRef")
        (shape,) = [p for p in xml(file, HEADER).iter(HH + "paraPr") if p.get("id") == look]
        values = {e.tag.split("}")[1]: int(e.get("value")) for e in shape.find(f".//{HH}margin")}
        return values["left"], values["intent"]

    def test_a_break_begins_a_page_and_none_is_made_at_the_start(self) -> None:
        line = Outline.of("○ 가")
        breaks = [
            p.get("pageBreak")
            for p in xml(paper(PageBreak(), line, PageBreak(), line)).findall(HP + "p")
        ]
        assert breaks == ["0", "1"]

    def test_a_cover_has_no_number_and_is_not_counted(self) -> None:
        section = xml(paper(TitleBox(cover=True), Outline.of("○ 가")))
        (hidden,) = section.iter(HP + "pageHiding")
        assert hidden.get("hidePageNum") == "1"
        *cover, first = section.findall(HP + "p")
        assert first.get("pageBreak") == "1"
        assert first.find(f".//{HP}newNum").get("num") == "1"
        assert not any(p.find(f".//{HP}newNum") is not None for p in cover)

    def test_facts_stand_beside_their_labels(self) -> None:
        file = paper(KeyFacts((("추진근거", "조례 제5조\n조례 제6조"),)))
        assert list(texts(elements(read(file)))) == ["□ 추진근거\t조례 제5조\n조례 제6조"]


class TestDrawings:
    def test_the_month_chart_tells_every_month(self) -> None:
        (table,) = tables(read(paper(SCHEDULE)))
        found = [[bare("".join(texts(cell.paragraphs))) for cell in row] for row in rows(table)]
        marks = {"none": "", "stated": "●", "derived": "◇"}
        expected = [["세부사업", bare(SCHEDULE.title)], [str(month) for month in range(1, 13)]]
        for area in SCHEDULE.areas:
            expected.append([bare(area.title)])
            expected += [
                [bare(row.label), *(marks[state] for state in row.months)] for row in area.rows
            ]
        assert found == expected

    def test_the_month_chart_of_a_year_is_one_page(self) -> None:
        rows = tuple(
            MonthRow(f"{n} 사회적경제 활성화 사업의 추진", months(1, 12)) for n in (1, 2, 3)
        )
        areas = tuple(MonthArea(f"{n}. 분야", rows[: 3 if n < 4 else 2]) for n in range(1, 6))
        file = paper(Heading(1, "추진일정", "Ⅰ"), MonthChart("2016년 월별 일정", areas))
        assert estimate_pages(file).pages == 1
        (place,) = xml(file).iter(HP + "pos")
        assert place.get("treatAsChar") == "1", "한글 moves it to the next page as one"

    def test_bars_are_as_long_as_their_values(self) -> None:
        file = paper(BAR_CHART)
        assert next(texts(elements(read(file)))) == BAR_CHART.title
        blue = self.fills(file, "#3B6EA8")
        lengths = [
            int(cell.find(HP + "cellSz").get("width"))
            for cell in xml(file).iter(HP + "tc")
            if cell.get("borderFillIDRef") in blue
        ]
        longest = max(bar.value for bar in BAR_CHART.bars)
        expected = [max(lengths) * bar.value / longest for bar in BAR_CHART.bars]
        assert lengths == [pytest.approx(length, abs=2) for length in expected]

    def fills(self, file: bytes, ground: str) -> set[str]:
        return {
            fill.get("id")
            for fill in xml(file, HEADER).iter(HH + "borderFill")
            for brush in fill.iter()
            if brush.get("faceColor") == ground
        }

    def test_lines_are_told_as_their_numbers(self) -> None:
        (table,) = tables(read(paper(LINE_CHART)))
        said = [[bare("".join(texts(cell.paragraphs))) for cell in row] for row in rows(table)]
        assert said[0] == ["구분", "2016년누계", "목표(매달같게)", "2015년누계"]
        assert said[3:] == [
            ["3월", "180,000", "300,000", "90,000"],
            ["4월", "-", "400,000", "90,000"],
        ]

    def test_steps_are_joined_by_arrows(self) -> None:
        (table,) = tables(read(paper(STEPS)))
        titles, said = (
            [bare("".join(texts(cell.paragraphs))) for cell in row] for row in rows(table)
        )
        assert titles[::2] == [bare(step.title) for step in STEPS.steps]
        assert set(titles[1::2]) == {"▶"}
        assert said == [bare(s.when + s.who + "".join(s.lines)) for s in STEPS.steps]
        (table,) = tables(read(paper(Steps(STEPS.steps[:1]))))
        assert len(rows(table)[0]) == 1

    def test_bodies_side_by_side_share_the_width(self) -> None:
        file = paper(ORG_CHART)
        said = [text for text in texts(elements(read(file))) if text]
        assert said == [
            ORG_CHART.title,
            *(
                text
                for tier in ORG_CHART.tiers
                for text in (
                    tier.label,
                    *(t for box in tier.boxes for t in (box.title, *box.lines)),
                )
            ),
        ]
        for row in xml(file).iter(HP + "tr"):
            assert sum(int(size.get("width")) for size in row.iter(HP + "cellSz")) == WIDTH


@st.composite
def some_rows(draw: st.DrawFn, columns: int, height: int) -> tuple[Row, ...]:
    """Rows whose cells, with random spans, fill the columns exactly."""
    free = [[True] * columns for _ in range(height)]
    filled = []
    for r in range(height):
        row = []
        for c in range(columns):
            if not free[r][c]:
                continue
            room = next((n for n in range(c, columns) if not free[r][n]), columns) - c
            colspan = draw(st.integers(1, room))
            rowspan = draw(st.integers(1, height - r))
            for y in range(r, r + rowspan):
                free[y][c : c + colspan] = [False] * colspan
            text = draw(st.text("가나1,% <&>\n·-○\x0b", max_size=12))
            row.append(Cell(text, colspan, rowspan, draw(st.sampled_from((None, "right")))))
        filled.append(Row(tuple(row), total=draw(st.booleans())))
    return tuple(filled)


@st.composite
def some_table(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(st.integers(1, 9), min_size=1, max_size=5))
    heights = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    return Table(
        tuple(Column(width) for width in columns),
        draw(some_rows(len(columns), draw(st.integers(0, 2)))),
        tuple(RowGroup(draw(some_rows(len(columns), height))) for height in heights),
        dense=draw(st.booleans()),
    )


class TestTables:
    def test_merged_cells_totals_and_marks(self) -> None:
        document = read(paper(BUDGET))
        (table,) = tables(document)
        assert cells(table) == cells_of(BUDGET)
        above = next(texts(elements(document)))
        assert above == f"{BUDGET.caption}\t({BUDGET.unit})"

    @settings(max_examples=20, deadline=None)
    @given(some_table())
    def test_any_table_is_read_back_as_it_was(self, node: Table) -> None:
        file = paper(node)
        (table,) = tables(read(file))
        assert [clean(cell) for cell in cells(table)] == [clean(cell) for cell in cells_of(node)]
        columns = [column.width for column in node.columns]
        for cell in xml(file).iter(HP + "tc"):
            start = int(cell.find(HP + "cellAddr").get("colAddr"))
            span = int(cell.find(HP + "cellSpan").get("colSpan"))
            share = sum(columns[start : start + span]) / sum(columns)
            width = int(cell.find(HP + "cellSz").get("width"))
            assert width == pytest.approx(share * WIDTH, abs=1)

    def test_a_long_table_breaks_between_rows_under_its_head(self) -> None:
        firms = [Row.of(str(number), "협동조합\n가입") for number in range(80)]
        node = Table((Column(), Column()), (Row.of("번호", "기업"),), RowGroup.each(firms))
        file = paper(node)
        (table,) = xml(file).iter(HP + "tbl")
        assert (table.get("pageBreak"), table.get("repeatHeader")) == ("TABLE", "1")
        assert table.find(HP + "pos").get("treatAsChar") == "0"
        heads = [cell.get("header") for cell in table.iter(HP + "tc")]
        assert heads == ["1", "1"] + ["0"] * 160
        pages = estimate_pages(file).pages
        assert pages is not None
        assert pages > 2

    def test_a_short_table_stays_whole_unless_it_is_higher_than_a_page(self) -> None:
        def place(text: str) -> str:
            node = Table((Column(),), (), RowGroup.each([Row.of(text)] * 3))
            (found,) = xml(paper(node)).iter(HP + "pos")
            return str(found.get("treatAsChar"))

        assert place("협동조합") == "1"
        assert place("협동조합 육성과 지원 " * 400) == "0"

    def test_figures_stand_at_the_right_and_totals_are_set_off(self) -> None:
        file = paper(BUDGET)
        header = xml(file, HEADER)
        aligns = {
            p.get("id"): p.find(HH + "align").get("horizontal") for p in header.iter(HH + "paraPr")
        }
        grounds = {
            fill.get("id"): brush.get("faceColor")
            for fill in header.iter(HH + "borderFill")
            for brush in fill.iter()
            if brush.get("faceColor")
        }
        head, first, *_, total = (list(row.iter(HP + "tc")) for row in xml(file).iter(HP + "tr"))
        assert {grounds.get(cell.get("borderFillIDRef")) for cell in head} == {"#E6E8EA"}
        names, *figures = [grounds.get(cell.get("borderFillIDRef")) for cell in first]
        assert (names, set(figures)) == ("#F8F9FA", {None})
        assert {grounds.get(cell.get("borderFillIDRef")) for cell in total} == {"#F4F5F6"}
        places = [aligns[cell.find(f".//{HP}p").get("paraPrIDRef")] for cell in first]
        assert places == ["LEFT", "LEFT", "RIGHT", "LEFT"]


def with_section(file: bytes, old: bytes, new: bytes) -> bytes:
    """The file with something else in its text."""
    changed = BytesIO()
    with ZipFile(BytesIO(file)) as source, ZipFile(changed, "w") as target:
        for info in source.infolist():
            target.writestr(info, source.read(info).replace(old, new))
    return changed.getvalue()


def clean(cell: tuple[int, int, int, int, str]) -> tuple[int, int, int, int, str]:
    return (*cell[:4], cell[4].replace("\x0b", ""))


def test_chapters_of_a_paper_are_numbered_in_white_on_blue() -> None:
    file = paper(Heading(1, "추진근거", roman(1)))
    header = xml(file, HEADER)
    (number, _) = xml(file).findall(f"{HP}p/{HP}run")[1:]
    (look,) = [c for c in header.iter(HH + "charPr") if c.get("id") == number.get("charPrIDRef")]
    assert (look.get("textColor"), look.get("shadeColor")) == ("#FFFFFF", "#1D3F72")
