"""What the records of public purchasing share."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

FIRST_YEAR, LAST_YEAR = 2000, 2099
MALL_ABOVE_TOTAL = "함께누리몰 목표액이 전체 목표액보다 클 수 없습니다."
NOTHING_PAID = "금액은 1원 이상이어야 합니다."


def year_field() -> "models.PositiveSmallIntegerField[int, int]":
    """A fiscal year that the addresses of the portal can name."""
    return models.PositiveSmallIntegerField(
        "회계연도", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )


def year_in_range(model: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{model}_year_in_range",
        condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)),
        violation_error_message="회계연도를 확인해 주세요.",
        violation_error_code="year",
    )


def first_of_month(model: str) -> models.CheckConstraint:
    """A month is kept as its first day."""
    return models.CheckConstraint(
        name=f"{model}_month_begins_on_the_first",
        condition=Q(month__day=1, month__range=(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 1))),
        violation_error_message="달을 확인해 주세요.",
        violation_error_code="month",
    )
