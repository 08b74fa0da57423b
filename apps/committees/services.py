"""Changing rosters and meetings."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.accounts.models import User
from apps.committees.enums import MeetingState
from apps.committees.models import AgendaItem, Meeting, Member
from apps.core.history import service

NO_ITEMS = "안건을 하나 이상 적어 주세요."


@service
def save_member(*, member: Member, by: User) -> Member:
    """Add a member or correct one. Raises ``ValidationError``."""
    member.full_clean()
    member.save()
    return member


@service
def end_member(*, member: Member, on: date, by: User) -> None:
    """The member leaves; ``on`` is the last day in office. Raises ``ValidationError``.

    A term is cut short here, never made longer: a member who stays is appointed again.
    """
    if member.ends is not None and on > member.ends:
        raise ValidationError({"ends": "임기 만료일보다 늦은 날에 물러날 수 없습니다."})
    member.ends = on
    member.full_clean()
    member.save(update_fields=["ends"])


@service
def save_meeting(
    *, meeting: Meeting, items: Sequence[AgendaItem], by: User, removed: Sequence[AgendaItem] = ()
) -> Meeting:
    """Save a meeting and its agenda: ``items`` numbered in the given order.

    Only what is in ``removed`` goes; an item somebody else has added meanwhile stays, as the
    last. A meeting called meanwhile stays called. Raises ``ValidationError`` for bad values and
    for an agenda without an item.
    """
    if not items:
        raise ValidationError(NO_ITEMS)
    if meeting.pk:
        current = _locked(meeting)
        meeting.state = current.state
        meeting.called_at, meeting.called_by = current.called_at, current.called_by
    meeting.full_clean()
    meeting.save()
    named = [item.pk for item in (*items, *removed) if item.pk]
    others = list(meeting.items.exclude(pk__in=named))
    meeting.items.filter(pk__in=[item.pk for item in removed]).delete()
    for order, item in enumerate([*items, *others], 1):
        item.meeting, item.order = meeting, order
        item.full_clean(validate_constraints=False)  # orders may be swapped: deferred
        item.save()
    return meeting


@service
def call_meeting(*, meeting: Meeting, by: User) -> None:
    """Call the members: day, time, place and agenda are settled and go out.

    Raises ``ValidationError`` that names what is missing, or when it was called before.
    """
    current = _locked(meeting)
    if current.is_called:
        raise ValidationError("이미 소집한 회의입니다.")
    if current.to_settle:
        raise ValidationError(current.to_settle)
    if not current.items.exists():
        raise ValidationError(NO_ITEMS)
    current.state, current.called_at, current.called_by = MeetingState.CALLED, timezone.now(), by
    current.save(update_fields=["state", "called_at", "called_by"])


@service
def delete_meeting(*, meeting: Meeting, by: User) -> None:
    """Remove a draft made by mistake, with its agenda.

    Raises ``ValidationError`` once the members have been called: that happened and stays.
    """
    current = _locked(meeting)
    if current.is_called:
        raise ValidationError("이미 소집한 회의는 삭제할 수 없습니다.")
    current.delete()


def _locked(meeting: Meeting) -> Meeting:
    """The meeting as it stands now; nobody else changes it until this change is through."""
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
