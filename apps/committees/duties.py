"""What a committee's secretary has to do next."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.committees.enums import MeetingState, Rhythm
from apps.committees.models import Committee, FollowUp, Meeting
from apps.committees.queries.course import hindrance
from apps.committees.queries.rosters import terms_ending
from apps.committees.queries.series import missed
from apps.core.anchors import at
from apps.core.dates import month_end
from apps.core.hangul import particle
from apps.core.registry import Duty, duty_source
from apps.core.templatetags.office import kday
from apps.rules.queries import RuleMissing, rule

#: So many of a kind are told one by one; what is beyond is counted.
FEW = 5
#: What a meeting whose day is over waits for.
LEFT = {
    MeetingState.CALLED: "회의 날이 지났습니다. 개의를 적거나 소집을 취소해 주세요.",
    MeetingState.OPENED: "회의 날이 지났습니다. 안건의 결과와 산회를 적어 주세요.",
    MeetingState.CLOSED: "회의록을 확정해 주세요.",
}
M = TypeVar("M", bound=Model)


def _few(rows: QuerySet[M], duty: Callable[[M], Duty], rest: str) -> Iterator[Duty]:
    """The duties of the first rows; of all beyond them one, with their number, at the next."""
    found = list(rows[: FEW + 1])
    yield from map(duty, found[:FEW])
    for row in found[FEW:]:
        yield replace(duty(row), text=rest.format(rows.count() - FEW))


@duty_source
def meetings_to_call(user: User, today: date) -> Iterator[Duty]:
    """Meetings of this and the next month that are not called yet, with what is missing."""
    if not user.has_role(Role.SECRETARY):
        return
    this = today.replace(day=1)
    months = [this, month_end(today) + timedelta(days=1)]
    rows = Meeting.objects.visible_to(user).drafts_of(months).select_related("committee")

    def duty(meeting: Meeting) -> Duty:
        return Duty(
            text=f"{meeting}: {_to_call(meeting)}",
            url=reverse("committees:meeting", args=[meeting.pk]),
            due=meeting.held_on or month_end(meeting.month),
            tone="warning" if meeting.month == this else "info",
        )

    yield from _few(
        rows.order_by("month", "held_on", "pk"), duty, "소집할 회의가 {}건 더 있습니다."
    )


def _to_call(meeting: Meeting) -> str:
    """What is still to be settled, what is in the way, or that the members can be called."""
    if meeting.unsettled:
        return f"{particle(meeting.unsettled, '을/를')} 정해 주세요."
    if why := hindrance(meeting):
        return f"소집할 수 없습니다. {why}"
    if meeting.is_written and meeting.held_on:
        return f"{kday(meeting.held_on)}까지 회신받을 서면 회의입니다. 소집해 주세요."
    return "소집해 주세요."


@duty_source
def meetings_to_finish(user: User, today: date) -> Iterator[Duty]:
    """Meetings whose day is over and whose minutes are not confirmed, with what they wait for."""
    if not user.has_role(Role.SECRETARY):
        return
    rows = Meeting.objects.visible_to(user).unfinished(today).select_related("committee")
    yield from _few(rows.order_by("held_on", "pk"), _to_finish, "마무리할 회의가 {}건 더 있습니다.")


def _to_finish(meeting: Meeting) -> Duty:
    return Duty(
        text=f"{meeting}: {LEFT[MeetingState(meeting.state)]}",
        url=reverse("committees:meeting", args=[meeting.pk]),
        due=meeting.held_on,
        tone="warning",
    )


@duty_source
def terms_to_settle(user: User, today: date) -> Iterator[Duty]:
    """Terms that end soon and that nobody has settled yet."""
    yield from terms_ending(user, today)


@duty_source
def meetings_missed(user: User, today: date) -> Iterator[Duty]:
    """Months or quarters of this year that are over without a meeting, one duty for each body.

    A body that has prepared or held none since last year began rests; its page still shows them.
    """
    if not user.has_role(Role.SECRETARY):
        return
    since = date(today.year - 1, 1, 1)
    bodies = Committee.objects.visible_to(user).exclude(rhythm=Rhythm.NONE)
    awake = bodies.filter(meetings__month__gte=since).distinct().order_by("name")
    for body, months in missed(list(awake), today.year, today):
        yield Duty(
            text=f"{body}: {', '.join(months)} 회의가 열리지 않았습니다.",
            url=at(reverse("committees:detail", args=[body.pk]), "한 해의 회의"),
            tone="warning",
        )


@duty_source
def follow_ups_due(user: User, today: date) -> Iterator[Duty]:
    """What should be done after a meeting: what is late, and what is due within the alert days.

    Without its rule value only what is late is told of.
    """
    if not user.has_role(Role.SECRETARY):
        return
    last = today + timedelta(days=_alert_days(today))
    rows = FollowUp.objects.visible_to(user).filter(done_on=None, due__lte=last)
    rows = rows.select_related("meeting__committee").order_by("due", "pk")
    yield from _few(rows, _to_do, "기한이 지났거나 다가온 회의 할 일이 {}건 더 있습니다.")


def _alert_days(on: date) -> int:
    """How many days before its day a follow-up is told of; -1, only afterwards, without a rule."""
    try:
        return int(rule("committees.follow_up.alert_days", on=on).value)
    except RuleMissing:
        return -1


def _to_do(row: FollowUp) -> Duty:
    return Duty(
        text=f"{row.meeting} 할 일: {row.what} ({row.owner})",
        url=reverse("committees:meeting", args=[row.meeting_id]),
        due=row.due,
        tone="warning",
    )
