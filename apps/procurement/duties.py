"""What is due in public purchasing."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import Department, User
from apps.core.registry import Duty, duty_source
from apps.procurement.models import DepartmentTarget, Purchase

#: Last month's purchases are entered by this day, targets set by the end of this month: the
#: office's own habit (plan 3-1: March targets, then a report every month).
ENTRY_DAY, TARGET_MONTH_END = 10, (3, 31)


@duty_source
def last_month_to_enter(user: User, today: date) -> Iterable[Duty]:
    """A clerk's department has a target and nothing entered for last month."""
    if not user.has_role(Role.CLERK) or user.department_id is None:
        return
    month = today.replace(day=1) - timedelta(days=1)
    own = Purchase.objects.filter(department=user.department_id).in_year(month.year)
    target = DepartmentTarget.objects.filter(year=month.year, department=user.department_id)
    if target.exists() and not own.filter(purchased_on__month=month.month).exists():
        yield Duty(
            f"{month.year}년 {month.month}월 구매실적 입력",
            reverse("procurement:create", args=[month.year]),
            due=today.replace(day=ENTRY_DAY),
            tone="warning",
        )


@duty_source
def departments_without_target(user: User, today: date) -> Iterable[Duty]:
    """Officials: departments of the year that nobody has given a target."""
    if not user.is_official:
        return
    given = DepartmentTarget.objects.filter(year=today.year).values("department")
    count = Department.objects.in_year(today.year).exclude(pk__in=given).count()
    if count:
        yield Duty(
            f"{today.year}년 구매 목표가 없는 부서 {count}곳",
            reverse("procurement:targets", args=[today.year]),
            due=date(today.year, *TARGET_MONTH_END),
        )
