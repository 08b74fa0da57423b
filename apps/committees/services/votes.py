"""On the day: who is there, who stays away from what, and what is decided."""

from dataclasses import dataclass
from datetime import time

from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.accounts.models import User
from apps.committees.enums import MeetingState, Verdict
from apps.committees.models import (
    AgendaItem,
    Attendance,
    Charter,
    Meeting,
    Member,
    Recusal,
    Resolution,
)
from apps.committees.queries.heads import heads_of, refusal
from apps.committees.quorum import Tally
from apps.committees.services.meetings import NO_CHARTER
from apps.core.history import service
from apps.core.refusals import told

NOT_NOW = "소집하거나 개의한 회의에서만 출석을 적을 수 있습니다."
NOT_OPEN = "개의한 회의에서만 안건의 결과를 적을 수 있습니다."
DECIDED_MEANWHILE = (
    "이 안건의 결과가 먼저 ‘{}’로 기록되어 있어 저장하지 않았습니다. "
    "기록된 결과를 확인하고, 다르면 결과를 취소한 뒤 다시 적어 주세요."
)
CHANGED_SINCE = "그사이에 다른 결과가 기록되어 취소하지 않았습니다. 기록된 결과를 확인해 주세요."


@dataclass(frozen=True, slots=True)
class Votes:
    """How those present voted; ``chair_in_favor`` is the chair's word in a tie."""

    in_favor: int = 0
    against: int = 0
    abstained: int = 0
    void: int = 0
    chair_in_favor: bool = False


@service
def attend(
    *,
    meeting: Meeting,
    member: Member,
    by: User,
    from_item: int | None = None,
    to_item: int | None = None,
    came_at: time | None = None,
    left_at: time | None = None,
) -> Attendance:
    """The member is there: from an item on where late, to an item where gone early.

    The times are for the minutes; the items are what counts. Raises ``ValidationError`` where that
    would change the heads of an item that is decided.
    """
    _held(meeting, MeetingState.CALLED, MeetingState.OPENED, otherwise=NOT_NOW)
    row = Attendance.objects.filter(meeting=meeting, member=member).first()
    row = row or Attendance(meeting=meeting, member=member)
    row.from_item, row.to_item = from_item, to_item
    row.came_at, row.left_at = came_at, left_at
    row.full_clean()
    with told():
        row.save()
    return row


@service
def attend_all(*, meeting: Meeting, by: User) -> int:
    """전원 출석: every member in office who has no row yet is there; how many that were.

    Who is recorded as late or gone early stays so. Raises as :func:`attend`.
    """
    _held(meeting, MeetingState.CALLED, MeetingState.OPENED, otherwise=NOT_NOW)
    missing = meeting.committee.members.in_office(meeting.roster_day).exclude(
        attendances__meeting=meeting
    )
    with told():
        rows = Attendance.objects.bulk_create(
            Attendance(meeting=meeting, member=member) for member in missing
        )
    return len(rows)


@service
def stay_away(*, meeting: Meeting, member: Member, by: User) -> None:
    """The member is not there after all. Raises as :func:`attend`."""
    _held(meeting, MeetingState.CALLED, MeetingState.OPENED, otherwise=NOT_NOW)
    with told():
        Attendance.objects.filter(meeting=meeting, member=member).delete()


@service
def recuse(*, item: AgendaItem, member: Member, kind: str, reason: str, by: User) -> Recusal:
    """The member takes no part in the item. Raises as :func:`attend`.

    Sent twice, as after a lost connection, it is recorded once.
    """
    _held(item.meeting, MeetingState.CALLED, MeetingState.OPENED, otherwise=NOT_NOW)
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
    _held(recusal.item.meeting, MeetingState.CALLED, MeetingState.OPENED, otherwise=NOT_NOW)
    with told():
        recusal.delete()


@service
def decide(
    *, item: AgendaItem, verdict: str, by: User, votes: Votes | None = None, text: str = ""
) -> Resolution:
    """Record what came of an item.

    The heads are counted from attendance and recusals, the rule is the charter's of that day. A
    body without votes hears its items only. Sent twice, as after a lost connection, the result is
    recorded once. Raises ``ValidationError`` with the reason and the article for a verdict the
    rule does not allow, and where another result stands: that must be undone first.
    """
    meeting = _held(item.meeting, MeetingState.OPENED, otherwise=NOT_OPEN)
    given = votes or Votes()
    heads = heads_of(item)
    tally = tally_of(heads, given)
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
    if why:
        raise ValidationError({"verdict": why})
    row.decided_at, row.decided_by = timezone.now(), by
    row.full_clean()
    with told():
        row.save()
    return row


@service
def decide_unanimously(*, item: AgendaItem, by: User, text: str = "") -> Resolution:
    """이의 없음: all who are there are in favor, and nobody asked for a count.

    Raises as :func:`decide`.
    """
    meeting = _held(item.meeting, MeetingState.OPENED, otherwise=NOT_OPEN)
    votes = Votes(in_favor=heads_of(item).present) if meeting.committee.decides_by_vote else Votes()
    return decide(item=item, verdict=Verdict.CARRIED, votes=votes, text=text, by=by)


@service
def undo_decision(*, item: AgendaItem, by: User, seen: int | None = None) -> None:
    """The item is open again; what was recorded stays in the history only.

    ``seen`` is the result that was on the screen. Raises ``ValidationError`` where another was
    recorded since.
    """
    _held(item.meeting, MeetingState.OPENED, otherwise=NOT_OPEN)
    row = Resolution.objects.filter(item=item).first()
    if row is None:
        return
    if seen is not None and row.pk != seen:
        raise ValidationError(CHANGED_SINCE)
    with told():
        row.delete()


def tally_of(heads: Tally, given: Votes) -> Tally:
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
        raise ValidationError(
            {"in_favor": f"표가 출석한 위원 {heads.present}명보다 많습니다."}
        ) from error


def _same(before: Resolution, row: Resolution) -> Resolution:
    """The result that stands, where it is what is to be recorded. Raises ``ValidationError``."""
    said = ("verdict", "text", "in_favor", "against", "abstained", "void", "chair_in_favor")
    if any(getattr(before, name) != getattr(row, name) for name in said):
        raise ValidationError(DECIDED_MEANWHILE.format(before.get_verdict_display()))
    return before


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


def _held(meeting: Meeting, *states: MeetingState, otherwise: str) -> Meeting:
    """The meeting as it stands, until the end of the transaction nobody else's."""
    held = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("committee")
        .get(pk=meeting.pk)
    )
    if held.state not in states:
        raise ValidationError(otherwise)
    return held
