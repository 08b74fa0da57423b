"""What a committee's secretary has to do next."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.committees.models import Meeting
from apps.core.dates import month_end
from apps.core.hangul import particle
from apps.core.registry import Duty, duty_source


@duty_source
def meetings_to_call(user: User, today: date) -> Iterator[Duty]:
    """Meetings of this and the next month that are not called yet, with what is missing."""
    if not user.has_role(Role.SECRETARY):
        return
    this = today.replace(day=1)
    months = [this, month_end(today) + timedelta(days=1)]
    meetings = Meeting.objects.visible_to(user).drafts_of(months).select_related("committee")
    for meeting in meetings.order_by("month", "held_on", "pk"):
        unsettled = meeting.unsettled
        todo = f"{particle(unsettled, '을/를')} 정해 주세요." if unsettled else "소집해 주세요."
        yield Duty(
            text=f"{meeting}: {todo}",
            url=reverse("committees:meeting", args=[meeting.pk]),
            due=meeting.held_on or month_end(meeting.month),
            tone="warning" if meeting.month == this else "info",
        )
