"""The yearly plan as records: the plan itself, its tasks, its money, and what came of it."""

from apps.plans.models.budget import BudgetLine, BudgetProgram
from apps.plans.models.plan import (
    BasicPlan,
    FocusArea,
    Plan,
    PlanSection,
    PrintedName,
    RollNote,
    TextDraft,
)
from apps.plans.models.progress import Completion, Expenditure, Indicator, Result
from apps.plans.models.requests import DepartmentRequest, RequestDelivery
from apps.plans.models.task import Milestone, Task, TaskDepartment, TaskSection, TaskStep

__all__ = [
    "BasicPlan",
    "BudgetLine",
    "BudgetProgram",
    "Completion",
    "DepartmentRequest",
    "Expenditure",
    "FocusArea",
    "Indicator",
    "Milestone",
    "Plan",
    "PlanSection",
    "PrintedName",
    "RequestDelivery",
    "Result",
    "RollNote",
    "Task",
    "TaskDepartment",
    "TaskSection",
    "TaskStep",
    "TextDraft",
]
