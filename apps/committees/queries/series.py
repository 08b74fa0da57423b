"""The year of a body that meets by a rhythm: what was held, by whom, and what is missing (R37)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from apps.committees.enums import Rhythm
from apps.committees.models import Committee, Meeting
from apps.core.dates import month_end
from apps.core.templatetags.office import kdate

#: How many months one meeting covers.
MONTHS = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3}


@dataclass(frozen=True, slots=True)
class Slot:
    """A month or quarter: its meetings, and the host whose turn it is where none is prepared."""

    label: str
    starts: date
    ends: date
    meetings: tuple[Meeting, ...]
    host: str
    held: bool
    today: date
    since: date | None

    @property
    def missing(self) -> bool:
        """Over without a meeting. Before the body was formed none was due."""
        return self.ends < self.today and not self.held and not self.before

    @property
    def before(self) -> bool:
        """Over before the body was formed."""
        return self.since is not None and self.ends < self.since

    @property
    def word(self) -> str:
        if self.held:
            return "개최"
        if self.missing:
            return "열리지 않음" if self.meetings else "회의 기록 없음"
        if self.meetings:
            return "예정"
        return "열 차례" if self.starts <= self.today <= self.ends else "-"

    @property
    def tone(self) -> str:
        if self.held or self.missing:
            return "success" if self.held else "danger"
        return "info" if self.meetings else "warning"

    @property
    def days(self) -> str:
        """The days of its meetings; the month of one whose day is open."""
        return ", ".join(
            kdate(row.held_on) if row.held_on else f"{row.month.month}월 중"
            for row in self.meetings
        )


def series(committee: Committee, year: int, today: date) -> tuple[Slot, ...]:
    """The months or quarters of a year; none for a body without a rhythm."""
    if committee.rhythm == Rhythm.NONE:
        return ()
    meetings = committee.meetings.filter(month__year=year).order_by("month", "number")
    return _slots(committee, year, today, list(meetings), _turns(committee, year))


def missed(
    bodies: Sequence[Committee], year: int, today: date
) -> Iterator[tuple[Committee, list[str]]]:
    """The bodies that have missed months or quarters of a year, and which; one query for all."""
    of = defaultdict(list)
    rows = Meeting.objects.filter(committee__in=bodies, month__year=year)
    for meeting in rows.order_by("month", "number"):
        of[meeting.committee_id].append(meeting)
    for body in bodies:
        slots = _slots(body, year, today, of[body.pk], Turns([], ""))
        if labels := [slot.label for slot in slots if slot.missing]:
            yield body, labels


def _slots(
    committee: Committee, year: int, today: date, meetings: Sequence[Meeting], turns: "Turns"
) -> tuple[Slot, ...]:
    """The months or quarters, with ``meetings``, of the year, and whose turn it was."""
    step = MONTHS[Rhythm(committee.rhythm)]
    slots = []
    for first in range(1, 13, step):
        starts, ends = date(year, first, 1), month_end(date(year, first + step - 1, 1))
        rows = tuple(row for row in meetings if starts <= row.month <= ends)
        hosts = [row.host for row in rows if row.host]
        host = hosts[-1] if hosts else turns.next()
        turns.took(host)
        held = any(row.is_held for row in rows)
        label = f"{first}월" if step == 1 else f"{first // 3 + 1}분기"
        slots.append(Slot(label, starts, ends, rows, host, held, today, committee.formed_on))
    return tuple(slots)


class Turns:
    """Whose turn it is: after the last host comes the next in order, after the last the first."""

    def __init__(self, names: list[str], last: str) -> None:
        self.names, self.last = names, last

    def next(self) -> str:
        if not self.names:
            return ""
        place = self.names.index(self.last) + 1 if self.last in self.names else 0
        return self.names[place % len(self.names)]

    def took(self, host: str) -> None:
        self.last = host if host in self.names else self.last


def _turns(committee: Committee, year: int) -> Turns:
    """The rotation as it stands when ``year`` begins."""
    before = committee.meetings.filter(month__year__lt=year).exclude(host="")
    return _hosts(committee, before.order_by("-month", "-number").first())


def next_host(committee: Committee) -> str:
    """Who holds the next meeting; empty where nobody takes turns."""
    held = committee.meetings.exclude(host="").order_by("-month", "-number").first()
    return _hosts(committee, held).next()


def _hosts(committee: Committee, last: Meeting | None) -> Turns:
    names = list(committee.hosts.values_list("name", flat=True))
    return Turns(names, last.host if last else "")
