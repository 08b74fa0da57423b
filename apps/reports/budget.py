"""The budget report of a plan: by programme, by source, by task, and what does not agree."""

from collections.abc import Iterable, Iterator
from datetime import date

from apps.core.money import thousand
from apps.core.templatetags.office import kdate
from apps.documents.nodes import (
    Cell,
    Column,
    Document,
    Heading,
    Node,
    Outline,
    Row,
    RowGroup,
    Summary,
    Table,
    TitleBox,
    roman,
)
from apps.plans import queries
from apps.plans.budget_tables import (
    UNIT,
    account_table,
    program_table,
    source_table,
    task_table,
)
from apps.plans.enums import MoneySource
from apps.plans.execution import spent_from
from apps.plans.models import Plan
from apps.plans.texts import filled
from apps.reports.execution import execution_chapters, share_nodes
from apps.reports.money import chart, issued_on, source_notes


def budget_report(plan: Plan, today: date) -> Document:
    """소요예산 보고: every figure is summed from the plan's budget lines, in 천원 from won.

    It bears the day the plan was confirmed; once it tells what was spent until ``today``, that day.
    """
    told_today = not plan.open and spent_from(plan).exists()
    nodes: list[Node] = [
        TitleBox(),
        Summary(f"{plan.title}의 소요예산을 재원별·과제별로 보고함."),
    ]
    for number, (title, body) in enumerate(_chapters(plan, today), 1):
        nodes += [Heading(1, title, roman(number)), *body]
    document = Document(
        f"{plan.title} 소요예산 보고",
        plan.issuer,
        tuple(nodes),
        issued_on=kdate(today) if told_today else issued_on(plan),
    )
    return filled(document, plan)[0]


def _chapters(plan: Plan, today: date) -> Iterator[tuple[str, Iterable[Node]]]:
    totals = queries.budget_totals(plan)
    rest = queries.sums_without_task(plan)
    yield "총괄", (_summary(totals), *chart(totals))
    yield "세부사업별 (구비)", [program_table(queries.programs_with_amounts(plan), totals.district)]
    yield "재원별", (source_table(totals), *share_nodes(totals), *source_notes(totals))
    yield "회계별 (구비)", [account_table(queries.sums_by_account(plan))]
    yield "과제별", [task_table(queries.tasks_of(plan), rest, totals)]
    yield "과제별 계획과 소요예산의 대조", [_reconciliation(plan, totals)]
    yield "예산 내역", [_lines(plan)]
    yield from execution_chapters(plan, today)


def _summary(totals: queries.BudgetTotals) -> Outline:
    lines = [
        f"□ 구비: {thousand(totals.district)}천원",
        f"□ 모든 재원: {thousand(totals.firm)}천원",
        *(f"○ {s.source.label}: {thousand(s.firm)}천원" for s in totals.by_source if s.firm),
    ]
    if totals.conditional:
        lines += [
            f"□ 공모에 선정될 때만: {thousand(totals.conditional)}천원",
            "※ 선정되기 전에는 어느 합계에도 넣지 않음",
            f"○ 모두 선정될 때의 합계: {thousand(totals.total)}천원",
        ]
    return Outline.of("\n".join(lines))


def _reconciliation(plan: Plan, totals: queries.BudgetTotals) -> Table:
    """구비 of the task pages against the budget chapter; every difference is named."""
    on_pages = totals.district - queries.sums_without_task(plan)["district"]
    rest = queries.lines_without_task(plan)
    return Table(
        columns=(Column(44, head=True), Column(16, "right"), Column(40)),
        head=(Row.of("구분", "구비", "설명"),),
        groups=(
            RowGroup.of(Row.of("과제에 적힌 구비", Cell.thousand(on_pages), "과제별 예산의 합")),
            *RowGroup.each(
                Row.of(f"+ {line.label}", Cell.thousand(line.amount), line.note) for line in rest
            ),
            RowGroup.of(Row.of("소요예산의 구비", Cell.thousand(totals.district), "", total=True)),
        ),
        unit=UNIT,
    )


def _lines(plan: Plan) -> Table:
    return Table(
        columns=(Column(7, head=True), Column(31), Column(9), Column(12, "right"), Column(41)),
        head=(Row.of("과제", "내용", "재원", "금액", "비고"),),
        groups=RowGroup.each(
            Row.of(
                line.task.code if line.task else "-",
                line.label,
                MoneySource(line.source).label,
                Cell.thousand(line.amount),
                line.note,
            )
            for line in queries.lines_of(plan)
        ),
        unit=UNIT,
        dense=True,
    )
