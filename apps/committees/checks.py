"""Rules of the plan checker about the meetings of the plan's year."""

from collections.abc import Iterator

from django.urls import reverse

from apps.committees.models import AgendaItem
from apps.core.dates import month_end
from apps.plans.checks.periods import heard_too
from apps.plans.checks.reading import Fault, Reading
from apps.plans.registry import check


@check(
    "agenda",
    name="회의 안건의 시기",
    sentence="회의에 올린 안건을 과제가 그것을 만들기 전이나 다 끝난 뒤에 다루는지 봅니다.",
)
def agenda(reading: Reading) -> Iterator[Fault]:
    items = AgendaItem.objects.filter(meeting__month__year=reading.year).select_related(
        "meeting__committee"
    )
    for item in items.order_by("meeting__month", "order", "pk"):
        meeting = item.meeting
        starts = meeting.held_on or meeting.month
        for why in heard_too(reading, item.title, starts, meeting.held_on or month_end(starts)):
            url = reverse("committees:meeting", args=[meeting.pk])
            yield str(meeting), f"안건 ‘{item.title}’: {why}", url
