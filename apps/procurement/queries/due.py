"""By when the year's cycle asks for what: days the office has set itself as rule values.

Plan 3-1: targets in March, then a report every month. Without its rule value nothing is due.
"""

from datetime import date, timedelta

from apps.core.dates import month_end
from apps.rules.queries import RuleMissing, rule

#: The day by which last month's purchases are entered; the month in which targets are set.
ENTRY_DAY, TARGET_MONTH = "procurement.entry_day", "procurement.target_month"


def entry_due(month: date, today: date) -> date | None:
    """The day by which ``month`` (its first day) is entered; ``None`` where none is set."""
    return in_month_after(month, entry_day(today))


def entry_day(today: date) -> int | None:
    """The day of a month by which the month before is entered; ``None`` where none is set."""
    return _number(ENTRY_DAY, today)


def in_month_after(month: date, day: int | None) -> date | None:
    """The ``day`` of the month after ``month``, or its last where it has fewer days."""
    following = month_end(month) + timedelta(days=1)
    if day is None:
        return None
    return min(following + timedelta(days=day - 1), month_end(following))


def target_month(year: int, today: date) -> date | None:
    """The first day of the month in which departments are asked and targets set."""
    number = _number(TARGET_MONTH, today)
    return None if number is None else date(year, number, 1)


def survey_due(year: int, today: date) -> date:
    """A day to answer the survey by, for an official to change: the end of the month in which
    targets are set while that is two weeks ahead, else two weeks from ``today``."""
    month, soon = target_month(year, today), today + timedelta(days=14)
    return max(month_end(month), soon) if month else soon


def last_month(today: date) -> date:
    """The first day of the month before."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def _number(key: str, today: date) -> int | None:
    try:
        return int(rule(key, on=today).value)
    except RuleMissing:
        return None
