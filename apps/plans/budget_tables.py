"""A plan's money as tables and a chart of an official paper: shown in 천원, held in won."""

from collections.abc import Collection, Iterable

from apps.core.money import thousand
from apps.documents.nodes import Bar, BarChart, Cell, Column, Row, RowGroup, Table
from apps.plans.execution import NO_PROGRAM, NO_TASK
from apps.plans.queries import AccountSum, BudgetTotals, ProgramWithSum, TaskWithSums

UNIT = "단위: 천원"
FIRM, IF_SELECTED = "확정·예상", "선정 시"


def program_table(programs: Collection[ProgramWithSum], total: int) -> Table:
    """구비 by 세부사업; the amounts are sums of budget lines.

    ``total`` is all of the 구비: what is in no programme stands in a row of its own.
    """
    rows = [Row.of(p.name, _bullets(p.works), Cell.thousand(p.amount)) for p in programs]
    rest = total - sum(p.amount for p in programs)
    if rest:
        rows.append(Row.of(NO_PROGRAM, "", Cell.thousand(rest)))
    return Table(
        columns=(Column(28, head=True), Column(50), Column(22, "right")),
        head=(Row.of("세부사업명", "주요사업", "금액"),),
        groups=(*RowGroup.each(rows), RowGroup.of(total_row("계", total, span=2))),
        unit=UNIT,
    )


def _bullets(works: str) -> str:
    return "\n".join(f"· {line}" for line in works.splitlines() if line.strip())


def total_row(label: str, *won: int, span: int = 1) -> Row:
    """The 계 of a table of money."""
    head = Cell(label, colspan=span, align="center")
    return Row.of(head, *(Cell.thousand(amount) for amount in won), total=True)


def _row(label: str, *won: int) -> Row:
    return Row.of(label, *(Cell.thousand(amount) for amount in won))


def task_table(tasks: Iterable[TaskWithSums], rest: dict[str, int], totals: BudgetTotals) -> Table:
    """Firm money by task and source; conditional money stands in a column of its own.

    ``rest`` is the money of the budget chapter that no task's page names.
    """
    keys = [*(s.source.value for s in totals.by_source), "firm", "if_selected"]
    rows = [_row(str(task), *(getattr(task, key) for key in keys)) for task in tasks]
    if rest["firm"] or rest["if_selected"]:
        rows.append(_row(NO_TASK, *(rest[key] for key in keys)))
    firm = (s.firm for s in totals.by_source)
    return Table(
        columns=(
            Column(34, head=True),
            *(Column(11, "right") for _ in totals.by_source),
            Column(11, "right", total=True),
            Column(11, "right"),
        ),
        head=(Row.of("과제", *(s.source.label for s in totals.by_source), "계", IF_SELECTED),),
        groups=(
            *RowGroup.each(rows),
            RowGroup.of(total_row("계", *firm, totals.firm, totals.conditional)),
        ),
        unit=UNIT,
    )


def source_table(totals: BudgetTotals) -> Table:
    """All the plan's money by source, firm and conditional apart."""
    sums = [(s.source.label, s.firm, s.conditional, s.total) for s in totals.by_source]
    total = (totals.firm, totals.conditional, totals.total)
    return _apart("재원", sums, total)


def account_table(accounts: Iterable[AccountSum]) -> Table:
    """The plan's 구비 by account of the budget (회계), firm and conditional apart."""
    rows = [(a.account.label, a.firm, a.conditional, a.total) for a in accounts]
    firm, conditional = sum(row[1] for row in rows), sum(row[2] for row in rows)
    return _apart("회계 (구비)", rows, (firm, conditional, firm + conditional))


def _apart(
    what: str, rows: Iterable[tuple[str, int, int, int]], total: tuple[int, int, int]
) -> Table:
    figure = Column(20, "right")
    return Table(
        columns=(Column(40, head=True), figure, figure, Column(20, "right", total=True)),
        head=(Row.of(what, FIRM, IF_SELECTED, "합계"),),
        groups=(*RowGroup.each(_row(*row) for row in rows), RowGroup.of(total_row("계", *total))),
        unit=UNIT,
    )


def source_chart(totals: BudgetTotals) -> BarChart:
    """Money by source as bars; what comes only if a bid succeeds is told apart on top."""
    return BarChart(
        "재원별 사업비",
        tuple(
            Bar(
                s.source.label,
                s.firm,
                f"{thousand(s.firm)}천원",
                s.conditional,
                f"{IF_SELECTED} +{thousand(s.conditional)}천원" if s.conditional else "",
            )
            for s in totals.by_source
        ),
        (FIRM, IF_SELECTED) if totals.conditional else (),
    )
