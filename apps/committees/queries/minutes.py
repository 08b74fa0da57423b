"""What happened at a meeting, as its papers tell it, and the minutes before and after."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Max, Q
from django.utils import timezone

from apps.committees.enums import AgendaKind, MemberOffice, Verdict
from apps.committees.models import (
    AgendaItem,
    Attendance,
    Meeting,
    MeetingQuerySet,
    Member,
    Resolution,
)
from apps.committees.queries.attendance import attendances_of, hours_of
from apps.core.templatetags.office import kdate

OPENED, CLOSED = "개의", "산회"


def previous_minutes(meeting: Meeting) -> Meeting | None:
    """The meeting of the same body whose minutes come before these."""
    same = Q(held_on=meeting.roster_day, number__lt=meeting.number)
    rows = _with_minutes(meeting).filter(Q(held_on__lt=meeting.roster_day) | same)
    return rows.order_by("-held_on", "-number").first()


def next_minutes(meeting: Meeting) -> Meeting | None:
    """The meeting of the same body whose minutes come after these."""
    same = Q(held_on=meeting.roster_day, number__gt=meeting.number)
    rows = _with_minutes(meeting).filter(Q(held_on__gt=meeting.roster_day) | same)
    return rows.order_by("held_on", "number").first()


def _with_minutes(meeting: Meeting) -> MeetingQuerySet:
    rows = Meeting.objects.filter(committee=meeting.committee_id, minutes__isnull=False)
    return rows.select_related("committee")


def absent_from(meeting: Meeting, present: Sequence[Attendance]) -> list[Member]:
    """Members in office on the day who did not come."""
    came = [row.member_id for row in present]
    return list(meeting.committee.members.in_office(meeting.roster_day).exclude(pk__in=came))


def decided_items(meeting: Meeting) -> list[AgendaItem]:
    """The items that have a result, with it, and who stayed away from which."""
    rows = meeting.items.filter(resolution__isnull=False).select_related("resolution")
    return list(rows.prefetch_related("absences", "recusals__member"))


def named(member: Member) -> str:
    """``위원장 부구청장 홍길동``; a post of the same words is said once."""
    office = member.get_office_display()
    return " ".join(filter(None, (office, member.post, member.name)))


def presiding(present: Sequence[Attendance]) -> Member | None:
    """Who was in the chair: the 위원장, else the 부위원장 in the chair's stead."""
    heads = [row.member for row in present if row.member.office != MemberOffice.MEMBER]
    return min(heads, key=lambda member: member.office, default=None)


def came(meeting: Meeting) -> str:
    """What counts as being there: 출석, or 회신 in writing."""
    return "회신" if meeting.is_written else "출석"


def occasion(meeting: Meeting) -> list[tuple[str, str]]:
    """When and where it was; a written one has the days for answers and of the decision."""
    if not meeting.is_written:
        return [("일시", meeting.when), ("장소", meeting.where)]
    due = meeting.roster_day
    called = timezone.localdate(meeting.called_at) if meeting.called_at else due
    since = kdate(called) if called < due else ""
    decided = decided_on(meeting)
    return [
        ("회의 방식", meeting.where),
        ("회신 기간", f"{since} ~ {kdate(due)}".strip()),
        *([("의결일", kdate(decided))] if decided else []),
    ]


def decided_on(meeting: Meeting) -> date | None:
    """의결일 of a written meeting: the day its last result was recorded."""
    rows = Resolution.objects.filter(item__meeting=meeting)
    last = rows.aggregate(last=Max("decided_at"))["last"]
    return timezone.localdate(last) if last else None


def counted(row: Resolution, came: str = "출석") -> str:
    """``재적 14명, 출석 9명 / 찬성 7, 반대 1, 기권 1, 무효 0``; heads only where none voted."""
    heads = f"재적 {row.in_office}명, {came} {row.present}명"
    votes = (row.in_favor, row.against, row.abstained, row.void)
    if not any(votes):
        return heads
    labels = ("찬성", "반대", "기권", "무효")
    cast = ", ".join(f"{label} {votes}명" for label, votes in zip(labels, votes, strict=True))
    chair = (
        ", 가부동수를 위원장이 결정" if row.chair_in_favor and row.in_favor == row.against else ""
    )
    return f"{heads} / {cast}{chair}"


def order_of(item: AgendaItem) -> str:
    """의결 주문, or the opinion on what is not voted on: as written, else as the verdict says."""
    row = item.resolution
    said = {
        Verdict.CARRIED: "원안과 같이 의결한다.",
        Verdict.REJECTED: "부결한다.",
        Verdict.DEFERRED: "보류한다.",
        Verdict.HEARD: "보고를 접수한다." if item.kind == AgendaKind.REPORT else "접수한다.",
    }
    return row.text or said.get(Verdict(row.verdict), "")


def hours(meeting: Meeting) -> str:
    """``14:00 개의, 15:30 산회``, as far as it has come."""
    times = ((meeting.opened_at, OPENED), (meeting.closed_at, CLOSED))
    return ", ".join(f"{timezone.localtime(at):%H:%M} {what}" for at, what in times if at)


def draft_of(meeting: Meeting) -> str:
    """The minutes as the records tell them, for the secretary to go on with, as outline text."""
    return "\n".join(
        [*_overview(meeting), *_presence(meeting), *_results(meeting), *_to_do(meeting)]
    )


def _overview(meeting: Meeting) -> list[str]:
    lines = ["□ 회의 개요", f"○ 회의명: {meeting}({meeting.title})"]
    if meeting.is_written:
        lines += [f"○ {label}: {text}" for label, text in occasion(meeting)]
    else:
        day = kdate(meeting.held_on) if meeting.held_on else meeting.when
        lines += [f"○ 일시: {day} {hours(meeting)}".rstrip(), f"○ 장소: {meeting.where}"]
    if meeting.host:
        lines.append(f"○ 주관: {meeting.host}")
    before = previous_minutes(meeting)
    if before:
        lines.append(f"○ 전차 회의록: {before}({before.when})")
    return lines


def _presence(meeting: Meeting) -> list[str]:
    items = list(meeting.items.prefetch_related("absences"))
    present = attendances_of(meeting)
    absent = absent_from(meeting, present)
    whole, word = len(present) + len(absent), came(meeting)
    lines = [f"□ {word}", f"○ 재적위원 {whole}명 중 {len(present)}명 {word}"]
    chair = presiding(present)
    if chair and not meeting.is_written:
        lines.append(f"○ 진행: {named(chair)}")
    if present:
        lines.append(f"○ {word}위원")
        lines += [
            f"- {named(row.member)}" + (f"({said})" if (said := hours_of(row, items)) else "")
            for row in present
        ]
    if absent:
        lines.append(f"○ {'회신하지 않은 위원' if meeting.is_written else '결석위원'}")
        lines += [f"- {named(member)}" for member in absent]
    return lines


def _results(meeting: Meeting) -> list[str]:
    lines = ["□ 안건과 결과"]
    for item in decided_items(meeting):
        row = item.resolution
        lines.append(f"○ {item.heading}({item.origin})")
        lines += [
            f"- {each.get_kind_display()}: {named(each.member)}({each.reason})"
            for each in item.recusals.all()
        ]
        lines.append(f"- 결과: {row.get_verdict_display()}({counted(row, came(meeting))})")
        if row.citation and item.is_voted:
            lines.append(f"- 근거: {row.citation}")
        if item.is_voted or row.text:
            lines += _hung("주문" if item.is_voted else "의견", order_of(item))
    return lines


def _hung(label: str, text: str) -> list[str]:
    """Text of several lines below its label."""
    first, *rest = text.splitlines() or [""]
    return [f"- {label}: {first}", *(f"· {line.lstrip('□○-· ')}" for line in rest if line.strip())]


def _to_do(meeting: Meeting) -> list[str]:
    rows = list(meeting.follow_ups.all())
    if not rows:
        return []
    return [
        "□ 후속 조치",
        *(
            f"○ {row.what}({row.owner}{f', {kdate(row.due)}까지' if row.due else ''})"
            for row in rows
        ),
    ]
