"""A plan's firm money beside that of the plan before it, by 세부사업 and by task, in won."""

from dataclasses import dataclass
from operator import attrgetter

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
    """The plan of the year before; an older one is nothing to compare with."""
    return Plan.objects.filter(year=plan.year - 1).first()


def year_of(plan: Plan) -> str:
    """``2016년``, and whether what the plan says may still change: ``2016년(미확정)``."""
    return f"{plan.year}년{'(미확정)' if plan.open else ''}"


def by_program(before: Plan, now: Plan) -> tuple[Change, ...]:
    """구비 by the names of the 세부사업; what only the old plan has, and what is in none, last."""
    old, new = _programs(before), _programs(now)
    return tuple(Change(name, old.get(name), new.get(name)) for name in dict.fromkeys((*new, *old)))


def by_task(before: Plan, now: Plan) -> tuple[Change, ...]:
    """Tasks of one title are the same task; of those left, tasks of one code are.

    Every task of both plans stands in one row, also where two have one title. A task that goes on
    under another title says what it was called. What no task's page names comes last.
    """
    left, new = list(tasks_of(before)), list(tasks_of(now))
    kept = _taken_from(left, new)
    pairs = [(task, kept.get(task.pk)) for task in new]
    rows = (
        Change(_label(task, was), _money(was) if was else None, _money(task)) for task, was in pairs
    )
    gone = (Change(str(task), _money(task), None) for task in left)
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


def _taken_from(old: list[TaskWithSums], new: list[TaskWithSums]) -> dict[int, TaskWithSums]:
    """The old task each new one goes on with, by the new one's key; it is taken out of ``old``."""
    kept: dict[int, TaskWithSums] = {}
    for same in (attrgetter("title", "code"), attrgetter("title"), attrgetter("code")):
        for task in new:
            was = next((o for o in old if task.pk not in kept and same(o) == same(task)), None)
            if was:
                old.remove(was)
                kept[task.pk] = was
    return kept


def _money(task: TaskWithSums) -> Money:
    return task.district, task.firm


def _label(task: TaskWithSums, was: TaskWithSums | None) -> str:
    if was is None or was.title == task.title:
        return str(task)
    return f"{task} (지난 계획: {was})"
