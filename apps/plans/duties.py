"""What officials have to do about a plan that runs: what is late, and the paper of each quarter."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Min
from django.urls import reverse

from apps.accounts.models import User
from apps.core.dates import month_end
from apps.core.registry import Duty, duty_source
from apps.plans.models import Plan, RequestDelivery
from apps.plans.progress import late_since
from apps.plans.requests import inbox_of, subject, waiting
from apps.rules.queries import RuleMissing, rule

#: A rule value the office sets for itself: the day of the month after a quarter.
REPORT_DAY = "plans.progress.report_day"


@duty_source
def parts_that_are_late(user: User, today: date) -> Iterator[Duty]:
    """Milestones and steps of this year's plan that are due and not done, all in one duty."""
    for plan in Plan.objects.running_for(user).filter(year=today.year):
        count, first = late_since(plan, today)
        if count:
            yield Duty(
                f"{plan.year}년 계획에서 완료 기록이 없는 늦은 일정·절차 {count}건",
                reverse("plans:progress", args=[plan.year]),
                due=first,
                tone="danger",
            )


@duty_source
def progress_to_report(user: User, today: date) -> Iterator[Duty]:
    """The quarter that ended last month, until the day by its rule value.

    Without the rule value the office has decided on no such duty.
    """
    try:
        day = int(rule(REPORT_DAY, on=today).value)
    except RuleMissing:
        return
    if today.month % 3 != 1 or today.day > day:
        return
    ended = today.replace(day=1) - timedelta(days=1)
    if Plan.objects.running_for(user).filter(year=ended.year).exists():
        yield Duty(
            f"{ended.year}년 {ended.month // 3}분기 추진상황 보고",
            reverse("reports:progress", args=[ended.year, ended.month // 3]),
            due=min(today.replace(day=1) + timedelta(days=day - 1), month_end(today)),
        )


@duty_source
def requests_to_answer(user: User, today: date) -> Iterator[Duty]:
    """What a plan asks of the person's department and nobody there has answered (plan Ⅸ)."""
    answerable = RequestDelivery.objects.editable_by(user)
    for row in inbox_of(user).filter(pk__in=answerable, answered_at=None, settled_at=None):
        yield Duty(
            f"{row.request.plan.year}년 행정사항 회신: {subject(row)}",
            reverse("plans:delivery", args=[row.pk]),
            due=row.due,
            tone="danger" if row.due and row.due < today else "warning",
        )


@duty_source
def answers_that_are_late(user: User, today: date) -> Iterator[Duty]:
    """Officials: departments whose day to answer has passed, by plan."""
    if not user.is_official:
        return
    late = RequestDelivery.objects.visible_to(user).filter(waiting(today))
    by_year = late.order_by("request__plan__year").values("request__plan__year")
    for year, count, first in by_year.annotate(count=Count("pk"), first=Min("due")).values_list(
        "request__plan__year", "count", "first"
    ):
        yield Duty(
            f"{year}년 행정사항의 회신 기한이 지난 부서 {count}곳",
            reverse("plans:requests", args=[year]),
            due=first,
            tone="danger",
        )
