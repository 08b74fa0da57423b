"""Writing the minutes, until they are confirmed."""

from django.core.exceptions import ValidationError

from apps.accounts.models import User
from apps.committees.enums import MeetingState
from apps.committees.models import Meeting, Minutes
from apps.committees.queries.minutes import draft_of
from apps.core.history import service

TOO_EARLY = "회의록은 산회한 뒤에 쓸 수 있습니다."
CONFIRMED = "확정한 회의록은 고칠 수 없습니다."


@service
def save_minutes(*, minutes: Minutes, by: User) -> Minutes:
    """Keep the text. Raises ``ValidationError`` before the meeting is closed and once confirmed."""
    _refuse_unless_closed(minutes.meeting)
    minutes.outdated = False
    minutes.full_clean()
    minutes.save()
    return minutes


@service
def draft_again(*, meeting: Meeting, by: User) -> Minutes:
    """The text from the records, in place of what was typed. Raises as :func:`save_minutes`."""
    held = _refuse_unless_closed(meeting)
    minutes = Minutes.objects.filter(meeting=held).first() or Minutes(meeting=held)
    minutes.text, minutes.outdated = draft_of(held), False
    minutes.full_clean()
    minutes.save()
    return minutes


def _refuse_unless_closed(meeting: Meeting) -> Meeting:
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("committee")
    held = rows.get(pk=meeting.pk)
    if held.state == MeetingState.CONFIRMED:
        raise ValidationError(CONFIRMED)
    if held.state != MeetingState.CLOSED:
        raise ValidationError(TOO_EARLY)
    return held
