"""What the screen of the meeting room shows: seats, items, and what the rule says now."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.committees.enums import Verdict
from apps.committees.models import AgendaItem, Attendance, Charter, Meeting, Member
from apps.committees.queries.attendance import hours_of
from apps.committees.queries.heads import (
    Standing,
    carrying,
    heads_of,
    opening,
    opening_heads,
    refusal,
)
from apps.committees.quorum import Tally

#: What may come of an item the committee votes on, and of one it hears.
VOTED = (Verdict.CARRIED, Verdict.AMENDED, Verdict.REJECTED, Verdict.DEFERRED)
HEARD = (Verdict.HEARD, Verdict.DEFERRED)


@dataclass(frozen=True, slots=True)
class Seat:
    """A member in office on the day, there or not, and for which of the meeting's ``items``.

    ``is_open``: of a meeting in a room that is going on; nobody leaves one in writing.
    """

    member: Member
    row: Attendance | None
    items: Sequence[AgendaItem]
    is_open: bool

    @property
    def hours(self) -> str:
        """``안건 2부터 참석, 14:25 들어옴``; empty for who is there throughout or not at all."""
        return hours_of(self.row, self.items) if self.row else ""

    @property
    def is_late(self) -> bool:
        """Whether something was decided: who comes only now was not there for that."""
        return self.row is None and any(map(is_decided, self.items))

    @property
    def is_gone(self) -> bool:
        """Whether one who was there is there for nothing that is not decided yet."""
        left = [item for item in self.items if not is_decided(item)]
        return self.row is not None and bool(left) and not any(map(self.row.covers, left))

    @property
    def can_go(self) -> bool:
        """Whether the member is at a meeting that was opened, and can leave it."""
        return self.row is not None and self.is_open


@dataclass(frozen=True, slots=True)
class Room:
    """A meeting as it stands: who is there, which item is called, what the rule says of it."""

    meeting: Meeting
    charter: Charter | None
    seats: Sequence[Seat]
    items: Sequence[AgendaItem]
    current: AgendaItem | None
    heads: Tally
    standing: Standing | None

    @property
    def present(self) -> int:
        return sum(seat.row is not None for seat in self.seats)

    @property
    def told(self) -> str:
        """Who came, and what is to be done once the last item has its result."""
        came = "회신" if self.meeting.is_written else "출석"
        heads = f"재적 {len(self.seats)}명 중 {self.present}명 {came}"
        if not self.meeting.is_open or self.left:
            return heads
        end = "‘의결 마침’을" if self.meeting.is_written else "‘산회’를"
        return f"안건 {len(self.items)}건의 결과를 모두 적었습니다. {end} 눌러 주세요"

    @property
    def lacks_charter(self) -> bool:
        """Whether nobody has entered the rule this committee decides by."""
        return self.meeting.committee.decides_by_vote and self.charter is None

    @property
    def left_out(self) -> int:
        """How many recused members do not count as 재적 at the called item."""
        return len(self.seats) - self.heads.in_office

    @property
    def votes(self) -> bool:
        """Whether the called item is voted on."""
        return self.current is not None and votes_on(self.current, self.meeting)

    @property
    def decided(self) -> set[int]:
        """The items that have a result."""
        return {item.pk for item in self.items if is_decided(item)}

    @property
    def left(self) -> int:
        """How many items have no result yet."""
        return len(self.items) - len(self.decided)


def room_of(meeting: Meeting, chosen: int | None = None) -> Room:
    """The meeting room; the item called is ``chosen``, else the first without a result."""
    rows = meeting.items.select_related("resolution")
    items = list(rows.prefetch_related("absences", "recusals__member"))
    current = _called(meeting, items, chosen)
    charter = None
    if meeting.committee.decides_by_vote:
        charter = meeting.committee.charter(meeting.roster_day)
    heads = heads_of(current) if current else opening_heads(meeting)
    over = meeting.is_open and current is None
    what = "개의" if current is None and not meeting.is_written else "의결"
    if current and not votes_on(current, meeting):
        what = "접수"
    return Room(
        meeting,
        charter,
        _seats(meeting, items),
        items,
        current,
        heads,
        opening(charter, heads, what=what, written=meeting.is_written)
        if charter and not over
        else None,
    )


def votes_on(item: AgendaItem, meeting: Meeting) -> bool:
    """Whether this body votes on the item; the rest is heard."""
    return item.is_voted and meeting.committee.decides_by_vote


def is_decided(item: AgendaItem) -> bool:
    return hasattr(item, "resolution")


def verdicts(item: AgendaItem, meeting: Meeting) -> Sequence[Verdict]:
    """What may come of an item at all, by its kind and its body."""
    return VOTED if votes_on(item, meeting) else HEARD


@dataclass(frozen=True, slots=True)
class Choice:
    """A verdict that may be recorded; ``why`` not, where the votes do not allow it."""

    verdict: Verdict
    why: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rule says of the votes typed so far: in a sentence, and verdict by verdict."""

    choices: Sequence[Choice]
    said: Standing | None
    missing: int

    @property
    def allowed(self) -> Sequence[str]:
        return [choice.verdict.value for choice in self.choices if not choice.why]


def judged(room: Room, tally: Tally | None, *, chair_in_favor: bool = False) -> Judgement | None:
    """The votes of the called item judged; before any are typed (``None``) only the heads are.

    ``missing`` are those present whose vote is not typed yet.
    """
    item, charter = room.current, room.charter
    if item is None:
        return None
    untold = tally is None and (room.standing is None or room.standing.met)
    counted = tally or room.heads
    choices = [
        Choice(
            verdict,
            ""
            if untold
            else refusal(item, verdict, charter, counted, chair_in_favor=chair_in_favor),
        )
        for verdict in verdicts(item, room.meeting)
    ]
    if tally is None or charter is None or not room.votes:
        return Judgement(choices, None, 0)
    written = room.meeting.is_written
    said = carrying(charter, tally, chair_in_favor=chair_in_favor, written=written)
    return Judgement(choices, said, tally.present - tally.voted)


def _called(meeting: Meeting, items: list[AgendaItem], chosen: int | None) -> AgendaItem | None:
    if not meeting.is_open:
        return None
    wanted = [item for item in items if item.pk == chosen and not is_decided(item)]
    left = [item for item in items if not is_decided(item)]
    return next(iter([*wanted, *left]), None)


def _seats(meeting: Meeting, items: Sequence[AgendaItem]) -> list[Seat]:
    rows = {row.member_id: row for row in meeting.attendances.all()}
    members = meeting.committee.members.in_office(meeting.roster_day)
    is_open = meeting.is_open and not meeting.is_written
    return [Seat(member, rows.get(member.pk), items, is_open) for member in members]
