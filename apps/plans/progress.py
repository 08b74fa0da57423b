"""How far each task has come, computed from its records as of a day (R48).

A task is measured by the parts it has: its schedule, its money, its indicators. No record dated
after the day is used. Whole percents are rounded half up; nothing is typed by anybody.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import chain

from django.db.models import Count, Min, QuerySet
from django.db.models.functions import Coalesce

from apps.core.dates import month_end, year_bounds
from apps.core.money import percent, thousand
from apps.plans import execution
from apps.plans.models import Completion, Indicator, Milestone, Plan, Task, TaskStep
from apps.plans.registry import figures_until
from apps.plans.texts import Shown, Token, printed, shown_all

SCHEDULE, MONEY, INDICATORS = "일정", "집행", "성과지표"
#: What a page or paper says of the computing, in this order.
HOW = (
    f"{SCHEDULE}: 기준일까지 끝낼 일정·절차와 미리 끝낸 것 중 완료한 비율(기한 전은 세지 않음)",
    f"{MONEY}: 확정·예상 예산 중 기준일까지 집행한 비율(선정 시에만 오는 예산은 제외)",
    f"{INDICATORS}: 지표마다 목표 대비 실적(100%까지)을 평균한 값",
    "과제 진도: 위 가운데 잴 수 있는 것의 평균",
)
NOTHING = "잴 기록이 없음"
UNKNOWN = "기준일 현재의 값을 알 수 없음"


@dataclass(frozen=True, slots=True)
class Item:
    """A milestone or step of a task: when it is due, when it was done, whether it is late."""

    part: Milestone | TaskStep
    due: date | None
    done_on: date | None
    note: str
    due_by_then: bool
    late: bool

    @property
    def kind(self) -> str:
        return "milestone" if isinstance(self.part, Milestone) else "step"

    @property
    def text(self) -> str:
        return str(self.part)

    @property
    def done_late(self) -> str:
        """``9일 늦음``, of what was done after its last day."""
        days = (self.done_on - self.due).days if self.done_on and self.due else 0
        return f"{days}일 늦음" if days > 0 else ""


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator as of the day; ``reached`` is ``None`` while it cannot be measured.

    ``why`` says what is missing, or how the figure is computed.
    """

    indicator: Indicator
    actual: Shown | None
    target_text: str
    reached: Fraction | None
    why: str

    @property
    def percent(self) -> int | None:
        """What was reached of the target, above 100 where it was more."""
        return None if self.reached is None else _percent(self.reached)


@dataclass(frozen=True, slots=True)
class Part:
    """One way a task is measured: how far, and the figures in words.

    ``reached`` is ``None`` while nothing of it is due; it is then left out of the mean.
    """

    name: str
    reached: Fraction | None
    text: str

    @property
    def percent(self) -> int | None:
        return None if self.reached is None else _percent(self.reached)


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """A task as of a day, with everything it was computed from."""

    task: Task
    items: tuple[Item, ...]
    money: execution.Execution | None
    measures: tuple[Measure, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts the task has; none of a kind it has no records of."""
        return tuple(chain(self._schedule(), self._money(), self._indicators()))

    @property
    def reached(self) -> Fraction | None:
        """The mean of the parts; ``None`` for a task with nothing to measure."""
        return _mean([part.reached for part in self.parts if part.reached is not None])

    @property
    def percent(self) -> int | None:
        return None if self.reached is None else _percent(self.reached)

    @property
    def late(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.late)

    @property
    def done(self) -> int:
        return sum(item.done_on is not None for item in self.items)

    @property
    def waiting(self) -> tuple[Item, ...]:
        """Not due by the day, or without one, and not done."""
        return tuple(item for item in self.items if not item.due_by_then and not item.done_on)

    @property
    def columns(self) -> tuple[Part | None, ...]:
        """Schedule, money and indicators, in this order; ``None`` for what the task has not."""
        found = {part.name: part for part in self.parts}
        return tuple(found.get(name) for name in (SCHEDULE, MONEY, INDICATORS))

    def _schedule(self) -> Iterator[Part]:
        """What is not due yet, as most of what goes on all the year, stands apart."""
        counted = len(self.items) - len(self.waiting)
        if counted:
            late = [f"늦음 {len(self.late)}건"] if self.late else []
            apart = [f"기한 전 {len(self.waiting)}건 별도"] if self.waiting else []
            more = f" ({', '.join(late + apart)})" if late or apart else ""
            text = f"{counted}건 중 {self.done}건 완료{more}"
            yield Part(SCHEDULE, Fraction(self.done, counted), text)
        elif self.items:
            yield Part(SCHEDULE, None, f"기한 전 {len(self.items)}건뿐이라 진도에 넣지 않음")

    def _money(self) -> Iterator[Part]:
        if self.money and self.money.budget:
            spent, budget = self.money.spent, self.money.budget
            text = f"{thousand(budget)}천원 중 {thousand(spent)}천원 집행"
            yield Part(MONEY, Fraction(spent, budget), text)

    def _indicators(self) -> Iterator[Part]:
        reached = [min(m.reached, Fraction(1)) for m in self.measures if m.reached is not None]
        if reached:
            text = ", ".join(
                f"{m.indicator.label} {m.actual.text} / 목표 {m.target_text}"
                for m in self.measures
                if m.actual and m.reached is not None
            )
            yield Part(INDICATORS, sum(reached, Fraction()) / len(reached), text)


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """All tasks of a plan as of a day."""

    day: date
    tasks: tuple[TaskProgress, ...]
    money: execution.Execution

    @property
    def percent(self) -> int | None:
        """The mean of the tasks that can be measured, rounded only here."""
        mean = _mean([task.reached for task in self.tasks if task.reached is not None])
        return None if mean is None else _percent(mean)

    @property
    def money_percent(self) -> int | None:
        """집행률 in whole percent, as all progress is told."""
        return percent(self.money.spent, self.money.budget)

    @property
    def measured(self) -> int:
        return sum(task.percent is not None for task in self.tasks)

    @property
    def items(self) -> int:
        return sum(len(task.items) for task in self.tasks)

    @property
    def done(self) -> int:
        return sum(task.done for task in self.tasks)

    @property
    def late(self) -> int:
        return sum(len(task.late) for task in self.tasks)

    @property
    def waiting(self) -> int:
        return sum(len(task.waiting) for task in self.tasks)


def plan_progress(plan: Plan, day: date, today: date) -> PlanProgress:
    """Every task of the plan as of ``day``, with ``today`` the day on which this is asked."""
    tasks = _progress(plan, Task.objects.filter(area__plan=plan), day, today)
    return PlanProgress(day, tasks, execution.overall(plan, day))


def task_progress(task: Task, day: date, today: date) -> TaskProgress:
    """One task as of ``day``."""
    return _progress(task.area.plan, Task.objects.filter(pk=task.pk), day, today)[0]


def quarter_end(year: int, quarter: int) -> date:
    """The last day of a quarter, 1 to 4."""
    return month_end(date(year, quarter * 3, 1))


def quarters_until(year: int, today: date) -> Iterator[tuple[int, date]]:
    """The quarters of a year that have begun, each with its last day so far."""
    for quarter in range(1, 5):
        if date(year, quarter * 3 - 2, 1) <= today:
            yield quarter, min(quarter_end(year, quarter), today)


def late_since(plan: Plan, day: date) -> tuple[int, date | None]:
    """How many milestones and steps were due before the day and are not done; since when."""
    rows = [
        parts.filter(task__area__plan=plan, completion=None)
        .annotate(due=Coalesce("ends", "starts"))
        .filter(due__lt=day)
        .aggregate(count=Count("pk"), first=Min("due"))
        for parts in (Milestone.objects, TaskStep.objects)
    ]
    first = min((row["first"] for row in rows if row["first"]), default=None)
    return sum(row["count"] for row in rows), first


def _progress(
    plan: Plan, tasks: QuerySet[Task], day: date, today: date
) -> tuple[TaskProgress, ...]:
    found = list(
        tasks.select_related("area__plan")
        .prefetch_related("milestones__completion", "steps__completion", "indicators")
        .order_by("area__number", "number")
    )
    money = {row.key: row for row in execution.by_task(plan, day)}
    measured = _measures(plan, chain.from_iterable(t.indicators.all() for t in found), day, today)
    return tuple(
        TaskProgress(task, _items(task, day), money.get(task.pk), tuple(measured[task.pk]))
        for task in found
    )


def _items(task: Task, day: date) -> tuple[Item, ...]:
    parts: list[Milestone | TaskStep] = [*task.milestones.all()]
    parts += task.steps.all()
    return tuple(_item(part, day) for part in parts)


def _item(part: Milestone | TaskStep, day: date) -> Item:
    """Due on its last day, or its only one; without a day it is never late."""
    due = part.ends or part.starts
    by_then = due is not None and due <= day
    completion: Completion | None = getattr(part, "completion", None)
    if completion and completion.done_on <= day:
        return Item(part, due, completion.done_on, completion.note, by_then, late=False)
    return Item(part, due, None, "", by_then, late=by_then and due != day)


def _measures(
    plan: Plan, indicators: Iterable[Indicator], day: date, today: date
) -> dict[int, list[Measure]]:
    indicators = list(indicators)
    wanted = {Token.of(name) for i in indicators for name in (i.actual, i.target) if name}
    values = shown_all(sorted(wanted, key=lambda token: token.written), plan.year)
    measured = {Token.of(indicator.actual) for indicator in indicators} & values.keys()
    actuals = {token: _until(token, values[token], day, today) for token in measured}
    found: dict[int, list[Measure]] = defaultdict(list)
    for indicator in indicators:
        token = Token.of(indicator.actual)
        target = values.get(Token.of(indicator.target)) if indicator.target else None
        missing = token not in values
        found[indicator.task_id].append(_measure(indicator, actuals.get(token), target, missing))
    return found


def _until(token: Token, value: Shown, day: date, today: date) -> Shown | None:
    """The figure as of the day; ``None`` where it may use something dated after it.

    A figure that cannot be computed as of a day, and has none of its own, is of its year up to
    ``today``.
    """
    compute = figures_until.get(token.name) if value.computed else None
    if compute:
        found = compute(value.year, day)
        number = found.number if found else 0
        return replace(value, number=number, text=printed(number, value.unit), as_of=day)
    last = value.as_of or min(today, year_bounds(value.year)[1])
    return value if last <= day else None


def _measure(
    indicator: Indicator, actual: Shown | None, target: Shown | None, missing: bool
) -> Measure:
    """``missing``: the actual figure has no value at all, not only none as of the day."""
    goal = target.number if target else indicator.target_value
    text = target.text if target else printed(goal, actual.unit) if goal and actual else ""
    if not goal:
        why = "값이 아직 없음" if goal is None else "값이 0이라 잴 수 없음"
        return Measure(indicator, actual, text, None, f"‘{indicator.target}’ {why}")
    if actual is None or actual.number is None:
        why = f"‘{indicator.actual}’ 값이 아직 없음" if missing else UNKNOWN
        return Measure(indicator, None, text, None, why)
    return Measure(indicator, actual, text, Fraction(actual.number, goal), actual.how)


def _mean(reached: list[Fraction]) -> Fraction | None:
    return sum(reached, Fraction()) / len(reached) if reached else None


def _percent(reached: Fraction) -> int:
    return int(reached * 100 + Fraction(1, 2))
