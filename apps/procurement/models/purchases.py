"""What departments bought from social-economy firms, and its sums."""

from datetime import date
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from apps.accounts.models import Department, User
from apps.accounts.querysets import DepartmentalQuerySet
from apps.core.dates import year_bounds
from apps.core.history import tracked
from apps.core.models import Bigrams, WonField, known
from apps.enterprises.models import Enterprise
from apps.imports.models import FileImport
from apps.procurement.enums import ContractMethod, PurchaseChannel, PurchaseKind
from apps.procurement.models.common import FIRST_YEAR, LAST_YEAR, NOTHING_PAID
from apps.procurement.triggers import MONTH_IS_OPEN, SUMS_FOLLOW


class PurchaseQuerySet(DepartmentalQuerySet["Purchase"]):
    def in_year(self, year: int) -> Self:
        return self.filter(purchased_on__range=year_bounds(year))


@tracked
class Purchase(models.Model):
    """Something a department bought from a social-economy firm; it counts in the year of its day.

    ``override_reason`` says why it counts although no designation of the firm was in force that
    day; it is empty for every other purchase. ``entry_key`` is the form it was entered on, so that
    a form sent twice is saved once. ``batch`` is the file it came from, if it did.
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
    entry_key = models.UUIDField("입력 화면", null=True, editable=False)
    batch = models.ForeignKey(
        FileImport,
        verbose_name="가져온 파일",
        on_delete=models.PROTECT,
        related_name="purchases",
        null=True,
        blank=True,
        editable=False,
    )
    created_by = models.ForeignKey(
        User,
        verbose_name="입력자",
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        db_index=False,  # users are never deleted; purchase_entered_by finds what one has entered
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
            GinIndex(Bigrams("item"), name="purchase_item_bigrams"),
            models.Index(
                fields=["created_by", "-id"],
                condition=Q(entry_key__isnull=False),  # entered on the form, not from a file
                name="purchase_entered_by",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="purchase_entry_key",
                fields=["entry_key"],
                condition=Q(entry_key__isnull=False),  # rows of a file have none
            ),
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
        triggers = [*MONTH_IS_OPEN, *SUMS_FOLLOW]

    def __str__(self) -> str:
        return f"{self.purchased_on} {self.item}"


class MonthlySum(models.Model):
    """How many purchases a department made in a month, of a kind and by a channel, and the won.

    The database keeps it in step with the purchases, in the same transaction (see
    :mod:`apps.procurement.triggers`), so that the sums of a year are read from some hundred rows
    however many purchases there are. ``month`` is its first day.
    """

    pk = models.CompositePrimaryKey("department", "month", "kind", "channel")
    department = models.ForeignKey(
        Department, verbose_name="부서", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    month = models.DateField("월")
    kind = models.CharField("구분", max_length=10, choices=PurchaseKind)
    channel = models.CharField("구매방법", max_length=10, choices=PurchaseChannel)
    count = models.BigIntegerField("건수")
    amount = models.BigIntegerField("금액")

    objects = DepartmentalQuerySet["MonthlySum"].as_manager()

    class Meta:
        verbose_name = "월별 구매 합계"
        verbose_name_plural = "월별 구매 합계"
        indexes = [models.Index(fields=["month"], name="monthly_sum_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.count}"
