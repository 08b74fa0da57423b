"""Two editions side by side."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from apps.core.differences import Piece
from apps.documents.compare import Change, Place, compare, comparison_table
from apps.documents.nodes import (
    Cell,
    ChartLine,
    Column,
    Document,
    Heading,
    KeyFacts,
    LineChart,
    MonthArea,
    MonthChart,
    MonthRow,
    Node,
    Outline,
    PageBreak,
    Row,
    RowGroup,
    Table,
    TitleBox,
)
from tests.documents.paper import PLAN, months


def paper(*nodes: Node) -> Document:
    return Document("추진계획", "일자리과", nodes)


def task(number: str, title: str, text: str) -> tuple[Node, ...]:
    return Heading(3, title, number), Outline.of(text)


CHAPTER = (Heading(1, "추진계획", "Ⅵ"), Heading(2, "판로", "3."))


def table(*rows: Row) -> Table:
    return Table(
        (Column(1, head=True), Column(), Column()),
        (Row.of("구분", "금액", "비고"),),
        (RowGroup.of(*rows),),
    )


def texts(found: tuple[Place, ...]) -> list[tuple[str, str, str, str]]:
    return [(p.title, c.kind, c.old_text, c.new_text) for p in found for c in p.changes]


def test_equal_papers_differ_nowhere() -> None:
    assert compare(PLAN, PLAN) == ()


def test_how_a_paper_is_broken_into_pages_is_no_change() -> None:
    assert compare(paper(*CHAPTER), paper(PageBreak(), *CHAPTER)) == ()


def test_a_changed_line_marks_the_words_that_changed() -> None:
    old = paper(*CHAPTER, *task("3-1", "공공구매", "○ 3월 수요조사\n○ 목표는 1,000천원으로 정함"))
    new = paper(*CHAPTER, *task("3-1", "공공구매", "○ 3월 수요조사\n○ 목표는 1,200천원으로 정함"))
    (place,) = compare(old, new)
    assert place.title == "Ⅵ 추진계획 › 3. 판로 › 3-1 공공구매"
    assert place.changes == (
        Change(
            "changed",
            (Piece("○ 목표는 "), Piece("1,000천원으로", marked=True), Piece(" 정함")),
            (Piece("○ 목표는 "), Piece("1,200천원으로", marked=True), Piece(" 정함")),
        ),
    )


def test_lines_and_whole_tasks_are_added_and_removed() -> None:
    first = task("3-1", "공공구매", "○ 수요조사\n○ 목표 통보")
    old = paper(*CHAPTER, *first, *task("3-2", "장터", "○ 넷째 토요일"))
    new = paper(*CHAPTER, *task("3-1", "공공구매", "○ 수요조사"), *task("3-3", "기획전", "○ 5월"))
    at = "Ⅵ 추진계획 › 3. 판로 › "
    assert texts(compare(old, new)) == [
        (f"{at}3-1 공공구매", "removed", "○ 목표 통보", ""),
        (f"{at}3-2 장터", "removed", "3-2 장터", ""),
        (f"{at}3-2 장터", "removed", "○ 넷째 토요일", ""),
        (f"{at}3-3 기획전", "added", "", "3-3 기획전"),
        (f"{at}3-3 기획전", "added", "", "○ 5월"),
    ]


def test_a_task_with_another_title_is_the_same_task() -> None:
    old = paper(*CHAPTER, *task("3-1", "공공구매", "○ 수요조사"))
    new = paper(*CHAPTER, *task("3-1", "공공구매 활성화", "○ 수요조사"))
    ((_, kind, was, now),) = texts(compare(old, new))
    assert (kind, was, now) == ("changed", "3-1 공공구매", "3-1 공공구매 활성화")


def test_a_table_is_compared_row_by_row() -> None:
    total = Row.of("계", "30", "", total=True)
    old = paper(*CHAPTER, table(Row.of("행사", "10", ""), Row.of("홍보", "20", "책자"), total))
    new = paper(
        *CHAPTER,
        table(
            Row.of("교육", "5", ""), Row.of("행사", "15", ""), Row.of("홍보", "20", "책자"), total
        ),
    )
    assert [(kind, was, now) for _, kind, was, now in texts(compare(old, new))] == [
        ("added", "", "교육 │ 5 │ "),
        ("changed", "행사 │ 10 │ ", "행사 │ 15 │ "),
    ]


def test_a_row_under_a_span_is_whole_by_itself() -> None:
    def spanned(amount: str) -> Document:
        first = Row.of(Cell("구비", rowspan=2), "행사", "10")
        return paper(*CHAPTER, table(first, Row.of("홍보", amount), Row.of(Cell("계", colspan=3))))

    ((_, kind, was, now),) = texts(compare(spanned("20"), spanned("25")))
    assert (kind, was, now) == ("changed", "구비 │ 홍보 │ 20", "구비 │ 홍보 │ 25")


def test_facts_months_and_the_title_are_compared() -> None:
    def whole(title: str, period: str, last: int) -> Document:
        chart = MonthChart("월별", (MonthArea("판로", (MonthRow("3-1", months(3, last)),)),))
        facts = KeyFacts((("추진기간", period), ("예산", "비예산")))
        return replace(paper(TitleBox(), *CHAPTER, facts, chart), title=title)

    old, new = whole("2016년 계획", "3월 ~ 8월", 8), whole("2016년 수정계획", "3월 ~ 9월", 9)
    assert [(was, now) for _, _, was, now in texts(compare(old, new))] == [
        ("2016년 계획", "2016년 수정계획"),
        ("추진기간: 3월 ~ 8월", "추진기간: 3월 ~ 9월"),
        ("3-1: 3월~8월", "3-1: 3월~9월"),
    ]


def test_a_chart_of_lines_is_compared_point_by_point() -> None:
    def chart(march: int) -> Document:
        line = ChartLine("올해", (40_000, march))
        return paper(*CHAPTER, LineChart("누계", ("2월", "3월"), (line,)))

    ((_, kind, was, now),) = texts(compare(chart(70_000), chart(80_000)))
    assert (kind, was, now) == ("changed", "3월 │ 70", "3월 │ 80")


def test_the_printed_table_has_a_row_for_every_change() -> None:
    old = paper(*CHAPTER, Outline.of("○ 하나\n○ 둘"))
    new = paper(*CHAPTER, Outline.of("○ 하나"))
    drawn = comparison_table(compare(old, new), old="제1판", new="제2판")
    assert [[c.text for c in r.cells] for g in drawn.groups for r in g.rows] == [
        ["Ⅵ 추진계획 › 3. 판로"],
        ["○ 둘", "(삭제)"],
    ]


LINES = st.lists(st.sampled_from(["하나 둘", "하나 셋", "나무", "구비 10", "구비 12"]), max_size=6)


@given(LINES, LINES)
def test_the_new_paper_follows_from_the_old_and_its_changes(old: list[str], new: list[str]) -> None:
    """Nothing is lost: every line of either paper that the other lacks stands in a change."""

    def of(lines: list[str]) -> Document:
        return paper(Heading(1, "장", "Ⅰ"), Outline.of("\n".join(f"○ {x}" for x in lines)))

    changes = [c for place in compare(of(old), of(new)) for c in place.changes]
    gone = [c.old_text.removeprefix("○ ") for c in changes if c.old]
    come = [c.new_text.removeprefix("○ ") for c in changes if c.new]
    assert sorted(old + come) == sorted(new + gone)
    assert (not changes) == (old == new)
