"""Papers of a meeting."""

from collections.abc import Iterable, Sequence

from django.conf import settings

from apps.committees.models import AgendaItem, Meeting, Member
from apps.committees.queries import composition, quorum_of
from apps.core.templatetags.office import kdate
from apps.documents.nodes import (
    Column,
    Document,
    Heading,
    KeyFacts,
    Node,
    Note,
    Outline,
    PageBreak,
    Row,
    RowGroup,
    Table,
    TitleBox,
    roman,
)


def agenda(meeting: Meeting) -> Document:
    """회의자료: what the members have before them, from the meeting's records.

    What is not settled yet (day, time, place, a member's name) is printed as unsettled.
    """
    items = list(meeting.items.all())
    members = list(meeting.committee.members.in_office(meeting.roster_day))
    return Document(
        title=f"{meeting} 회의자료",
        subtitle=meeting.title,
        issuer=settings.DISTRICT_NAME,
        nodes=(
            TitleBox(),
            Heading(1, "회의 개요", roman(1)),
            _facts(meeting),
            Heading(1, "안건 목록", roman(2)),
            _agenda_table(items),
            PageBreak(),
            Heading(1, "위원 명단", roman(3)),
            *_roster(meeting, members),
            *(node for item in items for node in _item(item)),
        ),
    )


def _facts(meeting: Meeting) -> KeyFacts:
    pairs = [
        ("일시", meeting.when),
        ("장소", meeting.place or "미정"),
        ("설치 근거", meeting.committee.basis),
    ]
    quorum = quorum_of(meeting)
    if quorum:
        pairs += [("개의 정족수", quorum.opening), ("의결 정족수", quorum.decision)]
    return KeyFacts(tuple(pairs))


def _agenda_table(items: Iterable[AgendaItem]) -> Table:
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


def _roster(meeting: Meeting, members: Sequence[Member]) -> tuple[Node, ...]:
    if not members:
        return (Note("재적위원이 없습니다."),)
    counts = composition(meeting.committee.charter(meeting.roster_day), members)
    summary = (
        f"재적 {counts.total}명: 위원장 {counts.chairs}, 부위원장 {counts.vice_chairs}, "
        f"당연직 위원 {counts.ex_officio}, 위촉직 위원 {counts.appointed} "
        f"(정원 {counts.seats}명, {kdate(meeting.roster_day)} 기준)"
    )
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
    return table, Note(summary)


def _item(item: AgendaItem) -> tuple[Node, ...]:
    """One item on a page of its own."""
    facts = [("구분", item.get_kind_display())]
    if item.proposer:
        facts.append(("제안자", item.proposer))
    text: Node = Outline.of(item.summary) if item.summary else Note("안건 설명이 없습니다.")
    return PageBreak(), Heading(1, item.title, f"안건 {item.order}"), KeyFacts(tuple(facts)), text
