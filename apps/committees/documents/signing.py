"""등록부: who came signs here."""

from django.conf import settings

from apps.committees.models import Meeting
from apps.documents.nodes import (
    Column,
    Document,
    KeyFacts,
    Node,
    Note,
    Row,
    RowGroup,
    Table,
    TitleBox,
)

#: High enough to write on.
ROOM = "\n\n"


def signing(meeting: Meeting) -> Document:
    """참석자 등록부 of the members in office on the meeting's day, in the order of the roster."""
    members = meeting.committee.members.in_office(meeting.roster_day)
    rows = [
        Row.of(str(number), member.title, member.post, member.name, ROOM)
        for number, member in enumerate(members, 1)
    ]
    table: Node = Table(
        columns=(
            Column(8, "center", head=True),
            Column(20, "center"),
            Column(34),
            Column(16, "center"),
            Column(22, "center"),
        ),
        head=(Row.of("연번", "구분", "직위·소속", "성명", "서명"),),
        groups=RowGroup.each(rows),
    )
    return Document(
        title=f"{meeting} 참석자 등록부",
        subtitle=meeting.title,
        issuer=settings.DISTRICT_NAME,
        nodes=(
            TitleBox(),
            KeyFacts((("일시", meeting.when), ("장소", meeting.where))),
            table if rows else Note("재적위원이 없습니다."),
        ),
    )
