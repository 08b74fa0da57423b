"""Fetching a plan's records for a user: everybody with a role reads, officials write."""

from apps.accounts.models import User
from apps.core.access import load
from apps.plans.models import BudgetLine, Plan, Task


def readable_plan(user: User, year: int) -> Plan:
    return load(Plan.objects.visible_to(user), year, by="year")


def editable_plan(user: User, year: int) -> Plan:
    return load(
        Plan.objects.visible_to(user), year, by="year", editable=Plan.objects.editable_by(user)
    )


def readable_task(user: User, pk: int) -> Task:
    return load(Task.objects.visible_to(user).select_related("area__plan"), pk)


def editable_task(user: User, pk: int) -> Task:
    return load(
        Task.objects.visible_to(user).select_related("area__plan"),
        pk,
        editable=Task.objects.editable_by(user),
    )


def editable_line(user: User, pk: int) -> BudgetLine:
    return load(
        BudgetLine.objects.visible_to(user).select_related("plan"),
        pk,
        editable=BudgetLine.objects.editable_by(user),
    )
