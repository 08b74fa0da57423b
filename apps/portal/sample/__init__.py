"""The sample district: the real 2016 plan, and an invented current year made from it.

What is invented says so: names of departments, firms and people end in ``(예시)``, the invented
plan too, and every page carries a banner.
"""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.portal.models import SampleDistrict
from apps.portal.sample import (
    committees,
    current_plan,
    enterprises,
    execution,
    files,
    months,
    office,
    plan_2016,
    purchases,
    requests,
    results,
    rules,
    survey,
)
from apps.reports.services import confirm_plan

#: The real plan bears no day; its numbers are those of 31 March 2016.
REAL_PLAN_OF = date(2016, 4, 1)


def load(*, today: date) -> bool:
    """Load everything, or nothing when it has been loaded before; says whether it did."""
    if SampleDistrict.objects.exists():
        return False
    officer = _load(today)
    months.correct(today=today, by=officer)
    return True


@transaction.atomic
def _load(today: date) -> User:
    """All but what has to come later than the rest; gives the official it is done by."""
    SampleDistrict.objects.create()
    users = office.load(today=today)
    officer: User = users["officer"]
    rules.load()
    source = plan_2016.load(by=officer)
    results.load(plan=source, by=officer)
    current = current_plan.load(plan=source, today=today, by=officer)
    execution.load(plan=current, source=source, today=today, by=officer)
    enterprises.load(today=today, by=officer)
    purchases.load(today=today, clerk=users["clerk"], by=officer)
    survey.load(today=today, clerk=users["clerk"], by=officer)
    months.load(today=today, clerk=users["clerk"], by=officer)
    files.load(today=today, clerk=users["clerk"])
    committees.load(today=today, by=users["secretary"])
    for plan, day in ((source, REAL_PLAN_OF), (current, min(today, date(today.year, 1, 15)))):
        at = timezone.make_aware(datetime.combine(day, time(9)))
        confirm_plan(plan=plan, at=at, by=officer)
    requests.load(plan=current, today=today, by=officer)
    return officer
