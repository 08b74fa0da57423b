"""On the day: who is there, who stays away from what, and what is decided."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.accounts.models import User
from apps.committees.enums import AgendaKind, MeetingState, Verdict
from apps.committees.models import (
    AgendaItem,
    Attendance,
    Charter,
    Meeting,
    Member,
    Recusal,
    Resolution,
)
from apps.committees.queries.heads import carrying, heads_of
from apps.committees.quorum import Tally
from apps.committees.services.meetings import NO_CHARTER
from apps.core.history import service
from apps.core.refusals import told

NOT_NOW = "소집하거나 개의한 회의에서만 출석을 적을 수 있습니다."
NOT_OPEN = "개의한 회의에서만 안건의 결과를 적을 수 있습니다."
NO_VOTE_TAKEN = "표결하지 않는 안건입니다. ‘접수’나 ‘보류’로 적어 주세요."


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
) -> Attendance:
    """The member is there: from an item on where late, to an item where gone early.

    Raises ``ValidationError`` where that would change the heads of an item that is decided.
    """
    _held(meeting, MeetingState.CALLED, MeetingState.OPENED, otherwise=NOT_NOW)
    row = Attendance.objects.filter(meeting=meeting, member=member).first()
    row = row or Attendance(meeting=meeting, member=member)
    row.from_item, row.to_item = from_item, to_item
    row.full_clean()
    with told():
        row.save()
    return row


@service
def stay_away(*, meeting: Meeting, member: Member, by: User) -> None:
    """The member is not there after all. Raises as :func:`attend`."""
    _held(meeting, MeetingState.CALLED, MeetingState.OPENED, otherwise=NOT_NOW)
    with told():
        Attendance.objects.filter(meeting=meeting, member=member).delete()


@service
def recuse(*, item: AgendaItem, member: Member, kind: str, reason: str, by: User) -> Recusal:
    """The member takes no part in the item. Raises as :func:`attend`."""
    _held(item.meeting, MeetingState.CALLED, MeetingState.OPENED, otherwise=NOT_NOW)
    row = Recusal(item=item, member=member, kind=kind, reason=reason)
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
    """Record what came of an item, in place of what was recorded before.

    The heads are counted from attendance and recusals, the rule is the charter's of that day. A
    body without votes hears its items only. Raises ``ValidationError`` with the reason and the
    article for a verdict the rule does not allow.
    """
    meeting = _held(item.meeting, MeetingState.OPENED, otherwise=NOT_OPEN)
    given = votes or Votes()
    heads = heads_of(item)
    try:
        tally = Tally(
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
    row = Resolution.objects.filter(item=item).first() or Resolution(item=item)
    row.verdict, row.text = verdict, text
    _count(row, tally)
    row.chair_in_favor = given.chair_in_favor
    if meeting.committee.decides_by_vote:
        _judge(row, item, meeting.committee.charter(meeting.roster_day), tally)
    elif row.carried:
        raise ValidationError({"verdict": NO_VOTE_TAKEN})
    row.decided_at, row.decided_by = timezone.now(), by
    row.full_clean()
    with told():
        row.save()
    return row


@service
def undo_decision(*, item: AgendaItem, by: User) -> None:
    """The item is open again; what was recorded stays in the history only."""
    _held(item.meeting, MeetingState.OPENED, otherwise=NOT_OPEN)
    Resolution.objects.filter(item=item).delete()


def _count(row: Resolution, tally: Tally) -> None:
    row.in_office, row.present, row.of = tally.in_office, tally.present, tally.present
    row.in_favor, row.against = tally.in_favor, tally.against
    row.abstained, row.void = tally.abstained, tally.void


def _judge(row: Resolution, item: AgendaItem, charter: Charter | None, tally: Tally) -> None:
    """Put the rule on the resolution, and refuse what it does not allow."""
    if charter is None:
        raise ValidationError(NO_CHARTER)
    row.opening, row.opening_count = charter.opening, charter.opening_count
    row.carrying, row.carrying_count = charter.carrying, charter.carrying_count
    row.chair_breaks_ties, row.citation = charter.chair_breaks_ties, charter.citation
    row.of = tally.in_office if charter.rule.of_office else tally.present
    said = carrying(charter, tally, chair_in_favor=row.chair_in_favor)
    if row.carried and not said.met:
        raise ValidationError({"verdict": f"{said.sentence}. 근거: {said.citation}"})
    if row.verdict == Verdict.REJECTED and said.met:
        raise ValidationError(
            {"verdict": f"찬성이 정족수에 이르러 부결이 아닙니다. {said.sentence}"}
        )
    if row.verdict == Verdict.HEARD and item.kind == AgendaKind.DELIBERATION:
        raise ValidationError({"verdict": "심의 안건은 접수로 끝낼 수 없습니다."})


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
