"""What is due in public purchasing."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max
from django.urls import reverse

from apps.accounts.models import Department, User
from apps.core.dates import month_end
from apps.core.registry import Duty, duty_source
from apps.procurement.access import own_department, writable_departments
from apps.procurement.documents.papers import paper_of, targets_changed
from apps.procurement.editions import TARGETS, last_edition, notice
from apps.procurement.enums import MonthState
from apps.procurement.models import (
    AnnualTarget,
    DemandSurvey,
    DepartmentTarget,
    Reopening,
)
from apps.procurement.queries.due import (
    entry_day,
    entry_due,
    in_month_after,
    last_month,
    target_month,
)
from apps.procurement.queries.months import months_of
from apps.procurement.queries.survey import silent


@duty_source
def survey_to_answer(user: User, today: date) -> Iterable[Duty]:
    """A clerk's department has not answered the survey of the year."""
    department = own_department(user)
    if department is None:
        return
    survey = DemandSurvey.objects.filter(year=today.year).first()
    if survey is None or not silent(survey).filter(pk=department).exists():
        return
    yield Duty(
        f"{survey.year}년 구매 수요조사 회신",
        reverse("procurement:survey_answer", args=[survey.year, department]),
        due=survey.due,
        tone="danger" if survey.due < today else "warning",
    )


@duty_source
def last_month_to_enter(user: User, today: date) -> Iterable[Duty]:
    """A clerk's department has not said that it has entered all of last month.

    Not once the month is closed. Without the rule value of the day the office has decided on no
    such duty.
    """
    month = last_month(today)
    department = None if own_department(user) is None else user.department
    due = entry_due(month, today) if department else None
    if department is None or due is None:
        return
    line = months_of(month.year, today, department)[month.month - 1]
    if line.state == MonthState.DUE:
        yield Duty(
            f"{month.year}년 {line.label} 구매실적 입력{' 완료 표시' if line.count else ''}",
            reverse("procurement:own_months", args=[month.year, department.pk]),
            due=due,
            tone="danger" if due < today else "warning",
        )


@duty_source
def months_open_again(user: User, today: date) -> Iterable[Duty]:
    """Closed months that are open for a correction: the clerk's to make, the official's to end."""
    rows = Reopening.objects.filter(finished_at=None).select_related("closing", "department")
    for row in rows.filter(department__in=writable_departments(user)):
        month = row.closing.month
        if user.is_official:
            text = f"{row.closing} 다시 연 것 마감: {row.department}"
            url = reverse("procurement:month", args=[month.year, month.month])
        else:
            text = f"{row.closing} 구매실적 정정: {row.reason}"
            url = reverse("procurement:own_months", args=[month.year, row.department_id])
        yield Duty(text, url, tone="warning")


@duty_source
def survey_to_send(user: User, today: date) -> Iterable[Duty]:
    """Officials: from the month of its rule value on, while nothing of the year is there."""
    month = target_month(today.year, today) if user.is_official else None
    if month is None or today < month:
        return
    if (
        DemandSurvey.objects.filter(year=today.year).exists()
        or DepartmentTarget.objects.filter(year=today.year).exists()
    ):
        return
    yield Duty(
        f"{today.year}년 구매 수요조사 시작",
        reverse("procurement:survey_edit", args=[today.year]),
        due=month_end(month),
    )


@duty_source
def departments_without_answer(user: User, today: date) -> Iterable[Duty]:
    """Officials: the survey's day has passed and some departments have not answered.

    Once every department has its target the survey has served.
    """
    if not user.is_official:
        return
    survey = DemandSurvey.objects.filter(year=today.year, due__lt=today).first()
    if survey is None or not _untargeted(today.year):
        return
    if count := silent(survey).count():
        yield Duty(
            f"{survey.year}년 수요조사에 회신하지 않은 부서 {count}곳",
            reverse("procurement:survey", args=[survey.year]),
            due=survey.due,
            tone="danger",
        )


@duty_source
def departments_without_target(user: User, today: date) -> Iterable[Duty]:
    """Officials: departments of the year that nobody has given a target; due by its rule value."""
    month = target_month(today.year, today) if user.is_official else None
    if month is None:
        return
    if count := _untargeted(today.year):
        yield Duty(
            f"{today.year}년 구매 목표가 없는 부서 {count}곳",
            reverse("procurement:targets", args=[today.year]),
            due=month_end(month),
        )


def _untargeted(year: int) -> int:
    given = DepartmentTarget.objects.filter(year=year).values("department")
    return Department.objects.in_year(year).exclude(pk__in=given).count()


@duty_source
def targets_to_tell(user: User, today: date) -> Iterable[Duty]:
    """Officials: targets of the year that no department has been told, or not as they are now."""
    year = today.year
    if not user.is_official or not AnnualTarget.objects.filter(year=year).exists():
        return
    month = target_month(year, today)
    last = last_edition(year, TARGETS)
    if last is None:
        text, due = f"{year}년 구매 목표 통보", month_end(month) if month else None
    elif targets_changed(last, year, today):
        text, due = f"{year}년 구매 목표 다시 통보 (통보한 뒤 바뀜)", None
    else:
        return
    yield Duty(text, reverse("procurement:paper", args=[year, TARGETS]), due=due)


@duty_source
def months_to_settle(user: User, today: date) -> Iterable[Duty]:
    """Officials: months of the year (of last month) to close, to remind of, and to tell of.

    A month in which nobody entered anything is left alone.
    """
    if not user.is_official:
        return
    year, day = last_month(today).year, entry_day(today)
    for line in months_of(year, today):
        month, name = line.month, f"{year}년 {line.label}"
        url = reverse("procurement:month", args=[year, month.month])
        due = in_month_after(month, day)
        match line.to_do(today):
            case "close":
                yield Duty(f"{name} 구매실적 마감", url, due=due)
            case "remind" if due is not None and due < today:
                text = f"{name} 구매실적을 입력하지 않은 부서 {line.missing}곳"
                yield Duty(text, url, due, "danger")
            case "tell":
                paper = reverse("procurement:paper", args=[year, line.notice])
                yield Duty(f"{name} 구매실적 통보", paper)


@duty_source
def notices_to_correct(user: User, today: date) -> Iterable[Duty]:
    """Officials: a month of the year (of last month) was corrected after its notice went out."""
    if not user.is_official:
        return
    year = last_month(today).year
    done = Reopening.objects.filter(closing__month__year=year, finished_at__isnull=False)
    for row in done.values("closing__month").annotate(at=Max("finished_at")).order_by():
        which = notice(row["closing__month"].month)
        last = last_edition(year, which)
        if last is None or last.issued_at > row["at"]:
            continue
        if paper_of(year, which, today).in_force is None:
            yield Duty(
                f"{year}년 {row['closing__month'].month}월 구매실적 다시 통보 (정정함)",
                reverse("procurement:paper", args=[year, which]),
            )
