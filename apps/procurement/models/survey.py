"""What departments mean to buy in a year: the survey of March (plan 3-1)."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from apps.accounts.models import Department, User
from apps.accounts.querysets import DepartmentalQuerySet, SharedQuerySet
from apps.core.history import tracked
from apps.core.models import WonField, known
from apps.procurement.enums import PurchaseKind
from apps.procurement.models.common import NOTHING_PAID, year_field, year_in_range


@tracked
class DemandSurvey(models.Model):
    """The question to every department, once a year: what will you buy, and for how much.

    ``body`` is the text of the letter (outline); ``due`` the last day for answers.
    """

    year = year_field()
    body = models.TextField("안내문")
    due = models.DateField("회신 기한")
    sent_at = models.DateTimeField("보낸 때")
    sent_by = models.ForeignKey(
        User, verbose_name="보낸 사람", on_delete=models.PROTECT, related_name="+"
    )

    objects = SharedQuerySet["DemandSurvey"].as_manager()

    class Meta:
        verbose_name = "수요조사"
        verbose_name_plural = "수요조사"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["year"],
                name="demand_survey_once_a_year",
                violation_error_message="이 연도의 수요조사가 이미 있습니다.",
                violation_error_code="year",
            ),
            year_in_range("demand_survey"),
        ]

    def __str__(self) -> str:
        return f"{self.year}년 공공구매 수요조사"


@tracked
class SurveyResponse(models.Model):
    """A department's answer to the survey; without planned items it means to buy nothing."""

    survey = models.ForeignKey(
        DemandSurvey, verbose_name="수요조사", on_delete=models.PROTECT, related_name="responses"
    )
    department = models.ForeignKey(
        Department, verbose_name="부서", on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField("의견", max_length=300, blank=True)
    answered_at = models.DateTimeField("회신한 때")
    answered_by = models.ForeignKey(
        User, verbose_name="회신한 사람", on_delete=models.PROTECT, related_name="+"
    )

    objects = DepartmentalQuerySet["SurveyResponse"].as_manager()

    class Meta:
        verbose_name = "수요조사 회신"
        verbose_name_plural = "수요조사 회신"
        ordering = ["survey", "department"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "department"],
                name="survey_response_one_a_department",
                violation_error_message="이 부서의 회신이 이미 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey} · {self.department}"


@tracked
class PlannedItem(models.Model):
    """Something a department means to buy in the year, and about when."""

    response = models.ForeignKey(
        SurveyResponse, verbose_name="회신", on_delete=models.CASCADE, related_name="items"
    )
    item = models.CharField("품목", max_length=200)
    kind = models.CharField("구분", max_length=10, choices=PurchaseKind)
    amount = WonField("예정 금액", validators=[MinValueValidator(1, NOTHING_PAID)])
    in_mall = models.BooleanField("함께누리몰에서 구매", default=False)
    month = models.PositiveSmallIntegerField(
        "예정 월", choices=[(month, f"{month}월") for month in range(1, 13)], null=True, blank=True
    )

    class Meta:
        verbose_name = "구매 예정 품목"
        verbose_name_plural = "구매 예정 품목"
        ordering = ["response", "pk"]
        constraints = [
            *known("planned_item", kind=PurchaseKind),
            models.CheckConstraint(
                name="planned_item_costs_something",
                condition=Q(amount__gt=0),
                violation_error_message=NOTHING_PAID,
                violation_error_code="amount",
            ),
            models.CheckConstraint(
                name="planned_item_month_in_year",
                condition=Q(month__range=(1, 12)),
                violation_error_message="예정 월을 확인해 주세요.",
                violation_error_code="month",
            ),
        ]

    def __str__(self) -> str:
        return self.item
