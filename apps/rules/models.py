"""Laws, ordinances and guidelines, and the dated values the portal's rules take from them."""

from datetime import date
from decimal import Decimal
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q

from apps.core.history import tracked
from apps.core.models import DateRange, known
from apps.rules.enums import StatuteKind


@tracked
class Statute(models.Model):
    """A law, ordinance or guideline that records and rules cite."""

    name = models.CharField("이름", max_length=200, unique=True)
    kind = models.CharField("구분", max_length=10, choices=StatuteKind)
    note = models.TextField("설명", blank=True)

    class Meta:
        verbose_name = "법령"
        verbose_name_plural = "법령"
        ordering = ["kind", "name"]
        constraints = known("statute", kind=StatuteKind)

    def __str__(self) -> str:
        return self.name


class RuleValueQuerySet(models.QuerySet["RuleValue"]):
    def in_force(self, on: date) -> Self:
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


@tracked
class RuleValue(models.Model):
    """One number a rule uses, from one day to another, and where it is written.

    ``verified_at``/``verified_by`` are empty until the office has checked it against the source.
    """

    key = models.CharField("키", max_length=100)
    label = models.CharField("내용", max_length=200)
    value = models.DecimalField("값", max_digits=18, decimal_places=4)
    unit = models.CharField("단위", max_length=20, blank=True)
    valid_from = models.DateField("적용 시작")
    valid_to = models.DateField("적용 끝", null=True, blank=True)
    statute = models.ForeignKey(
        Statute, verbose_name="근거", on_delete=models.PROTECT, related_name="values"
    )
    article = models.CharField("조항", max_length=100, blank=True)
    verified_at = models.DateTimeField("확인한 때", null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="확인한 사람",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = RuleValueQuerySet.as_manager()

    class Meta:
        verbose_name = "기준값"
        verbose_name_plural = "기준값"
        ordering = ["key", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="rule_value_ends_after_it_starts",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message="적용 끝은 적용 시작보다 앞설 수 없습니다.",
                violation_error_code="valid_to",
            ),
            models.CheckConstraint(
                name="rule_value_verified_by_somebody",
                condition=Q(verified_at=None, verified_by=None)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
            ),
            ExclusionConstraint(
                name="rule_value_one_at_a_time",
                expressions=[("key", "="), (DateRange("valid_from", "valid_to"), "&&")],
                violation_error_message="같은 기준의 적용 기간이 겹칩니다.",
                violation_error_code="valid_from",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.amount}"

    @property
    def number(self) -> Decimal:
        """The value without trailing zeros."""
        whole = self.value.to_integral_value()
        return whole if whole == self.value else self.value.normalize()

    @property
    def shown(self) -> str:
        """The value with commas, as ``50,000,000``."""
        return f"{self.number:,}"

    @property
    def amount(self) -> str:
        """The value with its unit, as ``50,000,000원``."""
        return f"{self.shown}{self.unit}"

    @property
    def citation(self) -> str:
        """Source as papers cite it: 「이름」 조항."""
        return f"「{self.statute.name}」 {self.article}".rstrip()
