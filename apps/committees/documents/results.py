"""심의 결과 통지: what came of each item, to those who proposed it and to the members."""

from django.conf import settings
from django.utils.timezone import localdate

from apps.committees.models import AgendaItem, FollowUp, Meeting
from apps.committees.queries.minutes import came, counted, decided_items, occasion, order_of
from apps.core.templatetags.office import kdate
from apps.documents.nodes import (
    Attachments,
    Column,
    Document,
    Heading,
    KeyFacts,
    Node,
    Note,
    Outline,
    Row,
    RowGroup,
    Table,
    TitleBox,
)

#: Year, month and day to be written in.
BY_HAND = "20" + "\N{NO-BREAK SPACE}" * 6 + ("." + "\N{NO-BREAK SPACE}" * 6) * 2 + "."


def results(meeting: Meeting) -> Document:
    """회의 결과 통지: items, results and what is to be done by whom."""
    items = decided_items(meeting)
    to_do = list(meeting.follow_ups.select_related("item"))
    voted = any(item.is_voted for item in items)
    return Document(
        title=f"{meeting} 회의 결과 통지",
        subtitle=meeting.title,
        issuer=settings.DISTRICT_NAME,
        nodes=(
            TitleBox(),
            KeyFacts(
                (
                    ("시행일자", _sent_on(meeting)),
                    ("수신", _addressees(items)),
                    ("발신", settings.DISTRICT_NAME),
                )
            ),
            Outline.of(f"○ {meeting.committee} 회의 결과를 아래와 같이 알려 드립니다."),
            Heading(1, "회의 개요"),
            KeyFacts(tuple(occasion(meeting))),
            Heading(1, "안건별 결과"),
            _table(items, came(meeting)) if items else Note("결과를 적은 안건이 없습니다."),
            *_to_do(to_do),
            *((Attachments(("의결서",)),) if voted else ()),
        ),
    )


def _sent_on(meeting: Meeting) -> str:
    """The day the minutes were confirmed, when results are sent; before, room for it by hand."""
    if meeting.confirmed_at is None:
        return BY_HAND
    return kdate(localdate(meeting.confirmed_at))


def _addressees(items: list[AgendaItem]) -> str:
    """The members, and who proposed what was heard."""
    return ", ".join(dict.fromkeys(["위원", *(item.proposer for item in items if item.proposer)]))


def _table(items: list[AgendaItem], came: str) -> Table:
    return Table(
        columns=(
            Column(8, "center", head=True),
            Column(8, "center"),
            Column(26),
            Column(12, "center"),
            Column(22),
            Column(24, "center"),
        ),
        head=(Row.of("번호", "구분", "안건명", "결과", "주문·의견", "표결"),),
        groups=RowGroup.each(
            Row.of(
                str(item.order),
                item.get_kind_display(),
                item.title,
                item.resolution.get_verdict_display(),
                order_of(item),
                _in_lines(counted(item.resolution, came)),
            )
            for item in items
        ),
    )


def _in_lines(counts: str) -> str:
    """``재적 14명, 출석 13명`` and so on, two counts a line."""
    each = counts.replace(" / ", ", ").split(", ")
    return "\n".join(", ".join(each[at : at + 2]) for at in range(0, len(each), 2))


def _to_do(rows: list[FollowUp]) -> tuple[Node, ...]:
    if not rows:
        return ()
    table = Table(
        columns=(
            Column(10, "center", head=True),
            Column(50),
            Column(22, "center"),
            Column(18, "center"),
        ),
        head=(Row.of("안건", "할 일", "맡은 곳", "기한"),),
        groups=RowGroup.each(
            Row.of(
                str(row.item.order) if row.item else "-", row.what, row.owner, kdate(row.due) or "-"
            )
            for row in rows
        ),
    )
    return Heading(1, "후속 조치"), table
