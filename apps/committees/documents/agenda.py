"""회의자료: what the members have before them."""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import Prefetch

from apps.committees.documents.meeting import agenda_table, facts_of, roster_table
from apps.committees.models import AgendaItem, Attachment, Meeting, Member
from apps.committees.queries import composition
from apps.core.templatetags.office import kdate
from apps.documents.nodes import (
    BoundPages,
    Column,
    Contents,
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

#: So many letters of a file's name stand in the foot line of its pages; the heading has it whole.
FOOT = 18


def agenda(meeting: Meeting) -> Document:
    """회의자료 from the meeting's records: cover, contents, roster, each item with its papers.

    What is not settled yet (day, time, place, a member's name) is printed as unsettled.
    """
    items = items_with_papers(meeting)
    members = list(meeting.committee.members.in_office(meeting.roster_day))
    return Document(
        title=f"{meeting} 회의자료",
        subtitle=meeting.title,
        issuer=settings.DISTRICT_NAME,
        issued_on=kdate(meeting.held_on) if meeting.held_on else f"{meeting.month:%Y. %-m.}",
        nodes=(
            TitleBox(cover=True),
            Contents(depth=2),
            PageBreak(),
            Heading(1, "회의 개요", roman(1)),
            facts_of(meeting),
            Heading(1, "안건 목록", roman(2)),
            agenda_table(items),
            PageBreak(),
            Heading(1, "위원 명단", roman(3)),
            *_roster(meeting, members),
            *(node for item in items for node in _item(item)),
        ),
    )


def items_with_papers(meeting: Meeting) -> list[AgendaItem]:
    """The items and what is attached to them, without the content."""
    papers = Prefetch("attachments", Attachment.objects.listed())
    return list(meeting.items.prefetch_related(papers))


def bound_pages(item: AgendaItem, paper: Attachment) -> BoundPages:
    """The pages kept for a paper that can be bound."""
    name = paper.name if len(paper.name) <= FOOT else f"{paper.name[: FOOT - 1]}…"
    return BoundPages(str(paper.pk), f"{_number(item, paper)} {name}", paper.pages or 1)


def _number(item: AgendaItem, paper: Attachment) -> str:
    return f"붙임 {item.order}-{paper.order}"


def _roster(meeting: Meeting, members: Sequence[Member]) -> tuple[Node, ...]:
    if not members:
        return (Note("재적위원이 없습니다."),)
    counts = composition(meeting.committee.charter(meeting.roster_day), members)
    seats = f"정원 {counts.seats}명, " if counts.seats is not None else ""
    summary = (
        f"재적 {counts.total}명: 위원장 {counts.chairs}, 부위원장 {counts.vice_chairs}, "
        f"당연직 위원 {counts.ex_officio}, 위촉직 위원 {counts.appointed} "
        f"({seats}{kdate(meeting.roster_day)} 기준)"
    )
    return roster_table(members), Note(summary)


def _item(item: AgendaItem) -> tuple[Node, ...]:
    """One item on a page of its own, then its papers."""
    facts = [("구분", item.get_kind_display())]
    if item.proposer:
        facts.append(("제안자", item.proposer))
    text: Node = Outline.of(item.summary) if item.summary else Note("안건 설명이 없습니다.")
    papers = list(item.attachments.all())
    return (
        PageBreak(),
        Heading(1, item.title, f"안건 {item.order}"),
        KeyFacts(tuple(facts)),
        text,
        *((_papers_table(item, papers),) if papers else ()),
        *(node for paper in papers if paper.pages for node in _bound(item, paper)),
    )


def _papers_table(item: AgendaItem, papers: Sequence[Attachment]) -> Table:
    return Table(
        columns=(
            Column(16, "center", head=True),
            Column(52),
            Column(12, "right"),
            Column(20, "center"),
        ),
        head=(Row.of("번호", "붙임", "쪽수", "비고"),),
        groups=RowGroup.each(
            Row.of(
                _number(item, paper),
                paper.name,
                f"{paper.pages}쪽" if paper.pages else "-",
                "뒤에 묶음" if paper.pages else "별도 파일",
            )
            for paper in papers
        ),
    )


def _bound(item: AgendaItem, paper: Attachment) -> tuple[Node, ...]:
    return Heading(2, paper.name, _number(item, paper)), bound_pages(item, paper)
