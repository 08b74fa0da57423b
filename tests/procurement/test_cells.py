"""What one cell of a sheet of purchases says."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core import sheets
from apps.core.forms import WonFormField
from apps.imports.registry import Raw
from apps.procurement.enums import ContractMethod, PurchaseChannel, PurchaseKind
from apps.procurement.intake import cells
from apps.procurement.intake.cells import (
    BadCell,
    choice_of,
    limited,
    parse_amount,
    parse_day,
    text_of,
)
from apps.procurement.intake.columns import spellings
from apps.procurement.models import NOTHING_PAID

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2000, 1, 1), TODAY)
DAY_FORMS = (
    "{0:%Y-%m-%d}",
    "{0:%Y/%m/%d}",
    "{0:%Y.%m.%d}",
    "{0:%Y.%m.%d.}",
    "{0:%Y%m%d}",
    "{0.year}. {0.month}. {0.day}.",
    "{0.year}-{0.month}-{0.day}",
    "{0.year}년 {0.month}월 {0.day}일",
    "{0.year}년{0.month:02}월{0.day:02}일",
    "{0:%y}.{0.month}.{0.day}",
    "{0:%y}. {0.month}. {0.day}.",
    "'{0:%y}. {0.month}. {0.day}.",
    "{0:%y%m%d}",
    "{0:%Y-%m-%d} 00:00:00",
    "{0:%Y-%m-%d}T13:05",
    "  {0:%Y-%m-%d} (월) ",
)


@given(day=DAYS, form=st.sampled_from(DAY_FORMS))
def test_a_day_however_it_is_written(day: date, form: str) -> None:
    assert parse_day(form.format(day), today=TODAY) == day


@given(day=DAYS)
def test_a_day_as_spreadsheets_hold_it(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    held: list[Raw] = [
        day,
        datetime(day.year, day.month, day.day, 9, 30),  # noqa: DTZ001  # as a sheet has it
        serial,
        float(serial),
        serial + 0.5,
        str(serial),
        int(f"{day:%Y%m%d}"),
        float(f"{day:%Y%m%d}"),
    ]
    assert {parse_day(each, today=TODAY) for each in held} == {day}


def test_the_serial_number_of_a_known_day() -> None:
    assert parse_day(46328, today=TODAY) == date(2026, 11, 2)
    assert parse_day("２０２６．１１．２", today=TODAY) == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (None, cells.EMPTY),
        ("  ", cells.EMPTY),
        ("어제", cells.BAD_DAY),
        ("2026-11", cells.BAD_DAY),
        ("11월 2일", cells.NO_YEAR),
        ("11/2", cells.NO_YEAR),
        ("2026-02-30", "달력에 없는"),
        ("2026-13-01", "달력에 없는"),
        ("20261301", "달력에 없는"),
        ("1999-12-31", cells.YEAR_RANGE),
        ("2026-11-23", "아직 오지 않은 날"),
        (TODAY + timedelta(days=1), "아직 오지 않은 날"),
        (3.5, cells.NO_YEAR),
        (10_000, cells.YEAR_RANGE),
        ("1,000,000", cells.BAD_DAY),
    ],
)
def test_days_refused(cell: Raw, message: str) -> None:
    with pytest.raises(BadCell, match=message):
        parse_day(cell, today=TODAY)


AMOUNT_FORMS = (
    "{0}",
    "{0:,}",
    "{0}원",
    "{0:,}원",
    "₩{0:,}",
    "￦{0}",
    "\\{0}",
    " {0} ",
    "{0}.0",
    "{0:,}.00",
    "금 {0:,}원",
    "일금{0}원정",
)


@given(
    won=st.integers(1, 10**13),
    form=st.sampled_from(AMOUNT_FORMS),
)
def test_an_amount_however_it_is_written(won: int, form: str) -> None:
    assert parse_amount(form.format(won)) == won
    assert parse_amount(won) == parse_amount(float(won)) == won


@pytest.mark.parametrize(
    ("cell", "unit", "won"),
    [
        ("1000천원", "", 1_000_000),
        ("1,000 천원", "", 1_000_000),
        ("3백만원", "", 3_000_000),
        ("1.5억원", "", 150_000_000),
        ("20만원", "", 200_000),
        ("１，０００", "", 1_000),
        (1_000, "천원", 1_000_000),
        ("1,000", "천원", 1_000_000),
        (1234.5, "천원", 1_234_500),
        (0.1, "천원", 100),
        ("1,500원", "천원", 1_500),
    ],
)
def test_amounts_and_their_units(cell: Raw, unit: str, won: int) -> None:
    assert parse_amount(cell, unit) == won


@pytest.mark.parametrize(
    ("written", "won"),
    [
        ("500만원", 5_000_000),
        ("30만", 300_000),
        ("1.5억", 150_000_000),
        ("1.5억원", 150_000_000),
        ("２，０００천원", 2_000_000),
        ("금 1,000,000원정", 1_000_000),
        ("1500000.0", 1_500_000),
    ],
)
def test_a_form_reads_amounts_as_a_sheet_does(written: str, won: int) -> None:
    assert WonFormField().clean(written) == parse_amount(written) == won


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (None, cells.EMPTY),
        ("만원쯤", cells.BAD_AMOUNT),
        ("12,00원", cells.BAD_AMOUNT),
        ("1,000-", cells.BAD_AMOUNT),
        ("1e6", cells.BAD_AMOUNT),
        (date(2026, 1, 1), cells.BAD_AMOUNT),
        (float("nan"), cells.BAD_AMOUNT),
        (float("inf"), cells.BAD_AMOUNT),
        (0, NOTHING_PAID),
        ("0", NOTHING_PAID),
        ("-1,000", NOTHING_PAID),
        (-5.0, NOTHING_PAID),
        (1000.5, cells.PART_OF_A_WON),
        ("1000.5", cells.PART_OF_A_WON),
        ("9" * 16, cells.TOO_MUCH),
        (1e300, cells.TOO_MUCH),
        ("9" * 5000, cells.TOO_MUCH),
    ],
)
def test_amounts_refused(cell: Raw, message: str) -> None:
    with pytest.raises(BadCell, match=message):
        parse_amount(cell)


@pytest.mark.parametrize("choices", [PurchaseKind, PurchaseChannel, ContractMethod])
def test_every_word_of_a_choice(choices: type[PurchaseKind]) -> None:
    for value, label in choices.choices:
        for written in (label, f" {label} ", " ".join(str(label)), f"({label})"):
            assert choice_of(written, choices, spellings(choices)) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [("수의", "private"), ("카드", "card"), ("소액구매 (카드)", "card"), ("경쟁입찰", "bid")],
)
def test_other_words_for_a_choice(cell: str, value: str) -> None:
    assert choice_of(cell, ContractMethod, spellings(ContractMethod)) == value


def test_an_unknown_word_is_told_what_there_is() -> None:
    with pytest.raises(BadCell, match=r"‘선물’은 쓸 수 없는 값입니다.*물품, 용역, 공사"):
        choice_of("선물", PurchaseKind, spellings(PurchaseKind))
    with pytest.raises(BadCell, match=cells.EMPTY):
        choice_of(None, PurchaseKind, spellings(PurchaseKind))


@given(text=st.text(min_size=1).map(str.strip).filter(bool))
def test_text_comes_back_from_a_sheet_that_was_made_safe(text: str) -> None:
    assert text_of(sheets.defused(text)) == text


def test_text_has_its_limit() -> None:
    assert limited(1024.0, 200) == "1024"
    assert limited("가" * 200, 200, required=True) == "가" * 200
    for cell, message in (
        ("가" * 201, "200자까지.*201자"),
        (None, cells.EMPTY),
        ("가\0", "읽을 수"),
    ):
        with pytest.raises(BadCell, match=message):
            limited(cell, 200, required=True)
