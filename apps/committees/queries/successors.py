"""Who of the appointed left before the term was over, and who may sit there for the rest of it."""

from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery

from apps.committees.enums import Appointment, Leaving, MemberOffice
from apps.committees.models import Charter, Committee, Member


def seats_left(committee: Committee, today: date) -> list[Member]:
    """The appointed whose seat stands empty though their term would still run (잔임기간).

    Of each office as many as its seats are vacant, who left last first; none without a charter.
    """
    charter = committee.charter(today)
    if charter is None:
        return []
    early = committee.members.filter(
        appointment=Appointment.APPOINTED, leaving__in=(Leaving.RESIGNED, Leaving.DISMISSED)
    )
    serving = list(committee.members.not_ended(today))
    found: list[Member] = []
    for gone in _with_rest(early).order_by("-ends", "-pk")[: charter.seats]:
        next_one = successor_of(gone, today)
        if next_one.ends is not None and next_one.ends < next_one.starts:
            continue
        sitting = sum(_sits_with(gone, each, next_one.starts) for each in serving)
        taken = sitting + sum(each.office == gone.office for each in found)
        if taken < _seats(charter, gone.office):
            found.append(gone)
    return found


def successor_of(member: Member, today: date) -> Member:
    """An unsaved member in the same seat, from the day after the last one to the end of the term.

    Who is not gone yet, or left at the end of the term, has a follower without an end.
    """
    gone: Any = member if hasattr(member, "rest") else _with_rest(_alone(member)).get()
    starts = max(today, gone.ends + timedelta(days=1)) if gone.ends else today
    return Member(
        committee=member.committee,
        office=member.office,
        appointment=member.appointment,
        post=member.post,
        starts=starts,
        ends=gone.rest,
    )


def _alone(member: Member) -> Any:
    return Member.objects.filter(pk=member.pk)


def _with_rest(members: Any) -> Any:
    """Members with ``rest``, the last day of the term as it stood before they left."""
    rows: Any = Member.objects.filter(pk=OuterRef("pk"), events__leaving="")
    before = rows.order_by("-events__pgh_id").values("events__ends")[:1]
    return members.select_related("committee").annotate(rest=Subquery(before))


def _sits_with(gone: Member, other: Member, on: date) -> bool:
    """Whether the other holds a seat of the same kind on the day, or will."""
    same = (other.office, other.appointment) == (gone.office, gone.appointment)
    if gone.office != MemberOffice.MEMBER:
        same = other.office == gone.office
    return same and (other.ends is None or other.ends >= on)


def _seats(charter: Charter, office: int) -> int:
    return {MemberOffice.CHAIR: 1, MemberOffice.VICE_CHAIR: charter.vice_chairs}.get(
        MemberOffice(office), charter.appointed
    )
