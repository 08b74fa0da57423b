"""What was spent of a plan's firm budget and what is left, summed by the database, in won.

Conditional money cannot be spent while it is conditional and stands in none of these figures.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, TypedDict

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Extract, ExtractMonth, ExtractQuarter
from django_stubs_ext import WithAnnotations

from apps.core.dates import year_bounds
from apps.core.money import rate
from apps.plans.enums import Account, MoneySource
from apps.plans.models import BudgetLine, Expenditure, Plan, Task
from apps.plans.queries import NO_MONEY, summed

NO_PROGRAM = "세부사업을 정하지 않은 예산"
NO_TASK = "과제에 적히지 않은 예산"
PARTS_OF_A_YEAR = {"월": 12, "분기": 4}


@dataclass(frozen=True, slots=True)
class Execution:
    """Firm budget beside what was spent of it; ``key`` is of the record or choice it is for."""

    label: str
    budget: int
    spent: int
    key: int | str | None = None

    @property
    def left(self) -> int:
        return self.budget - self.spent

    @property
    def rate(self) -> str:
        """집행률, as ``66.7%``; ``-`` without a budget."""
        return rate(self.spent, self.budget)


@dataclass(frozen=True, slots=True)
class Period:
    """A month or quarter: spent in it, and from the year's start to its end.

    ``so_far`` is ``None`` for a period that had not begun on the day asked about. Without money
    spent there is no rate either, as there is none where nothing stands.
    """

    label: str
    spent: int
    so_far: int | None
    budget: int

    @property
    def rate(self) -> str:
        return rate(self.so_far, self.budget) if self.so_far else "-"


class LineSums(TypedDict):
    """``spent``: what was spent from the line; ``left``: what is left of it."""

    spent: int
    left: int


if TYPE_CHECKING:
    SpentLine = WithAnnotations[BudgetLine, LineSums]
else:  # the subscript means something to the type checker only
    SpentLine = BudgetLine


def with_spent(lines: QuerySet[BudgetLine]) -> QuerySet[SpentLine]:
    """Budget lines with the sums of :class:`LineSums`."""
    spent = Expenditure.objects.filter(line=OuterRef("pk")).order_by().values("line")
    return lines.annotate(
        spent=Coalesce(Subquery(spent.annotate(sum=Sum("amount")).values("sum")), NO_MONEY)
    ).annotate(left=F("amount") - F("spent"))


def spent_from(plan: Plan) -> QuerySet[Expenditure]:
    """Everything spent under the plan, the newest first."""
    return (
        Expenditure.objects.filter(line__plan=plan)
        .select_related("line__task__area", "line__program")
        .order_by("-spent_on", "-pk")
    )


def amount_of(spent: QuerySet[Expenditure]) -> int:
    total: int = spent.aggregate(sum=summed())["sum"]
    return total


def overall(plan: Plan, until: date, *, district_only: bool = False) -> Execution:
    """The plan's firm money as a whole, or its 구비, as of a day."""
    lines = _firm(plan, district_only)
    budget = lines.aggregate(sum=summed())["sum"]
    spent = Expenditure.objects.filter(line__in=lines).until(until)
    return Execution("계", budget, amount_of(spent))


def by_program(plan: Plan, until: date) -> tuple[Execution, ...]:
    """구비 by 세부사업; what is in none comes last."""
    programs = [(p.pk, p.name) for p in plan.programs.all()]
    return _rows(_firm(plan, district_only=True), "program", [*programs, (None, NO_PROGRAM)], until)


def by_task(plan: Plan, until: date) -> tuple[Execution, ...]:
    """All sources by task; what no task's page names comes last."""
    tasks = Task.objects.filter(area__plan=plan).select_related("area")
    named = [(task.pk, str(task)) for task in tasks.order_by("area__number", "number")]
    return _rows(_firm(plan), "task", [*named, (None, NO_TASK)], until)


def by_source(plan: Plan, until: date) -> tuple[Execution, ...]:
    return _rows(_firm(plan), "source", MoneySource.choices, until)


def by_account(plan: Plan, until: date) -> tuple[Execution, ...]:
    """구비 by account; what others grant is in none of the district's accounts."""
    return _rows(_firm(plan, district_only=True), "account", Account.choices, until)


def by_month(plan: Plan, until: date) -> tuple[Period, ...]:
    """The twelve months of the plan's year, up to the day."""
    return _periods(plan, until, ExtractMonth("spent_on"), "월")


def by_quarter(plan: Plan, until: date) -> tuple[Period, ...]:
    """The four quarters of the plan's year, up to the day."""
    return _periods(plan, until, ExtractQuarter("spent_on"), "분기")


def year_end(plan: Plan) -> date:
    return year_bounds(plan.year)[1]


def _firm(plan: Plan, district_only: bool = False) -> QuerySet[BudgetLine]:
    lines = BudgetLine.objects.filter(plan=plan, conditional=False).order_by()
    return lines.filter(source=MoneySource.DISTRICT) if district_only else lines


def _rows(
    lines: QuerySet[BudgetLine],
    column: str,
    named: Iterable[tuple[int | str | None, str]],
    until: date,
) -> tuple[Execution, ...]:
    """A row for each of ``named`` that has a budget."""
    budgets = dict(lines.values_list(column).annotate(sum=Sum("amount")))
    spent = Expenditure.objects.filter(line__in=lines).until(until).order_by()
    sums = dict(spent.values_list(f"line__{column}").annotate(sum=Sum("amount")))
    return tuple(
        Execution(label, budgets[key], sums.get(key, 0), key)
        for key, label in named
        if key in budgets
    )


def _periods(plan: Plan, until: date, part: Extract, unit: str) -> tuple[Period, ...]:
    firm = _firm(plan)
    budget = firm.aggregate(sum=summed())["sum"]
    spent = Expenditure.objects.filter(line__in=firm).until(until).order_by()
    sums = dict(spent.values_list(part).annotate(sum=Sum("amount")))
    count = PARTS_OF_A_YEAR[unit]
    parts = [sums.get(number, 0) for number in range(1, count + 1)]
    return tuple(
        Period(
            f"{number}{unit}",
            parts[number - 1],
            so_far if date(plan.year, 12 // count * (number - 1) + 1, 1) <= until else None,
            budget,
        )
        for number, so_far in enumerate(accumulate(parts), 1)
    )
