"""The yearly plan as records: the plan itself, its tasks, its money."""

from apps.plans.models.budget import BudgetLine, BudgetProgram
from apps.plans.models.plan import DepartmentRequest, FocusArea, Plan, PlanSection
from apps.plans.models.task import Milestone, Task, TaskDepartment, TaskSection, TaskStep

__all__ = [
    "BudgetLine",
    "BudgetProgram",
    "DepartmentRequest",
    "FocusArea",
    "Milestone",
    "Plan",
    "PlanSection",
    "Task",
    "TaskDepartment",
    "TaskSection",
    "TaskStep",
]
