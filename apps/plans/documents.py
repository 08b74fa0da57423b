"""A plan's records as parts of an official paper; :mod:`apps.reports` binds them together."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString

from apps.core.dates import spans
from apps.core.money import parse_won, thousand
from apps.core.outline import MARKS, OutlineLine, parse
from apps.core.templatetags.office import kdate
from apps.documents.html import render_html
from apps.documents.nodes import (
    Cell,
    Column,
    Document,
    Heading,
    MonthArea,
    MonthChart,
    MonthRow,
    Node,
    OrgBox,
    OrgChart,
    OrgTier,
    Outline,
    Row,
    RowGroup,
    Step,
    Steps,
    Summary,
    Table,
)
from apps.plans.enums import MoneySource
from apps.plans.models import BudgetLine, Plan, PlanSection, Task, TaskSection
from apps.plans.queries import (
    SourceMoney,
    TaskWithSums,
    TaskYear,
    money_by_task,
    task_year,
    with_sums,
)
from apps.plans.texts import Filling, filled

FIGURE = re.compile(r"[0-9,]+(원|천원|개|명)?")
BOX, ITEM = MARKS[0], MARKS[1]


def labeled(label: str, text: str) -> Outline:
    """``□ label: text``; several lines of text stand below the label, one ○ each.

    Text that is an outline already keeps its levels; its own first □ line joins the label.
    """
    lines = parse(text)
    if lines and lines[0].level <= 1 and (lines[0].mark == BOX or len(lines) == 1):
        head, rest = OutlineLine(1, BOX, f"{label}: {lines[0].text}"), lines[1:]
    else:
        head, rest = OutlineLine(1, BOX, label), lines
    return Outline((head, *(_item(line) for line in rest)))


def _item(line: OutlineLine) -> OutlineLine:
    return OutlineLine(2, ITEM, line.text) if line.level < 2 and not line.mark else line


def organization_chart(section: PlanSection) -> OrgChart:
    """The section ``chart``: □ begins a tier, ○ a body in it, - a line below the body's name.

    A body without a tier, or a line without a body, gets one: nothing typed is lost.
    """
    tiers: list[tuple[str, list[tuple[str, list[str]]]]] = []
    for line in parse(section.body):
        if line.level == 1 or not tiers:
            tiers.append((line.text if line.level == 1 else "", []))
        bodies = tiers[-1][1]
        if line.level > 2 and bodies:
            bodies[-1][1].append(line.text)
        elif line.level != 1:
            bodies.append((line.text, []))
    return OrgChart(
        section.title,
        tuple(
            OrgTier(tuple(OrgBox(name, tuple(lines)) for name, lines in bodies), label)
            for label, bodies in tiers
        ),
    )


def section_nodes(section: TaskSection) -> Iterator[Node]:
    """A block of a task's page: its outline below □, then its table."""
    yield labeled(section.title, section.body)
    if section.table:
        yield grid(section.table, section.table_unit)


def grid(cells: list[list[str]], unit: str = "") -> Table:
    """A typed table; columns are as wide as what stands in them asks for, within bounds."""
    head, *body = cells
    widths = [
        max(10, min(30, max(len(line) for row in cells for line in row[i].splitlines() or [""])))
        for i in range(len(head))
    ]
    return Table(
        columns=tuple(
            Column(width, "right" if _figures(row[i] for row in body) else "left", head=i == 0)
            for i, width in enumerate(widths)
        ),
        head=(Row.of(*head),),
        groups=RowGroup.each(Row.of(row[0], *(_typed(c, unit) for c in row[1:])) for row in body),
        unit=f"단위: {unit}" if unit else "",
    )


def _typed(text: str, unit: str) -> Cell:
    """A typed cell; with a unit of the table, an amount or count in it is known as a number."""
    if not unit or not FIGURE.fullmatch(text):
        return Cell(text)
    try:
        return Cell(text, number=parse_won(text if text[-1] == "원" else text + unit))
    except ValueError:
        digits = text.replace(",", "")
        return Cell(text, number=int(digits) if digits.isdecimal() else None)


def _figures(cells: Iterable[str]) -> bool:
    """Whether a column holds amounts and nothing else."""
    typed = [cell for cell in cells if cell]
    return bool(typed) and all(FIGURE.fullmatch(cell) for cell in typed)


def steps_node(task: Task) -> Steps:
    return Steps(
        tuple(
            Step(step.title, _dashed(step.detail), step.when, step.actor)
            for step in task.steps.all()
        )
    )


def _dashed(detail: str) -> tuple[str, ...]:
    """Lines that hang from a dash, where they were typed without a mark of their own."""
    lines = parse(detail)
    if len(lines) == 1:
        return (detail.strip(),)
    return tuple(f"{line.mark or MARKS[2]} {line.text}" for line in lines)


def budget_phrase(task: TaskWithSums, money: Iterable[SourceMoney]) -> str:
    """소요예산 as a task's page prints it, from the sums of its budget lines.

    ``155,000천원 (시비 150,000천원, 구비 5,000천원)``, with what the task adds in words
    (예상); without lines only those words (비예산).
    """
    parts = []
    firm = [m for m in money if not m.conditional]
    bids = [m for m in money if m.conditional]
    if firm:
        parts.append(f"{thousand(task.firm)}천원 ({_sources(firm)})")
    if bids:
        condition = task.condition or "선정 시"
        parts.append(f"{thousand(task.if_selected)}천원 ({_sources(bids)}, {condition})")
    if not parts:
        return task.budget_text
    return ", ".join(parts) + (f" ({task.budget_text})" if task.budget_text else "")


def _sources(money: list[SourceMoney]) -> str:
    if len(money) == 1:
        return money[0].source.label
    return ", ".join(f"{m.source.label} {thousand(m.amount)}천원" for m in money)


def task_nodes(task: TaskWithSums, money: Iterable[SourceMoney]) -> Iterator[Node]:
    """A task's page. Reads everything that hangs on the task: prefetch it for many tasks."""
    yield Heading(3, task.title, task.code)
    if task.purpose:
        yield Summary(task.purpose)
    yield from _facts(task)
    for section in task.sections.all():
        yield from section_nodes(section)
    if task.steps.all():
        yield labeled("추진절차", "")
        yield steps_node(task)
    if task.milestones.all():
        lines = (": ".join(filter(None, (m.when, m.text))) for m in task.milestones.all())
        yield labeled("추진일정", "\n".join(f"○ {line}" for line in lines))
    if task.effects:
        yield labeled("기대효과", task.effects)
    yield labeled("소요예산", budget_phrase(task, money))
    if len({line.source for line in task.lines.all()}) > 1:
        yield Outline(tuple(_money_line(line) for line in task.lines.all()))


def _facts(task: Task) -> Iterator[Node]:
    facts = (
        ("추진근거", task.bases),
        ("추진기간", task.period or _days(task)),
        ("추진방법", task.method),
    )
    return (labeled(label, text) for label, text in facts if text)


def _days(task: Task) -> str:
    """A period of days that nobody put in words: ``2016. 4. 1. ~ 2016. 12. 31.``"""
    days = (task.starts, task.ends)
    return " ~ ".join(dict.fromkeys(kdate(day) for day in days if day))


def _money_line(line: BudgetLine) -> OutlineLine:
    source = MoneySource(line.source).label
    note = f" ({line.note})" if line.note else ""
    return OutlineLine(2, ITEM, f"{line.label}: {source} {thousand(line.amount)}천원{note}")


def month_chart_node(plan: Plan, rows: tuple[TaskYear, ...]) -> MonthChart:
    """Every task against the months of the year, by area."""
    return MonthChart(
        f"{plan.year}년 월별 일정",
        tuple(
            MonthArea(area.title, tuple(_month_row(row) for row in tasks))
            for area, tasks in groupby(rows, key=lambda row: row.task.area)
        ),
    )


def _month_row(row: TaskYear) -> MonthRow:
    return MonthRow(f"{row.task.number}. {row.task.title}", row.months)


def months_phrase(months: frozenset[int]) -> str:
    """``3~5월, 9월``"""
    return ", ".join(f"{a}~{b}월" if a < b else f"{a}월" for a, b in spans(months))


def on_screen(plan: Plan, *nodes: Node) -> SafeString:
    """Parts of a paper as they stand on a page of the portal, their figures filled in."""
    return render_html(filled(Document(plan.title, plan.issuer, nodes), plan)[0])


def _block(section: TaskSection) -> tuple[Node, ...]:
    table = (grid(section.table, section.table_unit),) if section.table else ()
    return (Outline.of(section.body), *table)


def task_on_screen(task: Task) -> dict[str, Any]:
    """What a task's screen shows drawn as in the paper: blocks, process, months, money.

    ``filling`` prints the figures of all its texts, each computed once.
    """
    plan, year = task.area.plan, task_year(task)
    money = money_by_task(plan).get(task.pk, ())
    drawn = {section: _block(section) for section in task.sections.all()}
    steps = (steps_node(task),) if task.steps.all() else ()
    written = (task.purpose, task.bases, task.method, task.effects)
    schedule = tuple(milestone.text for milestone in task.milestones.all())
    filling = Filling.of((written, schedule, tuple(drawn.values()), steps), plan.year)

    def html(nodes: tuple[Node, ...]) -> SafeString:
        return render_html(Document(plan.title, plan.issuer, filling.fill(nodes)))

    return {
        "filling": filling,
        "blocks": [{"section": each, "html": html(nodes)} for each, nodes in drawn.items()],
        "steps": html(steps) if steps else "",
        "months": months_phrase(year.stated or year.derived) or "정하지 않음",
        "derived": bool(year.derived),
        "budget": budget_phrase(with_sums(task), money) or "적지 않음",
    }
