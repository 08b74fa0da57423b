"""Everything the screen of a year shows, of the district or of one department, in won.

Some seven queries, however many purchases, departments and years there are; only one of them reads
purchases, and only those of the year.
"""

from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from apps.accounts.models import Department
from apps.core.money import rate
from apps.enterprises.enums import DesignationKind
from apps.procurement.enums import PurchaseChannel, PurchaseKind
from apps.procurement.models import AnnualTarget, DepartmentTarget, MonthClosing
from apps.procurement.queries.breakdown import (
    MONTHS,
    NOTHING,
    Part,
    Sellers,
    Sums,
    YearSums,
    month_sums,
    parts,
    sellers,
    totals,
    year_sums,
)
from apps.procurement.queries.forecast import (
    LOOK_BACK,
    Forecast,
    change,
    forecast,
    last_full_month,
    needed_a_month,
)
from apps.procurement.queries.standing import (
    Progress,
    Standing,
    annual_target,
    line,
    mall_inside_total,
)


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month: what counts towards the total, and from January on, this year and the last.

    ``so_far`` is ``None`` for a month that has not begun; ``due`` is what the target would be by
    then if every month were alike (drawn to compare with; no rule), ``None`` without target.
    """

    month: int
    sums: Sums
    bought: int
    so_far: int | None
    due: int | None
    last_year: int


@dataclass(frozen=True, slots=True)
class LegalLine:
    """What the yearly report of the law asks for, beside what the office counts (R25).

    ``certified`` was bought from firms that were certified social enterprises on the day
    (사회적기업 육성법 제12조), ``everyone`` from all.
    """

    label: str
    everyone: Sums
    certified: Sums

    @property
    def share(self) -> str:
        return rate(self.certified.amount, self.everyone.amount)


@dataclass(frozen=True, slots=True)
class Compared:
    """What counts towards the total by the end of a month, this year and the year before."""

    month: int
    bought: int
    last_year: int

    @property
    def change(self) -> str:
        return change(self.bought, self.last_year)


@dataclass(frozen=True, slots=True)
class Dashboard:
    """``inside``: whether the year counts the mall inside the total (plan 3-1).

    ``held`` is by what the firms were on the day of each purchase: one that was two things then
    stands in both (R25). ``forecast`` is ``None`` when the year is over, or no month of it is full
    yet; ``needed`` the won to buy a month until December, ``None`` where the target is reached or
    the year is over (R24).
    """

    year: int
    annual: AnnualTarget | None
    inside: bool
    standing: Standing
    sums: YearSums
    sellers: Sellers
    months: tuple[MonthLine, ...]
    kinds: tuple[Part, ...]
    channels: tuple[Part, ...]
    held: tuple[Part, ...]
    largest: tuple[Part, ...]
    legal: tuple[LegalLine, ...]
    legal_sum: LegalLine
    compared: Compared | None
    forecast: Forecast | None
    needed: int | None

    @property
    def expected(self) -> Progress | None:
        """The forecast beside the target."""
        if self.forecast is None:
            return None
        return Progress(self.standing.total.target, self.forecast.year_end)


def dashboard(year: int, *, today: date, department: Department | None = None) -> Dashboard:
    """How the year stands on the day, for the district or for one department."""
    pk = None if department is None else department.pk
    annual = annual_target(year)
    target: AnnualTarget | DepartmentTarget | None = annual
    if department is not None:
        target = DepartmentTarget.objects.filter(year=year, department=department).first()
    inside = mall_inside_total(annual)
    sums, sold = year_sums(year, department=pk), sellers(year, department=pk)
    whole = line("합계", sums.whole, inside, target, pk)
    past = month_sums(date(year - LOOK_BACK, 1, 1), date(year - 1, 12, 1), department=pk)
    before = totals(past, inside)
    own = [sums.months.get(month, NOTHING).total(inside) for month in MONTHS]
    full = last_full_month(year, today, _closed(today))
    return Dashboard(
        year=year,
        annual=annual,
        inside=inside,
        standing=whole,
        sums=sums,
        sellers=sold,
        months=_months(year, today, sums, own, before.get(year - 1), whole.total.target),
        kinds=parts(PurchaseKind, sums.kinds),
        channels=parts(PurchaseChannel, sums.channels),
        held=(
            *(_held(kind, sold.bought(kind), sums) for kind in DesignationKind),
            Part("", "지정 없음", sold.undesignated, _share(sold.undesignated, sums)),
        ),
        largest=tuple(
            Part(seller.number or seller.name, seller.name, seller.sums, _share(seller.sums, sums))
            for seller in sold.largest
        ),
        legal=tuple(_legal(str(kind.label), sold, kind) for kind in PurchaseKind),
        legal_sum=_legal("합계", sold),
        compared=_compared(full, own, before.get(year - 1)),
        forecast=forecast(year, full, own, before) if year == today.year and full else None,
        needed=_needed(whole, year, today),
    )


def _closed(today: date) -> set[date]:
    """The months closed in the twelve months before the day."""
    months = (today.replace(year=today.year - 1, day=1), today)
    closed = MonthClosing.objects.filter(month__range=months)
    return set(closed.order_by().values_list("month", flat=True))


def _months(
    year: int,
    today: date,
    sums: YearSums,
    own: list[int],
    before: list[int] | None,
    target: int | None,
) -> tuple[MonthLine, ...]:
    so_far, last_year = list(accumulate(own)), list(accumulate(before or [0] * 12))
    return tuple(
        MonthLine(
            month=month,
            sums=sums.months.get(month, NOTHING),
            bought=own[month - 1],
            so_far=so_far[month - 1] if date(year, month, 1) <= today else None,
            due=None if target is None else target * month // 12,
            last_year=last_year[month - 1],
        )
        for month in MONTHS
    )


def _held(kind: DesignationKind, sums: Sums, of: YearSums) -> Part:
    return Part(kind.value, str(kind.label), sums, _share(sums, of))


def _share(sums: Sums, of: YearSums) -> str:
    return rate(sums.amount, of.whole.amount)


def _legal(label: str, sold: Sellers, kind: PurchaseKind | None = None) -> LegalLine:
    return LegalLine(label, sold.bought(of=kind), sold.bought(DesignationKind.SOCIAL, of=kind))


def _compared(month: int, own: list[int], before: list[int] | None) -> Compared | None:
    if not month or before is None:
        return None
    return Compared(month, sum(own[:month]), sum(before[:month]))


def _needed(whole: Standing, year: int, today: date) -> int | None:
    remaining = whole.total.remaining
    return needed_a_month(remaining, year, today) if remaining and year >= today.year else None
