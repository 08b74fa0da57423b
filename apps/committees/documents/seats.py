"""명패 and 좌석 배치도: who sits where on the day."""

from collections.abc import Sequence

from django.conf import settings

from apps.committees.enums import MemberOffice
from apps.committees.models import Meeting, Member
from apps.documents.nodes import (
    Cell,
    Column,
    Document,
    KeyFacts,
    Nameplate,
    Node,
    Note,
    Row,
    RowGroup,
    Table,
    TitleBox,
)

NOBODY = Note("재적위원이 없습니다.")
SEEN = (
    "위에서 본 그림입니다. 위원장이 앞에 앉고, 위원은 명단의 차례대로 왼쪽과 오른쪽에 번갈아 "
    "앉습니다."
)


def nameplates(meeting: Meeting) -> Document:
    """명패 to fold and stand up, one a page, of those in office on the meeting's day.

    A member whose name nobody has written down is known by the post.
    """
    return Document(
        title=f"{meeting} 명패",
        issuer=settings.DISTRICT_NAME,
        nodes=tuple(map(_plate, _members(meeting))) or (NOBODY,),
    )


def seating(meeting: Meeting) -> Document:
    """좌석 배치도: the table seen from above, the chair at its head, the secretary at its foot."""
    members = _members(meeting)
    return Document(
        title=f"{meeting} 좌석 배치도",
        subtitle=meeting.title,
        issuer=settings.DISTRICT_NAME,
        nodes=(
            TitleBox(),
            KeyFacts((("일시", meeting.when), ("장소", meeting.where))),
            *_seats(members),
        ),
    )


def _members(meeting: Meeting) -> list[Member]:
    return list(meeting.committee.members.in_office(meeting.roster_day))


def _plate(member: Member) -> Nameplate:
    if not member.name:
        return Nameplate("", member.post)
    if member.office == MemberOffice.MEMBER:
        return Nameplate(member.post, member.name)
    return Nameplate(f"{member.get_office_display()}({member.post})", member.name)


def _seats(members: Sequence[Member]) -> tuple[Node, ...]:
    if not members:
        return (NOBODY,)
    chair = next((m for m in members if m.office == MemberOffice.CHAIR), None)
    vice = next((m for m in members if m.office == MemberOffice.VICE_CHAIR), None)
    others = [m for m in members if m not in (chair, vice)]
    left, right = others[::2], others[1::2]
    sides = [
        (_seat(one), _seat(right[at]) if at < len(right) else "") for at, one in enumerate(left)
    ]
    board = Cell("회의 탁자", rowspan=max(len(sides), 1))
    rows = [
        Row.of("", Cell(_seat(chair) if chair else "위원장\n(공석)", strong=True), _seat(vice)),
        *(
            Row.of(one, board, other) if at == 0 else Row.of(one, other)
            for at, (one, other) in enumerate(sides or [("", "")])
        ),
        Row.of("배석", "간사", "배석"),
    ]
    table = Table(
        columns=tuple(Column(1, "center") for _ in range(3)),
        head=(),
        groups=(RowGroup.of(*rows),),
        caption="좌석",
    )
    return table, Note(SEEN)


def _seat(member: Member | None) -> str:
    """Office where it is a special one, post and name, each on a line."""
    if member is None:
        return ""
    office = "" if member.office == MemberOffice.MEMBER else member.get_office_display()
    return "\n".join(filter(None, (office, member.post, member.name)))
