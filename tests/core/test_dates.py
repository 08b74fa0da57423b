"""Days, weeks and months of the office."""

import calendar
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.dates import month_end, months_touched, nth_weekday, spans, year_bounds

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
MONTHS = st.frozensets(st.integers(1, 12))


@pytest.mark.parametrize(("month", "day"), [(4, 23), (5, 28), (6, 25), (9, 24), (10, 22)])
def test_market_days_of_2016_are_fourth_saturdays(month: int, day: int) -> None:
    assert nth_weekday(2016, month, calendar.SATURDAY, 4) == date(2016, month, day)


def test_market_of_november_2016_was_on_the_second_saturday() -> None:
    assert nth_weekday(2016, 11, calendar.SATURDAY, 2) == date(2016, 11, 12)


@settings(deadline=None)
@given(DAYS)
def test_nth_weekday_agrees_with_the_calendar(day: date) -> None:
    weeks = calendar.monthcalendar(day.year, day.month)
    column = [week[day.weekday()] for week in weeks if week[day.weekday()]]
    nth = column.index(day.day) + 1
    assert nth_weekday(day.year, day.month, day.weekday(), nth) == day


@settings(deadline=None)
@given(DAYS)
def test_month_ends_the_day_before_the_next_begins(day: date) -> None:
    end = month_end(day)
    assert (end.year, end.month) == (day.year, day.month)
    assert (end + timedelta(days=1)).day == 1


def test_a_fiscal_year_is_the_calendar_year() -> None:
    assert year_bounds(2016) == (date(2016, 1, 1), date(2016, 12, 31))


@settings(deadline=None)
@given(DAYS, st.integers(0, 800), st.integers(1999, 2101))
def test_months_touched_are_those_of_each_day(start: date, days: int, year: int) -> None:
    every = (start + timedelta(days=n) for n in range(days + 1))
    assert months_touched(year, start, start + timedelta(days=days)) == {
        day.month for day in every if day.year == year
    }


@settings(deadline=None)
@given(MONTHS)
def test_spans_are_unbroken_apart_and_lose_no_month(months: frozenset[int]) -> None:
    runs = list(spans(months))
    assert [m for first, last in runs for m in range(first, last + 1)] == sorted(months)
    assert all(a_last + 1 < b_first for (_, a_last), (b_first, _) in pairwise(runs))
