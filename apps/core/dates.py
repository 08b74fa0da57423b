"""Days and years as the office counts them: local dates, the fiscal year is the calendar year."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from django.utils import timezone

WEEKDAYS = "월화수목금토일"


def today() -> date:
    """The day in Seoul."""
    return timezone.localdate()


def year_bounds(year: int) -> tuple[date, date]:
    """First and last day of a fiscal year (지방회계법 제7조: 1 January to 31 December)."""
    return date(year, 1, 1), date(year, 12, 31)


def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_touched(year: int, starts: date, ends: date) -> frozenset[int]:
    """The months 1–12 of ``year`` that the days from ``starts`` to ``ends`` touch."""
    first, last = year_bounds(year)
    start, end = max(starts, first), min(ends, last)
    return frozenset(range(start.month, end.month + 1)) if start <= end else frozenset()


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The ``nth`` (1…) ``weekday`` (Monday is 0) of a month: the fourth Saturday is (5, 4)."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def spans(months: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Months as unbroken runs: {3,4,5,9} gives (3, 5) and (9, 9)."""
    ordered = sorted(months)
    breaks = [i for i, (a, b) in enumerate(pairwise(ordered), 1) if b != a + 1]
    for start, stop in zip([0, *breaks], [*breaks, len(ordered)], strict=True):
        if start < stop:
            yield ordered[start], ordered[stop - 1]
