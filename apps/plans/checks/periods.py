"""A task's period against its steps, its schedule and the words it is printed in."""

import re
from collections.abc import Iterator
from datetime import date

from apps.core.templatetags.office import kdate
from apps.plans.checks.reading import Fault, Reading, period_of, task_place
from apps.plans.checks.words import bare, span
from apps.plans.models import Task
from apps.plans.models.task import Dated
from apps.plans.registry import check

#: What is done once the work itself is over.
_AFTERWARDS = re.compile(r"정산|결산|평가|결과\s*보고|성과\s*보고")
_PERIOD_COLUMN = re.compile(r"(기간|시기|일정)$")
_OWN_PERIOD = re.compile(r"^\S*(추진|사업|운영|교육)기간\s*:\s*(.+)$")
#: The title of a task that makes a paper: a plan, a report, an ordinance.
_MAKES = re.compile(r"(수립|마련|작성|제정|개정|편성)$")
_HEARS = re.compile(r"위원회|심의|의결|자문회의|상정")


def days_of(starts: date, ends: date) -> str:
    return kdate(starts) if starts == ends else f"{kdate(starts)} ~ {kdate(ends)}"


@check(
    "period_words",
    name="적힌 기간과 날짜",
    sentence="문서에 적을 기간이나 시기가 시작일·종료일과 맞는지 봅니다.",
)
def period_words(reading: Reading) -> Iterator[Fault]:
    for task in reading.tasks:
        parts = (*task.steps.all(), *task.milestones.all())
        rows = [("추진기간", task.period, task.starts, task.ends)]
        rows += [(str(p), p.when, p.starts, p.ends or p.starts) for p in parts]
        for name, words, starts, ends in rows:
            said = span(words, reading.year) if words else None
            if said and starts and ends and said != (starts, ends):
                yield task_place(task).fault(
                    f"‘{name}’에 적은 시기는 ‘{words}’인데 날짜는 {days_of(starts, ends)}입니다."
                )


@check(
    "period_steps",
    name="기간을 벗어난 절차·일정",
    sentence="절차, 일정, 표의 기간과 정한 달이 과제의 추진기간 안에 있는지 봅니다.",
)
def period_steps(reading: Reading) -> Iterator[Fault]:
    for task in reading.tasks:
        if task.starts and task.ends:
            for name, starts, ends in _timed(task, reading.year):
                if starts < task.starts or ends > task.ends:
                    yield task_place(task).fault(
                        f"추진기간은 {days_of(task.starts, task.ends)}인데"
                        f" ‘{name}’의 시기는 {days_of(starts, ends)}입니다."
                    )
            yield from _stated_months(task, task.starts, task.ends, reading.year)


def _timed(task: Task, year: int) -> Iterator[tuple[str, date, date]]:
    """What of the task has a time of its own; settling accounts may come afterwards."""
    for part in (*task.steps.all(), *task.milestones.all()):
        if part.starts and not _is_afterwards(task, part):
            yield str(part), part.starts, part.ends or part.starts
    for section in task.sections.all():
        texts = [
            m[2] for line in section.body.splitlines() if (m := _OWN_PERIOD.match(line[1:].strip()))
        ]
        if section.table:
            head, *rows = section.table
            columns = [i for i, name in enumerate(head) if _PERIOD_COLUMN.search(name)]
            texts += [row[i] for row in rows for i in columns if i < len(row)]
        for text in texts:
            said = span(text, year)
            if said:
                yield f"{section.title}: {text}", *said


def _is_afterwards(task: Task, part: Dated) -> bool:
    late = part.starts and task.ends and part.starts > task.ends
    return bool(late and _AFTERWARDS.search(str(part)))


def _stated_months(task: Task, starts: date, ends: date, year: int) -> Iterator[Fault]:
    outside = [
        month
        for month in task.stated_months
        if date(year, month, 1) > ends or (year, month) < (starts.year, starts.month)
    ]
    if outside:
        yield task_place(task).fault(
            f"추진기간은 {days_of(starts, ends)}인데 월별 일정에"
            f" {', '.join(f'{month}월' for month in sorted(outside))}을 정했습니다."
        )


def heard_too(reading: Reading, what: str, starts: date, ends: date) -> Iterator[str]:
    """Why a body that hears ``what`` on those days hears it too early or too late.

    A paper is there to be heard while the last step of the task that makes it goes on.
    """
    for task in reading.tasks:
        period = period_of(task)
        name = bare(task.title)
        if not (period and _MAKES.search(name) and name in bare(what)):
            continue
        steps = [step.starts for step in task.steps.all() if step.starts]
        there = max(steps) if steps else period[0]
        heard, made = days_of(starts, ends), f"과제 {task.code} ‘{task.title}’"
        if starts > period[1]:
            yield f"{made}은 {kdate(period[1])} 끝나는데 그 뒤인 {heard}에 심의합니다."
        elif ends < there:
            yield f"{made}의 안은 {kdate(there)}부터 나오는데 그 앞인 {heard}에 심의합니다."


@check(
    "hearing",
    name="심의 시기",
    sentence="위원회가 안건을 그것이 만들어지기 전이나 다 끝난 뒤에 심의하는지 봅니다.",
)
def hearing(reading: Reading) -> Iterator[Fault]:
    for task in reading.tasks:
        for milestone in task.milestones.all():
            hears = _HEARS.search(task.title) or _HEARS.search(milestone.text)
            if hears and milestone.starts and not _MAKES.search(bare(task.title)):
                ends = milestone.ends or milestone.starts
                for why in heard_too(reading, milestone.text, milestone.starts, ends):
                    yield task_place(task).fault(f"일정 ‘{milestone.text}’: {why}")
