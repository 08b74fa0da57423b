"""Appointing members, and letting them go."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError

from apps.accounts.models import User
from apps.committees.enums import Appointment, Leaving
from apps.committees.models import Committee, Member
from apps.committees.queries.letters import numbered
from apps.core.history import service
from apps.core.refusals import told

ONE_DAY = timedelta(days=1)
NOT_EXPIRED = "임기가 다 지나지 않았습니다. 먼저 물러나면 ‘사임’이나 ‘해촉’을 골라 주세요."
GONE = "이미 퇴임한 위원입니다. 새 위원으로 추가해 주세요."
NOT_BEFORE = "지금 임기의 시작일보다 뒤여야 합니다."
NO_POST = "당연직만 후임에게 넘길 수 있습니다. 위촉직은 퇴임하고 새로 위촉합니다."
NO_LETTER = "당연직은 재위촉하지 않습니다. 직위가 바뀌면 후임에게 넘겨 주세요."


@service
def save_member(*, member: Member, by: User) -> Member:
    """Add a member or correct one. Raises ``ValidationError``."""
    member.full_clean()
    hold_roster(member)
    member.save()
    return member


@service
def end_member(
    *, member: Member, on: date, by: User, leaving: str = Leaving.RESIGNED, reason: str = ""
) -> None:
    """The member leaves; ``on`` is the last day in office. Raises ``ValidationError``.

    A term is cut short here, never made longer: a member who stays is appointed again. Who is
    dismissed is told why.
    """
    if member.ends is not None and on > member.ends:
        raise ValidationError({"ends": "임기 만료일보다 늦은 날에 물러날 수 없습니다."})
    if leaving == Leaving.EXPIRED and on != member.ends:
        raise ValidationError({"leaving": NOT_EXPIRED})
    member.ends, member.leaving, member.leaving_reason = on, leaving, reason
    member.full_clean()
    hold_roster(member)
    member.save(update_fields=["ends", "leaving", "leaving_reason"])


@service
def delete_member(*, member: Member, by: User) -> None:
    """Remove a term that was entered by mistake. Raises ``ValidationError`` for one that was used.

    Who has been to a meeting, or stayed away from an item, has left and is not removed.
    """
    hold_roster(member)
    told_of = (member.attendances, member.absences, member.recusals, member.allowances)
    if any(rows.exists() for rows in told_of):
        raise ValidationError("회의 기록이 있는 위원은 삭제할 수 없습니다. 퇴임으로 처리해 주세요.")
    with told():
        member.delete()


@service
def reappoint(*, member: Member, starts: date, ends: date | None, by: User) -> Member:
    """재위촉: a new term of the same person from ``starts`` on, with a letter of its own.

    The term before ends the day before, where it would have run longer. Raises
    ``ValidationError``.
    """
    if member.appointment != Appointment.APPOINTED:
        raise ValidationError(NO_LETTER)
    return _follow(
        member,
        Leaving.EXPIRED,
        starts,
        ends=ends,
        name=member.name,
        sex=member.sex,
        is_official=member.is_official,
    )


@service
def hand_over(
    *, member: Member, starts: date, name: str, by: User, sex: str = "", is_official: bool = True
) -> Member:
    """The post of a 당연직 changes hands: who holds it from ``starts`` on has the seat.

    Raises ``ValidationError``.
    """
    if member.appointment != Appointment.EX_OFFICIO:
        raise ValidationError(NO_POST)
    return _follow(member, Leaving.TRANSFERRED, starts, name=name, sex=sex, is_official=is_official)


def hold_roster(member: Member) -> None:
    """Nobody decides by the roster while it changes (:mod:`apps.committees.services.votes`).

    It is locked before any member: two changes that began at the other end would stop each other.
    """
    Committee.objects.select_for_update(no_key=True).get(pk=member.committee_id)


def _follow(member: Member, leaving: str, starts: date, **values: Any) -> Member:
    """End the term the day before ``starts`` and begin the next one in the same seat."""
    hold_roster(member)
    before = Member.objects.get(pk=member.pk)
    if before.leaving:
        raise ValidationError(GONE)
    if starts <= before.starts:
        raise ValidationError({"starts": NOT_BEFORE})
    last = starts - ONE_DAY
    before.ends = min(before.ends or last, last)
    before.leaving = leaving
    before.save(update_fields=["ends", "leaving"])
    seat = {"office": before.office, "appointment": before.appointment, "post": before.post}
    after = Member(committee_id=before.committee_id, starts=starts, **seat, **values)
    after.full_clean()
    after.save()
    return after


@service
def number_letters(
    *, committee: Committee, on: date, by: User, only: Collection[Member] | None = None
) -> list[Member]:
    """Number the letters of those appointed whose term has not ended by the day and has none yet.

    ``only`` these of them. A letter is handed out as the term begins: it is made before. Gives
    whose was numbered.
    """
    Committee.objects.select_for_update().get(pk=committee.pk)
    rows = committee.members.unnumbered(on)
    if only is not None:
        rows = rows.filter(pk__in=[member.pk for member in only])
    members = numbered(committee, rows)
    Member.objects.bulk_update(members, ["letter_number"])
    return members
