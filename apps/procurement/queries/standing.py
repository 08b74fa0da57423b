"""How far the departments have come: sums of purchases beside their targets, in won."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import (
    Aggregate,
    Count,
    F,
    FilteredRelation,
    Func,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import ExtractMonth

from apps.accounts.models import Department, User
from apps.core.dates import year_bounds
from apps.core.money import percent
from apps.procurement.enums import PurchaseChannel, PurchaseKind
from apps.procurement.models import AnnualTarget, DepartmentTarget, Purchase, PurchaseQuerySet

MONTHS = range(1, 13)


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
    def remaining(self) -> int | None:
        """Still to buy; nothing once the target is reached."""
        return None if self.target is None else max(self.target - self.bought, 0)

    @property
    def surplus(self) -> int:
        """Bought beyond the target; nothing where none is set."""
        return 0 if self.target is None else max(self.bought - self.target, 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of the standing: a department, a month, a kind, or the whole district.

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
    """Whether the year counts mall purchases towards the total; so, until it says otherwise."""
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
    purchases = Purchase.objects.in_year(year)
    if until is not None:
        purchases = purchases.filter(purchased_on__lte=until)
    target: AnnualTarget | DepartmentTarget | None = annual
    if department is not None:
        purchases = purchases.filter(department=department)
        target = DepartmentTarget.objects.filter(year=year, department=department).first()
    sums = purchases.aggregate(**_sums(mall_inside_total(annual)))
    return _line("합계", sums, {"total": target.total, "mall": target.mall} if target else None)


def by_month(purchases: PurchaseQuerySet, inside: bool) -> list[Standing]:
    """Twelve lines, whether or not anything was bought in the month; without targets.

    ``inside``, here and below: whether the year counts the mall inside the total.
    """
    found = _grouped(purchases, inside, ExtractMonth("purchased_on"))
    return [_line(f"{month}월", found.get(month, {})) for month in MONTHS]


def by_kind(purchases: PurchaseQuerySet, inside: bool) -> list[Standing]:
    """물품, 용역 and 공사; without targets."""
    found = _grouped(purchases, inside, F("kind"))
    return [_line(kind.label, found.get(kind.value, {})) for kind in PurchaseKind]


def departments(year: int, inside: bool) -> list[Standing]:
    """Every department of the year, and any other that bought or has a target in it."""
    own = DepartmentTarget.objects.filter(year=year, department=OuterRef("pk"))
    rows = Department.objects.annotate(
        bought=FilteredRelation(
            "purchases", condition=Q(purchases__purchased_on__range=year_bounds(year))
        ),
        target_total=Subquery(own.values("total")),
        target_mall=Subquery(own.values("mall")),
        **_sums(inside, "bought__"),
    ).order_by("position", "code")
    in_year = Department.objects.in_year(year).values("pk")
    shown = rows.filter(Q(pk__in=in_year) | Q(rows__gt=0) | Q(target_total__isnull=False))
    return [
        _line(
            row["name"],
            row,
            {"total": row["target_total"], "mall": row["target_mall"]},
            row["pk"],
        )
        for row in shown.values(
            "pk", "name", "target_total", "target_mall", "sum_total", "sum_mall", "rows"
        )
    ]


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


def amount(purchases: PurchaseQuerySet) -> dict[str, int]:
    """How many purchases there are (``rows``) and what they cost together (``total``)."""
    return purchases.aggregate(rows=Count("pk"), total=Sum("amount", default=0))


def years(user: User, current: int) -> list[int]:
    """``current`` and every year with a target, or with purchases the user may see."""
    seen = Purchase.objects.visible_to(user).order_by()
    ends = seen.aggregate(first=Min("purchased_on"), last=Max("purchased_on"))
    found = {current, *AnnualTarget.objects.values_list("year", flat=True)}
    if ends["first"] is not None:
        # A look into each year by index is far quicker than the distinct years of all rows.
        span = range(ends["first"].year, ends["last"].year + 1)
        looks = [
            seen.in_year(year).annotate(year=Value(year)).values_list("year")[:1] for year in span
        ]
        found |= {year for (year,) in looks[0].union(*looks[1:])}
    return sorted(found)


def _sums(inside: bool, prefix: str = "") -> dict[str, Aggregate]:
    """Won towards the total (``sum_total``), won in the mall (``sum_mall``), and ``rows``."""
    amount = f"{prefix}amount"
    mall = Q(**{f"{prefix}channel": PurchaseChannel.MALL})
    return {
        "sum_total": Sum(amount, filter=None if inside else ~mall, default=0),
        "sum_mall": Sum(amount, filter=mall, default=0),
        "rows": Count(f"{prefix}pk"),
    }


def _grouped(purchases: PurchaseQuerySet, inside: bool, by: F | Func) -> dict[Any, dict[str, Any]]:
    groups: Any = purchases.order_by().values(group=by)
    return {row["group"]: row for row in groups.annotate(**_sums(inside))}


def _line(
    label: str,
    sums: Mapping[str, Any],
    target: Mapping[str, Any] | None = None,
    department: int | None = None,
) -> Standing:
    target = target or {}
    return Standing(
        label,
        Progress(target.get("total"), sums.get("sum_total", 0)),
        Progress(target.get("mall"), sums.get("sum_mall", 0)),
        sums.get("rows", 0),
        department,
    )
