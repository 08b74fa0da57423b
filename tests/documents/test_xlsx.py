"""Tables as sheets: numbers that are numbers, totals that add up, text that stays text."""

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook  # type: ignore[import-untyped]
from python_calamine import CalamineWorkbook

from apps.core.money import thousand
from apps.documents.nodes import (
    Cell,
    Column,
    Document,
    Heading,
    MonthArea,
    MonthChart,
    MonthRow,
    Node,
    Note,
    Outline,
    Row,
    RowGroup,
    Table,
    TitleBox,
)
from apps.documents.tables import THOUSAND, needs_rounding_note, sums
from apps.documents.xlsx import number_format, render_xlsx
from tests.documents.paper import LINE_CHART, PLAN, months

FIGURE = Column(1, "right")
UNIT = f"단위: {THOUSAND}"


def money(*rows: tuple[str, *tuple[int, ...]], total: tuple[int, ...] = ()) -> Table:
    """A table of money whose last column is the sum of those before it."""
    width = len(rows[0]) - 1
    drawn = [Row.of(label, *map(Cell.thousand, won)) for label, *won in rows]
    last = [Row.of("계", *map(Cell.thousand, total), total=True)] if total else []
    figures = (*(FIGURE for _ in range(width - 1)), Column(1, "right", total=width > 1))
    return Table(
        (Column(2, head=True), *figures),
        (Row.of("구분", *(f"금액 {i}" for i in range(width))),),
        RowGroup.each([*drawn, *last]),
        unit=UNIT,
    )


def book(*nodes: Node, title: str = "계획") -> Any:
    return load_workbook(BytesIO(render_xlsx(Document(title, "강북구", nodes))))


def cells(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def shown(document: Document, sheet: int = 0) -> list[list[Any]]:
    """What a program sees that does not compute: the values kept in the file."""
    return (
        CalamineWorkbook.from_filelike(BytesIO(render_xlsx(document)))
        .get_sheet_by_index(sheet)
        .to_python()
    )


class TestNumbers:
    def test_money_is_whole_won_shown_in_thousands(self) -> None:
        sheet = book(money(("교육", 24_360_400))).worksheets[0]
        assert sheet["B4"].value == 24_360_400
        assert sheet["B4"].number_format == "#,##0,"
        assert sheet["B2"].value == f"{UNIT} (셀 값은 원)"

    def test_totals_are_formulas_with_the_right_value_kept(self) -> None:
        table = money(
            ("교육", 1_000, 2_000, 3_000),
            ("홍보", 4_000, 6_000, 10_000),
            total=(5_000, 8_000, 13_000),
        )
        sheet = book(table).worksheets[0]
        assert [cell.value for cell in sheet[6]] == [
            "계",
            "=SUM(B4:B5)",
            "=SUM(C4:C5)",
            "=SUM(D4:D5)",
        ]
        assert [sheet["D4"].value, sheet["D5"].value] == ["=SUM(B4:C4)", "=SUM(B5:C5)"]
        assert shown(Document("계획", "강북구", (table,)))[-1] == ["계", 5_000, 8_000, 13_000]

    def test_a_total_that_does_not_add_up_is_a_plain_number(self) -> None:
        sheet = book(money(("교육", 1_000), ("홍보", 400), total=(1_500,))).worksheets[0]
        assert sheet["B6"].value == 1_500

    def test_a_total_below_subtotals_sums_the_rows_and_not_the_subtotals(self) -> None:
        def total(label: str, won: int) -> Row:
            return Row.of(label, Cell.thousand(won), total=True)

        def row(won: int) -> Row:
            return Row.of("가", Cell.thousand(won))

        rows = [row(1), row(2), total("소계", 3), row(4), total("소계", 4), total("계", 7)]
        table = Table((Column(head=True), FIGURE), (), RowGroup.each(rows), unit=UNIT)
        column = [row[1] for row in cells(book(table).worksheets[0])[2:]]
        assert column == [1, 2, "=SUM(B3:B4)", 4, "=SUM(B6)", "=SUM(B3:B4,B6)"]

    @pytest.mark.parametrize(
        ("cell", "code"),
        [
            (Cell("1,235", number=1_234_567), "#,##0,"),
            (Cell("1,235천원", number=1_234_567), '#,##0,"천원"'),
            (Cell("1,234,567", number=1_234_567), "#,##0"),
            (Cell("63개", number=63), '#,##0"개"'),
            (Cell("2016", number=2016), "0"),
            (Cell("2016년", number=2016), '0"년"'),
            (Cell("-", number=0), '#,##0,;-#,##0,;"-"'),
            (Cell("많음", number=5), "#,##0,"),
            (Cell("△1,500", number=-1_500_000), '#,##0,;"△"#,##0,'),
            (Cell('5"개', number=5), '#,##0"개"'),
        ],
    )
    def test_a_number_is_shown_as_the_paper_prints_it(self, cell: Cell, code: str) -> None:
        assert number_format(cell, in_thousand=True) == code

    @pytest.mark.parametrize(
        ("text", "value", "code"),
        [
            ("66.7%", 0.667, "0.0%"),
            ("100%", 1, "0%"),
            ("+10.0%", 0.1, "+0.0%"),
            ("-15.2%", -0.152, "0.0%"),
            ("△15.2%", -0.152, '0.0%;"△"0.0%'),
            ("1,250%", 12.5, "0%"),
            ("66.7% (예상)", "66.7% (예상)", "General"),
            ("-", "-", "General"),
        ],
    )
    def test_a_percentage_is_a_number(self, text: str, value: object, code: str) -> None:
        table = Table((Column(),), (), RowGroup.each([Row.of(text)]))
        cell = book(table).worksheets[0]["A3"]
        assert (cell.value, cell.number_format) == (value, code)

    def test_no_row_is_higher_than_a_sheet_allows(self) -> None:
        table = Table((Column(),), (), RowGroup.each([Row.of("가\n" * 40)]))
        assert 400 < book(table).worksheets[0].row_dimensions[3].height <= 409


class TestText:
    @pytest.mark.parametrize("text", ["=1+1", "+82", "-3", "@SUM(A1)", "{=A1}", "http://a.kr"])
    def test_text_is_never_a_formula_or_a_link(self, text: str) -> None:
        table = Table(
            (Column(), Column()), (Row.of(text, text),), RowGroup.each([Row.of(text, text)])
        )
        sheet = book(table, title=text).worksheets[0]
        found = [cell for row in sheet.iter_rows() for cell in row if cell.value == text]
        assert len(found) >= 4
        assert {cell.data_type for cell in found} == {"s"}
        assert [cell.hyperlink for cell in found if cell.hyperlink] == []

    def test_every_cell_of_a_paper_is_in_its_sheets(self) -> None:
        held = {
            str(value)
            for sheet in book(*PLAN.nodes).worksheets
            for row in cells(sheet)
            for value in row
        }
        told = {
            cell.text
            for node in PLAN.nodes
            if isinstance(node, Table)
            for group in (node.head, *(g.rows for g in node.groups))
            for row in group
            for cell in row.cells
        }
        assert told <= held

    def test_spans_are_merged_and_heads_frozen(self) -> None:
        table = Table(
            (Column(), Column(), Column()),
            (Row.of(Cell("구분", rowspan=2), Cell("예산", colspan=2)), Row.of("구비", "시비")),
            (RowGroup.of(Row.of(Cell("가", rowspan=2), "1", "2"), Row.of("3", "4")),),
        )
        sheet = book(table).worksheets[0]
        assert {str(r) for r in sheet.merged_cells.ranges} == {"A3:A4", "B3:C3", "A5:A6"}
        assert sheet.freeze_panes == "A5"
        assert sheet.print_title_rows == "$3:$4"

    def test_a_sheet_prints_on_the_breadth_of_a4(self) -> None:
        sheet = book(money(("가", 1)), title="계획 & 예산").worksheets[0]
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        # One page across is what a sheet without a number means; none down: as many as it takes.
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
        assert sheet.oddHeader.left.text == "계획 && 예산"
        assert sheet.oddFooter.center.text == "- &P -"


class TestSheets:
    def test_a_sheet_is_named_by_caption_line_or_heading(self) -> None:
        plain = money(("가", 1))
        captioned = Table(plain.columns, plain.head, plain.groups, caption="재원: 모두")
        names = book(
            TitleBox(),
            plain,
            Heading(1, "소요예산", "Ⅷ"),
            Outline.of("□ 일반회계: 50천원\n○ 구비"),
            plain,
            Note("따로 교부됨"),
            captioned,
            plain,
            plain,
        ).sheetnames
        assert names == ["표", "Ⅷ 일반회계", "Ⅷ 재원 모두", "Ⅷ 소요예산", "Ⅷ 소요예산 (2)"]

    def test_remarks_stand_below_their_table(self) -> None:
        sheet = book(money(("가", 1)), Note("하나"), Note("둘")).worksheets[0]
        assert [row[0] for row in cells(sheet)[-2:]] == ["※ 하나", "※ 둘"]

    @given(st.lists(st.text(max_size=40), max_size=6))
    def test_any_captions_make_names_a_sheet_may_have(self, captions: list[str]) -> None:
        tables = (
            Table((Column(),), (), RowGroup.each([Row.of("가")]), caption=c) for c in captions
        )
        content = render_xlsx(Document("계획", "강북구", tuple(tables)))
        names = CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names
        assert len({name.lower() for name in names}) == len(names) == max(len(captions), 1)
        assert all(0 < len(name) <= 31 for name in names)

    def test_a_chart_of_lines_has_its_won(self) -> None:
        sheet = book(LINE_CHART).worksheets[0]
        assert sheet.title == LINE_CHART.title
        assert cells(sheet)[2:] == [
            ["구분", *(line.label for line in LINE_CHART.lines)],
            ["1월", 40_000_000, 100_000_000, 10_000_000],
            ["2월", 75_500_000, 200_000_000, 20_000_000],
            ["3월", 180_000_000, 300_000_000, 90_000_000],
            ["4월", "-", 400_000_000, 90_000_400],
        ]

    def test_the_month_chart_has_its_marks(self) -> None:
        chart = MonthChart(
            "2016년 월별 일정", (MonthArea("기반", (MonthRow("1. 계획", months(3, 4)),)),)
        )
        rows = cells(book(chart).worksheets[0])
        assert rows[-2][0] == "기반"
        assert [i for i, mark in enumerate(rows[-1]) if mark == "●"] == [3, 4]

    def test_a_paper_without_tables_says_so(self) -> None:
        assert cells(book(Note("없음")).worksheets[0]) == [["계획: 표 없음"]]

    def test_equal_papers_give_equal_bytes(self) -> None:
        assert render_xlsx(Document.from_json(PLAN.to_json())) == render_xlsx(PLAN)


class TestRounding:
    def test_the_note_is_printed_only_where_figures_do_not_add_up(self) -> None:
        off = money(("가", 1_400), ("나", 1_400), total=(2_800,))
        fits = money(("가", 1_000), ("나", 1_400), total=(2_400,))
        nodes = Document("계획", "강북구", (off, fits)).nodes
        assert [type(node) for node in nodes] == [Table, Note, Table]
        assert nodes[1] == Note("천원 단위로 반올림하여 합계가 맞지 않을 수 있음")
        assert Document.from_json(Document("계획", "강북구", nodes).to_json()).nodes == nodes

    def test_what_is_less_counts_as_it_is_printed(self) -> None:
        def less(won: int) -> Cell:
            return Cell(f"△{thousand(-won)}", number=won)

        rows = [Row.of("가", less(-1_400)), Row.of("나", less(-1_400))]
        for total, off in ((-2_800, True), (-2_000, False)):
            rows_ = [*rows, Row.of("계", less(total), total=True)]
            table = Table((Column(head=True), FIGURE), (), RowGroup.each(rows_), unit=UNIT)
            assert needs_rounding_note(table) is off

    def test_sums_along_a_row_count_too(self) -> None:
        assert needs_rounding_note(money(("가", 400, 400, 800)))
        assert not needs_rounding_note(money(("가", 400, 0, 400)))

    def test_only_in_thousands(self) -> None:
        cells_ = [Row.of("가", Cell.count(1_400)), Row.of("나", Cell.count(1_400))]
        total = Row.of("계", Cell.count(2_800), total=True)
        table = Table((Column(), FIGURE), (), RowGroup.each([*cells_, total]), unit="단위: 개")
        assert not needs_rounding_note(table)
        counts = Table((Column(), FIGURE), (), table.groups, unit=UNIT)
        assert not needs_rounding_note(counts), "counts in a table of money are not rounded"

    @given(st.lists(st.integers(0, 10**10), min_size=1, max_size=8))
    def test_a_note_stands_exactly_where_the_printed_column_is_off(
        self, amounts: list[int]
    ) -> None:
        table = money(*((str(i), won) for i, won in enumerate(amounts)), total=(sum(amounts),))
        printed = [int(thousand(won).replace(",", "")) for won in (*amounts, sum(amounts))]
        assert needs_rounding_note(table) is (sum(printed[:-1]) != printed[-1])
        (column,) = sums(table)
        assert len(column.of) == len(amounts)
