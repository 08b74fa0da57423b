"""How far the departments have come: sums of purchases beside their targets, in won."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

from django.db.models import Count, OuterRef, Q, Subquery, Sum

from apps.accounts.models import Department
from apps.core.dates import year_bounds
from apps.core.money import percent, rate
from apps.procurement.enums import PurchaseChannel
from apps.procurement.models import (
    AnnualTarget,
    DepartmentTarget,
    Purchase,
)
from apps.procurement.queries.breakdown import (
    NOTHING,
    Sums,
    YearSums,
    month_sums,
    together,
    year_sums,
)


@dataclass(frozen=True, slots=True)
class Progress:
    """Won bought beside the won to be bought; ``target`` is ``None`` where none is set."""

    target: int | None
    bought: int

    @property
    def percent(self) -> int | None:
        """The rate in whole percent, above 100 where more was bought; ``None`` without target."""
        return None if self.target is None else percent(self.bought, self.target)

    @property
    def rate(self) -> str:
        """The rate to a tenth of a percent, as ``66.7%``; ``-`` without target."""
        return rate(self.bought, self.target or 0)

    @property
    def remaining(self) -> int | None:
        """Still to buy; nothing once the target is reached."""
        return None if self.target is None else max(self.target - self.bought, 0)

    @property
    def surplus(self) -> int:
        """Bought beyond the target; nothing where none is set."""
        return 0 if self.target is None else max(self.bought - self.target, 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of the standing: a department, a month, a kind, or the whole district (plan 3-1).

    ``total`` holds the mall's purchases too where the year counts them inside the total, and
    then once; otherwise ``total`` is what was bought elsewhere, and ``mall`` stands beside it.
    """

    label: str
    total: Progress
    mall: Progress
    count: int
    department: int | None = None


@dataclass(frozen=True, slots=True)
class SharedTargets:
    """Sums of the departments' targets, in won; ``*_gap`` is what they have above (or, negative,
    below) the district's target, ``None`` where that is not set."""

    total: int
    mall: int
    total_gap: int | None
    mall_gap: int | None


def annual_target(year: int) -> AnnualTarget | None:
    """The district's target of the year; ``None`` until one is set."""
    return AnnualTarget.objects.filter(year=year).first()


def mall_inside_total(annual: AnnualTarget | None) -> bool:
    """Whether the year counts mall purchases towards the total; so, until it says otherwise.

    The plan has two targets a year, and each year says how they stand to each other (R17).
    """
    return annual is None or annual.mall_inside_total


def standing(
    year: int,
    annual: AnnualTarget | None,
    department: Department | None = None,
    *,
    until: date | None = None,
) -> Standing:
    """How the district, whose target of the year is ``annual``, stands, or one department.

    With ``until`` as of that day: without what was bought after it.
    """
    target: AnnualTarget | DepartmentTarget | None = annual
    if department is not None:
        target = DepartmentTarget.objects.filter(year=year, department=department).first()
    sums = _bought(year, department, until or year_bounds(year)[1])
    return line("합계", sums, mall_inside_total(annual), target)


def line(
    label: str,
    sums: Sums,
    inside: bool,
    target: AnnualTarget | DepartmentTarget | None = None,
    department: int | None = None,
) -> Standing:
    """One line of the standing; ``inside``: whether the year counts the mall inside the total."""
    return Standing(
        label,
        Progress(target.total if target else None, sums.total(inside)),
        Progress(target.mall if target else None, sums.mall),
        sums.count,
        department,
    )


def departments(year: int, inside: bool, sums: YearSums | None = None) -> list[Standing]:
    """Every department of the year, and any other that bought or has a target in it.

    ``sums``: what was bought in the year (read, where it is not at hand) or in some of its months.
    """
    bought = (sums or year_sums(year)).departments
    own = DepartmentTarget.objects.filter(year=year, department=OuterRef("pk"))
    rows = Department.objects.annotate(
        target_total=Subquery(own.values("total")), target_mall=Subquery(own.values("mall"))
    )
    in_year = Department.objects.in_year(year).values("pk")
    shown = rows.filter(Q(pk__in=in_year) | Q(pk__in=bought) | Q(target_total__isnull=False))
    return [
        Standing(
            name,
            Progress(total, bought.get(pk, NOTHING).total(inside)),
            Progress(mall, bought.get(pk, NOTHING).mall),
            bought.get(pk, NOTHING).count,
            pk,
        )
        for pk, name, total, mall in shown.order_by("position", "code").values_list(
            "pk", "name", "target_total", "target_mall"
        )
    ]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A department's line and its place among the departments, by rate and by amount.

    ``by_rate`` is ``None`` where no rate can be had: no target is set, or one of nothing.
    """

    line: Standing
    by_rate: int | None
    by_amount: int


def ranking(lines: Sequence[Standing]) -> list[Ranked]:
    """The departments, the highest rate first; those without a rate last, by amount (R23).

    Equals share a place, and the next place is left out; they stand in the order of ``lines``.
    """
    rates = _places((each, _part(each)) for each in lines if each.total.target)
    amounts = _places((each, Fraction(each.total.bought)) for each in lines)
    places = [Ranked(each, rates.get(each.department), amounts[each.department]) for each in lines]
    return sorted(places, key=lambda each: each.by_rate or len(lines) + each.by_amount)


def _part(line: Standing) -> Fraction:
    return Fraction(line.total.bought, line.total.target or 1)


def _places(lines: Iterable[tuple[Standing, Fraction]]) -> dict[int | None, int]:
    """The place of each department, the largest first."""
    places: dict[int | None, int] = {}
    ordered = sorted(lines, key=lambda pair: -pair[1])
    for _, equals in groupby(ordered, key=lambda pair: pair[1]):
        place = len(places) + 1
        places |= {each.department: place for each, _ in equals}
    return places


def sum_of_departments(whole: Standing, shared: SharedTargets) -> Standing:
    """All departments together buy what the district buys, beside the sum of their own targets."""
    return replace(
        whole,
        label="부서 합계",
        total=replace(whole.total, target=shared.total),
        mall=replace(whole.mall, target=shared.mall),
    )


def shared_targets(year: int, annual: AnnualTarget | None) -> SharedTargets:
    """What has been shared out among the departments, and how that differs from the whole."""
    shared = DepartmentTarget.objects.filter(year=year).aggregate(
        total=Sum("total", default=0), mall=Sum("mall", default=0)
    )
    total, mall = shared["total"], shared["mall"]
    if annual is None:
        return SharedTargets(total, mall, None, None)
    return SharedTargets(total, mall, total - annual.total, mall - annual.mall)


def _bought(year: int, department: Department | None, until: date) -> Sums:
    """From the monthly sums; of a month that ``until`` cuts, from its purchases."""
    first, last = year_bounds(year)
    until = min(until, last)
    rest = (until + timedelta(days=1)).replace(day=1)
    pk = None if department is None else department.pk
    months = month_sums(first, rest - timedelta(days=1), department=pk)
    bought = Purchase.objects.in_year(year).filter(purchased_on__range=(rest, until))
    if department is not None:
        bought = bought.filter(department=department)
    row = bought.aggregate(
        rows=Count("pk"),
        won=Sum("amount", default=0),
        mall=Sum("amount", filter=Q(channel=PurchaseChannel.MALL), default=0),
    )
    return together([*months.values(), Sums(row["rows"], int(row["won"]), int(row["mall"]))])
