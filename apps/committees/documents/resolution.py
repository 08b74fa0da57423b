"""의결서: what the committee decided, with the figures, signed."""

from django.conf import settings

from apps.committees.models import AgendaItem, Attendance, Meeting, Resolution
from apps.committees.queries.attendance import attendances_of
from apps.committees.queries.minutes import (
    came,
    decided_items,
    decided_on,
    named,
    occasion,
    order_of,
    presiding,
)
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
    Signatures,
    Table,
    TitleBox,
)


def resolutions(meeting: Meeting) -> Document:
    """의결서 of every item voted on, each on a page with the lines to sign.

    Who was there for the item signs, but for those who stayed away from it; the chair first.
    """
    items = [item for item in decided_items(meeting) if item.is_voted]
    present = attendances_of(meeting)
    body: list[Node] = []
    for item in items:
        body += [*([PageBreak()] if body else []), *_one(meeting, item, present)]
    return Document(
        title=f"{meeting} 의결서",
        subtitle=meeting.title,
        issuer=settings.DISTRICT_NAME,
        nodes=(TitleBox(), *(body or [Note("의결한 심의 안건이 없습니다.")])),
    )


def figures_of(row: Resolution, came: str) -> Table:
    """재적, 출석 (회신 in writing) and the votes."""
    columns = ("재적", came, "찬성", "반대", "기권", "무효")
    counts = (row.in_office, row.present, row.in_favor, row.against, row.abstained, row.void)
    return Table(
        columns=tuple(Column(1, "center") for _ in columns),
        head=(Row.of(*columns),),
        groups=(RowGroup.of(Row.of(*(str(count) for count in counts))),),
        unit="단위: 명",
    )


def _one(meeting: Meeting, item: AgendaItem, present: list[Attendance]) -> tuple[Node, ...]:
    row = item.resolution
    facts = occasion(meeting) if meeting.is_written else [("회의 일시", meeting.when)]
    if item.proposer:
        facts.append(("제안자", item.proposer))
    facts.append(("의결 결과", row.get_verdict_display()))
    if row.citation:
        facts.append(("의결 근거", row.citation))
    day = decided_on(meeting) if meeting.is_written else meeting.held_on
    away = {recusal.member_id: recusal for recusal in item.recusals.all()}
    here = [each for each in present if each.covers(item) and each.member_id not in away]
    return (
        Heading(1, item.title, f"안건 {item.order}"),
        KeyFacts(tuple(facts)),
        Heading(2, "주문"),
        Outline.of(order_of(item)),
        Heading(2, "표결"),
        figures_of(row, came(meeting)),
        *(
            Note(f"{each.get_kind_display()}: {named(each.member)}({each.reason})")
            for each in away.values()
        ),
        *((Note("가부동수를 위원장이 찬성으로 결정하였습니다."),) if _by_chair(row) else ()),
        Outline.of(f"위와 같이 의결하였음을 확인합니다. {kdate(day)}"),
        Signatures(tuple(_signer(each, here) for each in here)),
    )


def _by_chair(row: Resolution) -> bool:
    return row.carried and row.chair_in_favor and row.in_favor == row.against


def _signer(row: Attendance, here: list[Attendance]) -> tuple[str, str]:
    """Place and name; a vice chair without the chair signs in the chair's stead."""
    member = row.member
    stands_in = member == presiding(here) and member.get_office_display() == "부위원장"
    office = f"위원장 직무대행 {member.post}" if stands_in else ""
    return office or f"{member.get_office_display()} {member.post}", member.name
