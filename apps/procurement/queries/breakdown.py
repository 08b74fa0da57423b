"""What was bought, broken down: by department, month, kind and channel, and by who sold it.

Amounts are in won and hold what was bought in the mall, unless said otherwise.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add
from typing import Any

from django.db import connection
from django.db.models import Q, Sum

from apps.core.dates import month_end
from apps.core.money import percents
from apps.enterprises.enums import DesignationKind
from apps.procurement.enums import PurchaseChannel, PurchaseKind
from apps.procurement.models import MonthlySum

MONTHS = range(1, 13)
#: How many firms the list of the largest sellers names.
TOP = 10


@dataclass(frozen=True, slots=True)
class Sums:
    """Purchases counted and added up; ``mall`` is the part of ``amount`` bought in the mall."""

    count: int = 0
    amount: int = 0
    mall: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(self.count + other.count, self.amount + other.amount, self.mall + other.mall)

    def total(self, inside: bool) -> int:
        """What counts towards the total, in a year that has the mall ``inside`` it or not (R17)."""
        return self.amount if inside else self.amount - self.mall


NOTHING = Sums()


def together(sums: Iterable[Sums]) -> Sums:
    return reduce(add, sums, NOTHING)


@dataclass(frozen=True, slots=True)
class YearSums:
    """What was bought in some months of a year; where nothing was, there is no entry.

    ``departments`` by primary key, ``months`` by number, ``kinds`` and ``channels`` by value.
    """

    whole: Sums
    departments: Mapping[int, Sums]
    months: Mapping[int, Sums]
    kinds: Mapping[str, Sums]
    channels: Mapping[str, Sums]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what was bought, the mall's purchases too; ``key`` is the value it is found by."""

    key: str
    label: str
    sums: Sums
    share: str


def parts(
    choices: type[PurchaseKind] | type[PurchaseChannel], sums: Mapping[str, Sums]
) -> tuple[Part, ...]:
    """One for each choice; each purchase is in one of them, and their shares add up to 100.0 %."""
    found = [sums.get(choice, NOTHING) for choice in choices]
    shares = percents([each.amount for each in found])
    return tuple(
        Part(choice.value, str(choice.label), own, share)
        for choice, own, share in zip(choices, found, shares, strict=True)
    )


_YEAR = """
SELECT department_id, extract(month FROM month)::int, kind, channel,
       sum(count)::bigint, sum(amount)::bigint,
       coalesce(sum(amount) FILTER (WHERE channel = %(mall)s), 0)::bigint
FROM procurement_monthlysum
WHERE month BETWEEN %(first)s AND %(last)s AND count > 0
  AND (%(department)s::bigint IS NULL OR department_id = %(department)s)
GROUP BY GROUPING SETS ((department_id), (extract(month FROM month)), (kind), (channel))
"""


def year_sums(
    year: int, *, department: int | None = None, first: int = 1, last: int = 12
) -> YearSums:
    """What the district, or one department, bought from the month ``first`` to ``last``.

    One query, of the monthly sums: its cost does not depend on the number of purchases.
    """
    parameters = {
        "first": date(year, first, 1),
        "last": date(year, last, 1),
        "department": department,
        "mall": PurchaseChannel.MALL.value,
    }
    found: tuple[dict[Any, Sums], ...] = ({}, {}, {}, {})
    with connection.cursor() as cursor:
        cursor.execute(_YEAR, parameters)
        for *keys, count, amount, mall in cursor.fetchall():
            (place,) = (place for place, key in enumerate(keys) if key is not None)
            found[place][keys[place]] = Sums(count, amount, mall)
    departments, months, kinds, channels = found
    return YearSums(together(kinds.values()), departments, months, kinds, channels)


def month_sums(first: date, last: date, *, department: int | None = None) -> dict[date, Sums]:
    """What was bought in each month from one to another, both as their first days."""
    rows = MonthlySum.objects.filter(month__range=(first, last), count__gt=0)
    if department is not None:
        rows = rows.filter(department=department)
    sums = (
        rows.order_by()
        .values("month")
        .annotate(
            number=Sum("count"),
            won=Sum("amount"),
            mall=Sum("amount", filter=Q(channel=PurchaseChannel.MALL), default=0),
        )
    )
    return {
        row["month"]: Sums(int(row["number"]), int(row["won"]), int(row["mall"])) for row in sums
    }


def totals(months: Mapping[date, Sums], inside: bool) -> dict[int, list[int]]:
    """What counts towards the total in the twelve months of each year that has anything."""
    years: dict[int, list[int]] = {}
    for month, sums in months.items():
        years.setdefault(month.year, [0] * 12)[month.month - 1] = sums.total(inside)
    return years


@dataclass(frozen=True, slots=True)
class Seller:
    """A firm and what was bought from it."""

    enterprise: int
    name: str
    number: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class SoldAs:
    """What was bought, of one kind, from firms that were exactly ``held`` on the day."""

    held: frozenset[str]
    kind: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class Sellers:
    """From whom it was bought: by what the firms were on the day of each purchase (R25).

    ``firms`` is how many there were, ``largest`` those with the largest amounts, in order.
    """

    sold: tuple[SoldAs, ...]
    firms: int
    largest: tuple[Seller, ...]

    def bought(self, *kinds: DesignationKind, of: PurchaseKind | None = None) -> Sums:
        """From firms that were one of ``kinds`` that day, or from all; each purchase once."""
        return together(
            part.sums
            for part in self.sold
            if of in (None, part.kind) and (not kinds or part.held.intersection(kinds))
        )

    @property
    def undesignated(self) -> Sums:
        """Bought for a stated reason from firms that were nothing that day."""
        return together(part.sums for part in self.sold if not part.held)


# Between two changes of a firm's designations all days are alike. So the days asked for are cut
# into parts at its changes (part 0 is before the first), its purchases are added up by part in one
# pass over the purchases, and what it was in a part is what it was on the part's first day.
_SELLERS = """
WITH changes AS (
    SELECT enterprise_id, array_agg(DISTINCT day ORDER BY day) AS days
    FROM enterprises_designation
         CROSS JOIN LATERAL (VALUES (starts), (last_day + 1)) AS change(day)
    WHERE day BETWEEN %(first)s AND %(last)s
    GROUP BY enterprise_id
), parts AS (
    SELECT enterprise_id, place - 1 AS part, array_agg(kind ORDER BY kind) AS held
    FROM enterprises_designation LEFT JOIN changes USING (enterprise_id)
         CROSS JOIN LATERAL unnest(%(first)s || days) WITH ORDINALITY AS start(day, place)
    WHERE starts <= day AND (last_day IS NULL OR last_day >= day)
    GROUP BY enterprise_id, place
), bought AS (
    SELECT enterprise_id, kind, coalesce(width_bucket(purchased_on, days), 0) AS part,
           count(*) AS count, sum(amount) AS amount,
           coalesce(sum(amount) FILTER (WHERE channel = %(mall)s), 0) AS mall
    FROM procurement_purchase LEFT JOIN changes USING (enterprise_id)
    WHERE purchased_on BETWEEN %(first)s AND %(last)s
      AND (%(department)s::bigint IS NULL OR department_id = %(department)s)
    GROUP BY enterprise_id, kind, part
), sold AS MATERIALIZED (
    SELECT bought.*, coalesce(held, '{}') AS held
    FROM bought LEFT JOIN parts USING (enterprise_id, part)
)
(SELECT NULL, NULL, NULL, NULL, held, kind,
        sum(count)::bigint, sum(amount)::bigint, sum(mall)::bigint
 FROM sold GROUP BY held, kind)
UNION ALL
(SELECT firm.id, firm.name, firm.business_number, count(*) OVER (), NULL, NULL,
        sum(count)::bigint, sum(amount)::bigint AS won, sum(mall)::bigint
 FROM sold JOIN enterprises_enterprise AS firm ON firm.id = sold.enterprise_id
 GROUP BY firm.id ORDER BY won DESC, firm.name, firm.id LIMIT %(top)s)
"""


def sellers(year: int, *, department: int | None = None, first: int = 1, last: int = 12) -> Sellers:
    """From whom the district, or one department, bought from the month ``first`` to ``last``."""
    parameters = {
        "first": date(year, first, 1),
        "last": month_end(date(year, last, 1)),
        "department": department,
        "mall": PurchaseChannel.MALL.value,
        "top": TOP,
    }
    sold, largest, firms = [], [], 0
    with connection.cursor() as cursor:
        cursor.execute(_SELLERS, parameters)
        for firm, name, number, among, held, kind, *sums in cursor.fetchall():
            if firm is None:
                sold.append(SoldAs(frozenset(held), kind, Sums(*sums)))
            else:
                largest.append(Seller(firm, name, number or "", Sums(*sums)))
                firms = among
    largest.sort(key=lambda seller: (-seller.sums.amount, seller.name, seller.enterprise))
    return Sellers(tuple(sold), firms, tuple(largest))
