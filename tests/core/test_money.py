"""Whole won in, 천원 out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.money import comma, parse_won, percent, thousand

WON = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(
    ("typed", "won"),
    [
        ("0", 0),
        ("1500000", 1_500_000),
        ("1,500,000", 1_500_000),
        (" 1,500,000원 ", 1_500_000),
        ("₩1,500", 1_500),
        ("\\1500", 1_500),
        ("1500천원", 1_500_000),
        ("1,500 천원", 1_500_000),
        ("1500천", 1_500_000),
        ("1,500천", 1_500_000),
        ("150만", 1_500_000),
        ("12백만", 12_000_000),
        ("3천만", 30_000_000),
        ("1.5억", 150_000_000),
        ("12백만원", 12_000_000),
        ("3억원", 300_000_000),
        ("-2,000", -2_000),
        ("007", 7),
    ],
)
def test_amounts_as_people_type_them(typed: str, won: int) -> None:
    assert parse_won(typed) == won


@pytest.mark.parametrize(
    "typed",
    [
        "", "원", "백이십만원", "1.5", "1,5", "1,50,000", "1,5000", ",500", "1,", "1,,000", "1 000",
        "1e6", "5달러", "--5", "5-", "2천5백", "3백", "천", "5천천", "1.5.0원", "١٢", "²", "1\n2",
    ],
)  # fmt: skip
def test_nothing_is_guessed(typed: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011  # a value that is no amount
        parse_won(typed)
    assert refused.value.args == (typed,)


@settings(deadline=None)
@given(WON)
def test_what_is_shown_can_be_typed(won: int) -> None:
    assert parse_won(comma(won)) == parse_won(f"{comma(won)}원") == won


@pytest.mark.parametrize(
    ("won", "shown"),
    [
        (0, "0"),
        (499, "0"),
        (500, "1"),
        (1_234_499, "1,234"),
        (1_234_500, "1,235"),
        (-499, "0"),
        (-500, "-1"),
        (-1_234_500, "-1,235"),
    ],
)
def test_thousands_are_rounded_half_up(won: int, shown: str) -> None:
    assert thousand(won) == shown


@settings(deadline=None)
@given(WON)
def test_thousands_are_never_off_by_more_than_half(won: int) -> None:
    assert abs(int(thousand(won).replace(",", "")) * 1000 - won) <= 500


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(0, 7, 0), (1, 3, 33), (1, 2, 50), (2, 3, 67), (1, 200, 1), (1, 201, 0), (9, 4, 225)],
)
def test_percent_is_rounded_half_up(part: int, whole: int, shown: int) -> None:
    assert percent(part, whole) == shown


def test_there_is_no_percent_of_nothing() -> None:
    assert percent(5, 0) is None
