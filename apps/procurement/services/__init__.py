"""Changes of what the office keeps about public purchasing."""

from apps.procurement.services.purchases import (
    check_day,
    check_purchase,
    create_purchase,
    delete_purchase,
    update_purchase,
)
from apps.procurement.services.targets import check_department_target, set_targets

__all__ = [
    "check_day",
    "check_department_target",
    "check_purchase",
    "create_purchase",
    "delete_purchase",
    "set_targets",
    "update_purchase",
]
