"""Figures of a plan, summed by the database. All amounts are whole won."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypedDict, cast

from django.db.models import (
    BigIntegerField,
    Count,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce
from django_stubs_ext import WithAnnotations

from apps.plans.enums import Account, MoneySource
from apps.plans.models import BudgetLine, BudgetProgram, FocusArea, Plan, Task

NO_MONEY = Value(0, output_field=BigIntegerField())


def summed(where: Q | None = None, field: str = "amount") -> Coalesce:
    """A sum in won; 0 where there is nothing to add."""
    return Coalesce(Sum(field, filter=where), NO_MONEY)


class TaskSums(TypedDict):
    """What :func:`tasks_of` adds to a task: firm money by source, then over all sources."""

    national: int
    national_city: int
    city: int
    district: int
    own: int
    firm: int
    if_selected: int


class ProgramSum(TypedDict):
    """``amount``: the firm lines of a 세부사업."""

    amount: int


class PlanSums(TypedDict):
    """``district``: the 구비 of a plan's budget chapter; ``task_count``: how many tasks it has."""

    district: int
    task_count: int


if TYPE_CHECKING:
    TaskWithSums = WithAnnotations[Task, TaskSums]
    ProgramWithSum = WithAnnotations[BudgetProgram, ProgramSum]
    PlanWithSums = WithAnnotations[Plan, PlanSums]
else:  # the subscript means something to the type checker only
    TaskWithSums, ProgramWithSum, PlanWithSums = Task, BudgetProgram, Plan


def _sums(path: str) -> dict[str, Coalesce]:
    """The sums of :class:`TaskSums` over the budget lines at ``path``."""
    firm, amount = Q(**{f"{path}conditional": False}), f"{path}amount"
    return {
        **{s.value: summed(firm & Q(**{f"{path}source": s}), amount) for s in MoneySource},
        "firm": summed(firm, amount),
        "if_selected": summed(Q(**{f"{path}conditional": True}), amount),
    }


class _Sums:
    """Money that comes for certain, and money that comes only if the plan's bids succeed."""

    __slots__ = ()
    firm: int
    conditional: int

    @property
    def total(self) -> int:
        return self.firm + self.conditional


@dataclass(frozen=True, slots=True)
class SourceSum(_Sums):
    """What one source of money gives."""

    source: MoneySource
    firm: int
    conditional: int


@dataclass(frozen=True, slots=True)
class BudgetTotals(_Sums):
    """A plan's money as a whole. ``district`` is the 구비 of the budget chapter."""

    by_source: tuple[SourceSum, ...]
    district: int
    firm: int
    conditional: int


def budget_totals(plan: Plan) -> BudgetTotals:
    """Sums by source of money, in the order of :class:`MoneySource`; empty ones left out."""
    firm, conditional = Q(conditional=False), Q(conditional=True)
    rows = {
        row["source"]: row
        for row in plan.lines.order_by()
        .values("source")
        .annotate(firm=summed(firm), conditional_sum=summed(conditional))
    }
    overall = plan.lines.aggregate(
        firm=summed(firm),
        if_selected=summed(conditional),
        district=summed(firm & Q(source=MoneySource.DISTRICT)),
    )
    return BudgetTotals(
        by_source=tuple(
            SourceSum(source, rows[source]["firm"], rows[source]["conditional_sum"])
            for source in MoneySource
            if source in rows
        ),
        district=overall["district"],
        firm=overall["firm"],
        conditional=overall["if_selected"],
    )


@dataclass(frozen=True, slots=True)
class AccountSum(_Sums):
    """What one account of the district's budget (회계) holds."""

    account: Account
    firm: int
    conditional: int


def sums_by_account(plan: Plan) -> tuple[AccountSum, ...]:
    """구비 by account in the order of :class:`Account`; what others grant is in none of them."""
    rows = {
        row["account"]: AccountSum(Account(row["account"]), row["firm"], row["if_selected"])
        for row in plan.lines.filter(source=MoneySource.DISTRICT)
        .order_by()
        .values("account")
        .annotate(firm=summed(Q(conditional=False)), if_selected=summed(Q(conditional=True)))
    }
    return tuple(rows[account] for account in Account if account in rows)


def programs_with_amounts(plan: Plan) -> QuerySet[ProgramWithSum]:
    """The 세부사업 in their order, with ``amount``: the sum of their firm lines."""
    amount = summed(Q(lines__conditional=False), "lines__amount")
    return plan.programs.annotate(amount=amount).order_by("position", "pk")


def tasks_of(plan: Plan) -> QuerySet[TaskWithSums]:
    """The plan's tasks in the paper's order, with all their months need and their money.

    ``district``, ``city``, ``national``, ``national_city`` and ``own`` are firm sums by source;
    ``firm`` and ``if_selected`` (conditional money) the sums over all sources.
    """
    tasks = (
        Task.objects.filter(area__plan=plan)
        .select_related("area")
        .annotate(**_sums("lines__"))
        .order_by("area__number", "number")
    )
    return cast("QuerySet[TaskWithSums]", tasks)


def plans_with_sums(plans: QuerySet[Plan]) -> QuerySet[PlanWithSums]:
    """Plans, newest first, with the sums of :class:`PlanSums`."""
    tasks = Task.objects.filter(area__plan=OuterRef("pk")).order_by().values("area__plan")
    return plans.annotate(
        district=summed(
            Q(lines__source=MoneySource.DISTRICT, lines__conditional=False), "lines__amount"
        ),
        task_count=Coalesce(Subquery(tasks.annotate(n=Count("pk")).values("n")), 0),
    ).order_by("-year")


def areas_with_tasks(plan: Plan) -> QuerySet[FocusArea]:
    """The areas in order, each with its tasks and their money, in two queries."""
    return plan.areas.prefetch_related(Prefetch("tasks", queryset=tasks_of(plan)))


def with_sums(task: Task) -> TaskWithSums:
    """The task with its sums by source, as in :func:`tasks_of`."""
    return tasks_of(task.area.plan).get(pk=task.pk)


def lines_of(plan: Plan) -> QuerySet[BudgetLine]:
    return plan.lines.select_related("program", "task__area")


@dataclass(frozen=True, slots=True)
class SourceMoney:
    """A task's money of one source, firm or conditional."""

    source: MoneySource
    conditional: bool
    amount: int


def money_by_task(plan: Plan) -> dict[int | None, tuple[SourceMoney, ...]]:
    """Sums by task, source and whether they are conditional; key ``None``: no task's money."""
    order = list(MoneySource)
    found: dict[int | None, list[SourceMoney]] = {}
    rows = plan.lines.order_by().values("task", "source", "conditional")
    for row in rows.annotate(sum=summed()):
        money = SourceMoney(MoneySource(row["source"]), row["conditional"], row["sum"])
        found.setdefault(row["task"], []).append(money)
    return {
        task: tuple(sorted(money, key=lambda m: (m.conditional, order.index(m.source))))
        for task, money in found.items()
    }


def lines_without_task(plan: Plan) -> QuerySet[BudgetLine]:
    """구비 of the budget chapter that no task's page names; the paper has to say so."""
    return plan.lines.filter(task=None, source=MoneySource.DISTRICT, conditional=False)


def sums_without_task(plan: Plan) -> dict[str, int]:
    """All money that no task's page names, under the names of :class:`TaskSums`."""
    return plan.lines.filter(task=None).aggregate(**_sums(""))


Bar = Literal["none", "stated", "derived"]


@dataclass(frozen=True, slots=True)
class TaskYear:
    """A task and its bars in the month chart: stated by the office, or derived."""

    task: Task
    stated: frozenset[int]
    derived: frozenset[int]

    @property
    def months(self) -> tuple[Bar, ...]:
        """``stated``, ``derived`` or ``none`` for each month, January first."""
        return tuple(
            "stated" if m in self.stated else "derived" if m in self.derived else "none"
            for m in range(1, 13)
        )


def task_year(task: Task) -> TaskYear:
    """The bars of one task. Stated months go before derived ones."""
    stated = frozenset(task.stated_months)
    return TaskYear(
        task, stated, frozenset() if stated else task.derived_months(task.area.plan.year)
    )


def month_chart(plan: Plan) -> tuple[TaskYear, ...]:
    """The bars of every task of the plan."""
    tasks = (
        Task.objects.filter(area__plan=plan)
        .select_related("area__plan")
        .prefetch_related("steps", "milestones")
        .order_by("area__number", "number")
    )
    return tuple(task_year(task) for task in tasks)
