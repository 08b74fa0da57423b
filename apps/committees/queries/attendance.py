"""Who was there, for which items, and how that is told."""

from collections.abc import Collection, Sequence
from datetime import time

from apps.committees.models import AgendaItem, Attendance, Meeting


def attendances_of(meeting: Meeting) -> list[Attendance]:
    """Who came, in the order of the roster."""
    rows = Attendance.objects.seated(meeting).select_related("member")
    return list(rows.order_by("member__office", "member__appointment", "member_id"))


def hours_of(row: Attendance, items: Sequence[AgendaItem]) -> str:
    """``안건 2부터 참석, 14:25 들어옴``; empty for who was there throughout.

    ``items`` are all of the meeting, in order, with their absences.
    """
    there = [item.order for item in items if row.covers(item)]
    span = _span(there, [item.order for item in items], row)
    said = [span] if span else []
    said += [f"{_clock(row.came_at)} 들어옴"] if row.came_at else []
    said += [f"{_clock(row.left_at)} 나감"] if row.left_at else []
    return ", ".join(said)


def _span(there: Collection[int], all_: Sequence[int], row: Attendance) -> str:
    """``안건 2부터 참석``, ``안건 1까지 참석``, ``안건 1, 3만 참석``; empty for all of them.

    Who came late was not there up to an item, who left not from one on, where items were taken out
    of their order.
    """
    if len(there) == len(all_):
        return ""
    if not there:
        return "안건 심의 때 자리에 없음"
    first, last = min(there), max(there)
    if not row.left_at and last == all_[-1] and len(there) == len(all_) - all_.index(first):
        return f"안건 {first}부터 참석"
    if not row.came_at and first == all_[0] and len(there) == all_.index(last) + 1:
        return f"안건 {last}까지 참석"
    return f"안건 {', '.join(map(str, there))}만 참석"


def _clock(moment: time) -> str:
    return f"{moment:%H:%M}"
