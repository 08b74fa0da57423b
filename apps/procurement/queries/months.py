"""The months of a year: entered by which departments, closed, open again."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.db.models import Count, Sum

from apps.accounts.models import Department, DepartmentQuerySet
from apps.core.dates import month_end
from apps.procurement.editions import notice, notices_of, series_of
from apps.procurement.enums import MonthState
from apps.procurement.models import MonthClosing, MonthlySum, MonthReport, Reopening
from apps.procurement.queries.breakdown import MONTHS, NOTHING, month_sums


@dataclass(frozen=True, slots=True)
class Closed:
    """Which months are closed, each as its first day, and for whom they are open again."""

    months: frozenset[date]
    open_again: Mapping[int, frozenset[date]] = field(default_factory=dict)

    def for_department(self, pk: int) -> frozenset[date]:
        """The months in which nothing of the department can be changed."""
        return self.months - self.open_again.get(pk, frozenset())


def closed_months(year: int | None = None) -> Closed:
    """The closed months of ``year``, or of all years."""
    closings, again = MonthClosing.objects.all(), Reopening.objects.filter(finished_at=None)
    if year is not None:
        closings = closings.filter(month__year=year)
        again = again.filter(closing__month__year=year)
    months: dict[int, set[date]] = defaultdict(set)
    for department, month in again.values_list("department", "closing__month"):
        months[department].add(month)
    return Closed(
        frozenset(closings.order_by().values_list("month", flat=True)),
        {department: frozenset(own) for department, own in months.items()},
    )


def departments_in(month: date) -> DepartmentQuerySet:
    """The departments that exist on some day of the month: each is to enter what it bought."""
    return Department.objects.between(month, month_end(month))


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month of the office, or of one department: how far it is, and what was bought in it.

    ``asked`` departments are to enter, ``reported`` of them have. ``open_again``: for how many of
    them it is open again; ``edition``: the number of its last notice, 0 where there is none.
    ``told``: its results have left the office, be it in the notice of a later month, as each tells
    the year up to its month.
    """

    month: date
    state: MonthState
    asked: int
    reported: int
    count: int
    amount: int
    closing: MonthClosing | None = None
    open_again: int = 0
    edition: int = 0
    told: bool = False

    @property
    def to_tell(self) -> bool:
        """Closed, and its results have not left the office yet."""
        return self.state == MonthState.CLOSED and not self.told

    @property
    def asking(self) -> bool:
        """Departments may still enter it, and be reminded."""
        return self.state in (MonthState.RUNNING, MonthState.DUE)

    @property
    def all_entered(self) -> str:
        """What a department says when it has entered all of it."""
        return "입력 완료" if self.count else "구매 없음"

    def to_do(self, today: date) -> Literal["close", "remind", "tell"] | None:
        """What an official does about it; one in which nobody entered anything is left alone."""
        if self.state == MonthState.REPORTED and month_end(self.month) < today:
            return "close"
        if self.state == MonthState.DUE and (self.reported or self.count):
            return "remind"
        return "tell" if self.to_tell else None

    @property
    def notice(self) -> str:
        """What the address of its notice names it by."""
        return notice(self.month.month)

    @property
    def label(self) -> str:
        return f"{self.month.month}월"

    @property
    def missing(self) -> int:
        """How many departments have not said that they have entered all."""
        return max(self.asked - self.reported, 0)

    @property
    def asked_note(self) -> str:
        return f"전체 {self.asked}곳"


def months_of(year: int, today: date, department: Department | None = None) -> list[MonthLine]:
    """The twelve months of the office, or of one department."""
    own = {} if department is None else {"department": department}
    pk = None if department is None else department.pk
    departments = list(Department.objects.in_year(year)) if department is None else [department]
    reports = MonthReport.objects.filter(month__year=year, **own).order_by().values("month")
    again = Reopening.objects.filter(closing__month__year=year, finished_at=None, **own)
    reported = dict(reports.values_list("month", Count("pk")))
    bought = month_sums(date(year, 1, 1), date(year, 12, 1), department=pk)
    open_again = dict(
        again.order_by().values("closing__month").values_list("closing__month", Count("pk"))
    )
    closings = MonthClosing.objects.filter(month__year=year).select_related("closed_by")
    closing_of = {closing.month: closing for closing in closings}
    editions = _editions(year)
    last_told = max(editions, default="")
    lines = []
    for number in MONTHS:
        month = date(year, number, 1)
        asked = sum(each.exists_between(month, month_end(month)) for each in departments)
        done = reported.get(month, 0)
        sums = bought.get(month, NOTHING)
        series = series_of(year, notice(number))
        closing, open_for = closing_of.get(month), open_again.get(month, 0)
        lines.append(
            MonthLine(
                month,
                _state(month, today, (asked, done), closing is not None, open_for > 0),
                asked,
                done,
                sums.count,
                sums.amount,
                closing,
                open_for,
                editions.get(series, 0),
                series <= last_told,
            )
        )
    return lines


def _state(
    month: date, today: date, entered: tuple[int, int], closed: bool, again: bool
) -> MonthState:
    asked, done = entered
    if closed:
        return MonthState.REOPENED if again else MonthState.CLOSED
    if month > today:
        return MonthState.AHEAD
    if not asked:
        return MonthState.NONE
    if done >= asked:
        return MonthState.REPORTED
    return MonthState.DUE if month_end(month) < today else MonthState.RUNNING


def _editions(year: int) -> dict[str, int]:
    """How many notices went out, by series."""
    notices = notices_of(year).order_by().values("series")
    return dict(notices.values_list("series", Count("pk")))


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """A department in one month: what it bought, who said that was all, who opened it again."""

    department: Department
    count: int
    amount: int
    report: MonthReport | None
    reopening: Reopening | None

    @property
    def finished(self) -> bool:
        return self.report is not None and self.reopening is None


def departments_of(month: date) -> list[DepartmentLine]:
    """Every department that is to enter the month, and any other that bought in it.

    Those that have still something to do come first.
    """
    sums = MonthlySum.objects.filter(month=month).order_by().values("department")
    bought = {
        key: (count, won)
        for key, count, won in sums.values_list("department", Sum("count"), Sum("amount"))
    }
    reports = MonthReport.objects.filter(month=month).select_related("reported_by")
    report_of = {report.department_id: report for report in reports}
    again = Reopening.objects.filter(closing__month=month, finished_at=None)
    reopening_of = {each.department_id: each for each in again.select_related("reopened_by")}
    rows = departments_in(month) | Department.objects.filter(pk__in=bought)
    lines = [
        DepartmentLine(
            department,
            *bought.get(department.pk, (0, 0)),
            report_of.get(department.pk),
            reopening_of.get(department.pk),
        )
        for department in rows
    ]
    return sorted(lines, key=lambda line: line.finished)
