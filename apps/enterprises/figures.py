"""Named figures of the registry: how many firms at a year's end, and how many came and went.

A year for which the office has published more firms than the registry knew on the same day is not
computed: the registry does not hold that year whole, and a number from it would be too small. Nor
is a later year, as long as the registry does not reach the number last published.
"""

from datetime import date, timedelta
from functools import partial

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.urls import reverse

from apps.core.dates import today, year_bounds
from apps.enterprises.enums import DesignationKind, EndReason, KindGroup
from apps.enterprises.models import Designation, PublishedCount
from apps.enterprises.queries import NONE, Change, yearly_change
from apps.plans import registry

WHOLE = "공표된 수보다 등록부가 적은 해는 계산하지 않음"
NEW_NAMES = {
    KindGroup.VILLAGE: "마을기업 신규 지정",
    KindGroup.COOP: "협동조합 신규",
    KindGroup.SELF_SUPPORT: "자활기업 신규",
}


def counted_until(year: int) -> date | None:
    """The year's last day, or today in the year that is running; ``None`` for one to come, and
    for a year that the registry does not hold whole by the last number published until then."""
    day = min(year_bounds(year)[1], today())
    if day.year < year:
        return None
    published = PublishedCount.objects.filter(kind="", as_of__lte=year_bounds(year)[1])
    last = published.order_by("-as_of").values("pk")[:1]
    own_or_not_reached = Q(as_of__year=year) | Q(pk=Subquery(last), count__gt=_firms(day))
    missing = published.filter(own_or_not_reached, count__gt=_firms(OuterRef("as_of")))
    return None if missing.exists() else day


def _firms(on: date | OuterRef) -> Coalesce:
    """How many firms the registry knew on a day."""
    rows = Designation.objects.in_force(on).order_by().values(one=Value(1))
    return Coalesce(
        Subquery(rows.annotate(firms=Count("enterprise", distinct=True)).values("firms")), 0
    )


def _change(group: str, year: int) -> tuple[Change, date] | None:
    day = counted_until(year)
    years = yearly_change(year, day) if day else []
    return (years[0].changes.get(group, NONE), years[0].until) if years else None


def _count(group: str, year: int) -> registry.Value | None:
    found = _change(group, year)
    narrowed = f"&group={group}" if group else ""
    return _value(found[0].count, found[1], "enterprises:list", narrowed) if found else None


def _new(group: str, year: int) -> registry.Value | None:
    found = _change(group, year)
    return _moved(found[0].new, found[1]) if found else None


def _moved(number: int, day: date) -> registry.Value | None:
    return _value(number, day, "enterprises:counts")


def _value(number: int, day: date, page: str, narrowed: str = "") -> registry.Value | None:
    """A count; none is 0 only where the registry reaches back before the year, else unknown."""
    if (
        not number
        and not Designation.objects.filter(starts__lt=day.replace(month=1, day=1)).exists()
    ):
        return None
    return registry.Value(number, f"{reverse(page)}?on={day:%Y-%m-%d}{narrowed}", day)


registry.figure(
    "사회적경제기업 수",
    unit="개",
    how=f"연말(올해는 오늘)에 지정·인증이 효력을 가진 기업을 한 번씩 셈. {WHOLE}",
)(partial(_count, ""))
registry.figure(
    "사회적경제기업 신규",
    unit="개",
    how="그해에 처음 지정·인증된 기업을 셈. 바로 이어진 갱신과 전환은 세지 않음. " + WHOLE,
)(partial(_new, ""))
for each in KindGroup:
    registry.figure(
        f"{each.label} 수",
        unit="개",
        how=f"연말(올해는 오늘)에 효력이 있는 {each.label} 지정을 가진 기업을 셈. {WHOLE}",
    )(partial(_count, each.value))
for each, name in NEW_NAMES.items():
    registry.figure(
        name,
        unit="개",
        how=f"그해에 {each.label} 지정이 시작된 기업을 셈. 바로 이어진 갱신은 세지 않음. {WHOLE}",
    )(partial(_new, each.value))


@registry.figure(
    "사회적경제기업 종료",
    unit="개",
    how=f"그해에 마지막 지정·인증의 효력이 끝난 기업을 셈. {WHOLE}",
)
def ended(year: int) -> registry.Value | None:
    found = _change("", year)
    return _moved(found[0].ended, found[1]) if found else None


@registry.figure(
    "예비사회적기업 신규 지정",
    unit="개",
    how=f"그해에 예비사회적기업 지정이 시작된 기업을 셈. 바로 이어진 갱신은 세지 않음. {WHOLE}",
)
def new_pre_social(year: int) -> registry.Value | None:
    eve = Designation.objects.in_force(OuterRef("before")).filter(
        enterprise=OuterRef("enterprise"), kind=OuterRef("kind")
    )
    return _begun(year, DesignationKind.PRE_SOCIAL, ~Exists(eve))


@registry.figure(
    "인증 사회적기업 전환",
    unit="개",
    how=f"그해에 예비사회적기업에서 인증 사회적기업으로 전환한 기업을 셈. {WHOLE}",
)
def certified(year: int) -> registry.Value | None:
    left = Designation.objects.filter(
        enterprise=OuterRef("enterprise"),
        kind=DesignationKind.PRE_SOCIAL,
        end_reason=EndReason.CONVERTED,
        ended_on=OuterRef("before"),
    )
    return _begun(year, DesignationKind.SOCIAL, Exists(left))


def _begun(year: int, kind: DesignationKind, where: Combinable) -> registry.Value | None:
    """Firms whose designation of the kind began in the year; ``where`` may ask the eve of it."""
    day = counted_until(year)
    if day is None:
        return None
    rows: QuerySet[Designation] = (
        Designation.objects.filter(kind=kind, starts__range=(year_bounds(year)[0], day))
        .annotate(before=F("starts") - timedelta(days=1))
        .filter(where)
    )
    return _moved(rows.values("enterprise").distinct().count(), day)
