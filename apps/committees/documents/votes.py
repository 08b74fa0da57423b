"""표결지: a ballot for each member and item to vote on, four a page to be cut apart."""

from django.conf import settings

from apps.committees.models import AgendaItem, Meeting, Member
from apps.documents.nodes import (
    Cell,
    Column,
    Document,
    Node,
    Note,
    PageBreak,
    Row,
    RowGroup,
    Table,
    TitleBox,
)

Ballot = tuple[AgendaItem, Member]
#: Lines to mark a ballot in, fewer below a long title, so that four fill a page.
ROOM, LEAST_ROOM, TITLE_LINE = 9, 4, 20
HOW = "한 칸에만 ○표를 해 주세요. 두 칸 이상이거나 알아볼 수 없으면 무효입니다."
A_PAGE = 4


def vote_sheets(meeting: Meeting) -> Document:
    """표결지, four a page; who stays away from an item gets none for it.

    Members are those in office on the meeting's day: who comes is not known before.
    """
    items = [item for item in meeting.items.prefetch_related("recusals") if item.is_voted]
    members = list(meeting.committee.members.in_office(meeting.roster_day))
    ballots = [
        (item, member)
        for item in items
        for member in members
        if member.pk not in {recusal.member_id for recusal in item.recusals.all()}
    ]
    body: list[Node] = []
    for at in range(0, len(ballots), A_PAGE):
        body += [PageBreak(), _page(meeting, ballots[at : at + A_PAGE])]
    return Document(
        title=f"{meeting} 표결지",
        subtitle=meeting.title,
        issuer=settings.DISTRICT_NAME,
        nodes=(
            TitleBox(),
            _listed(items, ballots) if ballots else Note("표결할 안건이나 위원이 없습니다."),
            *body,
        ),
    )


def _listed(items: list[AgendaItem], ballots: list[Ballot]) -> Table:
    """What is in the pile, to check it by."""
    return Table(
        columns=(Column(14, "center", head=True), Column(66), Column(20, "right")),
        head=(Row.of("안건", "안건명", "표결지"),),
        groups=RowGroup.each(
            Row.of(
                str(item.order),
                item.title,
                Cell.count(sum(each == item for each, _ in ballots), "장"),
            )
            for item in items
        ),
    )


def _page(meeting: Meeting, ballots: list[Ballot]) -> Table:
    """Up to four ballots in two columns, with a strip between them to cut along."""
    rows: list[Row] = []
    for at in range(0, len(ballots), 2):
        if at:
            rows.append(Row.of(Cell("(자르는 선)", colspan=7)))
        rows += _pair(meeting, *ballots[at : at + 2])
    column = Column(6, "center")
    return Table(
        columns=(column, column, column, Column(1), column, column, column),
        head=(),
        groups=(RowGroup.of(*rows),),
        caption="표결지",
    )


def _pair(meeting: Meeting, left: Ballot, right: Ballot | None = None) -> list[Row]:
    """The rows of two ballots side by side; an odd last one stands beside an empty field."""
    mine = _ballot(meeting, *left)
    strip = Cell("", rowspan=len(mine))
    if right is None:
        empty = Cell("", colspan=3, rowspan=len(mine))
        return [Row((*mine[0], strip, empty)), *(Row(cells) for cells in mine[1:])]
    other = _ballot(meeting, *right)
    first, *rest = zip(mine, other, strict=True)
    return [Row((*first[0], strip, *first[1])), *(Row((*one, *two)) for one, two in rest)]


def _ballot(meeting: Meeting, item: AgendaItem, member: Member) -> list[tuple[Cell, ...]]:
    """The rows of a ballot, three columns wide."""
    room = "\n" * max(ROOM - len(item.title) // TITLE_LINE, LEAST_ROOM)
    who = f"{member.title} {member.post}\n\n{member.name} (서명)"
    return [
        (Cell(f"{meeting} 표결지", colspan=3),),
        (Cell(item.heading, colspan=3, strong=True),),
        tuple(Cell(word, strong=True) for word in ("찬성", "반대", "기권")),
        (Cell(room),) * 3,
        (Cell(HOW, colspan=3, align="left"),),
        (Cell(who, colspan=3),),
    ]
