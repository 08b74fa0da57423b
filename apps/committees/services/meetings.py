"""A meeting from draft to confirmed minutes."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.accounts.models import User
from apps.committees.enums import MeetingState
from apps.committees.models import Absence, AgendaItem, Attendance, Meeting, Minutes, Recusal
from apps.committees.queries.course import NO_CHARTER as NO_CHARTER
from apps.committees.queries.course import hindrance, too_early
from apps.committees.queries.heads import opening, opening_heads
from apps.committees.queries.hearings import misfit
from apps.core.dates import today
from apps.core.history import service

OUTDATED = (
    "회의록을 쓴 뒤에 회의를 다시 열었습니다. 결과와 맞는지 살펴 회의록을 다시 저장해 주세요."
)
NOT_CALLED = "소집한 회의만 소집을 취소할 수 있습니다."
NOT_CLOSED = "산회한 회의의 회의록만 확정할 수 있습니다."
NOBODY = "출석한 위원이 없습니다. 출석을 먼저 적어 주세요."
NO_ITEMS = "안건을 하나 이상 적어 주세요."


@service
def save_meeting(
    *, meeting: Meeting, items: Sequence[AgendaItem], by: User, removed: Sequence[AgendaItem] = ()
) -> Meeting:
    """Save a meeting and its agenda: ``items`` numbered in the given order.

    Only what is in ``removed`` goes; an item somebody else has added meanwhile stays, as the
    last. A meeting called meanwhile stays called. Raises ``ValidationError`` for bad values, for
    an agenda without an item, and for a plan that does not belong to the meeting.
    """
    if not items:
        raise ValidationError(NO_ITEMS)
    if meeting.pk:
        current = locked(meeting)
        _refuse_opened(current)
        meeting.state = current.state
        meeting.called_at, meeting.called_by = current.called_at, current.called_by
    meeting.full_clean()
    meeting.save()
    _forget_strangers(meeting)
    named = [item.pk for item in (*items, *removed) if item.pk]
    others = list(meeting.items.exclude(pk__in=named))
    meeting.items.filter(pk__in=[item.pk for item in removed]).delete()
    for order, item in enumerate([*items, *others], 1):
        item.meeting, item.order = meeting, order
        item.full_clean(validate_constraints=False)  # orders may be swapped: deferred
        if item.plan and (why := misfit(item.plan, meeting)):
            raise ValidationError(f"{item.heading}: {why}")
        item.save()
    if meeting.is_called and (why := hindrance(meeting)):
        raise ValidationError(why)
    return meeting


@service
def order_items(*, meeting: Meeting, keys: Sequence[int], by: User) -> None:
    """Put the items in the order of ``keys``; one not named stays behind them."""
    _refuse_opened(locked(meeting))
    places = {key: place for place, key in enumerate(keys)}
    rows = sorted(meeting.items.all(), key=lambda row: places.get(row.pk, len(keys)))
    for order, row in enumerate(rows, 1):
        row.order = order
    AgendaItem.objects.bulk_update(rows, ["order"])


@service
def call_meeting(*, meeting: Meeting, by: User) -> None:
    """Call the members: day, time, place and agenda are settled and go out.

    Raises ``ValidationError`` that names what is missing, or when it was called before.
    """
    current = locked(meeting)
    if current.is_called:
        raise ValidationError("이미 소집한 회의입니다.")
    if why := hindrance(current):
        raise ValidationError(why)
    _stamp(current, MeetingState.CALLED, by)


@service
def withdraw_call(*, meeting: Meeting, by: User) -> None:
    """The call is taken back: the meeting is a draft again. Raises once it has been opened."""
    current = locked(
        meeting, MeetingState.CALLED, otherwise="소집한 회의만 소집을 취소할 수 있습니다."
    )
    if current.attendances.exists():
        raise ValidationError("출석을 적은 회의입니다. 출석을 먼저 지워 주세요.")
    current.called_at = current.called_by = None
    _move(current, MeetingState.DRAFT)


@service
def open_meeting(*, meeting: Meeting, by: User, at: datetime | None = None) -> None:
    """개의: enough members are there, by the committee's rule of that day (plan 5-2).

    Not before the day; afterwards it is recorded later. ``at`` is when it was, else now. Raises
    ``ValidationError`` with how many are missing, and the article.
    """
    current = locked(meeting, MeetingState.CALLED, otherwise="소집한 회의만 개의할 수 있습니다.")
    if why := hindrance(current) or too_early(current, timezone.localdate(at) if at else today()):
        raise ValidationError(why)
    if current.committee.decides_by_vote:
        charter = current.committee.charter(current.roster_day)
        if charter is None:
            raise ValidationError(NO_CHARTER)
        said = opening(charter, opening_heads(current), written=current.is_written)
        if not said.met:
            raise ValidationError(f"{said.sentence}. 근거: {said.citation}")
    if not Attendance.objects.seated(current).exists():
        raise ValidationError(NOBODY)
    for item in current.items.exclude(plan=None).select_related("plan"):
        if item.plan and (why := misfit(item.plan, current)):
            raise ValidationError(f"{item.heading}: {why}")
    _stamp(current, MeetingState.OPENED, by, at)


@service
def close_meeting(*, meeting: Meeting, by: User, at: datetime | None = None) -> None:
    """산회: every item has a result; ``at`` as for :func:`open_meeting`.

    Raises ``ValidationError`` that names those without.
    """
    current = locked(meeting, MeetingState.OPENED, otherwise="개의한 회의만 산회할 수 있습니다.")
    left = current.items.filter(resolution=None)
    if left:
        titles = ", ".join(f"‘{item.title}’" for item in left)
        raise ValidationError(f"결과를 적지 않은 안건이 있습니다: {titles}")
    moment = at or timezone.now()
    _stamp(current, MeetingState.CLOSED, by, max(moment, current.opened_at or moment))


@service
def resume_meeting(*, meeting: Meeting, by: User) -> None:
    """Closed too early: it goes on, until its minutes are confirmed."""
    current = locked(meeting, MeetingState.CLOSED, otherwise="산회한 회의만 다시 열 수 있습니다.")
    current.closed_at = current.closed_by = None
    _move(current, MeetingState.OPENED)
    Minutes.objects.filter(meeting=current).update(outdated=True)


@service
def confirm_minutes(*, meeting: Meeting, by: User, at: datetime | None = None) -> None:
    """The minutes stand; nothing of the meeting changes any more. ``at`` is when, else now.

    Raises ``ValidationError`` without minutes, and where the meeting went on after they were
    written.
    """
    current = locked(
        meeting, MeetingState.CLOSED, otherwise="산회한 회의의 회의록만 확정할 수 있습니다."
    )
    minutes = Minutes.objects.filter(meeting=current).first()
    if minutes is None:
        raise ValidationError("회의록을 먼저 저장해 주세요.")
    if minutes.outdated:
        raise ValidationError(OUTDATED)
    _stamp(current, MeetingState.CONFIRMED, by, at)


@service
def delete_meeting(*, meeting: Meeting, by: User) -> None:
    """Remove a draft made by mistake, with its agenda.

    Raises ``ValidationError`` once the members have been called: that happened and stays.
    """
    current = locked(meeting)
    if current.is_called:
        raise ValidationError("이미 소집한 회의는 삭제할 수 없습니다.")
    current.delete()


def _forget_strangers(meeting: Meeting) -> None:
    """What was noted before the day moved stands only for who holds a seat on the new day."""
    seated = meeting.committee.members.in_office(meeting.roster_day)
    meeting.attendances.exclude(member__in=seated).delete()
    Absence.objects.filter(item__meeting=meeting).exclude(member__in=seated).delete()
    Recusal.objects.filter(item__meeting=meeting).exclude(member__in=seated).delete()


def _refuse_opened(meeting: Meeting) -> None:
    if not meeting.is_prepared:
        raise ValidationError("개의한 회의의 안건은 고칠 수 없습니다.")


def _stamp(meeting: Meeting, state: MeetingState, by: User, at: datetime | None = None) -> None:
    setattr(meeting, f"{state}_at", at or timezone.now())
    setattr(meeting, f"{state}_by", by)
    _move(meeting, state)


def _move(meeting: Meeting, state: MeetingState) -> None:
    meeting.state = state
    meeting.save()


def locked(meeting: Meeting, *states: MeetingState, otherwise: str = "") -> Meeting:
    """The meeting and its committee's roster as they stand, nobody else's until all is through.

    Raises ``ValidationError`` with ``otherwise`` where it is in none of the ``states`` named.
    """
    rows = Meeting.objects.select_for_update(of=("self", "committee"), no_key=True)
    held = rows.select_related("committee").get(pk=meeting.pk)
    if states and held.state not in states:
        raise ValidationError(otherwise)
    return held
