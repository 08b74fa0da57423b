"""What the budget report says of money spent and of the plan before."""

from collections.abc import Iterable, Iterator
from datetime import date

from apps.documents.nodes import Node, Note
from apps.plans import comparison, execution
from apps.plans.execution_documents import (
    CONDITIONAL_NOTE,
    as_of,
    comparison_nodes,
    execution_node,
    share_table,
)
from apps.plans.models import Plan
from apps.plans.queries import BudgetTotals

Chapter = tuple[str, Iterable[Node]]


def execution_chapters(plan: Plan, today: date) -> Iterator[Chapter]:
    """예산 집행, once something was spent; and the plan before it, where there is one."""
    day = min(today, execution.year_end(plan))
    if execution.spent_from(plan).exists():
        yield f"예산 집행 ({as_of(day)})", _spent(plan, day)
    before = comparison.plan_before(plan)
    if before:
        yield f"{comparison.year_of(before)} 계획과 비교", comparison_nodes(plan, before)


def _spent(plan: Plan, day: date) -> Iterator[Node]:
    for by in ("program", "task", "quarter"):
        yield execution_node(plan, by, day)
    yield Note(CONDITIONAL_NOTE)


def share_nodes(totals: BudgetTotals) -> Iterator[Node]:
    """Each source's share of the firm money; nothing without money."""
    if totals.firm:
        yield share_table(totals)
