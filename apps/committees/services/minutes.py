"""Writing the minutes, until they are confirmed."""

from datetime import datetime

from django.core.exceptions import ValidationError

from apps.accounts.models import User
from apps.committees.enums import MeetingState
from apps.committees.models import Meeting, Minutes
from apps.committees.queries.minutes import draft_of
from apps.core.history import service

TOO_EARLY = "회의록은 산회한 뒤에 쓸 수 있습니다."
CONFIRMED = "확정한 회의록은 고칠 수 없습니다."
WENT_ON = (
    "회의록을 쓰는 사이에 회의를 다시 열었다가 마쳤습니다. "
    "회의 화면에서 바뀐 결과를 살펴 글을 고친 뒤 다시 저장해 주세요."
)


@service
def save_minutes(*, minutes: Minutes, closed_at: datetime | None, by: User) -> Minutes:
    """Keep the text, written after the meeting was closed at ``closed_at``.

    Raises ``ValidationError`` before the meeting is closed, once the minutes are confirmed, and
    where the meeting went on meanwhile: the text may not say what came of it.
    """
    if closed_at != _refuse_unless_closed(minutes.meeting).closed_at:
        raise ValidationError({"closed_at": WENT_ON})
    minutes.outdated = False
    minutes.full_clean()
    minutes.save()
    return minutes


@service
def draft_again(*, meeting: Meeting, by: User) -> Minutes:
    """The text from the records, in place of what was typed.

    Raises ``ValidationError`` before the meeting is closed and once the minutes are confirmed.
    """
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
