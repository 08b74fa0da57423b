"""The way of a meeting from draft to confirmed minutes, and what is to be done next on it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from apps.accounts.models import User
from apps.committees.enums import MeetingState
from apps.committees.models import Attendance, Meeting
from apps.committees.queries.rosters import quorum_of
from apps.core.templatetags.office import kday

NO_CHARTER = "회의 날에 적용할 구성·의사 기준이 없습니다. 위원회 화면에서 먼저 적어 주세요."
NOT_IN_WRITING = "구성·의사 기준에 서면 심의를 할 수 있다고 되어 있지 않습니다."
BEFORE_ITS_DAY = "회의 날({}) 전에는 개의할 수 없습니다. 날짜가 바뀌었으면 회의를 수정해 주세요."
BEFORE_ALL_ANSWERED = "회신 기한({}) 전에는 위원 모두가 회신해야 의결할 수 있습니다."


@dataclass(frozen=True, slots=True)
class Stage:
    """A state of a meeting: reached, the one it is in, or still to come; with when and by whom."""

    label: str
    state: Literal["done", "now", "later"]
    at: datetime | None = None
    by: User | None = None

    @property
    def word(self) -> str:
        return {"done": "마침", "now": "지금", "later": "앞으로"}[self.state]


def course(meeting: Meeting) -> tuple[Stage, ...]:
    """작성 중 → 소집 → 개의 → 산회 → 회의록 확정."""
    states = list(MeetingState)
    now = states.index(MeetingState(meeting.state))
    return tuple(
        Stage(
            label=meeting.name_of(state),
            state="now" if place == now else "done" if place < now else "later",
            at=getattr(meeting, f"{state}_at", None),
            by=getattr(meeting, f"{state}_by", None),
        )
        for place, state in enumerate(states)
    )


def next_step(meeting: Meeting) -> str:
    """What the secretary does next, in a sentence; what hinders a call comes first."""
    match MeetingState(meeting.state):
        case MeetingState.DRAFT:
            return hindrance(meeting) or (
                "안건과 붙임을 확인하고 ‘소집’을 눌러 주세요. "
                "개최 통지와 달력 파일을 위원에게 보내면 됩니다."
            )
        case MeetingState.CALLED:
            return _to_open(meeting)
        case MeetingState.OPENED:
            left = meeting.items.filter(resolution=None).count()
            end = f"{'의결 마침을' if meeting.is_written else '산회를'} 적어 주세요."
            return f"결과를 적지 않은 안건이 {left}건입니다." if left else end
        case MeetingState.CLOSED:
            return "회의록을 쓰고 확정한 뒤 결과 통지를 보내 주세요."
        case MeetingState.CONFIRMED:
            left = meeting.follow_ups.filter(done_on=None).count()
            done = "회의록을 확정했고 남은 할 일이 없습니다."
            return f"마치지 않은 할 일이 {left}건입니다." if left else done


def hindrance(meeting: Meeting) -> str:
    """Why a draft cannot be called yet; empty when nothing is in the way."""
    if meeting.to_settle:
        return meeting.to_settle
    if why := ruled_out(meeting):
        return why
    return "" if meeting.items.exists() else "소집하려면 안건을 하나 이상 적어 주세요."


def ruled_out(meeting: Meeting) -> str:
    """What in the body's 구성·의사 기준 is in the way of a meeting; empty when nothing is."""
    charter = meeting.committee.charter(meeting.roster_day)
    if meeting.is_written and not (charter and charter.allows_written):
        return NOT_IN_WRITING
    return NO_CHARTER if meeting.committee.decides_by_vote and charter is None else ""


def too_early(meeting: Meeting, today: date) -> str:
    """Why a meeting cannot be opened yet; empty once its day has come.

    A written one is decided before its deadline only when nobody's answer is missing.
    """
    if meeting.held_on is None or today >= meeting.held_on:
        return ""
    day = f"{meeting.held_on.month}. {meeting.held_on.day}."
    if not meeting.is_written:
        return BEFORE_ITS_DAY.format(day)
    in_office = meeting.committee.members.in_office(meeting.roster_day).count()
    answered = Attendance.objects.seated(meeting).count()
    return "" if answered == in_office else BEFORE_ALL_ANSWERED.format(day)


def withdrawn(meeting: Meeting) -> bool:
    """Whether the members were called and that was taken back: it may stand in their calendars."""
    tracked: Any = meeting
    return not meeting.is_called and tracked.events.filter(state=MeetingState.CALLED).exists()


def _to_open(meeting: Meeting) -> str:
    quorum = quorum_of(meeting)
    if meeting.held_on is None:
        return ""
    day = kday(meeting.held_on)
    if meeting.is_written:
        needed = f" {quorum.needed}명 이상이 회신해야 합니다." if quorum else ""
        return f"{day}까지 위원의 회신을 받아 주세요.{needed}"
    needed = f" {quorum.needed}명 이상이 출석해야 개의합니다." if quorum else ""
    return f"{day} 회의 당일에 출석을 적고 개의해 주세요.{needed}"
