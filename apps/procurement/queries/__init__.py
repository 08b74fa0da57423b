"""Figures of public purchasing, in won."""

from apps.procurement.queries.breakdown import MONTHS, Sums, YearSums, sellers, year_sums
from apps.procurement.queries.dashboard import Dashboard, dashboard
from apps.procurement.queries.standing import (
    Progress,
    Ranked,
    SharedTargets,
    Standing,
    annual_target,
    departments,
    line,
    mall_inside_total,
    ranking,
    shared_targets,
    standing,
    sum_of_departments,
)

__all__ = [
    "MONTHS",
    "Dashboard",
    "Progress",
    "Ranked",
    "SharedTargets",
    "Standing",
    "Sums",
    "YearSums",
    "annual_target",
    "dashboard",
    "departments",
    "line",
    "mall_inside_total",
    "ranking",
    "sellers",
    "shared_targets",
    "standing",
    "sum_of_departments",
    "year_sums",
]
