"""What the page of every task has to say."""

from collections.abc import Iterator

from apps.plans.checks.reading import Fault, Reading, period_of, task_place
from apps.plans.models import Task
from apps.plans.registry import check


@check(
    "task_facts",
    name="과제의 필수 내용",
    sentence="과제마다 추진목적, 추진부서, 추진기간(또는 일정), 소요예산이 적혀 있는지 봅니다.",
)
def task_facts(reading: Reading) -> Iterator[Fault]:
    for task in reading.tasks:
        lacking = _lacking(reading, task)
        if lacking:
            yield task_place(task).fault(f"적지 않은 것: {', '.join(lacking)}.")


def _lacking(reading: Reading, task: Task) -> list[str]:
    said = {
        "추진목적": task.purpose,
        "추진부서": task.departments.all(),
        "추진기간": task.period or period_of(task),
        "소요예산": task.budget_text or reading.lines_of(task),
    }
    return [name for name, value in said.items() if not value]
