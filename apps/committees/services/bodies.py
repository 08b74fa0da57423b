"""Founding a committee, and what it is composed and decides by."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError

from apps.accounts.models import User
from apps.committees.enums import MeetingState
from apps.committees.models import Charter, Committee
from apps.core.history import service

ONE_DAY = timedelta(days=1)
UNDER_WAY = "회의록을 확정하지 않은 회의가 있습니다. 확정한 뒤에 의결 여부를 바꿔 주세요."
OUT_OF_TURN = "앞뒤 기준의 적용 시작일을 넘어 옮길 수 없습니다."


@service
def save_committee(*, committee: Committee, by: User) -> Committee:
    """Found a committee or correct what is written about it.

    Raises ``ValidationError``, also where it would decide in another way in the middle of a
    meeting.
    """
    committee.full_clean()
    if committee.pk:
        before = Committee.objects.select_for_update(no_key=True).get(pk=committee.pk)
        under_way = committee.meetings.filter(state__in=(MeetingState.OPENED, MeetingState.CLOSED))
        if before.decides_by_vote != committee.decides_by_vote and under_way.exists():
            raise ValidationError({"decides_by_vote": UNDER_WAY})
    committee.save()
    return committee


@service
def delete_committee(*, committee: Committee, by: User) -> None:
    """Remove a committee founded by mistake. Raises ``ValidationError`` where it has records."""
    if committee.members.exists() or committee.meetings.exists():
        raise ValidationError("위원이나 회의가 있는 위원회는 삭제할 수 없습니다.")
    committee.charters.all().delete()
    committee.delete()


@service
def save_charter(*, charter: Charter, by: User) -> Charter:
    """Add a charter from a day on, or correct one; it ends where the next one starts.

    The one before it ends the day before it starts, so that every day since the first has exactly
    one. Decisions taken keep the rule they were judged by. Raises ``ValidationError``.
    """
    Committee.objects.select_for_update().get(pk=charter.committee_id)
    _keep_turn(charter)
    others = charter.committee.charters.exclude(pk=charter.pk)
    before = others.filter(starts__lt=charter.starts).order_by("-starts").first()
    after = others.filter(starts__gt=charter.starts).order_by("starts").first()
    charter.ends = after.starts - ONE_DAY if after else None
    last = charter.starts - ONE_DAY
    if before and (before.ends is None or before.ends > last):
        _end(before, last)
    charter.full_clean()
    charter.save()
    if before and before.ends != last:
        _end(before, last)
    return charter


@service
def delete_charter(*, charter: Charter, by: User) -> None:
    """Remove a charter entered by mistake; the one before it runs on in its place."""
    Committee.objects.select_for_update().get(pk=charter.committee_id)
    earlier = charter.committee.charters.filter(starts__lt=charter.starts)
    before, ends = earlier.order_by("-starts").first(), charter.ends
    charter.delete()
    if before:
        _end(before, ends)


def _keep_turn(charter: Charter) -> None:
    """A charter that is corrected stays between the one before and the one after it."""
    was = Charter.objects.filter(pk=charter.pk).first()
    if was is None:
        return
    first, last = sorted((was.starts, charter.starts))
    passed = charter.committee.charters.filter(starts__range=(first, last)).exclude(pk=was.pk)
    if passed.exists():
        raise ValidationError({"starts": OUT_OF_TURN})


def _end(charter: Charter, last: date | None) -> None:
    charter.ends = last
    charter.save(update_fields=["ends"])
