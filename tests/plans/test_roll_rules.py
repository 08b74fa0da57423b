"""The rules by which days and spans move, over all the days there are."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.plans.rollover.rules import (
    Stay,
    Years,
    moved_day,
    moved_days,
    same_day,
    stays,
)
from apps.plans.rollover.texts import Mover
from apps.plans.weekdays import Weekday, stated

YEAR = st.integers(2001, 2090)
AHEAD = st.integers(1, 12)
DAY_OF_2016 = st.dates(date(2016, 1, 1), date(2016, 12, 31))
SATURDAY = 5


@given(YEAR, AHEAD, st.integers(1, 12), st.integers(1, 28))
def test_the_nth_weekday_stays_the_nth_weekday(year: int, ahead: int, month: int, n: int) -> None:
    day = date(year, month, n)
    moved = moved_day(day, Years(year, year + ahead)).day
    assert (moved.year, moved.month) == (year + ahead, month)
    assert Weekday.of(moved) == Weekday.of(day)


@given(YEAR, AHEAD, st.integers(1, 12), st.integers(29, 31))
def test_a_fifth_weekday_becomes_the_last(year: int, ahead: int, month: int, n: int) -> None:
    day = date(year, month, min(n, monthrange(year, month)[1]))
    moved = moved_day(day, Years(year, year + ahead)).day
    assert moved.weekday() == day.weekday()
    if Weekday.of(day).nth == 5:
        assert moved.day + 7 > monthrange(moved.year, month)[1]


@given(DAY_OF_2016, AHEAD, AHEAD)
def test_rolling_twice_is_rolling_once(day: date, first: int, second: int) -> None:
    """For a single day (of the first four weeks), for a span's day, and for words."""
    middle, end = 2016 + first, 2016 + first + second
    there = Years(2016, middle)
    on, once = Years(middle, end), Years(2016, end)
    if day.day <= 28:
        assert moved_day(moved_day(day, there).day, on) == moved_day(day, once)
    if (day.month, day.day) != (2, 29):
        assert same_day(same_day(day, first), second) == same_day(day, first + second) or (
            day.month == 2 and day.day == 28
        )
    text = (
        f"2016. {day.month}월 ~ 12월, 2016년도, 2017. 1월, 2016. {day.month}. {min(day.day, 28)}."
    )
    assert Mover(on).text(Mover(there).text(text).text).text == Mover(once).text(text).text


@given(st.lists(st.integers(1, 12), unique=True, min_size=2), AHEAD)
def test_a_stated_rule_holds_for_every_month(months: list[int], ahead: int) -> None:
    fourth = Weekday(4, SATURDAY)
    days = [fourth.on(2016, month) for month in months]
    moved = moved_days(days, Years(2016, 2016 + ahead), [fourth])
    assert [Weekday.of(each.day) for each in moved.values()] == [fourth] * len(days)


@given(DAY_OF_2016)
def test_the_last_of_a_month_stays_the_last(day: date) -> None:
    last = day.replace(day=monthrange(2016, day.month)[1])
    assert same_day(last, 1).day == monthrange(2017, day.month)[1]


def test_a_rule_that_hardly_any_day_follows_is_another_things_rule() -> None:
    days = [date(2016, 4, 14), date(2016, 5, 12), date(2016, 6, 25)]
    moved = moved_days(days, Years(2016, 2017), [Weekday(4, SATURDAY)])
    assert [each.day for each in moved.values()] == [
        date(2017, 4, 13),
        date(2017, 5, 11),
        date(2017, 6, 24),
    ]


def test_weekly_days_of_one_month_do_not_fall_together() -> None:
    days = [date(2016, 4, 2), date(2016, 4, 9), date(2016, 4, 16), date(2016, 4, 23)]
    moved = moved_days(days, Years(2016, 2017), [Weekday(4, SATURDAY)])
    assert len({each.day for each in moved.values()}) == 4


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("매월 넷째주 토요일", [Weekday(4, SATURDAY)]),
        ("매달 넷째 토요일과 둘째 주 화요일", [Weekday(4, SATURDAY), Weekday(2, 1)]),
        ("3째주 수요일", [Weekday(3, 2)]),
        ("마지막 금요일", [Weekday(5, 4)]),
        ("다섯째 금요일", [Weekday(5, 4)]),
        ("세 번째 주 수요일, 제2주 화요일", [Weekday(3, 2), Weekday(2, 1)]),
        ("2016. 10. 3 토요일", []),
        ("매주 토요일", []),
    ],
)
def test_rules_as_they_are_written(text: str, rules: list[Weekday]) -> None:
    assert [rule for _, rule in stated(text)] == rules


@pytest.mark.parametrize(
    ("first", "last", "stay"),
    [
        ("2016-01-01", "2016-12-31", None),
        ("2016-03-02", "2016-03-15", None),
        ("2017-01-01", "2017-01-31", None),
        ("2016-11-01", "2017-02-28", None),
        ("2015-11-20", "2016-10-31", Stay.ENDED),
        ("2015-01-01", "2015-10-31", Stay.PAST),
        ("2016-02-27", "2018-02-26", Stay.RUNNING),
        ("2016-11-01", "2017-10-31", Stay.ENDING),
        ("2016-01-01", "2019-12-31", Stay.RUNNING),
    ],
)
def test_spans_that_stay(first: str, last: str, stay: Stay | None) -> None:
    span = date.fromisoformat(first), date.fromisoformat(last)
    assert stays(*span, Years(2016, 2017)) == stay
