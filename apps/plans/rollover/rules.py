"""How a plan's dates move to another year: by what the date is, never by a number of days.

- Months, quarters, half years and whole years: the same ones of the new year.
- A single day: the same weekday of the same week of its month (fourth Saturday to fourth
  Saturday). Where the task states the rule (``매월 넷째주 토요일``) and at least half of its days
  follow it, the stated rule holds for all of them.
- A day that something is due or counted on (``기준``, ``까지``): the same day; the last of a month
  stays the last.
- A span of days inside a year: the same days.
- What began before the plan's year, or reaches a year or more beyond it: a contract or a plan of
  several years. It never moves; one that is over is for a person to renew.
- The days of what has happened (an agreement, an ordinance): never.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from apps.core.dates import month_end
from apps.core.hangul import particle
from apps.plans.weekdays import Weekday

_DUE = re.compile(r"기준|현재|까지|마감|기한")


@dataclass(frozen=True, slots=True)
class Years:
    """The plan's own year and the later one it is rolled to."""

    old: int
    new: int

    @property
    def shift(self) -> int:
        return self.new - self.old


def same_day(day: date, shift: int) -> date:
    """The same day of a later year; the last of a month stays the last."""
    first = day.replace(year=day.year + shift, day=1)
    last = month_end(first)
    return last if day == month_end(day) else first.replace(day=min(day.day, last.day))


@dataclass(frozen=True, slots=True)
class MovedDay:
    day: date
    reason: str


def moved_day(day: date, years: Years, context: str = "") -> MovedDay:
    """A single day by its own weekday; ``context`` is what is written around it."""
    due = _DUE.search(context)
    if due:
        return MovedDay(same_day(day, years.shift), f"‘{due[0]}’의 날짜라 같은 날로")
    rule = Weekday.of(day)
    to = rule.on(day.year + years.shift, day.month)
    return MovedDay(to, f"{rule}은 {rule}로")


def moved_days(
    days: Iterable[date], years: Years, rules: Iterable[Weekday]
) -> Mapping[date, MovedDay]:
    """The days of one repeated thing. A rule that half of them follow holds for all of them."""
    group = tuple(dict.fromkeys(days))
    for rule in rules:
        kept = [day for day in group if rule == Weekday.of(day)]
        months = {(day.year, day.month) for day in group}
        if kept and len(kept) * 2 >= len(group) and len(months) == len(group):
            return {day: _by_rule(day, years, rule) for day in group}
    return {day: moved_day(day, years) for day in group}


def _by_rule(day: date, years: Years, rule: Weekday) -> MovedDay:
    own = Weekday.of(day)
    aside = "" if own == rule else f" ({particle(f'{day.month}/{day.day}', '은/는')} {own}이었음)"
    return MovedDay(rule.on(day.year + years.shift, day.month), f"적힌 규칙 ‘{rule}’대로{aside}")


class Stay(StrEnum):
    """Why a span of time does not move."""

    PAST = "지난 일이라 그대로"
    RUNNING = "새 해에도 이어지는 기간이라 그대로"
    ENDING = "새 해 안에 끝나는 기간: 이어질 내용을 확인"
    ENDED = "기간이 끝났음: 새 기간을 확인"


def stays(first: date, last: date, years: Years) -> Stay | None:
    """Whether a span is history, a contract or a plan of several years, and how it stands then."""
    if last.year < years.old:
        return Stay.PAST
    whole = first.day == 1 and last == month_end(last)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    over_the_year = last.year > first.year and (not whole or months >= 12)
    if first.year >= years.old and not over_the_year and last.year <= years.old + 1:
        return None
    if last.year < years.new:
        return Stay.ENDED
    return Stay.ENDING if last < date(years.new, 12, 31) else Stay.RUNNING
