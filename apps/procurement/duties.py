"""What is due in public purchasing."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import Department, User
from apps.core.dates import month_end
from apps.core.registry import Duty, duty_source
from apps.procurement.models import DepartmentTarget, Purchase
from apps.rules.queries import RuleMissing, rule

#: Rule values the office sets for itself (plan 3-1: March targets, then a report every month):
#: the day by which last month's purchases are entered, the month in which targets are set.
ENTRY_DAY, TARGET_MONTH = "procurement.entry_day", "procurement.target_month"


@duty_source
def last_month_to_enter(user: User, today: date) -> Iterable[Duty]:
    """A clerk's department has a target and nothing entered for last month.

    Without the rule value of the day the office has decided on no such duty.
    """
    entry_day = _number(ENTRY_DAY, today)
    if not user.has_role(Role.CLERK) or user.department_id is None or entry_day is None:
        return
    month = today.replace(day=1) - timedelta(days=1)
    own = Purchase.objects.filter(department=user.department_id).in_year(month.year)
    target = DepartmentTarget.objects.filter(year=month.year, department=user.department_id)
    if target.exists() and not own.filter(purchased_on__month=month.month).exists():
        yield Duty(
            f"{month.year}년 {month.month}월 구매실적 입력",
            reverse("procurement:create", args=[month.year]),
            due=min(today.replace(day=1) + timedelta(days=entry_day - 1), month_end(today)),
            tone="warning",
        )


@duty_source
def departments_without_target(user: User, today: date) -> Iterable[Duty]:
    """Officials: departments of the year that nobody has given a target; due by its rule value."""
    month = _number(TARGET_MONTH, today)
    if not user.is_official or month is None:
        return
    given = DepartmentTarget.objects.filter(year=today.year).values("department")
    count = Department.objects.in_year(today.year).exclude(pk__in=given).count()
    if count:
        yield Duty(
            f"{today.year}년 구매 목표가 없는 부서 {count}곳",
            reverse("procurement:targets", args=[today.year]),
            due=month_end(date(today.year, month, 1)),
        )


def _number(key: str, today: date) -> int | None:
    try:
        return int(rule(key, on=today).value)
    except RuleMissing:
        return None
