"""The budget's lines against the task pages, and money that may not be added to other money."""

import re
from collections import defaultdict
from collections.abc import Iterator

from apps.core.hangul import particle
from apps.plans.checks.reading import (
    BUDGET,
    Fault,
    Item,
    Passage,
    Reading,
    above,
    below,
    task_place,
)
from apps.plans.checks.sums import added, money
from apps.plans.checks.words import amounts
from apps.plans.enums import MoneySource
from apps.plans.models import BudgetLine, Task
from apps.plans.registry import check

#: Money that comes back to the office.
RETURNED = re.compile(r"보증금|융자|대여금|대출")
SPENT = re.compile(r"재정지원|지출|집행|사업비|소요예산|보조금")
IF_SELECTED = re.compile(r"(선정|채택)\s*(시|될|되면|된|후)|조건부")
NO_BUDGET = re.compile(r"비\s*예산|예산\s*없음|무예산")
_WORD = re.compile(r"[가-힣]{3,}")


def firm_district(reading: Reading) -> list[BudgetLine]:
    lines = reading.lines
    return [x for x in lines if x.source == MoneySource.DISTRICT and not x.conditional]


def total(lines: list[BudgetLine]) -> int:
    return sum(line.amount for line in lines)


@check(
    "reconcile",
    name="과제와 소요예산의 대조",
    sentence="과제에 적힌 구비의 합이 소요예산의 구비와 같은지 보고, 다른 금액을 밝힙니다.",
)
def reconcile(reading: Reading) -> Iterator[Fault]:
    lines = firm_district(reading)
    on_pages = total([x for x in lines if x.task])
    in_chapter = total([x for x in lines if x.program])
    no_task = [x for x in lines if not x.task]
    no_program = [x for x in lines if x.task and not x.program] if reading.programs else []
    if no_task:
        yield reading.budget.fault(
            f"과제에 적힌 구비를 더하면 {money(on_pages)}인데 소요예산의 구비는"
            f" {money(total(lines))}으로, {money(total(no_task))} 다릅니다."
            f" 과제에 없는 예산: {_named(no_task)}."
        )
    if no_program:
        yield reading.budget.fault(
            f"세부사업의 금액을 더하면 {money(in_chapter)}인데 구비는 {money(total(lines))}입니다."
            f" 세부사업에 없는 예산: {_named(no_program)}."
        )


def _named(lines: list[BudgetLine]) -> str:
    return ", ".join(
        f"{x.label} {money(x.amount)}" + (f" ({x.note})" if x.note else "") for x in lines
    )


@check(
    "derived",
    name="도출한 금액",
    sentence="계획 어디에도 적히지 않고 합계에서 거꾸로 셈한 금액이 있는지 봅니다.",
)
def derived(reading: Reading) -> Iterator[Fault]:
    for line in reading.lines:
        if line.derived and line.program:
            lines = [x for x in reading.lines if x.program_id == line.program_id]
            printed = sorted((x.amount for x in lines if not x.derived), reverse=True)
            yield reading.budget.fault(
                f"세부사업 ‘{line.program}’ {money(total(lines))} ="
                f" {added([*printed, line.amount])} 가운데 ‘{line.label}’ {money(line.amount)}은"
                " 계획에 적혀 있지 않고 차액에서 도출한 금액입니다."
            )
        elif line.derived:
            yield reading.budget.fault(
                f"‘{line.label}’ {money(line.amount)}은 계획에 적혀 있지 않고 도출한 금액입니다."
            )


@check(
    "no_budget",
    name="비예산인데 예산 있음",
    sentence="비예산이라고 적은 과제에 예산이 있거나 그 일에 드는 예산이 따로 있는지 봅니다.",
)
def no_budget(reading: Reading) -> Iterator[Fault]:
    for task in reading.tasks:
        if not NO_BUDGET.search(task.budget_text):
            continue
        lines = reading.lines_of(task)
        if lines:
            yield task_place(task).fault(
                f"{particle(f'‘{task.budget_text}’', '이라고/라고')} 적었으나"
                f" 예산 {money(total(lines))}이 있습니다:"
                f" {_named(lines)}."
            )
        for line in reading.lines:
            shared = _word_of(line, task) if line.task is None else ""
            if shared:
                yield task_place(task).fault(
                    f"{particle(f'‘{task.budget_text}’', '이라고/라고')} 적었으나"
                    f" 일정에 {particle(f'‘{shared}’', '이/가')} 있고,"
                    f" {BUDGET}에는 ‘{line.label}’ {money(line.amount)}이 있습니다."
                )


def _word_of(line: BudgetLine, task: Task) -> str:
    """What a line without a task pays for and the task's schedule or steps name."""
    planned = " ".join([*map(str, task.milestones.all()), *map(str, task.steps.all())])
    thing = _WORD.findall(line.label)[-1:]
    return thing[0] if thing and thing[0] in planned else ""


@check(
    "unsplit",
    name="나누지 않은 국·시비",
    sentence="국비와 시비로 나누지 않은 금액이 있는지 봅니다.",
)
def unsplit(reading: Reading) -> Iterator[Fault]:
    found: dict[Task | None, int] = defaultdict(int)
    for line in reading.lines:
        if line.source == MoneySource.NATIONAL_CITY:
            found[line.task] += line.amount
    for task, amount in found.items():
        place = task_place(task) if task else reading.budget
        yield place.fault(f"국·시비 {money(amount)}이 국비와 시비로 나뉘어 있지 않습니다.")


@check(
    "all_sources",
    name="모든 재원의 합계",
    sentence="포털 전에 낸 계획서에 모든 재원을 더한 금액이 적혀 있는지 봅니다.",
)
def all_sources(reading: Reading) -> Iterator[Fault]:
    """Asked of a paper published before the portal only: the portal's own prints the total."""
    if not reading.printed:
        return
    sums: dict[str, int] = defaultdict(int)
    for line in reading.lines:
        sums[line.source] += line.amount
    everything = sum(sums.values())
    conditional = total([x for x in reading.lines if x.conditional])
    stated = {amount for p in reading.passages for amount in amounts(p.text)}
    if len(sums) < 2 or stated & {everything, everything - conditional}:
        return
    parts = ", ".join(f"{s.label} {money(sums[s])}" for s in MoneySource if s in sums)
    only = f" 이 가운데 {money(conditional)}은 선정될 때만 옵니다." if conditional else ""
    yield reading.budget.fault(
        f"모든 재원의 합계 {money(everything)}이 계획서 어디에도 적혀 있지 않습니다({parts}).{only}"
    )


@check(
    "conditional",
    name="선정될 때만 오는 예산",
    sentence="공모에 선정될 때만 오는 돈이 확정된 합계에 들어 있는지 봅니다.",
)
def conditional(reading: Reading) -> Iterator[Fault]:
    for line in reading.lines:
        if line.conditional:
            continue
        place = task_place(line.task) if line.task else reading.budget
        said = next((x for x in (line.label, line.note) if IF_SELECTED.search(x)), "")
        if not said and line.task and _waits(reading, line):
            said = line.task.condition
        if said:
            yield place.fault(
                f"‘{line.label}’ {money(line.amount)}은 ‘{said}’에만 오는데 확정된 합계에"
                " 들어 있습니다."
            )
    yield from _typed_as_firm(reading)


def _waits(reading: Reading, line: BudgetLine) -> bool:
    """Whether the line's task waits for a bid and none of its money is marked so."""
    task = line.task
    return bool(
        task
        and IF_SELECTED.search(task.condition)
        and line.source != MoneySource.DISTRICT
        and not any(x.conditional for x in reading.lines_of(task))
    )


def _typed_as_firm(reading: Reading) -> Iterator[Fault]:
    """A total in a text that holds conditional money and does not say so."""
    bids = total([x for x in reading.lines if x.conditional])
    everything = total(reading.lines)
    for passage in reading.passages:
        for item in passage.items:
            if bids and everything in amounts(item.text) and "선정" not in passage.text:
                yield passage.place.fault(
                    f"‘{item.text}’의 {money(everything)}에는 선정될 때만 오는 {money(bids)}이"
                    f" 들어 있습니다. 확정된 합계는 {money(everything - bids)}입니다."
                )


@check(
    "deposits",
    name="지출로 셈한 보증금",
    sentence="돌려받는 보증금이나 융자금을 지출이나 예산에 넣었는지 봅니다.",
)
def deposits(reading: Reading) -> Iterator[Fault]:
    for line in reading.lines:
        if RETURNED.search(line.label):
            place = task_place(line.task) if line.task else reading.budget
            yield place.fault(
                f"예산 ‘{line.label}’ {money(line.amount)}은 돌려받는 돈이므로 지출이 아닙니다."
            )
    for passage in reading.passages:
        items = passage.items
        for index, item in enumerate(items):
            yield from _lent(passage, items, item, below(items, index))


def _lent(
    passage: Passage, items: tuple[Item, ...], item: Item, children: list[Item]
) -> Iterator[Fault]:
    """An amount told as money spent whose own line, or a line below it, says it comes back."""
    lent = [x.text for x in (item, *children) if RETURNED.search(x.text)]
    told = [x.text for x in above(items, item) if SPENT.search(x.text)]
    if lent and told and amounts(item.text) and not any(RETURNED.search(x) for x in told):
        yield passage.place.fault(
            f"‘{item.text}’은 ‘{lent[0]}’으로, 돌려받는 {money(amounts(item.text)[0])}을"
            f" ‘{told[0]}’에 넣었습니다. 보증금과 융자금은 지출이 아닙니다."
        )
