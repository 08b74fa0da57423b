"""표결지: a sheet for each member and item to vote on."""

from itertools import groupby

from django.conf import settings

from apps.committees.models import AgendaItem, Meeting, Member
from apps.documents.nodes import (
    Cell,
    Column,
    Document,
    Heading,
    KeyFacts,
    Node,
    Note,
    PageBreak,
    Row,
    RowGroup,
    Signatures,
    Table,
    TitleBox,
)

#: High enough for a mark by hand.
ROOM = "\n" * 4


def vote_sheets(meeting: Meeting) -> Document:
    """표결지, each on a page of its own; who stays away from an item gets none for it.

    Members are those in office on the meeting's day: who comes is not known before.
    """
    items = [item for item in meeting.items.prefetch_related("recusals") if item.is_voted]
    members = list(meeting.committee.members.in_office(meeting.roster_day))
    sheets = [
        (item, member)
        for item in items
        for member in members
        if member.pk not in {recusal.member_id for recusal in item.recusals.all()}
    ]
    body: list[Node] = []
    for item, group in groupby(sheets, key=lambda sheet: sheet[0]):
        for _, member in group:
            body += [PageBreak(), *_sheet(meeting, item, member)]
    return Document(
        title=f"{meeting} 표결지",
        subtitle=meeting.title,
        issuer=settings.DISTRICT_NAME,
        nodes=(
            TitleBox(),
            _listed(items, sheets) if sheets else Note("표결할 안건이나 위원이 없습니다."),
            *body,
        ),
    )


def _listed(items: list[AgendaItem], sheets: list[tuple[AgendaItem, Member]]) -> Table:
    """What is in the pile, to check it by."""
    return Table(
        columns=(Column(14, "center", head=True), Column(66), Column(20, "right")),
        head=(Row.of("안건", "안건명", "표결지"),),
        groups=RowGroup.each(
            Row.of(
                str(item.order),
                item.title,
                Cell.count(sum(each == item for each, _ in sheets), "장"),
            )
            for item in items
        ),
    )


def _sheet(meeting: Meeting, item: AgendaItem, member: Member) -> tuple[Node, ...]:
    return (
        Heading(1, item.title, f"안건 {item.order}"),
        KeyFacts(
            (
                ("회의", str(meeting)),
                ("일시", meeting.when),
                ("위원", f"{member.title} {member.post}"),
            )
        ),
        Table(
            columns=tuple(Column(1, "center") for _ in range(3)),
            head=(Row.of("찬성", "반대", "기권"),),
            groups=(RowGroup.of(Row.of(ROOM, ROOM, ROOM)),),
            caption="표결",
        ),
        Note("한 칸에만 ○표를 해 주세요. 두 칸 이상이거나 알아볼 수 없으면 무효입니다."),
        Signatures(((member.get_office_display(), member.name),)),
    )
