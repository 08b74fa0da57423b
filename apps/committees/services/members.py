"""Appointing members, and letting them go."""

from datetime import date

from django.core.exceptions import ValidationError

from apps.accounts.models import User
from apps.committees.enums import Leaving
from apps.committees.models import Member
from apps.core.history import service


@service
def save_member(*, member: Member, by: User) -> Member:
    """Add a member or correct one. Raises ``ValidationError``."""
    member.full_clean()
    member.save()
    return member


@service
def end_member(
    *, member: Member, on: date, by: User, leaving: str = Leaving.RESIGNED, reason: str = ""
) -> None:
    """The member leaves; ``on`` is the last day in office. Raises ``ValidationError``.

    A term is cut short here, never made longer: a member who stays is appointed again.
    """
    if member.ends is not None and on > member.ends:
        raise ValidationError({"ends": "임기 만료일보다 늦은 날에 물러날 수 없습니다."})
    member.ends, member.leaving, member.leaving_reason = on, leaving, reason
    member.full_clean()
    member.save(update_fields=["ends", "leaving", "leaving_reason"])
