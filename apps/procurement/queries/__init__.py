"""Figures of public purchasing, in won."""

from apps.procurement.queries.standing import (
    MONTHS,
    Progress,
    SharedTargets,
    Standing,
    amount,
    annual_target,
    by_kind,
    by_month,
    departments,
    mall_inside_total,
    shared_targets,
    standing,
    sum_of_departments,
    years,
)

__all__ = [
    "MONTHS",
    "Progress",
    "SharedTargets",
    "Standing",
    "amount",
    "annual_target",
    "by_kind",
    "by_month",
    "departments",
    "mall_inside_total",
    "shared_targets",
    "standing",
    "sum_of_departments",
    "years",
]
