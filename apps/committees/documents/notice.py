"""회의 개최 통지: what the members are sent when a meeting is called."""

from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone

from apps.committees.documents.meeting import agenda_table, facts_of, roster_table
from apps.committees.models import Meeting, Member
from apps.core.templatetags.office import kdate, kday
from apps.documents.nodes import (
    Attachments,
    Document,
    Heading,
    KeyFacts,
    Node,
    Outline,
    PageBreak,
    TitleBox,
    roman,
)


def notice(meeting: Meeting) -> Document:
    """To whom, when, where, what about, and how many must come.

    A draft's notice can be looked at before the call: what is not settled is printed as
    unsettled, and the day of issue is that of the call.
    """
    items = list(meeting.items.all())
    members = list(meeting.committee.members.in_office(meeting.roster_day))
    called = meeting.called_at
    return Document(
        title=f"{meeting} 개최 통지",
        subtitle=meeting.title,
        issuer=settings.DISTRICT_NAME,
        issued_on=kdate(timezone.localdate(called)) if called else "",
        nodes=(
            TitleBox(),
            KeyFacts((("수신", _addressees(members)), ("발신", settings.DISTRICT_NAME))),
            Outline.of(_request(meeting)),
            Heading(1, "서면 심의 개요" if meeting.is_written else "회의 개요", roman(1)),
            facts_of(meeting),
            Heading(1, "안건", roman(2)),
            agenda_table(items),
            Attachments(("회의자료",)),
            *_roster(members),
        ),
    )


def _addressees(members: Sequence[Member]) -> str:
    return f"위원 {len(members)}명(수신자 명단 참조)" if members else "재적위원 없음"


def _request(meeting: Meeting) -> str:
    basis = f"○ {meeting.committee} 회의를 아래와 같이"
    if not meeting.is_written:
        return f"{basis} 개최하오니 참석하여 주시기 바랍니다."
    until = f"{kday(meeting.held_on)}까지" if meeting.held_on else "정해진 기한까지"
    return f"{basis} 서면으로 심의하오니 {until} 의견을 보내 주시기 바랍니다."


def _roster(members: Sequence[Member]) -> tuple[Node, ...]:
    """To whom it goes, on a page of its own behind the letter."""
    if not members:
        return ()
    return PageBreak(), Heading(1, "수신자 명단"), roster_table(members)
