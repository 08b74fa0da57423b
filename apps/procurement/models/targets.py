"""What departments should buy from social-economy firms in a year."""

from django.db import models
from django.db.models import F, Q

from apps.accounts.models import Department
from apps.core.history import tracked
from apps.core.models import WonField
from apps.procurement.models.common import MALL_ABOVE_TOTAL, year_field, year_in_range


@tracked
class AnnualTarget(models.Model):
    """What the district means to buy in a fiscal year, in won (plan 3-1).

    ``mall_inside_total``: whether what is bought in the mall counts towards ``total`` as well. If
    not, ``total`` is about everything bought elsewhere.
    """

    year = year_field()
    total = WonField("전체 구매 목표액")
    mall = WonField("함께누리몰 구매 목표액")
    mall_inside_total = models.BooleanField("함께누리몰 구매액을 전체 실적에 포함", default=True)
    source = models.CharField("근거", max_length=200, blank=True)

    class Meta:
        verbose_name = "연간 구매 목표"
        verbose_name_plural = "연간 구매 목표"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["year"],
                name="annual_target_one_a_year",
                violation_error_message="이 연도의 목표가 이미 있습니다.",
                violation_error_code="year",
            ),
            year_in_range("annual_target"),
            models.CheckConstraint(
                name="annual_target_mall_fits_in_total",
                condition=Q(mall_inside_total=False) | Q(mall__lte=F("total")),
                violation_error_message=MALL_ABOVE_TOTAL,
                violation_error_code="mall",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}년 구매 목표"


@tracked
class DepartmentTarget(models.Model):
    """A department's share of the year's targets, in won; set in March (plan 3-1)."""

    year = year_field()
    department = models.ForeignKey(
        Department,
        verbose_name="부서",
        on_delete=models.PROTECT,
        related_name="purchase_targets",
    )
    total = WonField("전체 목표액")
    mall = WonField("함께누리몰 목표액", default=0)

    class Meta:
        verbose_name = "부서 구매 목표"
        verbose_name_plural = "부서 구매 목표"
        ordering = ["-year", "department"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "department"],
                name="department_target_one_a_year",
                violation_error_message="이 부서의 그 연도 목표가 이미 있습니다.",
                violation_error_code="department",
            ),
            year_in_range("department_target"),
        ]

    def __str__(self) -> str:
        return f"{self.year}년 {self.department} 구매 목표"
