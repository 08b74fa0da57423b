"""The months of the invented years: entered, closed, one corrected, and the notices sent out."""

from datetime import date, timedelta
from random import Random

from django.utils import timezone

from apps.accounts.models import Department, User
from apps.core.history import service
from apps.portal.sample.enterprises import SEED
from apps.portal.sample.office import REAL, moment
from apps.portal.sample.purchases import YEARS
from apps.procurement.editions import TARGETS, notice
from apps.procurement.models import MonthClosing, MonthReport, Purchase, Reopening
from apps.procurement.services.papers import issue_paper

#: The days of the month after by which departments have entered a month, and it is closed.
ENTERED, CLOSED = 10, 15
#: Of the month before this one some departments still owe the entry, the sample clerk's too.
OWING = 9
NOTIFIED = (3, 30)
#: So many of the closed months were notified in the portal.
NOTICES = 3
REASON = "영수증 금액을 잘못 적어 정정 (예시)"
RAISED = 50_000


@service
def load(*, today: date, clerk: User, by: User) -> None:
    """Every month is closed but this one and the last, which waits for a few departments."""
    if today >= date(today.year, *NOTIFIED):
        at = moment(date(today.year, *NOTIFIED))
        issue_paper(year=today.year, which=TARGETS, reason="", at=at, by=by)
    last = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    first = date(today.year - len(YEARS) + 1, 1, 1)
    months = [
        date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)
    ]
    _report([month for month in months if month <= last], last, today, clerk, by)
    closings = MonthClosing.objects.bulk_create(
        MonthClosing(month=month, closed_at=moment(_after(month, CLOSED), 11), closed_by=by)
        for month in months
        if month < last
    )
    for closing in closings[-NOTICES:]:
        month, at = closing.month, moment(_after(closing.month, CLOSED), 15)
        issue_paper(year=month.year, which=notice(month.month), reason="", at=at, by=by)


def _after(month: date, day: int) -> date:
    """A day of the month after."""
    return (month + timedelta(days=31)).replace(day=day)


def _report(months: list[date], last: date, today: date, clerk: User, by: User) -> None:
    """Who has entered which month; of the last one a few have not, or not yet."""
    random = Random(SEED)  # noqa: S311  # the same invented district every time
    departments = list(Department.objects.exclude(name__in=REAL))
    reports = []
    for month in months:
        for number, department in enumerate(departments):
            day = _after(month, random.randrange(1, ENTERED + 1))
            own = department == clerk.department
            owed = month == last and (number % OWING == OWING - 1 or own)
            if day <= today and not owed:
                reports.append(
                    MonthReport(
                        department=department,
                        month=month,
                        reported_at=moment(day, 16),
                        reported_by=clerk if own else by,
                    )
                )
    MonthReport.objects.bulk_create(reports)


@service
def correct(*, today: date, by: User) -> None:
    """A department corrects a purchase of the last closed month; its notice is yet to follow.

    To be done after `load` is through: the history tells a correction by its later moment.
    """
    closing = MonthClosing.objects.latest("month")
    bought = Purchase.objects.filter(purchased_on__gte=closing.month)
    purchase = bought.earliest("purchased_on", "pk")
    at = max(timezone.now(), moment(today, 0))
    opened = Reopening.objects.create(
        closing=closing,
        department=purchase.department,
        reason=REASON,
        reopened_at=at,
        reopened_by=by,
    )
    purchase.amount += RAISED
    purchase.save(update_fields=["amount"])
    opened.finished_at, opened.finished_by = at, by
    opened.save(update_fields=["finished_at", "finished_by"])
