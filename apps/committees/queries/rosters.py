"""Head counts of committees and figures of their meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from apps.committees.enums import Appointment, MemberOffice
from apps.committees.models import Charter, Committee, Meeting, Member
from apps.committees.quorum import Tally


@dataclass(frozen=True, slots=True)
class Composition:
    """How many hold which office (plan 5-2: 14 = 1 + 1 + 3 + 9), against the seats."""

    chairs: int
    vice_chairs: int
    ex_officio: int
    appointed: int
    seats: int | None = None

    @property
    def total(self) -> int:
        return self.chairs + self.vice_chairs + self.ex_officio + self.appointed

    @property
    def vacancies(self) -> int:
        return max(self.seats - self.total, 0) if self.seats else 0

    @property
    def surplus(self) -> int:
        """Members beyond the seats: the roster or the seats are wrong."""
        return max(self.total - self.seats, 0) if self.seats else 0


def composition(charter: Charter | None, members: Sequence[Member]) -> Composition:
    """The composition of ``members``, who hold office on one day, against that day's charter."""
    plain = [member for member in members if member.office == MemberOffice.MEMBER]
    return Composition(
        chairs=sum(member.office == MemberOffice.CHAIR for member in members),
        vice_chairs=sum(member.office == MemberOffice.VICE_CHAIR for member in members),
        ex_officio=sum(member.appointment == Appointment.EX_OFFICIO for member in plain),
        appointed=sum(member.appointment == Appointment.APPOINTED for member in plain),
        seats=charter.seats if charter else None,
    )


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many must come to a meeting, by the members ``in_office`` on the day ``on``."""

    charter: Charter
    in_office: int
    on: date

    @property
    def needed(self) -> int:
        return self.charter.rule.opening.of(self.in_office)

    @property
    def opening(self) -> str:
        """개의 정족수 in words."""
        counted = f"재적 {self.in_office}명 중 {self.needed}명 이상"
        return f"재적위원 {self.charter.opens_with} 출석({counted})"

    @property
    def decision(self) -> str:
        """의결 정족수 in words, with the figure for the fewest who may open."""
        charter = self.charter
        base = charter.get_carrying_of_display()
        fewest = charter.rule.needed(Tally(self.in_office, self.needed))
        tie = "위원장이 결정" if charter.chair_breaks_ties else "부결"
        figures = f"{self.needed}명이 출석하면 {fewest}명 이상, 가부 동수는 {tie}"
        return f"{base} {charter.carries_with} 찬성({figures})"


def quorum_of(meeting: Meeting) -> Quorum | None:
    """The quorum of a meeting; None for a body that takes no votes or has no members or charter."""
    if not meeting.committee.decides_by_vote:
        return None
    on = meeting.roster_day
    charter = meeting.committee.charter(on)
    in_office = meeting.committee.members.in_office(on).count()
    return Quorum(charter, in_office, on) if charter and in_office else None


def new_meeting(committee: Committee, today: date) -> Meeting:
    """An unsaved meeting of this month with the next number of the year."""
    held = committee.meetings.filter(month__year=today.year).aggregate(last=Max("number"))
    return Meeting(committee=committee, month=today.replace(day=1), number=(held["last"] or 0) + 1)
