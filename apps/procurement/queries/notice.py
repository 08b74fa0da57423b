"""Everything the monthly notice of results says, up to the end of a month, in won (R23)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from apps.core.dates import month_end
from apps.procurement.models import AnnualTarget, MonthClosing, Reopening
from apps.procurement.queries.breakdown import (
    Sellers,
    Sums,
    YearSums,
    month_sums,
    sellers,
    totals,
    year_sums,
)
from apps.procurement.queries.corrections import Correction, corrections
from apps.procurement.queries.forecast import LOOK_BACK, usual
from apps.procurement.queries.standing import (
    Ranked,
    Standing,
    annual_target,
    departments,
    mall_inside_total,
    ranking,
)


@dataclass(frozen=True, slots=True)
class NoticeFigures:
    """A year up to a month; ``inside`` says whether the mall counts in the total.

    ``until`` is the last day that is told of, ``of_month`` what departments bought in the month
    itself, by primary key, ``before`` the months of the whole year before. ``usual`` is the part of
    a year that is bought by then, as the years ``learnt`` show (none: every month alike).
    ``unclosed`` are the months up to it that are not closed, ``open_again`` those open for a
    department: with either, all of it is provisional. ``corrections`` are the openings of closed
    months that are finished, ``corrected`` what was changed in these months since, by month.
    """

    year: int
    month: int
    until: date
    annual: AnnualTarget | None
    inside: bool
    sums: YearSums
    of_month: Mapping[int, Sums]
    before: Mapping[int, Sums]
    sellers: Sellers
    departments: tuple[Ranked, ...]
    usual: Fraction
    learnt: tuple[int, ...]
    unclosed: tuple[int, ...]
    open_again: tuple[Reopening, ...]
    corrections: tuple[Reopening, ...]
    corrected: tuple[tuple[int, Correction], ...]

    @property
    def provisional(self) -> bool:
        return bool(self.unclosed or self.open_again)

    @property
    def slow(self) -> tuple[Standing, ...]:
        """Departments that have reached less of their target than is usual by now."""
        lines = (each.line for each in self.departments)
        return tuple(
            line
            for line in lines
            if line.total.target and Fraction(line.total.bought, line.total.target) < self.usual
        )


def notice_figures(year: int, month: int, today: date) -> NoticeFigures:
    """Raises ``ValueError`` for a month that has not begun.

    A constant number of queries, and a few for each month that was opened again; only that of the
    firms reads purchases.
    """
    first = date(year, month, 1)
    if first > today:
        raise ValueError(f"아직 시작하지 않은 달입니다: {year}년 {month}월")
    annual = annual_target(year)
    inside = mall_inside_total(annual)
    sums = year_sums(year, last=month)
    past = month_sums(date(year - LOOK_BACK, 1, 1), date(year - 1, 12, 1))
    part, learnt = usual(year, month, totals(past, inside))
    closed = MonthClosing.objects.filter(month__year=year, month__lte=first)
    months = {day.month for day in closed.values_list("month", flat=True)}
    openings = list(
        Reopening.objects.filter(closing__in=closed)
        .select_related("closing", "department")
        .order_by("closing__month", "department__position", "pk")
    )
    finished = tuple(each for each in openings if each.finished_at is not None)
    return NoticeFigures(
        year=year,
        month=month,
        until=min(month_end(first), today),
        annual=annual,
        inside=inside,
        sums=sums,
        of_month=year_sums(year, first=month, last=month).departments,
        before={day.month: each for day, each in past.items() if day.year == year - 1},
        sellers=sellers(year, last=month),
        departments=tuple(ranking(departments(year, inside, sums))),
        usual=part,
        learnt=learnt,
        unclosed=tuple(each for each in range(1, month + 1) if each not in months),
        open_again=tuple(each for each in openings if each.finished_at is None),
        corrections=finished,
        corrected=tuple(
            (closing.month.month, each)
            for closing in dict.fromkeys(row.closing for row in finished)
            for each in corrections(closing)
        ),
    )
