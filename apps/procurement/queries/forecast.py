"""What will have been bought by the end of the year, and how far off such a guess has been (R24).

The method: in past years a certain share of the whole year had been bought by the end of this
month; if it is the same share this year, the year will end at what is bought so far divided by
that share. Without past years to learn from, every month is taken to be alike. All in whole won.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from apps.core.money import rate

Months = Sequence[int]
"""Won bought in each of the twelve months of a year."""

#: How many years before a year are learnt from.
LOOK_BACK = 5
#: A year whose purchases begin after this month was recorded late, and teaches nothing.
BEGINS_BY = 3


@dataclass(frozen=True, slots=True)
class Trial:
    """What the method would have said at the end of the same month of a past year."""

    year: int
    forecast: int
    actual: int
    learnt: tuple[int, ...]

    @property
    def error(self) -> str:
        """How far above (``+``) or below the truth it was, in percent."""
        return change(self.forecast, self.actual)


@dataclass(frozen=True, slots=True)
class Forecast:
    """``year_end`` is the won expected by the last day, seen from the end of month ``through``.

    ``learnt`` are the past years whose shares were taken (none: every month taken alike), ``share``
    what they together had bought by then, in percent.
    """

    through: int
    year_end: int
    learnt: tuple[int, ...]
    share: str
    trials: tuple[Trial, ...]

    @property
    def usual_error(self) -> str:
        """The plain mean of the trials' errors without their signs, rounded only then."""
        errors = [Fraction(abs(each.forecast - each.actual), each.actual) for each in self.trials]
        whole = sum(errors, Fraction())
        return rate(whole.numerator, whole.denominator * len(errors))


def change(now: int, before: int) -> str:
    """How much more (``+``) or less ``now`` is than ``before``, in percent; ``-`` without one."""
    return f"{'+' if before and now > before else ''}{rate(now - before, before)}"


def expected(bought: int, through: int, past: Sequence[Months]) -> int:
    """Won by the year's end, where ``bought`` is what was bought by the end of month ``through``.

    ``past`` are whole years to learn from; together they say which share is usual.
    """
    part = _part(through, past) or Fraction(through, 12)
    by_then, whole = part.numerator, part.denominator
    return (2 * bought * whole + by_then) // (2 * by_then)


def usual(year: int, through: int, past: Mapping[int, Months]) -> tuple[Fraction, tuple[int, ...]]:
    """The part of a year that is bought by the end of month ``through``, and the years showing it.

    Without any of ``past`` to learn from, every month is alike.
    """
    usable = _usable(past)
    learnt = _before(year, usable)
    part = _part(through, [usable[each] for each in learnt])
    return (part, learnt) if part else (Fraction(through, 12), ())


def _part(through: int, past: Sequence[Months]) -> Fraction:
    """What part of the years was bought by the end of the month; nothing where nothing was."""
    by_then, whole = sum(sum(year[:through]) for year in past), sum(map(sum, past))
    return Fraction(by_then, whole) if by_then else Fraction()


def _usable(past: Mapping[int, Months]) -> dict[int, Months]:
    return {each: past[each] for each in sorted(past) if sum(past[each][:BEGINS_BY])}


def forecast(year: int, through: int, months: Months, past: Mapping[int, Months]) -> Forecast:
    """The year's end, seen from the end of month ``through`` (1 to 12), and the trials of before.

    What was bought since then counts as bought: the forecast is never less.
    """
    usable = _usable(past)
    trials = tuple(
        Trial(each, *_seen(each, through, own, usable), learnt=_before(each, usable))
        for each, own in usable.items()
        if each < year
    )
    guess, _ = _seen(year, through, months, usable)
    part, learnt = usual(year, through, past)
    share = rate(part.numerator, part.denominator)
    return Forecast(through, max(guess, sum(months)), learnt, share, trials)


def _seen(year: int, through: int, months: Months, past: Mapping[int, Months]) -> tuple[int, int]:
    """The guess at the end of the month, from what was known then, and what the year came to."""
    known = [past[each] for each in _before(year, past)]
    return expected(sum(months[:through]), through, known), sum(months)


def _before(year: int, past: Mapping[int, Months]) -> tuple[int, ...]:
    return tuple(each for each in past if year - LOOK_BACK <= each < year)


def last_full_month(year: int, today: date, closed: Container[date]) -> int:
    """The last month of the year whose purchases are all there on the day; 0 where none is.

    That is the last month that is over. While departments still enter it (it is not closed, the
    one before it is) it is the month before.
    """
    last = _month_before(today + timedelta(days=1))
    if last not in closed and _month_before(last) in closed:
        last = _month_before(last)
    if last.year == year:
        return last.month
    return 12 if last.year > year else 0


def _month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def needed_a_month(remaining: int, year: int, today: date) -> int:
    """Won to buy each month from this one to December so that nothing of ``remaining`` is left."""
    months = 13 - today.month if today.year == year else 12
    return -(-remaining // months)
