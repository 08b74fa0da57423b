"""What rolling a plan, or a person in haste, has left to be written, and money without a time."""

import re
from collections.abc import Iterator

from apps.core.hangul import particle
from apps.plans.checks.budget import total
from apps.plans.checks.reading import Fault, Place, Reading, period_of, task_place
from apps.plans.checks.sums import money
from apps.plans.registry import check

_BLANK = re.compile(r"\([^()]*(?:적을 자리|새 기간 확인|확인\s?필요|추후\s?(?:기재|작성|보완))\)")


@check(
    "blanks",
    name="적지 않은 자리",
    sentence="‘적을 자리’나 ‘새 기간 확인’처럼 나중에 적으려고 남긴 표시가 있는지 봅니다.",
)
def blanks(reading: Reading) -> Iterator[Fault]:
    for place, title, text in _texts(reading):
        for line in text.splitlines():
            if _BLANK.search(line):
                left = particle(f"‘{line.strip()}’", "이/가")
                yield place.fault(f"{title}에 {left} 그대로 있습니다. 내용을 적어 주세요.")


def _texts(reading: Reading) -> Iterator[tuple[Place, str, str]]:
    """Every text with its place and name; of a task also the words of its times."""
    for passage in reading.passages:
        yield passage.place, passage.title, passage.text
    for task in reading.tasks:
        yield task_place(task), "추진기간", task.period
        for part in (*task.steps.all(), *task.milestones.all()):
            yield task_place(task), f"‘{part}’의 시기", part.when


@check(
    "undated",
    name="시기가 없는 예산",
    sentence="예산이 있는 과제에 추진기간의 날짜나 추진할 달이나 일정의 날짜가 있는지 봅니다.",
)
def undated(reading: Reading) -> Iterator[Fault]:
    for task in reading.tasks:
        amount = total(reading.lines_of(task))
        if amount and not task.stated_months and not period_of(task):
            yield task_place(task).fault(
                f"예산 {money(amount)}이 있는데 추진기간의 날짜도, 추진할 달도, 날짜가 있는 일정도"
                " 없어 사업별 추진일정에 달이 나오지 않습니다."
            )
