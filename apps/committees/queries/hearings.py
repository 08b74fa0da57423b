"""Which plans a meeting can hear (R36)."""

from django.utils import timezone

from apps.accounts.models import User
from apps.committees.models import Meeting
from apps.core.templatetags.office import kdate
from apps.plans.enums import PlanState
from apps.plans.models import Plan

OTHER_YEAR = (
    "{plan}년 계획은 {year}년 회의의 안건이 아닙니다. 회의하는 해나 그다음 해의 계획을 골라 주세요."
)
STOOD_BEFORE = "회의 날({day}) 전인 {confirmed}에 이미 확정한 계획입니다."


def hearable(meeting: Meeting, user: User) -> list[Plan]:
    """The plans that belong to the meeting, the earlier year first."""
    plans = Plan.objects.visible_to(user).filter(year__in=_years(meeting)).order_by("year")
    return [plan for plan in plans if not misfit(plan, meeting)]


def misfit(plan: Plan, meeting: Meeting) -> str:
    """Why the meeting cannot have heard the plan, in a sentence; empty where it can.

    A plan is heard in its year or the one before, until it is confirmed; one that is open for
    revision is heard again.
    """
    if plan.year not in _years(meeting):
        return OTHER_YEAR.format(plan=plan.year, year=meeting.month.year)
    stands = plan.state in (PlanState.CONFIRMED, PlanState.CLOSED) and plan.confirmed_at
    confirmed = timezone.localdate(stands) if stands else None
    if confirmed and confirmed < meeting.roster_day:
        return STOOD_BEFORE.format(day=kdate(meeting.roster_day), confirmed=kdate(confirmed))
    return ""


def _years(meeting: Meeting) -> tuple[int, int]:
    return meeting.month.year, meeting.month.year + 1
