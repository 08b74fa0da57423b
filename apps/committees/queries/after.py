"""What a meeting led to: the plans it heard and what is to be done."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.committees.access import may_edit
from apps.committees.models import AgendaItem, Committee, FollowUp, Meeting, PlanHearing, Resolution
from apps.committees.queries.series import series
from apps.core.registry import Reference, references


@dataclass(frozen=True, slots=True)
class Led:
    """An item, what came of it, and the records that lean on it.

    ``may_hear``: a plan can be tied to it now.
    """

    item: AgendaItem
    verdict: str
    references: list[Reference]
    hearings: list[PlanHearing]
    may_hear: bool


def led_to(meeting: Meeting, user: User) -> list[Led]:
    """Item by item, of a meeting that was held; nothing before that."""
    if not meeting.is_closed:
        return []
    items = list(meeting.items.prefetch_related("heard_plans__plan"))
    tied = references(items, user)
    rows = Resolution.objects.filter(item__in=items)
    results = {row.item_id: row for row in rows}
    heard = set(rows.heard().values_list("item", flat=True))
    return [
        Led(
            item=item,
            verdict=results[item.pk].get_verdict_display() if item.pk in results else "-",
            references=tied[item.pk],
            hearings=list(item.heard_plans.all()),
            may_hear=may_edit(user) and item.pk in heard,
        )
        for item in items
    ]


def after(meeting: Meeting, user: User, today: date) -> dict[str, Any]:
    """What the meeting's page shows below the agenda."""
    return {
        "led_to": led_to(meeting, user),
        "follow_ups": meeting.follow_ups.select_related("item"),
        "today": today,
    }


def course_of_year(committee: Committee, year: int, today: date) -> dict[str, Any]:
    """What the page of a body shows of a year."""
    return {"series": series(committee, year, today), "year": year, "today": today}


def open_follow_ups(committee: Committee) -> QuerySet[FollowUp]:
    """What is still to be done after the meetings of a body, the soonest first."""
    rows = FollowUp.objects.filter(meeting__committee=committee, done_on=None)
    return rows.select_related("meeting__committee").order_by("due", "pk")
