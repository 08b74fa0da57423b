"""Finding the columns of a sheet by heading and by content."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.imports.columns import Column, Layout, guess, is_total
from apps.imports.registry import Row

COLUMNS = (
    Column("day", "날짜", ("일자", "거래일"), required=True, fits=lambda c: "-" in str(c)),
    Column("firm", "업체", ("상호", "거래처"), required=True, fits=lambda c: "상회" in str(c)),
    Column(
        "won", "금액", ("집행액",), required=True, fits=lambda c: str(c).isdecimal(), money=True
    ),
    Column("item", "품목", ("내역", "품명"), fits=lambda c: str(c)[:1] in "복현"),
    Column("note", "비고"),
)
HEAD = ("날짜", "업체", "금액", "품목", "비고")
BODY: list[Row] = [
    ("2026-11-02", "하나상회", 15000, "복사용지", None),
    ("2026-11-03", "두리상회", 7000, "현수막", "급함"),
]
KEYS = ("day", "firm", "won", "item", "note")


def of(*rows: Sequence[object]) -> Layout:
    return guess(rows, COLUMNS)  # type: ignore[arg-type]  # cells of any kind


def test_standard_headings() -> None:
    layout = of(HEAD, *BODY)
    assert (layout.keys, layout.headings, layout.above, layout.head) == (KEYS, HEAD, 1, 1)
    assert layout.values(BODY[0])["won"] == 15000
    assert layout.values(("2026-11-02",)) == dict.fromkeys(KEYS) | {"day": "2026-11-02"}


@given(order=st.permutations(range(5)), headed=st.booleans())
def test_columns_in_any_order(order: list[int], headed: bool) -> None:
    rows = [tuple(row[i] for i in order) for row in ((HEAD, *BODY) if headed else BODY)]
    layout = of(*rows)
    # Without its heading nothing tells a note.
    keys = [KEYS[i] if headed or KEYS[i] != "note" else "" for i in order]
    assert layout.keys == tuple(keys)
    assert layout.above == layout.head == int(headed)


@pytest.mark.parametrize(
    "head",
    [
        ("일자", "상호", "집행액", "품명", "비고"),
        ("날 짜", "업\n체", "금액(원)", "품목 *", "[비고]"),
        ("１. 날짜", "업체", "금 액", "품목(규격)", "비고"),
        ("거래일", "거래처(상호)", "금액<원>", "내역", "비  고"),
    ],
)
def test_other_spellings(head: tuple[str, ...]) -> None:
    assert of(head, *BODY).keys[1:] == KEYS[1:]
    assert of(head, *BODY).head == 1


def test_a_title_and_a_unit_above_the_headings() -> None:
    layout = of(("2026년 구매 내역",), (), (None, None, None, None, "(단위: 천원)"), HEAD, *BODY)
    assert (layout.above, layout.head, layout.unit, layout.keys) == (4, 4, "천원", KEYS)


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("금액(천원)", "천원"),
        ("금액 [단위:백만원]", "백만원"),
        ("금액", ""),
        ("금액(원)", "원"),
        ("금액（천원）", "천원"),
    ],
)
def test_the_unit_of_a_heading(heading: str, unit: str) -> None:
    layout = of(("날짜", "업체", heading, "품목", "비고"), *BODY)
    assert (layout.unit, layout.keys) == (unit, KEYS)


@pytest.mark.parametrize(
    ("title", "won", "other", "unit", "exchanged"),
    [
        ("", "금액", "예산(천원)", "", "천원"),
        ("", "금액(천원)", "단가(원)", "천원", "원"),
        ("(단위: 백만원)", "금액", "예산(천원)", "백만원", "천원"),
        ("(단위: 천원)", "금액(원)", "예산", "원", "천원"),
    ],
)
def test_the_unit_of_the_amounts_and_of_no_other_column(
    title: str, won: str, other: str, unit: str, exchanged: str
) -> None:
    rows = [(*row, 30) for row in BODY]
    layout = of((title,), ("날짜", "업체", won, "품목", "비고", other), *rows)
    assert (layout.unit, layout.keys) == (unit, (*KEYS, ""))
    assert layout.changed({"2": "", "5": "won"}).unit == exchanged


def test_a_title_without_headings_is_passed_over() -> None:
    layout = of(("구매 내역",), *BODY)
    assert (layout.above, layout.head) == (1, 0)
    assert layout.headings == ("1열", "2열", "3열", "4열", "5열")


def test_columns_nobody_knows_are_ignored() -> None:
    layout = of(("연번", *HEAD, "결재"), *[(n, *row, "완료") for n, row in enumerate(BODY, 1)])
    assert layout.keys == ("", *KEYS, "")
    assert layout.headings[0] == "연번"
    assert "" not in layout.values((1, *BODY[0], "완료"))


def test_the_likelier_of_two_headings_for_one_column() -> None:
    layout = of(
        ("날짜", "업체", "집행액", "내역", "금액", "품목"), *[(*row[:4], 5, "가") for row in BODY]
    )
    assert layout.keys == ("day", "firm", "", "", "won", "item")


def test_a_column_with_an_unknown_heading_by_what_only_it_holds() -> None:
    head = ("날짜", "누구에게", "금액", "품목", "비고")
    assert of(head, *BODY).keys == KEYS
    both = [(*row, "세모상회") for row in BODY]
    assert of((*head, "소개"), *both).keys == ("day", "", "won", "item", "note", "")
    assert [c.key for c in of((*head, "소개"), *both).missing(COLUMNS)] == ["firm"]


def test_what_somebody_chose_goes_before_the_guess() -> None:
    layout = of(HEAD, *BODY).changed({"4": "item", "0": ""})
    assert layout.keys == ("", "firm", "won", "", "item")
    assert layout.heading_of("item") == "비고"
    assert layout.heading_of("note") == ""
    assert layout.pairs[0] == ("날짜", "")


def test_a_few_bad_cells_hide_no_column() -> None:
    rows = [BODY[0]] * 20
    rows[3] = ("어제", "하나상회", "만원쯤", "복사용지", None)
    assert of(*rows).keys == ("day", "firm", "won", "item", "")


@pytest.mark.parametrize("rows", [(), ((),), ((None, None),)])
def test_nothing_to_read(rows: tuple[Row, ...]) -> None:
    layout = of(*rows)
    assert set(layout.keys) <= {""}
    assert len(layout.missing(COLUMNS)) == 3


@pytest.mark.parametrize(
    ("row", "total"),
    [
        (("합 계", None, 22000), True),
        ((None, "총계", "22,000", None), True),
        (("소계", None, 1, None, 2), True),
        (("2026-11-02", "계", 1, "복사용지"), False),
        (("2026-11-02", "하나상회", 1), False),
    ],
)
def test_lines_of_sums(row: Row, total: bool) -> None:
    assert is_total(row) is total
