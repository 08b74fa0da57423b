"""What departments should buy from social-economy firms in a year, and what they bought."""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from apps.accounts.access import OFFICIALS
from apps.accounts.enums import Role
from apps.accounts.models import Department, User
from apps.core.dates import year_bounds
from apps.core.history import tracked
from apps.core.models import WonField, known
from apps.enterprises.models import Enterprise
from apps.procurement.enums import ContractMethod, PurchaseChannel, PurchaseKind

FIRST_YEAR, LAST_YEAR = 2000, 2099
#: Who sees the purchases of every department.
OVERSEERS = (*OFFICIALS, Role.VIEWER)
MALL_ABOVE_TOTAL = "함께누리몰 목표액이 전체 목표액보다 클 수 없습니다."
NOTHING_PAID = "금액은 1원 이상이어야 합니다."


def year_field() -> "models.PositiveSmallIntegerField[int, int]":
    """A fiscal year that the addresses of the portal can name."""
    return models.PositiveSmallIntegerField(
        "회계연도", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )


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
            models.CheckConstraint(
                name="annual_target_year_in_range",
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                violation_error_message="회계연도를 확인해 주세요.",
                violation_error_code="year",
            ),
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
            models.CheckConstraint(
                name="department_target_year_in_range",
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                violation_error_message="회계연도를 확인해 주세요.",
                violation_error_code="year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}년 {self.department} 구매 목표"


class PurchaseQuerySet(models.QuerySet["Purchase"]):
    def visible_to(self, user: User) -> Self:
        """Officials and viewers see every department's, clerks their own, others none."""
        if user.has_role(*OVERSEERS):
            return self.all()
        return self._of_own_department(user)

    def editable_by(self, user: User) -> Self:
        """Officials change every department's, clerks their own."""
        return self.all() if user.is_official else self._of_own_department(user)

    def in_year(self, year: int) -> Self:
        return self.filter(purchased_on__range=year_bounds(year))

    def _of_own_department(self, user: User) -> Self:
        if user.has_role(Role.CLERK) and user.department_id is not None:
            return self.filter(department=user.department_id)
        return self.none()


@tracked
class Purchase(models.Model):
    """Something a department bought from a social-economy firm; it counts in the year of its day.

    ``override_reason`` says why it counts although no designation of the firm was in force that
    day; it is empty for every other purchase. ``entry_key`` is the form it was entered on, so that
    a form sent twice is saved once.
    """

    department = models.ForeignKey(
        Department,
        verbose_name="부서",
        on_delete=models.PROTECT,
        related_name="purchases",
        db_index=False,  # purchase_of_department begins with it
    )
    purchased_on = models.DateField("구매일자")
    enterprise = models.ForeignKey(
        Enterprise, verbose_name="기업", on_delete=models.PROTECT, related_name="purchases"
    )
    item = models.CharField("품목", max_length=200)
    kind = models.CharField("구분", max_length=10, choices=PurchaseKind)
    amount = WonField("금액", validators=[MinValueValidator(1, NOTHING_PAID)])
    channel = models.CharField("구매방법", max_length=10, choices=PurchaseChannel)
    contract = models.CharField("계약방법", max_length=10, choices=ContractMethod)
    document_number = models.CharField("문서번호", max_length=50, blank=True)
    note = models.CharField("비고", max_length=300, blank=True)
    override_reason = models.CharField("지정이 끝난 기업의 구매 사유", max_length=300, blank=True)
    entry_key = models.UUIDField("입력 화면", null=True, unique=True, editable=False)
    created_by = models.ForeignKey(
        User, verbose_name="입력자", on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField("입력한 때", auto_now_add=True)
    updated_at = models.DateTimeField("고친 때", auto_now=True)

    objects = PurchaseQuerySet.as_manager()

    class Meta:
        verbose_name = "구매실적"
        verbose_name_plural = "구매실적"
        ordering = ["-purchased_on", "-pk"]
        indexes = [
            models.Index(
                fields=["department", "purchased_on", "id"], name="purchase_of_department"
            ),
            models.Index(fields=["purchased_on", "id"], name="purchase_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                name="purchase_costs_something",
                condition=Q(amount__gt=0),
                violation_error_message=NOTHING_PAID,
                violation_error_code="amount",
            ),
            models.CheckConstraint(
                name="purchase_year_in_range",
                condition=Q(purchased_on__range=(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))),
                violation_error_message="구매일자를 확인해 주세요.",
                violation_error_code="purchased_on",
            ),
            *known("purchase", kind=PurchaseKind, channel=PurchaseChannel, contract=ContractMethod),
        ]

    def __str__(self) -> str:
        return f"{self.purchased_on} {self.item}"
