"""회의 개최 통지: what the members are sent when a meeting is called."""

from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone

from apps.committees.enums import MeetingMode
from apps.committees.models import AgendaItem, Meeting, Member
from apps.committees.queries import quorum_of
from apps.core.templatetags.office import kdate, kday
from apps.documents.nodes import (
    Attachments,
    Column,
    Document,
    Heading,
    KeyFacts,
    Node,
    Outline,
    Row,
    RowGroup,
    Table,
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
            _facts(meeting),
            Heading(1, "안건", roman(2)),
            _agenda(items),
            *_roster(members),
            Attachments(("회의자료",)),
        ),
    )


def _addressees(members: Sequence[Member]) -> str:
    return f"위원 {len(members)}명(명단은 아래와 같음)" if members else "재적위원 없음"


def _request(meeting: Meeting) -> str:
    basis = f"○ {meeting.committee} 회의를 아래와 같이"
    if not meeting.is_written:
        return f"{basis} 개최하오니 참석하여 주시기 바랍니다."
    until = f"{kday(meeting.held_on)}까지" if meeting.held_on else "정해진 기한까지"
    return f"{basis} 서면으로 심의하오니 {until} 의견을 보내 주시기 바랍니다."


def _facts(meeting: Meeting) -> KeyFacts:
    if meeting.is_written:
        pairs = [("회신 기한", kday(meeting.held_on) or "미정")]
    else:
        place = "접속 방법" if meeting.mode == MeetingMode.REMOTE else "장소"
        pairs = [("일시", meeting.when), (place, meeting.where)]
    pairs.append(("회의 방식", meeting.get_mode_display()))
    if meeting.host:
        pairs.append(("주관", meeting.host))
    pairs.append(("설치 근거", meeting.committee.basis))
    quorum = quorum_of(meeting)
    if quorum:
        pairs += [("개의 정족수", quorum.opening), ("의결 정족수", quorum.decision)]
    return KeyFacts(tuple(pairs))


def _agenda(items: Sequence[AgendaItem]) -> Table:
    return Table(
        columns=(
            Column(10, "center", head=True),
            Column(12, "center"),
            Column(53),
            Column(25, "center"),
        ),
        head=(Row.of("번호", "구분", "안건명", "제안자"),),
        groups=RowGroup.each(
            Row.of(str(item.order), item.get_kind_display(), item.title, item.proposer or "-")
            for item in items
        ),
    )


def _roster(members: Sequence[Member]) -> tuple[Node, ...]:
    """To whom it goes."""
    if not members:
        return ()
    table = Table(
        columns=(
            Column(10, "center", head=True),
            Column(22, "center"),
            Column(43),
            Column(25, "center"),
        ),
        head=(Row.of("연번", "구분", "직위·소속", "성명"),),
        groups=RowGroup.each(
            Row.of(str(number), member.title, member.post, member.shown_name)
            for number, member in enumerate(members, 1)
        ),
    )
    return Heading(1, "받는 위원", roman(3)), table
