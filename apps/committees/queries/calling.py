"""Whether the members are called in time."""

from datetime import date

from django.utils.timezone import localdate

from apps.committees.models import Meeting
from apps.rules.queries import RuleMissing, rule

NOTICE = "committees.notice.days"


def short_notice(meeting: Meeting, today: date) -> str:
    """How late the members of a deciding body are called, or would be today; empty in time.

    The days of notice are a rule value of the meeting's day; without one nothing is said. A late
    call is told of, not refused: the ordinance may allow it in haste.
    """
    if meeting.held_on is None or not (meeting.is_prepared and meeting.committee.decides_by_vote):
        return ""
    try:
        value = rule(NOTICE, on=meeting.held_on)
    except RuleMissing:
        return ""
    days = (meeting.held_on - (localdate(meeting.called_at) if meeting.called_at else today)).days
    if days < 0:
        what = "회신 기한이" if meeting.is_written else "회의 날이"
        return f"{what} 소집하는 날보다 앞섭니다. 날짜를 확인해 주세요."
    if days >= value.value:
        return ""
    when = f"{days}일 전" if days else "당일"
    word = "소집했습니다" if meeting.is_called else "소집하게 됩니다"
    basis = value.citation if value.verified_at else f"{value.citation}, 확인 필요"
    return (
        f"회의 {when}에 {word}. 소집 통지 기준은 회의 {value.amount}까지입니다({basis}). "
        "급한 사유가 있으면 통지에 적어 주세요."
    )
