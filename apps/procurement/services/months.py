"""The months of a year: entered by every department, closed, opened again with a reason (R22)."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from apps.accounts.models import Department, User
from apps.core.dates import month_end
from apps.core.history import service
from apps.procurement.access import writable_departments
from apps.procurement.models import MonthClosing, MonthReport, Reopening

NOT_YET = "아직 오지 않은 달입니다."
NOT_OVER = "아직 끝나지 않은 달은 마감할 수 없습니다."
CLOSED_ALREADY = "다른 담당자가 이미 마감한 달입니다."
CLOSED_FOR_REPORTS = "마감한 달이라 바꾸지 않았습니다."
FINISHED_ALREADY = "이미 다시 마감한 달입니다."


@service
def report_month(*, department: Department, month: date, today: date, by: User) -> MonthReport:
    """The department has entered all it bought in ``month`` (its first day), perhaps nothing.

    Who marks it twice marks it once. Raises ``PermissionDenied`` for another's department and
    ``ValidationError`` for a month ahead or closed.
    """
    _check_own(department, by)
    if month > today:
        raise ValidationError(NOT_YET)
    _check_open(month)
    report, _ = MonthReport.objects.get_or_create(
        department=department,
        month=month,
        defaults={"reported_at": timezone.now(), "reported_by": by},
    )
    return report


@service
def withdraw_report(*, department: Department, month: date, by: User) -> None:
    """There is more to enter after all; raises as :func:`report_month` does."""
    _check_own(department, by)
    _check_open(month)
    MonthReport.objects.filter(department=department, month=month).delete()


@service
def close_month(*, month: date, today: date, by: User) -> MonthClosing:
    """From now on the purchases of ``month`` stand.

    Waits for whoever is just writing into the month. Raises ``PermissionDenied`` but for officials,
    ``ValidationError`` when the month is not over, or is closed already.
    """
    _check_official(by)
    if month_end(month) >= today:
        raise ValidationError(NOT_OVER)
    _hold(month)
    if MonthClosing.objects.filter(month=month).exists():
        raise ValidationError(CLOSED_ALREADY)
    return MonthClosing.objects.create(month=month, closed_at=timezone.now(), closed_by=by)


@service
def reopen_month(
    *, closing: MonthClosing, department: Department, reason: str, by: User
) -> Reopening:
    """Let one department correct a closed month, for a reason that is kept.

    Raises ``PermissionDenied`` but for officials, ``ValidationError`` without a reason or while it
    is open for the department already.
    """
    _check_official(by)
    reopening = Reopening(
        closing=closing,
        department=department,
        reason=reason,
        reopened_at=timezone.now(),
        reopened_by=by,
    )
    reopening.full_clean()
    reopening.save()
    return reopening


@service
def reopen_departments(
    *, closing: MonthClosing, departments: Collection[Department], reason: str, by: User
) -> list[Reopening]:
    """Open the month for several departments for one reason: for all of them or for none.

    Raises as :func:`reopen_month` does, and names those for which it is open already.
    """
    _check_official(by)
    already = closing.reopenings.filter(finished_at=None, department__in=departments)
    if names := ", ".join(str(each.department) for each in already.select_related("department")):
        raise ValidationError({"department": f"이미 다시 열려 있습니다. 빼고 골라 주세요: {names}"})
    return [
        reopen_month(closing=closing, department=each, reason=reason, by=by) for each in departments
    ]


@service
def finish_reopenings(*, closing: MonthClosing, by: User) -> int:
    """Close the month again for every department it is open for; for how many that was.

    Raises ``PermissionDenied`` but for officials.
    """
    _check_official(by)
    _hold(closing.month)
    rows = closing.reopenings.filter(finished_at=None).select_related("closing", "department")
    return len([finish_reopening(reopening=each, by=by) for each in rows.order_by("pk")])


@service
def finish_reopening(*, reopening: Reopening, by: User) -> Reopening:
    """The correction is done: the month is closed again for the department, by it or an official.

    Raises ``PermissionDenied`` for anybody else, ``ValidationError`` when it was done already.
    """
    _check_own(reopening.department, by)
    _hold(reopening.closing.month)
    held = Reopening.objects.select_for_update(no_key=True).get(pk=reopening.pk)
    if held.finished_at is not None:
        raise ValidationError(FINISHED_ALREADY)
    held.finished_at, held.finished_by = timezone.now(), by
    held.save()
    return held


def _hold(month: date) -> None:
    """Wait until nobody is writing into the month, and let nobody begin until this is through."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock('procurement_monthclosing'::regclass::int, %s)",
            [month.year * 100 + month.month],
        )


def _check_own(department: Department, by: User) -> None:
    if not writable_departments(by).filter(pk=department.pk).exists():
        raise PermissionDenied


def _check_official(by: User) -> None:
    if not by.is_official:
        raise PermissionDenied


def _check_open(month: date) -> None:
    if MonthClosing.objects.filter(month=month).exists():
        raise ValidationError(CLOSED_FOR_REPORTS)
