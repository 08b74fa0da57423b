"""A plan's firm money beside that of the plan before it, by 세부사업 and by task, in won."""

from dataclasses import dataclass

from apps.core.money import rate
from apps.plans.execution import NO_PROGRAM, NO_TASK
from apps.plans.models import Plan
from apps.plans.queries import (
    TaskWithSums,
    budget_totals,
    programs_with_amounts,
    sums_without_task,
    tasks_of,
)

Money = tuple[int, int]
#: Which of the two amounts: 구비, or all sources of money.
DISTRICT, ALL_SOURCES = 0, 1


@dataclass(frozen=True, slots=True)
class Change:
    """What stands in both plans, or in one: 구비 and all sources, before and now.

    ``before`` or ``now`` is ``None`` where the plan of that year does not have it.
    """

    label: str
    before: Money | None
    now: Money | None

    def amounts(self, source: int) -> tuple[int, int, int]:
        """Before, now and the difference, of :data:`DISTRICT` or :data:`ALL_SOURCES`."""
        before = self.before[source] if self.before else 0
        now = self.now[source] if self.now else 0
        return before, now, now - before

    def percent(self, source: int) -> str:
        """``+10.0%``; 신규 and 종료 for what stands in one of the plans only."""
        if self.before is None:
            return "신규"
        if self.now is None:
            return "종료"
        before, _, difference = self.amounts(source)
        sign = "+" if difference > 0 else ""
        return f"{sign}{rate(difference, before)}" if before else "-"


def plan_before(plan: Plan) -> Plan | None:
    """The newest plan of an earlier year: last year's, unless the office made none."""
    return Plan.objects.filter(year__lt=plan.year).order_by("-year").first()


def by_program(before: Plan, now: Plan) -> tuple[Change, ...]:
    """구비 by the names of the 세부사업; what only the old plan has, and what is in none, last."""
    old, new = _programs(before), _programs(now)
    return tuple(Change(name, old.get(name), new.get(name)) for name in dict.fromkeys((*new, *old)))


def by_task(before: Plan, now: Plan) -> tuple[Change, ...]:
    """Tasks of one title are the same task; of those left, tasks of one code are.

    A task that goes on under another title says what it was called. What no task's page names
    comes last.
    """
    old = {task.title: task for task in tasks_of(before)}
    new = list(tasks_of(now))
    left = {task.code: task for title, task in old.items() if title not in _titles(new)}
    rows = []
    for task in new:
        was = old.get(task.title) or left.pop(task.code, None)
        rows.append(Change(_label(task, was), _money(was) if was else None, _money(task)))
    gone = (Change(str(task), _money(task), None) for task in left.values())
    rest = Change(NO_TASK, _rest(before), _rest(now))
    return (*rows, *gone, rest)


def total(before: Plan, now: Plan) -> Change:
    """All firm money of both plans, that of no task and no 세부사업 too."""
    old, new = budget_totals(before), budget_totals(now)
    return Change("계", (old.district, old.firm), (new.district, new.firm))


def _programs(plan: Plan) -> dict[str, Money]:
    amounts = {program.name: program.amount for program in programs_with_amounts(plan)}
    rest = budget_totals(plan).district - sum(amounts.values())
    if rest:
        amounts[NO_PROGRAM] = rest
    return {name: (amount, amount) for name, amount in amounts.items()}


def _rest(plan: Plan) -> Money | None:
    sums = sums_without_task(plan)
    return (sums["district"], sums["firm"]) if sums["firm"] else None


def _titles(tasks: list[TaskWithSums]) -> set[str]:
    return {task.title for task in tasks}


def _money(task: TaskWithSums) -> Money:
    return task.district, task.firm


def _label(task: TaskWithSums, was: TaskWithSums | None) -> str:
    if was is None or was.title == task.title:
        return str(task)
    return f"{task} (지난 계획: {was})"
