"""What several papers of a meeting say alike: its facts, its agenda, its members."""

from collections.abc import Iterable

from apps.committees.enums import MeetingMode
from apps.committees.models import AgendaItem, Meeting, Member
from apps.committees.queries import quorum_of
from apps.core.templatetags.office import kday
from apps.documents.nodes import Column, KeyFacts, Row, RowGroup, Table

ITEMS = (Column(10, "center", head=True), Column(12, "center"), Column(53), Column(25, "center"))
SEATS = (Column(10, "center", head=True), Column(22, "center"), Column(43), Column(25, "center"))


def facts_of(meeting: Meeting) -> KeyFacts:
    """When, where and how it meets, on what ground, and how many must come.

    What is not settled is printed as unsettled.
    """
    if meeting.is_written:
        pairs = [("회신 기한", kday(meeting.held_on) or "미정")]
    else:
        place = "접속 방법" if meeting.mode == MeetingMode.REMOTE else "장소"
        pairs = [("일시", meeting.when), (place, meeting.where)]
    pairs.append(("회의 방식", meeting.get_mode_display()))
    if meeting.host:
        pairs.append(("주관", meeting.host))
    if meeting.committee.basis:
        pairs.append(("설치 근거", meeting.committee.basis))
    quorum = quorum_of(meeting)
    if quorum:
        pairs += [("개의 정족수", quorum.opening), ("의결 정족수", quorum.decision)]
    return KeyFacts(tuple(pairs))


def agenda_table(items: Iterable[AgendaItem]) -> Table:
    """The items in the order they are taken."""
    return Table(
        columns=ITEMS,
        head=(Row.of("번호", "구분", "안건명", "제안자"),),
        groups=RowGroup.each(
            Row.of(str(item.order), item.get_kind_display(), item.title, item.proposer or "-")
            for item in items
        ),
    )


def roster_table(members: Iterable[Member]) -> Table:
    """The members in the order of the roster."""
    return Table(
        columns=SEATS,
        head=(Row.of("연번", "구분", "직위·소속", "성명"),),
        groups=RowGroup.each(
            Row.of(str(number), member.title, member.post, member.shown_name)
            for number, member in enumerate(members, 1)
        ),
    )
