"""The months of a year: entered by every department, closed by the office, opened again."""

from django.db import models
from django.db.models import Q

from apps.accounts.models import Department, User
from apps.accounts.querysets import DepartmentalQuerySet, SharedQuerySet
from apps.core.history import tracked
from apps.procurement.models.common import first_of_month


@tracked
class MonthReport(models.Model):
    """A department has entered all it bought in a month, which may be nothing (plan 3-1).

    ``month`` is its first day, here and below.
    """

    department = models.ForeignKey(
        Department, verbose_name="부서", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    month = models.DateField("월")
    reported_at = models.DateTimeField("입력을 마친 때")
    reported_by = models.ForeignKey(
        User, verbose_name="입력을 마친 사람", on_delete=models.PROTECT, related_name="+"
    )

    objects = DepartmentalQuerySet["MonthReport"].as_manager()

    class Meta:
        verbose_name = "월 입력 완료"
        verbose_name_plural = "월 입력 완료"
        ordering = ["-month", "department"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "month"],
                name="month_report_once_a_department",
                violation_error_message="이미 입력 완료한 달입니다.",
            ),
            first_of_month("month_report"),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.month:%Y-%m}"


@tracked
class MonthClosing(models.Model):
    """A month whose purchases stand: the notice of results is written from them (R22, R23).

    From then on the database refuses a change of its purchases, unless it is open again for their
    department (:class:`Reopening`).
    """

    month = models.DateField("월")
    closed_at = models.DateTimeField("마감한 때")
    closed_by = models.ForeignKey(
        User, verbose_name="마감한 사람", on_delete=models.PROTECT, related_name="+"
    )

    objects = SharedQuerySet["MonthClosing"].as_manager()

    class Meta:
        verbose_name = "월 마감"
        verbose_name_plural = "월 마감"
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(
                fields=["month"],
                name="month_closing_once",
                violation_error_message="이미 마감한 달입니다.",
                violation_error_code="month",
            ),
            first_of_month("month_closing"),
        ]

    def __str__(self) -> str:
        return f"{self.month.year}년 {self.month.month}월"


@tracked
class Reopening(models.Model):
    """A closed month open again for one department, for a reason, until it is finished."""

    closing = models.ForeignKey(
        MonthClosing, verbose_name="월 마감", on_delete=models.PROTECT, related_name="reopenings"
    )
    department = models.ForeignKey(
        Department, verbose_name="부서", on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField("다시 연 사유", max_length=300)
    reopened_at = models.DateTimeField("다시 연 때")
    reopened_by = models.ForeignKey(
        User, verbose_name="다시 연 사람", on_delete=models.PROTECT, related_name="+"
    )
    finished_at = models.DateTimeField("다시 마감한 때", null=True, blank=True)
    finished_by = models.ForeignKey(
        User,
        verbose_name="다시 마감한 사람",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    objects = SharedQuerySet["Reopening"].as_manager()

    class Meta:
        verbose_name = "마감 해제"
        verbose_name_plural = "마감 해제"
        ordering = ["-reopened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["closing", "department"],
                condition=Q(finished_at=None),
                name="reopening_one_at_a_time",
                violation_error_message="이미 다시 열려 있습니다.",
                violation_error_code="department",
            ),
            models.CheckConstraint(
                name="reopening_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message="사유를 적어 주세요.",
                violation_error_code="reason",
            ),
            models.CheckConstraint(
                name="reopening_finished_by_somebody",
                condition=Q(finished_at=None, finished_by=None)
                | Q(finished_at__isnull=False, finished_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.closing} {self.department}"
