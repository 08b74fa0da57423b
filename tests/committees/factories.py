"""An invented committee of 14 (1 + 1 + 3 + 9) and its meetings."""

from datetime import date, time
from typing import Any

from apps.committees.enums import Appointment, MemberOffice
from apps.committees.models import AgendaItem, Charter, Committee, Meeting, Member
from apps.rules.enums import StatuteKind
from apps.rules.models import Statute

FORMED = date(2015, 11, 9)
JANUARY = date(2016, 1, 1)
SETTLED = {"held_on": date(2016, 1, 20), "starts_at": time(14, 0), "place": "구청 3층 기획상황실"}


def make_committee(**values: Any) -> Committee:
    name = f"사회적경제 활성화위원회 {Committee.objects.count() + 1}"
    defaults = {"name": name, "basis": "활성화 조례 제6조", "formed_on": FORMED}
    committee = Committee.objects.create(**{**defaults, **values})
    if committee.decides_by_vote:
        make_charter(committee)
    return committee


def make_charter(committee: Committee, **values: Any) -> Charter:
    """14 = 1 + 1 + 3 + 9; opens and decides by majority."""
    statute, _ = Statute.objects.get_or_create(
        name="활성화 조례", defaults={"kind": StatuteKind.ORDINANCE}
    )
    defaults = {
        "starts": FORMED,
        "statute": statute,
        "voting_article": "제9조",
        "ex_officio": 3,
        "appointed": 9,
    }
    return Charter.objects.create(committee=committee, **{**defaults, **values})


def make_member(committee: Committee, **values: Any) -> Member:
    defaults = {"post": f"위촉위원 {committee.members.count() + 1}", "starts": FORMED}
    return Member.objects.create(committee=committee, **{**defaults, **values})


def make_roster(committee: Committee) -> None:
    """위원장, 부위원장, 당연직 위원 3, 위촉직 위원 9."""
    ex_officio = Appointment.EX_OFFICIO
    make_member(committee, office=MemberOffice.CHAIR, appointment=ex_officio, post="부구청장")
    make_member(committee, office=MemberOffice.VICE_CHAIR, post="협의회장", name="나예시")
    for number in range(1, 4):
        make_member(committee, appointment=ex_officio, post=f"당연직 국장 {number}")
    for number in range(1, 10):
        make_member(committee, post=f"위촉위원 {number}")


def make_meeting(committee: Committee, *titles: str, **values: Any) -> Meeting:
    """A meeting of January 2016 with an item for each title."""
    number = committee.meetings.count() + 1
    defaults = {"number": number, "title": "상반기 정기회의", "month": JANUARY}
    meeting = Meeting.objects.create(committee=committee, **{**defaults, **values})
    for order, title in enumerate(titles or ("보증금 지원연장 심의",), 1):
        AgendaItem.objects.create(meeting=meeting, order=order, title=title)
    return meeting
