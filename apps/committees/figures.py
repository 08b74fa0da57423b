"""Named figures of meetings that were held in a year."""

from functools import partial

from django.db.models import Count, Min
from django.urls import reverse

from apps.committees.models import Meeting
from apps.core.dates import year_bounds
from apps.plans.registry import Value, figure


def _held(counted: str, votes: bool, year: int) -> Value | None:
    """``counted`` of the meetings held in the year: the meetings (``pk``) or their ``items``."""
    found = (
        Meeting.objects.held()
        .filter(held_on__range=year_bounds(year), committee__decides_by_vote=votes)
        .aggregate(
            number=Count(counted, distinct=True),
            committees=Count("committee", distinct=True),
            one=Min("committee"),
        )
    )
    if not found["number"]:
        return None
    if found["committees"] == 1:
        return Value(found["number"], reverse("committees:detail", args=[found["one"]]))
    return Value(found["number"], reverse("committees:list"))


figure(
    "위원회 개최 횟수",
    unit="회",
    how="의결하는 위원회(활성화위원회 등)가 그해에 개의한 회의를 셈",
)(partial(_held, "pk", True))
figure("위원회 안건 수", unit="건", how="그해에 개의한 위원회 회의의 안건을 셈")(
    partial(_held, "items", True)
)
figure(
    "협의체 회의 횟수",
    unit="회",
    how="의결하지 않는 협의체(실무협력회의 등)가 그해에 개의한 회의를 셈",
)(partial(_held, "pk", False))
