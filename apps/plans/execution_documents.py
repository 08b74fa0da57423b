"""Money spent, shared out and compared, as parts of an official paper and of a page."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from django.utils.safestring import SafeString

from apps.core.money import percents, thousand
from apps.core.templatetags.office import kdate
from apps.documents.nodes import Cell, Column, Node, Note, Row, RowGroup, Table
from apps.plans import comparison, execution
from apps.plans.budget_tables import (
    UNIT,
    account_table,
    program_table,
    source_table,
    task_table,
)
from apps.plans.comparison import ALL_SOURCES, DISTRICT, Change
from apps.plans.documents import on_screen
from apps.plans.execution import Execution, Period
from apps.plans.models import Plan
from apps.plans.queries import (
    BudgetTotals,
    programs_with_amounts,
    sums_by_account,
    sums_without_task,
    tasks_of,
)

CONDITIONAL_NOTE = "선정 시에만 오는 예산은 선정되기 전에 집행할 수 없어 위 표에 넣지 않음."
COMPARED_NOTE = (
    "확정·예상 예산만 견줌. 과제는 이름이 같으면, 이름이 바뀌었으면 번호가 같으면 같은 과제로 봄."
)
NO_PLAN_BEFORE = "전년도 계획이 없어 비교할 수 없음."
#: The looks at what was spent, by the name in the address.
LOOKS = {
    "task": "과제별",
    "program": "세부사업별",
    "source": "재원별",
    "account": "회계별",
    "quarter": "분기별",
    "month": "월별",
}
#: Looks at the district's own money only.
OF_DISTRICT = ("program", "account")
_ROWS = {
    "task": execution.by_task,
    "program": execution.by_program,
    "source": execution.by_source,
    "account": execution.by_account,
}


def execution_node(plan: Plan, by: str, until: date) -> Table:
    """One look at the money spent up to a day; ``by`` is a key of :data:`LOOKS`."""
    if by == "quarter":
        return period_table(by, execution.by_quarter(plan, until))
    if by == "month":
        return period_table(by, execution.by_month(plan, until))
    total = execution.overall(plan, until, district_only=by in OF_DISTRICT)
    return execution_table(by, _ROWS[by](plan, until), total)


def execution_table(by: str, rows: Iterable[Execution], total: Execution) -> Table:
    """Budget, spent, left and rate of each row, in 천원 from won."""
    label = f"{LOOKS[by].removesuffix('별')}{' (구비)' if by in OF_DISTRICT else ''}"
    return Table(
        columns=(
            Column(40, head=True),
            Column(16, "right"),
            Column(16, "right"),
            Column(16, "right"),
            Column(12, "right"),
        ),
        head=(Row.of(label, "예산", "집행", "남은 예산", "집행률"),),
        groups=(
            *RowGroup.each(_execution_row(row.label, row) for row in rows),
            RowGroup.of(_execution_row("계", total, total=True)),
        ),
        caption=f"{LOOKS[by]} 집행",
        unit=UNIT,
    )


def _execution_row(label: str, row: Execution, *, total: bool = False) -> Row:
    return Row.of(
        _label(label, total),
        Cell.thousand(row.budget),
        Cell.thousand(row.spent),
        Cell.thousand(row.left),
        row.rate,
        total=total,
    )


def period_table(by: str, periods: Iterable[Period]) -> Table:
    """What was spent in each period, and from the year's start to its end."""
    label = LOOKS[by].removesuffix("별")
    periods = list(periods)
    return Table(
        columns=(
            Column(25, head=True),
            Column(25, "right"),
            Column(25, "right"),
            Column(25, "right"),
        ),
        head=(Row.of(label, "집행", "누계", "집행률 (누계)"),),
        groups=(
            *RowGroup.each(
                Row.of(
                    p.label,
                    Cell.thousand(p.spent),
                    "-" if p.so_far is None else Cell.thousand(p.so_far),
                    p.rate,
                )
                for p in periods
            ),
            RowGroup.of(
                Row.of(
                    _label("계", True),
                    Cell.thousand(sum(p.spent for p in periods)),
                    "",
                    "",
                    total=True,
                )
            ),
        ),
        caption=f"{LOOKS[by]} 집행",
        unit=UNIT,
    )


def share_table(totals: BudgetTotals) -> Table:
    """What each source gives of the firm money; the shares add up to 100 % (R9)."""
    shares = percents([row.firm for row in totals.by_source])
    return Table(
        columns=(Column(40, head=True), Column(35, "right"), Column(25, "right")),
        head=(Row.of("재원", "확정·예상", "비율"),),
        groups=(
            *RowGroup.each(
                Row.of(row.source.label, Cell.thousand(row.firm), share)
                for row, share in zip(totals.by_source, shares, strict=True)
            ),
            RowGroup.of(
                Row.of(
                    _label("계", True),
                    Cell.thousand(totals.firm),
                    "100.0%" if totals.firm else "-",
                    total=True,
                )
            ),
        ),
        caption="재원별 비율",
        unit=UNIT,
    )


def comparison_nodes(plan: Plan, before: Plan) -> Iterator[Node]:
    """The plan beside the one before it: 구비 by 세부사업 and task, and all sources by task."""
    total = comparison.total(before, plan)
    programs, tasks = comparison.by_program(before, plan), comparison.by_task(before, plan)
    years = (comparison.year_of(before), f"{plan.year}년")
    yield _changes("세부사업별 구비", "세부사업", years, programs, total, DISTRICT)
    yield _changes("과제별 구비", "과제", years, tasks, total, DISTRICT)
    yield _changes("과제별 모든 재원", "과제", years, tasks, total, ALL_SOURCES)
    yield Note(COMPARED_NOTE)


def _changes(
    caption: str,
    label: str,
    years: tuple[str, str],
    changes: Iterable[Change],
    total: Change,
    source: int,
) -> Table:
    return Table(
        columns=(Column(40, head=True), *(Column(15, "right") for _ in range(4))),
        head=(Row.of(label, *years, "증감", "증감률"),),
        groups=(
            *RowGroup.each(
                Row.of(change.label, *_change(change, source))
                for change in changes
                if any(change.amounts(source)[:2])
            ),
            RowGroup.of(Row.of(_label("계", True), *_change(total, source), total=True)),
        ),
        caption=caption,
        unit=UNIT,
    )


def _change(change: Change, source: int) -> tuple[Cell, Cell, Cell, Cell]:
    before, now, difference = change.amounts(source)
    return (
        Cell.thousand(before),
        Cell.thousand(now),
        _difference(difference),
        Cell(change.percent(source)),
    )


def _difference(won: int) -> Cell:
    """As offices write it: △ before what is less."""
    if won >= 0:
        return Cell.thousand(won)
    return Cell(f"△{thousand(-won)}", number=won)


def _label(label: str, total: bool) -> Cell:
    return Cell(label, align="center" if total else None)


def as_of(day: date) -> str:
    """``2016. 3. 31. 기준``"""
    return f"{kdate(day)} 기준"


def budget_on_screen(plan: Plan, by: str, totals: BudgetTotals) -> SafeString:
    """The tables of one look at the budget, drawn as on paper."""
    before = comparison.plan_before(plan) if by == "before" else None
    nodes: dict[str, Callable[[], Iterable[Node]]] = {
        "program": lambda: [program_table(programs_with_amounts(plan), totals.district)],
        "task": lambda: [task_table(tasks_of(plan), sums_without_task(plan), totals)],
        "source": lambda: [source_table(totals), share_table(totals)],
        "account": lambda: [account_table(sums_by_account(plan))],
        "before": lambda: comparison_nodes(plan, before) if before else [Note(NO_PLAN_BEFORE)],
    }
    return on_screen(plan, *nodes[by]())
