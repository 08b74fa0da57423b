"""What the invented year has spent and done up to today, and the measure of its purchasing task.

Of the real plan nothing is invented: it gets the measure its own text names, 공공구매 목표액.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from apps.accounts.models import User
from apps.core.history import service
from apps.plans.models import BudgetLine, Completion, Indicator, Milestone, Plan, Task, TaskStep
from apps.plans.recording import record_expenditure
from apps.portal.sample.enterprises import SEED
from apps.portal.sample.office import invented

#: The task whose page sets the targets of public purchasing, by its area and its number.
PURCHASING = (3, 1)
#: A line is spent in up to so many parts, each of them as much of it in thousandths.
PARTS, PART = 8, 115
#: One part of a schedule in so many is still to be done though its day has passed.
LATE = 9


@service
def load(*, plan: Plan, source: Plan, today: date, by: User) -> None:
    for each in (source, plan):
        _indicator(each)
    random = Random(SEED)  # noqa: S311  # the same invented district every time
    for line in plan.lines.filter(conditional=False).order_by("position", "pk"):
        _spend(line, today, random, by)
    _complete(plan, today, random)


def _indicator(plan: Plan) -> None:
    area, number = PURCHASING
    Indicator.objects.create(
        task=Task.objects.get(area__plan=plan, area__number=area, number=number),
        label="공공구매 실적",
        actual="공공구매 실적",
        target="공공구매 목표액",
        position=1,
    )


def _spend(line: BudgetLine, today: date, random: Random, by: User) -> None:
    """About the same part of the line every six weeks, in whole 천원, on working days.

    The committee's line is left to what its members are paid.
    """
    first = date(line.plan.year, 2, 1)
    for number in range(PARTS):
        day = first + timedelta(days=number * 40 + random.randrange(25))
        day -= timedelta(days=max(day.weekday() - 4, 0))
        amount = line.amount * random.randrange(PART - 30, PART) // 1_000_000 * 1000
        if amount and day <= today and "위원회" not in line.label:
            record_expenditure(
                line=line,
                spent_on=day,
                amount=amount,
                text=invented(f"{line.label} {number + 1}차"),
                document_number=f"예시-{day:%Y}-{random.randrange(10_000):04}",
                by=by,
            )


def _complete(plan: Plan, today: date, random: Random) -> None:
    """What was due before today was done within ten days of its day, but for a few."""
    for number, part in enumerate(_parts(plan)):
        due = part.ends or part.starts
        if due is None or due >= today or number % LATE == LATE - 1:
            continue
        kind = "milestone" if isinstance(part, Milestone) else "step"
        done_on = min(due + timedelta(days=random.randrange(10)), today)
        Completion.objects.create(**{kind: part}, done_on=done_on, note=invented("계획대로 마침"))


def _parts(plan: Plan) -> Iterator[Milestone | TaskStep]:
    order = ("task__area__number", "task__number", "position", "pk")
    yield from Milestone.objects.filter(task__area__plan=plan).order_by(*order)
    yield from TaskStep.objects.filter(task__area__plan=plan).order_by(*order)
