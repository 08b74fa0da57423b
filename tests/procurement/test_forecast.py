"""What a year will come to: properties that hold for any purchases, and the error of past years."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.dates import month_end
from apps.procurement.queries.forecast import (
    expected,
    forecast,
    last_full_month,
    needed_a_month,
    usual,
)

won = st.integers(0, 10**13)
years = st.lists(won, min_size=12, max_size=12)
past = st.dictionaries(st.integers(2010, 2025), years, max_size=8)
throughs = st.integers(1, 12)


@given(throughs, years, past)
def test_a_forecast_is_whole_won_and_no_less_than_what_is_bought(
    through: int, months: list[int], before: dict[int, list[int]]
) -> None:
    found = forecast(2026, through, months, before)
    assert type(found.year_end) is int
    assert found.year_end >= sum(months)


@given(years, past)
def test_at_the_years_end_the_forecast_is_what_was_bought(
    months: list[int], before: dict[int, list[int]]
) -> None:
    found = forecast(2026, 12, months, before)
    assert found.year_end == sum(months)
    assert all(trial.forecast == trial.actual for trial in found.trials)


@given(throughs, years, st.integers(1, 1000), st.integers(1, 5))
def test_a_year_like_those_before_ends_as_they_did(
    through: int, months: list[int], times: int, count: int
) -> None:
    """Whatever its size: only the shares of the months count."""
    months = [1, *months[1:]]
    before = {2025 - n: [times * each for each in months] for n in range(count)}
    found = forecast(2026, through, [*months[:through], *[0] * (12 - through)], before)
    assert found.year_end == sum(months)
    assert all(trial.forecast == trial.actual for trial in found.trials if trial.learnt)


@given(throughs, won)
def test_without_past_years_every_month_is_alike(through: int, each: int) -> None:
    assert expected(each * through, through, []) == each * 12


@given(throughs, won, won, st.lists(years, max_size=4))
def test_more_bought_is_never_less_expected(
    through: int, less: int, more: int, before: list[list[int]]
) -> None:
    less, more = sorted((less, more))
    assert expected(less, through, before) <= expected(more, through, before)


def test_years_are_learnt_from_by_their_shares() -> None:
    """Half of 2024 and 2025 together was bought by June; of 2025 alone it was more."""
    before = {2024: [10] * 6 + [20] * 6, 2025: [40] * 6 + [30] * 6}
    found = forecast(2026, 6, [100] * 6 + [0] * 6, before)
    assert (found.learnt, found.share, found.year_end) == ((2024, 2025), "50.0%", 1200)
    first, second = found.trials
    # Nothing was known before 2024: all months alike. Then 2024 was known: a third by June.
    assert (first.forecast, first.actual, first.learnt, first.error) == (120, 180, (), "-33.3%")
    assert (second.forecast, second.actual, second.learnt) == (720, 420, (2024,))
    assert second.error == "+71.4%"
    # The plain mean of the errors told, of 1/3 and 5/7, not that of the two years as one.
    assert found.usual_error == "52.4%"


def test_a_year_recorded_from_autumn_on_teaches_nothing() -> None:
    before = {2025: [0] * 9 + [50, 50, 50]}
    found = forecast(2026, 10, [10] * 10 + [0, 0], before)
    assert (found.learnt, found.trials, found.year_end) == ((), (), 120)
    assert found.usual_error == "-"


def test_a_month_no_past_year_had_reached_is_told_without_them() -> None:
    found = forecast(2026, 1, [10] + [0] * 11, {2025: [0, 5, *[0] * 10]})
    assert (found.learnt, found.year_end) == ((), 120)


def test_the_notice_learns_from_the_same_years_as_the_forecast() -> None:
    """2024 has nothing that counts before April, be it bought in the mall: it teaches neither."""
    before = {2019: [9] * 12, 2024: [0] * 3 + [10] * 9, 2025: [10] * 6 + [20] * 6}
    found = forecast(2026, 6, [1] * 6 + [0] * 6, before)
    assert usual(2026, 6, before) == (Fraction(1, 3), (2025,))
    assert (found.share, found.learnt) == ("33.3%", (2025,))
    assert usual(2026, 6, {}) == (Fraction(1, 2), ())


def test_only_the_years_before_are_learnt_from() -> None:
    before = {year: [1] * 12 for year in range(2015, 2026)}
    assert forecast(2026, 3, [1] * 12, before).learnt == (2021, 2022, 2023, 2024, 2025)


@pytest.mark.parametrize(
    ("year", "today", "closed", "month"),
    [
        (2026, date(2026, 11, 23), [], 10),
        (2026, date(2026, 11, 30), [], 11),
        (2026, date(2026, 1, 30), [], 0),
        (2026, date(2026, 12, 31), [], 12),
        (2025, date(2026, 11, 23), [], 12),
        (2027, date(2026, 11, 23), [], 0),
        # October is still being entered: September is closed, it is not.
        (2026, date(2026, 11, 3), [date(2026, 9, 1)], 9),
        (2026, date(2026, 11, 23), [date(2026, 9, 1), date(2026, 10, 1)], 10),
        # Nobody closes months any more.
        (2026, date(2026, 11, 23), [date(2026, 3, 1)], 10),
        # December of the year that is over is still being entered.
        (2025, date(2026, 1, 5), [date(2025, 11, 1)], 11),
        (2026, date(2026, 2, 5), [date(2025, 12, 1)], 0),
    ],
)
def test_the_last_month_that_is_all_there(
    year: int, today: date, closed: list[date], month: int
) -> None:
    assert last_full_month(year, today, closed) == month


@given(st.integers(1, 10**13), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_buying_what_is_needed_each_month_reaches_the_target(remaining: int, today: date) -> None:
    needed, months = needed_a_month(remaining, 2026, today), 13 - month_end(today).month
    assert needed * months >= remaining
    assert (needed - 1) * months < remaining


def test_a_year_to_come_has_twelve_months() -> None:
    assert needed_a_month(12_000, 2027, date(2026, 11, 1)) == 1_000
