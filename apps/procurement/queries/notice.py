"""Everything the monthly notice of results says, up to the end of a month, in won (R23)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from apps.accounts.models import Department
from apps.core.dates import month_end
from apps.procurement.models import AnnualTarget, DepartmentTarget, MonthClosing, Reopening
from apps.procurement.queries.breakdown import (
    NOTHING,
    Sellers,
    Sums,
    YearSums,
    sellers,
    year_sums,
)
from apps.procurement.queries.standing import annual_target, mall_inside_total


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """A department at the end of the month: its target (``None``: none set), the month, the year.

    ``rank`` is by the part of the target reached, equal parts sharing one; without target 0.
    """

    name: str
    target: int | None
    mall_target: int
    month: int
    bought: int
    mall: int
    rank: int = 0

    @property
    def reached(self) -> Fraction | None:
        """The part of the target that is bought; ``None`` without one."""
        return Fraction(self.bought, self.target) if self.target else None


@dataclass(frozen=True, slots=True)
class NoticeFigures:
    """A year up to a month; ``inside`` says whether the mall counts in the total.

    ``until`` is the last day that is told of. ``unclosed`` are the months up to it that are not
    closed, ``open_again`` those open for a department: with either, all of it is provisional.
    ``corrections`` are the openings of closed months that are finished.
    """

    year: int
    month: int
    until: date
    annual: AnnualTarget | None
    inside: bool
    sums: YearSums
    before: YearSums
    sellers: Sellers
    departments: tuple[DepartmentLine, ...]
    unclosed: tuple[int, ...]
    open_again: tuple[Reopening, ...]
    corrections: tuple[Reopening, ...]

    @property
    def provisional(self) -> bool:
        return bool(self.unclosed or self.open_again)

    def bought(self, sums: Sums) -> int:
        """What counts towards the total of these sums."""
        return sums.total(self.inside)

    def of_month(self, month: int) -> Sums:
        return self.sums.months.get(month, NOTHING)

    @property
    def slow(self) -> tuple[DepartmentLine, ...]:
        """Departments that have reached less of their target than the year has months gone."""
        gone = Fraction(self.month, 12)
        return tuple(
            line for line in self.departments if line.reached is not None and line.reached < gone
        )


def notice_figures(year: int, month: int, today: date) -> NoticeFigures:
    """Raises ``ValueError`` for a month that has not begun.

    A constant number of queries, all but the firms' from the monthly sums.
    """
    first = date(year, month, 1)
    if first > today:
        raise ValueError(f"아직 시작하지 않은 달입니다: {year}년 {month}월")
    annual = annual_target(year)
    inside = mall_inside_total(annual)
    sums = year_sums(year, last=month)
    closed = MonthClosing.objects.filter(month__year=year, month__lte=first)
    months = {day.month for day in closed.values_list("month", flat=True)}
    openings = list(
        Reopening.objects.filter(closing__in=closed)
        .select_related("closing", "department")
        .order_by("closing__month", "department__position", "pk")
    )
    return NoticeFigures(
        year=year,
        month=month,
        until=min(month_end(first), today),
        annual=annual,
        inside=inside,
        sums=sums,
        before=year_sums(year - 1, last=month),
        sellers=sellers(year, last=month),
        departments=tuple(_ranked(_departments(year, month, sums, inside))),
        unclosed=tuple(each for each in range(1, month + 1) if each not in months),
        open_again=tuple(each for each in openings if each.finished_at is None),
        corrections=tuple(each for each in openings if each.finished_at is not None),
    )


def _departments(year: int, month: int, sums: YearSums, inside: bool) -> Iterator[DepartmentLine]:
    """Those of the year, and any other that has a target or bought something in it."""
    own = {each.department_id: each for each in DepartmentTarget.objects.filter(year=year)}
    of_month = year_sums(year, first=month, last=month).departments
    others = {*own, *sums.departments}
    rows = Department.objects.in_year(year) | Department.objects.filter(pk__in=others)
    for department in rows.distinct().order_by("position", "code"):
        target, bought = own.get(department.pk), sums.departments.get(department.pk, NOTHING)
        yield DepartmentLine(
            department.name,
            target.total if target else None,
            target.mall if target else 0,
            of_month.get(department.pk, NOTHING).total(inside),
            bought.total(inside),
            bought.mall,
        )


def _ranked(lines: Iterable[DepartmentLine]) -> Iterator[DepartmentLine]:
    """Those with a target by the part of it they reached, then the others by what they bought."""

    def place_of(line: DepartmentLine) -> tuple[Fraction, int]:
        return Fraction(1) if line.reached is None else -line.reached, -line.bought

    ordered = sorted(lines, key=place_of)
    rank, above = 0, None
    for place, line in enumerate(ordered, 1):
        if line.reached is None:
            yield line
            continue
        if line.reached != above:
            rank, above = place, line.reached
        yield replace(line, rank=rank)
