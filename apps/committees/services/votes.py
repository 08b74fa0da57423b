"""On the day: who is there, who stays away from what, and what is decided."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from apps.accounts.models import User
from apps.committees.enums import MeetingState, Verdict
from apps.committees.models import (
    Absence,
    AgendaItem,
    Attendance,
    Charter,
    Meeting,
    Member,
    PlanHearing,
    Recusal,
    Resolution,
)
from apps.committees.queries.heads import heads_of, is_chaired, refusal
from apps.committees.queries.hearings import misfit
from apps.committees.quorum import Tally
from apps.committees.services.meetings import NO_CHARTER, locked
from apps.core.history import service
from apps.core.refusals import told

NOT_NOW = "소집하거나 개의한 회의에서만 출석을 적을 수 있습니다."
NOT_OPEN_YET = "개의한 회의에서만 나간 때를 적을 수 있습니다."
NOT_OPENED_YET = "개의하기 전의 회의에서만 전원 출석을 적을 수 있습니다."
PAID = "참석수당을 지급한 위원입니다. 집행 내역에서 지급을 먼저 취소해 주세요."
NO_CHAIR = "이 안건에는 위원장도 부위원장도 없어 가부동수를 결정할 수 없습니다."
NOT_OPEN = "개의한 회의에서만 안건의 결과를 적을 수 있습니다."
DECIDED_MEANWHILE = (
    "이 안건의 결과가 먼저 ‘{}’로 기록되어 있어 저장하지 않았습니다. "
    "기록된 결과를 확인하고, 다르면 결과를 취소한 뒤 다시 적어 주세요."
)
CHANGED_SINCE = "그사이에 다른 결과가 기록되어 취소하지 않았습니다. 기록된 결과를 확인해 주세요."
#: While who is there can be told.
GATHERING = (MeetingState.CALLED, MeetingState.OPENED)


@dataclass(frozen=True, slots=True)
class Votes:
    """How those present voted; ``chair_in_favor`` is the chair's word in a tie."""

    in_favor: int = 0
    against: int = 0
    abstained: int = 0
    void: int = 0
    chair_in_favor: bool = False


@service
def attend(*, meeting: Meeting, member: Member, by: User, at: time | None = None) -> Attendance:
    """The member is there from now on, who came late or is back again.

    Late is who comes when something is decided: not there for that, and ``at`` is noted. Raises
    ``ValidationError`` where that would change the heads of an item that is decided.
    """
    held = locked(meeting, *GATHERING, otherwise=NOT_NOW)
    before = Attendance.objects.filter(meeting=held, member=member).first()
    missed = set(_decided(held))
    if before is not None:
        missed &= set(_missed(held, member))
    late = at if missed else None
    row = before or Attendance(meeting=held, member=member, came_at=late)
    row.left_at = None
    return _seat(row, missed)


@service
def leave(*, meeting: Meeting, member: Member, by: User, at: time | None = None) -> None:
    """The member goes: not there for what is not decided yet. Raises as :func:`attend`.

    Who was there when the meeting was opened has come, whatever is decided later.
    """
    held = locked(meeting, MeetingState.OPENED, otherwise=NOT_OPEN_YET)
    row = Attendance.objects.filter(meeting=held, member=member).first()
    if row is not None:
        row.left_at = at
        _seat(row, {*_missed(held, member), *held.items.filter(resolution=None)})


@service
def correct_hours(
    *,
    meeting: Meeting,
    member: Member,
    by: User,
    items: Collection[AgendaItem],
    came_at: time | None = None,
    left_at: time | None = None,
) -> Attendance:
    """The member was there for these ``items`` and no others. Raises as :func:`attend`."""
    held = locked(meeting, *GATHERING, otherwise=NOT_NOW)
    row = Attendance.objects.filter(meeting=held, member=member).first()
    row = row or Attendance(meeting=held, member=member)
    row.came_at, row.left_at = came_at, left_at
    return _seat(row, set(held.items.all()) - set(items))


@service
def attend_all(*, meeting: Meeting, by: User) -> int:
    """전원 출석: every member in office who has no row yet is there; how many that were.

    Who is recorded as late or gone stays so.
    """
    held = locked(meeting, MeetingState.CALLED, otherwise=NOT_OPENED_YET)
    missing = held.committee.members.in_office(held.roster_day).exclude(attendances__meeting=held)
    with told():
        rows = Attendance.objects.bulk_create(
            Attendance(meeting=held, member=member) for member in missing
        )
    return len(rows)


@service
def stay_away(*, meeting: Meeting, member: Member, by: User) -> None:
    """The member is not there after all. Raises as :func:`attend`, and for one paid for coming."""
    held = locked(meeting, *GATHERING, otherwise=NOT_NOW)
    if held.allowances.filter(member=member).exists():
        raise ValidationError({"member": PAID})
    with told():
        Attendance.objects.filter(meeting=held, member=member).delete()
        Absence.objects.filter(item__meeting=held, member=member).delete()


@service
def recuse(*, item: AgendaItem, member: Member, kind: str, reason: str, by: User) -> Recusal:
    """The member takes no part in the item. Raises as :func:`attend`.

    Sent twice, as after a lost connection, it is recorded once.
    """
    locked(item.meeting, *GATHERING, otherwise=NOT_NOW)
    same = {"item": item, "member": member, "kind": kind, "reason": reason}
    if (before := Recusal.objects.filter(**same).first()) is not None:
        return before
    row = Recusal(**same)
    row.full_clean()
    with told():
        row.save()
    return row


@service
def take_part(*, recusal: Recusal, by: User) -> None:
    """The member takes part after all. Raises as :func:`attend`."""
    locked(recusal.item.meeting, *GATHERING, otherwise=NOT_NOW)
    with told():
        recusal.delete()


@service
def decide(
    *, item: AgendaItem, verdict: str, by: User, votes: Votes | None = None, text: str = ""
) -> Resolution:
    """Record what came of an item.

    The heads are counted from attendance and recusals, the rule is the charter's of that day. A
    body without votes hears its items only. Sent twice, as after a lost connection, the result is
    recorded once. The plan an item that carried or was heard decides on cites it from now on.
    Raises ``ValidationError`` with the reason and the article for a verdict the rule does not
    allow, and where another result stands: that must be undone first.
    """
    meeting = locked(item.meeting, MeetingState.OPENED, otherwise=NOT_OPEN)
    given = votes or Votes()
    heads = heads_of(item)
    tally = tally_of(heads, given, written=meeting.is_written)
    row = Resolution(item=item, verdict=verdict, text=text, chair_in_favor=given.chair_in_favor)
    _count(row, tally)
    if (before := Resolution.objects.filter(item=item).first()) is not None:
        return _same(before, row)
    charter = None
    if meeting.committee.decides_by_vote:
        charter = meeting.committee.charter(meeting.roster_day)
        if charter is None:
            raise ValidationError(NO_CHARTER)
        _rule(row, charter, tally)
    why = refusal(item, verdict, charter, tally, chair_in_favor=given.chair_in_favor)
    if not why and given.chair_in_favor and not is_chaired(item):
        why = NO_CHAIR
    if why:
        raise ValidationError({"verdict": why})
    row.decided_at, row.decided_by = timezone.now(), by
    row.full_clean()
    with told():
        row.save()
        if row.is_heard and item.plan and not misfit(item.plan, meeting):
            PlanHearing.objects.create(plan=item.plan, item=item)
    return row


@service
def decide_unanimously(*, item: AgendaItem, by: User, text: str = "") -> Resolution:
    """이의 없음: all who are there are in favor, and nobody asked for a count.

    Raises as :func:`decide`.
    """
    meeting = locked(item.meeting, MeetingState.OPENED, otherwise=NOT_OPEN)
    votes = Votes(in_favor=heads_of(item).present) if meeting.committee.decides_by_vote else Votes()
    return decide(item=item, verdict=Verdict.CARRIED, votes=votes, text=text, by=by)


@service
def undo_decision(*, item: AgendaItem, by: User, seen: int | None = None) -> None:
    """The item is open again; what was recorded stays in the history only.

    The plan the item names cites it no more; another one that was tied to it is in the way.
    ``seen`` is the result that was on the screen. Raises ``ValidationError`` where another was
    recorded since.
    """
    locked(item.meeting, MeetingState.OPENED, otherwise=NOT_OPEN)
    row = Resolution.objects.filter(item=item).first()
    if row is None:
        return
    if seen is not None and row.pk != seen:
        raise ValidationError(CHANGED_SINCE)
    with told():
        PlanHearing.objects.filter(item=item, plan=item.plan_id).delete()
        row.delete()


def tally_of(heads: Tally, given: Votes, *, written: bool = False) -> Tally:
    """The votes among the heads. Raises ``ValidationError`` for more votes than heads."""
    try:
        return Tally(
            heads.in_office,
            heads.present,
            given.in_favor,
            given.against,
            given.abstained,
            given.void,
        )
    except ValueError as error:
        came = "회신한" if written else "출석한"
        raise ValidationError(
            {"in_favor": f"표가 {came} 위원 {heads.present}명보다 많습니다."}
        ) from error


def _same(before: Resolution, row: Resolution) -> Resolution:
    """The result that stands, where it is what is to be recorded. Raises ``ValidationError``."""
    said = ("verdict", "text", "in_favor", "against", "abstained", "void", "chair_in_favor")
    if any(getattr(before, name) != getattr(row, name) for name in said):
        raise ValidationError(DECIDED_MEANWHILE.format(before.get_verdict_display()))
    return before


def _decided(meeting: Meeting) -> QuerySet[AgendaItem]:
    return meeting.items.filter(resolution__isnull=False)


def _missed(meeting: Meeting, member: Member) -> QuerySet[AgendaItem]:
    return meeting.items.filter(absences__member=member)


def _seat(row: Attendance, missed: Collection[AgendaItem]) -> Attendance:
    """Save where a member was. What is missed comes first: heads are counted row by row."""
    row.full_clean()
    gone = Absence.objects.filter(item__meeting=row.meeting, member=row.member)
    with told():
        Absence.objects.bulk_create(
            (Absence(item=item, member=row.member) for item in missed), ignore_conflicts=True
        )
        row.save()
        gone.exclude(item__in=missed).delete()
    return row


def _count(row: Resolution, tally: Tally) -> None:
    row.in_office, row.present, row.of = tally.in_office, tally.present, tally.present
    row.in_favor, row.against = tally.in_favor, tally.against
    row.abstained, row.void = tally.abstained, tally.void


def _rule(row: Resolution, charter: Charter, tally: Tally) -> None:
    """Put on the resolution the rule it was judged by."""
    row.opening, row.opening_count = charter.opening, charter.opening_count
    row.carrying, row.carrying_count = charter.carrying, charter.carrying_count
    row.chair_breaks_ties, row.citation = charter.chair_breaks_ties, charter.citation
    row.of = tally.in_office if charter.rule.of_office else tally.present
