"""How many firms there are: on a day, by year, and beside the numbers that were published."""

from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Case, Count, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from apps.core.dates import year_bounds
from apps.enterprises.enums import GROUP_OF, DesignationKind, KindGroup
from apps.enterprises.models import Designation, EnterpriseQuerySet, PublishedCount


@dataclass(frozen=True, slots=True)
class KindCount:
    """Firms of one group and of each kind in it, each firm once in each number."""

    group: KindGroup
    count: int
    kinds: tuple[tuple[DesignationKind, int], ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Firms with a designation in force on ``day``. A firm of several kinds is once in ``total``
    and once in each of its groups, so the groups may add up to more than the total."""

    day: date
    total: int
    groups: tuple[KindCount, ...]


def counts_on(day: date) -> Counts:
    """The computed counts of any day, past or present, from the designations' own days (R1, R2)."""

    def firms(*kinds: DesignationKind) -> Count:
        return Count("enterprise", distinct=True, filter=Q(kind__in=kinds))

    found: dict[str, int] = Designation.objects.in_force(day).aggregate(
        total=firms(*DesignationKind),
        **{f"group_{group}": firms(*group.kinds) for group in KindGroup},
        **{f"kind_{kind}": firms(kind) for kind in DesignationKind},
    )
    return Counts(
        day,
        found["total"],
        tuple(
            KindCount(
                group,
                found[f"group_{group}"],
                tuple((kind, found[f"kind_{kind}"]) for kind in group.kinds),
            )
            for group in KindGroup
        ),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """Firms at the end of a year, and those that came and went in it."""

    count: int
    new: int
    ended: int

    @property
    def net(self) -> int:
        return self.new - self.ended


NONE = Change(0, 0, 0)


@dataclass(frozen=True, slots=True)
class YearChange:
    """One year; ``until`` is its last day, or the day asked for in the year that is running."""

    year: int
    until: date
    changes: dict[str, Change] = field(default_factory=dict)

    @property
    def last_day(self) -> date:
        return year_bounds(self.year)[1]

    @property
    def total(self) -> Change:
        return self.changes.get("", NONE)

    @property
    def groups(self) -> tuple[tuple[KindGroup, Change], ...]:
        return tuple((group, self.changes.get(group, NONE)) for group in KindGroup)


# Days of one firm in one group are joined to unbroken runs first: a renewal or a conversion the
# day after is neither an end nor a beginning. A run that reaches the last day of a year ends in
# the next, on the first day it no longer holds; so net change is always the difference of counts.
_YEARLY = """
WITH days AS (
    SELECT grouping.name, enterprise_id,
           range_agg(daterange(starts, last_day, '[]')) AS held
    FROM enterprises_designation
    JOIN unnest(%(kinds)s::text[], %(groups)s::text[]) AS grouping(kind, name) USING (kind)
    GROUP BY grouping.name, enterprise_id
), runs AS (
    SELECT name, lower(run) AS first_day, upper(run) AS day_after
    FROM days CROSS JOIN unnest(held) AS run
)
SELECT year, until, name,
       count(*) FILTER (
           WHERE first_day <= until AND (day_after IS NULL OR day_after > until)
       ),
       count(*) FILTER (WHERE first_day BETWEEN make_date(year, 1, 1) AND until),
       count(*) FILTER (WHERE day_after BETWEEN make_date(year, 1, 1) AND until)
FROM generate_series(%(first)s, %(last)s) AS year
CROSS JOIN LATERAL (SELECT least(make_date(year, 12, 31), %(on)s::date) AS until) AS bound
CROSS JOIN runs
GROUP BY year, until, name
ORDER BY year, name
"""


def yearly_change(first: int, on: date) -> list[YearChange]:
    """Counts, beginnings and ends of each year from ``first`` up to the day ``on`` (R3).

    Years in order; none where nothing is registered.
    """
    pairs = [(kind, group) for kind in DesignationKind for group in ("", GROUP_OF[kind])]
    parameters: dict[str, list[str] | int | date] = {
        "kinds": [str(kind) for kind, _ in pairs],
        "groups": [str(group) for _, group in pairs],
        "first": first,
        "last": on.year,
        "on": on,
    }
    years: dict[int, YearChange] = {}
    with connection.cursor() as cursor:
        cursor.execute(_YEARLY, parameters)
        for year, until, name, *numbers in cursor.fetchall():
            row = years.setdefault(year, YearChange(year, until))
            row.changes[name] = Change(*numbers)
    return list(years.values())


def published_beside_computed() -> list[tuple[PublishedCount, int]]:
    """Each published number and the portal's own count of the same day and kind.

    The two are shown side by side and never added or mixed.
    """
    of_kind = Q(group=OuterRef("kind")) | Exact(OuterRef("kind"), Value(""))
    firms = (
        Designation.objects.in_force(OuterRef("as_of"))
        .annotate(group=Case(*(When(kind__in=g.kinds, then=Value(str(g))) for g in KindGroup)))
        .filter(of_kind)
        .order_by()
        .values(one=Value(1))
        .annotate(firms=Count("enterprise", distinct=True))
        .values("firms")
    )
    computed = Coalesce(Subquery(firms), 0)
    rows = PublishedCount.objects.annotate(computed=computed)
    return [(row, row.computed) for row in rows]


def with_designations(firms: EnterpriseQuerySet, on: date) -> EnterpriseQuerySet:
    """Each firm with ``held``: its designations in force on the day."""
    held = Designation.objects.in_force(on).order_by("kind")
    return firms.prefetch_related(Prefetch("designations", held, to_attr="held"))
