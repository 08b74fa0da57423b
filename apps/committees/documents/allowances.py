"""참석수당 지급 명단: who is paid how much for coming."""

from django.conf import settings

from apps.committees.documents.signing import ROOM
from apps.committees.models import Meeting
from apps.committees.queries.allowances import allowance_rule, pay_list, total
from apps.core.money import comma
from apps.core.templatetags.office import kdate
from apps.documents.nodes import (
    Cell,
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


def allowances(meeting: Meeting) -> Document:
    """The pay list with its sum, room to sign for it, and where the amount is written; in won."""
    pays = pay_list(meeting)
    rows = [
        Row.of(
            str(number),
            pay.member.post,
            pay.member.shown_name,
            _won(pay.amount) if pay.amount is not None else "-",
            kdate(pay.paid_on) or "미지급",
            ROOM,
        )
        for number, pay in enumerate(pays, 1)
    ]
    table: Node = Table(
        columns=(
            Column(8, "center", head=True),
            Column(30),
            Column(16, "center"),
            Column(14, "right"),
            Column(14, "center"),
            Column(18, "center"),
        ),
        head=(Row.of("연번", "직위·소속", "성명", "수당", "지급일", "수령 서명"),),
        groups=(
            *RowGroup.each(rows),
            RowGroup.of(Row.of("계", f"{len(pays)}명", "", _won(total(pays)), "", "", total=True)),
        ),
        unit="단위: 원",
    )
    value = allowance_rule(meeting)
    source: tuple[Node, ...] = (
        (Note(f"1인당 {value.amount}. 공무원인 위원에게는 지급하지 않음. 근거: {value.citation}"),)
        if value
        else ()
    )
    return Document(
        title=f"{meeting} 참석수당 지급 명단",
        subtitle=meeting.title,
        issuer=settings.DISTRICT_NAME,
        nodes=(
            TitleBox(),
            KeyFacts((("일시", meeting.when),)),
            table if pays else Note("참석한 위원 가운데 수당을 받을 위원이 없습니다."),
            *source,
        ),
    )


def _won(amount: int) -> Cell:
    return Cell(comma(amount), number=amount)
