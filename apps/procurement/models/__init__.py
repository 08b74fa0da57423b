"""Targets, purchases, the survey before them and the closing of their months."""

from apps.procurement.models.aliases import SupplierAlias
from apps.procurement.models.common import (
    FIRST_YEAR,
    LAST_YEAR,
    MALL_ABOVE_TOTAL,
    NOTHING_PAID,
)
from apps.procurement.models.months import MonthClosing, MonthReport, Reopening
from apps.procurement.models.purchases import MonthlySum, Purchase, PurchaseQuerySet
from apps.procurement.models.survey import DemandSurvey, PlannedItem, SurveyResponse
from apps.procurement.models.targets import AnnualTarget, DepartmentTarget

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "MALL_ABOVE_TOTAL",
    "NOTHING_PAID",
    "AnnualTarget",
    "DemandSurvey",
    "DepartmentTarget",
    "MonthClosing",
    "MonthReport",
    "MonthlySum",
    "PlannedItem",
    "Purchase",
    "PurchaseQuerySet",
    "Reopening",
    "SupplierAlias",
    "SurveyResponse",
]
