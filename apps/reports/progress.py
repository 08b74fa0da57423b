"""The quarterly paper on how a plan's tasks have come along (추진상황 보고)."""

from collections.abc import Iterable, Iterator
from datetime import date

from apps.core.money import thousand
from apps.core.templatetags.office import kdate, percent
from apps.documents.nodes import (
    Bar,
    BarChart,
    Cell,
    Column,
    Document,
    Heading,
    KeyFacts,
    Node,
    Note,
    Outline,
    Row,
    RowGroup,
    Summary,
    Table,
    TitleBox,
    roman,
)
from apps.plans import execution_documents
from apps.plans.models import Plan
from apps.plans.progress import (
    HOW,
    INDICATORS,
    MONEY,
    NOTHING,
    SCHEDULE,
    Item,
    Part,
    PlanProgress,
    TaskProgress,
    plan_progress,
    quarter_end,
    quarters_until,
)


def progress_report(plan: Plan, quarter: int, today: date) -> Document:
    """How far the plan had come at the end of a quarter, or today while it still runs.

    Raises ``ValueError`` for a quarter that has not begun.
    """
    days = dict(quarters_until(plan.year, today))
    if quarter not in days:
        raise ValueError(f"아직 시작하지 않은 분기입니다: {plan.year}년 {quarter}분기")
    day = days[quarter]
    found = plan_progress(plan, day, today)
    first = date(plan.year, quarter * 3 - 2, 1)
    ahead = quarter_end(plan.year + quarter // 4, quarter % 4 + 1)
    chapters: tuple[tuple[str, Iterable[Node]], ...] = (
        ("총괄", _overall(found)),
        ("과제별 추진상황", _tasks(found)),
        (f"{quarter}분기에 완료한 일", _done(found, first)),
        ("늦은 일", _late(found)),
        ("향후 계획", _ahead(found, ahead)),
        ("예산 집행", _money(plan, day)),
        ("계산 방법", (Outline.of("\n".join(f"○ {line}" for line in HOW)),)),
    )
    nodes: list[Node] = [TitleBox(), Summary(_summary(found))]
    for number, (title, body) in enumerate(chapters, 1):
        nodes += [Heading(1, title, roman(number)), *body]
    return Document(
        f"{plan.title} 추진상황 보고 ({quarter}분기)",
        plan.issuer,
        tuple(nodes),
        subtitle=execution_documents.as_of(day),
    )


def _summary(found: PlanProgress) -> str:
    far = "잴 수 있는 과제가 없음" if found.percent is None else f"평균 진도 {found.percent}%"
    return (
        f"과제 {len(found.tasks)}개의 추진상황을 {kdate(found.day)} 기준의 기록에서 계산하여 보고함"
        f" ({far}, 집행률 {percent(found.money_percent)}, 늦은 일 {found.late}건)"
    )


def _overall(found: PlanProgress) -> Iterator[Node]:
    money = found.money
    far = NOTHING if found.percent is None else f"{found.percent}%"
    yield KeyFacts(
        (
            (
                "과제 평균 진도",
                f"{far} (과제 {len(found.tasks)}개 중 잴 수 있는 {found.measured}개)",
            ),
            (
                "일정·절차",
                f"{found.items}건 중 {found.done}건 완료, 늦음 {found.late}건,"
                f" 기한 전 {found.waiting}건",
            ),
            (
                "예산 (확정·예상)",
                f"{thousand(money.budget)}천원 중 {thousand(money.spent)}천원 집행"
                f" (남은 예산 {thousand(money.left)}천원, 집행률 {percent(found.money_percent)})",
            ),
        )
    )
    bars = [
        Bar(task.task.code, min(task.percent, 100), f"{task.percent}%")
        for task in found.tasks
        if task.percent is not None
    ]
    if bars:
        yield BarChart("과제별 진도", tuple(bars))


def _tasks(found: PlanProgress) -> Iterator[Node]:
    if not found.tasks:
        yield Note("아직 과제가 없음.")
        return
    yield Table(
        columns=(
            Column(26, head=True),
            Column(11, "center"),
            Column(21),
            Column(21),
            Column(21),
        ),
        head=(Row.of("과제", "진도", SCHEDULE, MONEY, INDICATORS),),
        groups=RowGroup.each(map(_task, found.tasks)),
    )
    for task in found.tasks:
        for measure in task.measures:
            if measure.reached is None:
                yield Note(f"{task.task.code} 성과지표 ‘{measure.indicator}’: {measure.why}.")


def _task(progress: TaskProgress) -> Row:
    done = progress.percent
    return Row.of(
        str(progress.task),
        Cell(NOTHING if done is None else f"{done}%", strong=done is not None),
        *map(_part, progress.columns),
    )


def _part(part: Part | None) -> str:
    if part is None:
        return "-"
    return part.text if part.percent is None else f"{part.percent}%\n{part.text}"


def _done(found: PlanProgress, first: date) -> Iterator[Node]:
    rows = [
        (task, item, item.done_on)
        for task in found.tasks
        for item in task.items
        if item.done_on and item.done_on >= first
    ]
    if not rows:
        yield Note("완료 기록이 없음.")
        return
    yield Table(
        columns=(Column(8, head=True), Column(42), Column(18, "center"), Column(32)),
        head=(Row.of("과제", "내용", "완료일", "결과"),),
        groups=RowGroup.each(
            Row.of(
                task.task.code,
                item.text,
                kdate(day) + (f"\n({item.done_late})" if item.done_late else ""),
                item.note,
            )
            for task, item, day in rows
        ),
    )


def _late(found: PlanProgress) -> Iterator[Node]:
    rows = [(task, item) for task in found.tasks for item in task.late]
    if not rows:
        yield Note("끝낼 날이 지났는데 완료 기록이 없는 일정이나 절차가 없음.")
        return
    yield Table(
        columns=(Column(8, head=True), Column(56), Column(18), Column(18, "center")),
        head=(Row.of("과제", "내용", "시기", "끝낼 날"),),
        groups=RowGroup.each(_late_row(task, item) for task, item in rows),
    )


def _ahead(found: PlanProgress, until: date) -> Iterator[Node]:
    """What is late, and what is due after the day by the end of the quarter that follows."""
    items = [
        (task, item)
        for task in found.tasks
        for item in task.items
        if item.due and not item.done_on and item.due <= until
    ]
    rows = sorted(items, key=lambda each: each[1].due or until)
    if not rows:
        yield Note(f"{kdate(until)}까지 끝낼 일정이나 절차가 없음.")
        return
    yield Table(
        columns=(
            Column(8, head=True),
            Column(48),
            Column(16),
            Column(18, "center"),
            Column(10, "center"),
        ),
        head=(Row.of("과제", "내용", "시기", "끝낼 날", "비고"),),
        groups=RowGroup.each(
            Row.of(*_late_row(task, item).cells, "늦음" if item.late else "") for task, item in rows
        ),
    )
    yield Note(f"{kdate(until)}까지 끝낼 것과 늦은 것을 끝낼 날의 차례로 적음.")


def _late_row(task: TaskProgress, item: Item) -> Row:
    return Row.of(task.task.code, item.text, item.part.when, kdate(item.due))


def _money(plan: Plan, day: date) -> Iterator[Node]:
    for by in ("task", "quarter"):
        yield execution_documents.execution_node(plan, by, day)
    yield Note(execution_documents.CONDITIONAL_NOTE)
