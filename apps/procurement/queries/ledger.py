"""The purchases of a year as a list: which fit a search, what they cost together, what is alike."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Sum

from apps.accounts.models import Department, User
from apps.accounts.querysets import DepartmentalQuerySet
from apps.core.dates import month_end, year_bounds
from apps.core.models import holds
from apps.enterprises.models import Enterprise
from apps.procurement.access import may_write, writable_departments
from apps.procurement.enums import ContractMethod, PurchaseChannel, PurchaseKind
from apps.procurement.models import (
    AnnualTarget,
    MonthlySum,
    MonthReport,
    Purchase,
    PurchaseQuerySet,
)
from apps.procurement.queries.months import Closed
from apps.rules.queries import RuleMissing, rule

#: Rule value the office sets for itself: within so many days of each other, two purchases of one
#: department from one firm for one amount are taken for one entered twice.
DOUBLE_DAYS = "procurement.double_days"
#: So many of what somebody has just entered stand below the form.
JUST_ENTERED = 5
_YEAR = 366
#: The won of a purchase by department, month, kind and channel, as the monthly sums are kept.
Counted = dict[tuple[int, date, str, str], int]
_KINDS, _CHANNELS, _CONTRACTS = (
    {choice.value: str(choice.label) for choice in choices}
    for choices in (PurchaseKind, PurchaseChannel, ContractMethod)
)


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for among a year's purchases; an empty part narrows nothing.

    ``supplier`` is part of a firm's name, its 초성 or its number; ``item`` part of what was bought;
    ``batch`` the key of the file it came from.
    """

    year: int
    month: int | None = None
    department: int | None = None
    kind: str = ""
    channel: str = ""
    contract: str = ""
    supplier: str = ""
    item: str = ""
    batch: int | None = None

    @property
    def days(self) -> tuple[date, date]:
        """First and last day of what is looked for."""
        if self.month is None:
            return year_bounds(self.year)
        first = date(self.year, self.month, 1)
        return first, month_end(first)

    @property
    def narrowed(self) -> bool:
        return self != Search(self.year)

    @property
    def summed(self) -> dict[str, object]:
        """The conditions that the monthly sums know as the purchases do."""
        parts = {"department": self.department, "kind": self.kind, "channel": self.channel}
        return {name: value for name, value in parts.items() if value}


@dataclass(frozen=True, slots=True)
class Totals:
    """How many purchases, and what they cost together in won."""

    count: int
    amount: int


def found(user: User, search: Search) -> PurchaseQuerySet:
    """The purchases the user may see that fit, the newest first."""
    seen = Purchase.objects.visible_to(user).select_related("department", "enterprise")
    purchases = seen.filter(purchased_on__range=search.days, **search.summed)
    if search.contract:
        purchases = purchases.filter(contract=search.contract)
    if search.batch is not None:
        purchases = purchases.filter(batch=search.batch)
    if search.supplier:
        firms = Enterprise.objects.visible_to(user).search(search.supplier).order_by()
        # Known by number, they let the database see whether few or many purchases fit.
        purchases = purchases.filter(enterprise__in=list(firms.values_list("pk", flat=True)))
    if search.item:
        purchases = purchases.filter(holds("item", search.item))
    return purchases


def totals(user: User, search: Search, purchases: PurchaseQuerySet) -> Totals:
    """The ``purchases`` found by ``search``: from the monthly sums, where they know, or counted."""
    rows: PurchaseQuerySet | DepartmentalQuerySet[MonthlySum] = purchases
    number: Count | Sum = Count("pk")
    if not (search.contract or search.supplier or search.item or search.batch is not None):
        rows = MonthlySum.objects.visible_to(user).filter(month__range=search.days, **search.summed)
        number = Sum("count", default=0)
    sums = rows.aggregate(number=number, won=Sum("amount", default=0))
    return Totals(int(sums["number"]), int(sums["won"]))


@dataclass(frozen=True, slots=True)
class Line:
    """A purchase on the list, whether its month is closed and whether the user may change it.

    The words of its choices stand ready: Django looks each of them up anew.
    """

    purchase: Purchase
    kind: str
    channel: str
    contract: str
    closed: bool
    writable: bool


def is_closed(purchase: Purchase, closed: Closed) -> bool:
    """Whether the purchase stands in a month closed for its department."""
    month = purchase.purchased_on.replace(day=1)
    return month in closed.for_department(purchase.department_id)


def was_deleted(user: User, year: int, key: int) -> bool:
    """Whether the history knows a purchase of that year, and the user's to change, as deleted."""
    event: Any = Purchase.events.rel.related_model  # type: ignore[attr-defined]  # pghistory's
    return bool(
        event.objects.filter(
            pgh_obj_id=key,
            pgh_label="delete",
            purchased_on__year=year,
            department__in=writable_departments(user),
        ).exists()
    )


def counted(purchase: Purchase) -> Counted:
    """Where the purchase counts as it stands now: the monthly sum it is in, and its won."""
    month = purchase.purchased_on.replace(day=1)
    return {(purchase.department_id, month, purchase.kind, purchase.channel): purchase.amount}


def reported_note(before: Counted, after: Counted) -> str:
    """What to say where a change of a purchase altered months its department had reported.

    ``before`` and ``after`` are where it counted (:func:`counted`); empty where there was none.
    """
    changed = {(department, month) for (department, month, *_), _ in before.items() ^ after.items()}
    reports = MonthReport.objects.filter(month__in={month for _, month in changed})
    reported = changed.intersection(reports.values_list("department", "month"))
    if not reported:
        return ""
    months = sorted({month for _, month in reported})
    named = ", ".join(f"{month.year}년 {month.month}월" for month in months)
    return f" 이미 입력 완료한 {named}의 실적이 바뀌었습니다(입력 완료는 그대로입니다)."


def lines(user: User, purchases: list[Purchase], closed: Closed) -> list[Line]:
    """The purchases as ``user`` meets them; ``closed`` are the closed months of their year."""
    return [
        Line(
            purchase,
            _KINDS[purchase.kind],
            _CHANNELS[purchase.channel],
            _CONTRACTS[purchase.contract],
            is_closed(purchase, closed),
            may_write(user, purchase.department_id),
        )
        for purchase in purchases
    ]


def years_beside(user: User, year: int, current: int) -> tuple[int | None, int | None]:
    """The years next to ``year``, before and after, that have a target or visible purchases.

    ``current`` counts as well.
    """
    sums = MonthlySum.objects.visible_to(user).filter(count__gt=0).annotate(year=F("month__year"))
    first, last = year_bounds(year)
    looks = (
        sums.filter(month__lt=first).order_by("-month"),
        sums.filter(month__gt=last).order_by("month"),
        AnnualTarget.objects.filter(year__lt=year).order_by("-year"),
        AnnualTarget.objects.filter(year__gt=year).order_by("year"),
    )
    one, *others = (look.values_list("year")[:1] for look in looks)
    known = {current, *(int(found) for (found,) in one.union(*others))}
    return (
        max((other for other in known if other < year), default=None),
        min((other for other in known if other > year), default=None),
    )


def last_entered(user: User) -> list[Purchase]:
    """What ``user`` has entered on the form last, the latest first, as far as it can be seen."""
    entered = Purchase.objects.visible_to(user).filter(created_by=user, entry_key__isnull=False)
    return list(entered.select_related("department", "enterprise").order_by("-pk")[:JUST_ENTERED])


def likely_doubles(
    *, department: Department, enterprise: Enterprise, amount: int, day: date, today: date
) -> PurchaseQuerySet:
    """Purchases that one about to be saved may be a second time.

    Of the same department, firm and amount, and no more days apart than the office has set for
    itself (:data:`DOUBLE_DAYS`); of the same day, where it has set nothing.
    """
    apart = timedelta(days=double_days(today))
    return Purchase.objects.filter(
        department=department,
        enterprise=enterprise,
        amount=amount,
        purchased_on__range=(day - apart, day + apart),
    )


def double_days(on: date) -> int:
    """How many days apart two like purchases may be for one to be taken for the other."""
    try:
        return min(int(rule(DOUBLE_DAYS, on=on).value), _YEAR)
    except RuleMissing:
        return 0
