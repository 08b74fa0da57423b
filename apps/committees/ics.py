"""A meeting as a calendar file (iCalendar, RFC 5545) that mail and phone calendars take in."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils import timezone

from apps.committees.models import Meeting
from apps.committees.queries.course import withdrawn

CONTENT_TYPE = "text/calendar; charset=utf-8"
#: Bytes of a line, without its end.
LINE = 75
ZONE = "Asia/Seoul"
#: Korea has kept +09:00 without summer time since 1988.
TIMEZONE = (
    "BEGIN:VTIMEZONE",
    f"TZID:{ZONE}",
    "BEGIN:STANDARD",
    "DTSTART:19881009T020000",
    "TZOFFSETFROM:+0900",
    "TZOFFSETTO:+0900",
    "TZNAME:KST",
    "END:STANDARD",
    "END:VTIMEZONE",
)
#: What no text may hold: control characters but for tab and line end.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def calendar_of(meeting: Meeting) -> bytes:
    """The meeting as one event; a written one is the whole day by which members answer.

    An end is not given, as none is settled. The event keeps its UID, and its SEQUENCE grows with
    every change of the meeting, so that a calendar puts a later file in the place of an earlier.
    Once the call is withdrawn the file cancels the event (RFC 5546, 3.2.5), of which it needs no
    day. Raises ``ValueError`` for any other meeting whose day and time are not settled.
    """
    cancelled = withdrawn(meeting)
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(settings.PORTAL_NAME)}//KO",
        "CALSCALE:GREGORIAN",
        *(("METHOD:CANCEL",) if cancelled else ()),
        *TIMEZONE,
        "BEGIN:VEVENT",
        *_event(meeting, cancelled=cancelled),
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return b"".join(_folded(line) for line in lines)


def _event(meeting: Meeting, *, cancelled: bool) -> Iterator[str]:
    tracked: Any = meeting
    changes = list(tracked.events.order_by("pgh_id").values_list("pgh_created_at", flat=True))
    stamp = changes[-1] if changes else timezone.now()
    lines = [f"{item.order}. [{item.get_kind_display()}] {item}" for item in meeting.items.all()]
    agenda = "\n".join([str(meeting), "안건", *lines])
    name = f"{meeting.committee} {meeting.title}"
    yield f"UID:{uuid5(NAMESPACE_URL, f'{settings.DISTRICT_NAME}/meetings/{meeting.pk}')}"
    yield f"SEQUENCE:{max(len(changes) - 1, 0)}"
    yield f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    if not (cancelled and meeting.unsettled):
        yield _starts(meeting)
    yield f"SUMMARY:{_text(f'{name} 서면 회신 기한' if meeting.is_written else name)}"
    if meeting.place:
        yield f"LOCATION:{_text(meeting.place)}"
    yield f"DESCRIPTION:{_text(agenda)}"
    held = "CONFIRMED" if meeting.is_called else "TENTATIVE"
    yield f"STATUS:{'CANCELLED' if cancelled else held}"
    yield f"TRANSP:{'TRANSPARENT' if meeting.is_written else 'OPAQUE'}"


def _starts(meeting: Meeting) -> str:
    if meeting.held_on and meeting.is_written:
        return f"DTSTART;VALUE=DATE:{meeting.held_on:%Y%m%d}"
    if meeting.held_on and meeting.starts_at:
        starts = datetime.combine(meeting.held_on, meeting.starts_at)
        return f"DTSTART;TZID={ZONE}:{starts:%Y%m%dT%H%M%S}"
    raise ValueError(f"일시를 정하지 않은 회의입니다: {meeting}")


def _text(text: str) -> str:
    r"""A value of type TEXT.

    >>> _text("구청; 3층, 회의실\n본관")
    '구청\\; 3층\\, 회의실\\n본관'
    """
    plain = CONTROLS.sub("", text.replace("\r\n", "\n"))
    escaped = plain.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,")
    return escaped.replace("\n", r"\n")


def _folded(line: str) -> bytes:
    """The line with its end; a long one goes on in lines that begin with a space.

    No letter is torn: a byte that goes on with a letter (10xxxxxx) begins no line.
    """
    rest, folded = line.encode(), b""
    while len(rest) > LINE:
        at = LINE
        while rest[at] & 0xC0 == 0x80:
            at -= 1
        folded, rest = folded + rest[:at] + b"\r\n", b" " + rest[at:]
    return folded + rest + b"\r\n"
