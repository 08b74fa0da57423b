"""Changes of what the office keeps about public purchasing."""

from apps.procurement.services.aliases import remember
from apps.procurement.services.months import (
    close_month,
    finish_reopening,
    finish_reopenings,
    reopen_departments,
    reopen_month,
    report_month,
    withdraw_report,
)
from apps.procurement.services.purchases import (
    check_day,
    check_purchase,
    create_purchase,
    delete_purchase,
    update_purchase,
)
from apps.procurement.services.survey import answer_survey, send_survey
from apps.procurement.services.targets import check_department_target, set_targets

__all__ = [
    "answer_survey",
    "check_day",
    "check_department_target",
    "check_purchase",
    "close_month",
    "create_purchase",
    "delete_purchase",
    "finish_reopening",
    "finish_reopenings",
    "remember",
    "reopen_departments",
    "reopen_month",
    "report_month",
    "send_survey",
    "set_targets",
    "update_purchase",
    "withdraw_report",
]
