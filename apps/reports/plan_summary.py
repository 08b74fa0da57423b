"""요약: a yearly plan in one look, computed from its records."""

from collections.abc import Iterable, Iterator
from datetime import date

from apps.core.dates import month_end
from apps.core.money import thousand
from apps.documents.nodes import Cell, Column, Node, Outline, Row, RowGroup, Table
from apps.plans.budget_tables import IF_SELECTED, UNIT, total_row
from apps.plans.execution import NO_TASK
from apps.plans.models import FocusArea, Milestone, Plan, Task, TaskStep
from apps.plans.queries import BudgetTotals, TaskWithSums

QUARTERS = (1, 4, 7, 10)
NBSP = "\xa0"


def vision_table(plan: Plan) -> Table:
    """비전 and 목표."""
    return Table(
        columns=(Column(14, "center", head=True), Column(86, "center")),
        head=(),
        groups=(
            RowGroup.of(Row.of("비전", Cell(plan.vision, strong=True))),
            RowGroup.of(Row.of("목표", plan.goal)),
        ),
    )


def summary_nodes(
    plan: Plan,
    areas: Iterable[FocusArea],
    tasks: Iterable[TaskWithSums],
    rest: dict[str, int],
    totals: BudgetTotals,
) -> Iterator[Node]:
    """Vision, areas with their tasks and money, money by source and the year's main dates.

    ``tasks`` come with steps and milestones; ``rest`` is the money no task's page names.
    """
    tasks = tuple(tasks)
    yield vision_table(plan)
    yield _area_table(areas, tasks, rest, totals)
    yield Outline.of(_money(totals))
    schedule = _schedule(plan.year, tasks)
    if schedule:
        yield schedule


def _area_table(
    areas: Iterable[FocusArea],
    tasks: tuple[TaskWithSums, ...],
    rest: dict[str, int],
    totals: BudgetTotals,
) -> Table:
    rows = []
    areas = tuple(areas)
    for area in areas:
        own = [task for task in tasks if task.area_id == area.pk]
        rows.append(
            Row.of(
                str(area),
                "\n".join(f"{task.number}. {task.title}" for task in own),
                Cell.thousand(sum(task.firm for task in own)),
                Cell.thousand(sum(task.if_selected for task in own)),
            )
        )
    if rest["firm"] or rest["if_selected"]:
        rows.append(
            Row.of(NO_TASK, "", Cell.thousand(rest["firm"]), Cell.thousand(rest["if_selected"]))
        )
    return Table(
        columns=(Column(29, head=True), Column(51), Column(11, "right"), Column(9, "right")),
        head=(
            Row.of(f"{len(areas)}대 중점분야", f"{len(tasks)}개 전략과제", "사업비", IF_SELECTED),
        ),
        groups=(
            *RowGroup.each(rows),
            RowGroup.of(total_row("계", totals.firm, totals.conditional, span=2)),
        ),
        caption="분야별 과제와 사업비",
        unit=UNIT,
        dense=True,
    )


def _money(totals: BudgetTotals) -> str:
    """``□ 총사업비: 503,706천원 (국비 …)``, and what comes on top if the bids succeed."""
    parts = [f"{s.source.label} {thousand(s.firm)}" for s in totals.by_source if s.firm]
    line = f"□ 총사업비: {thousand(totals.firm)}천원"
    if parts:
        line += f" ({', '.join(parts)})"
    if totals.conditional:
        line += (
            f"\n※ 공모에 선정될 때만 오는 {thousand(totals.conditional)}천원은 따로 적음"
            f" (모두 선정되면 {thousand(totals.total)}천원)"
        )
    return line


def _schedule(year: int, tasks: tuple[Task, ...]) -> Table | None:
    """What begins in each quarter, by quarter and task; what takes over half a year is no date."""
    rows = []
    for number, month in enumerate(QUARTERS, 1):
        starts, ends = date(year, month, 1), month_end(date(year, month + 2, 1))
        lines = [line for task in tasks if (line := _of_task(task, starts, ends))]
        if lines:
            rows.append(Row.of(f"{number}분기", "· " + f" ·{NBSP}".join(lines)))
    if not rows:
        return None
    return Table(
        columns=(Column(14, "center", head=True), Column(86)),
        head=(Row.of("시기", "과제와 일정"),),
        groups=RowGroup.each(rows),
        caption="주요 일정",
        dense=True,
    )


def _of_task(task: Task, first: date, last: date) -> str:
    """``1-1 현황조사(3월), 비전 설정(5월)``: equal things once, with all their days.

    The task's code is held to what follows it at the end of a line.
    """
    found: dict[str, list[str]] = {}
    parts: list[Milestone | TaskStep] = [*task.steps.all(), *task.milestones.all()]
    for part in parts:
        starts, ends = part.starts, part.ends or part.starts
        if starts and ends and first <= starts <= last and ends <= _half_a_year(starts):
            name = part.text if isinstance(part, Milestone) else part.title
            found.setdefault(name, []).append(short_when(starts, ends))
    items = ", ".join(f"{name}({', '.join(days)})" for name, days in found.items())
    return f"{task.code}{NBSP}{items}" if items else ""


def _half_a_year(starts: date) -> date:
    """The last day of the sixth month from the one something begins in."""
    later, month = divmod(starts.month + 4, 12)
    return month_end(date(starts.year + later, month + 1, 1))


def short_when(starts: date, ends: date) -> str:
    """A time within a year: ``4. 23.``, ``3월``, ``4~5월``, ``4. 2.~4. 5.``"""
    if starts == ends:
        return f"{starts.month}. {starts.day}."
    if starts.day == 1 and ends == month_end(ends):
        months = f"{starts.month}~" if starts.month != ends.month else ""
        return f"{months}{ends.month}월"
    return f"{starts.month}. {starts.day}.~{ends.month}. {ends.day}."
