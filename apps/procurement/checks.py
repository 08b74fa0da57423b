"""Rules of the plan checker about the purchase targets of the plan's year."""

import re
from collections.abc import Iterator

from apps.core.money import parse_won, thousand
from apps.plans.checks.reading import Fault, Reading, task_place
from apps.plans.models import Task
from apps.plans.registry import check
from apps.procurement.models import AnnualTarget

_TARGET, _MALL = re.compile(r"목표액?$"), re.compile(r"함께누리|온라인|쇼핑몰")


@check(
    "targets",
    name="공공구매 목표액",
    sentence="과제의 표에 적힌 그해 구매 목표액이 공공구매에 정한 목표와 같은지 봅니다.",
)
def targets(reading: Reading) -> Iterator[Fault]:
    annual = AnnualTarget.objects.filter(year=reading.year).first()
    if annual is None:
        return
    for task in reading.tasks:
        for name, stated in _stated(task, reading.year):
            known = annual.mall if _MALL.search(name) else annual.total
            if stated != known:
                yield task_place(task).fault(
                    f"‘{name}’을 {thousand(stated)}천원이라고 적었으나 공공구매에 정한 목표는"
                    f" {thousand(known)}천원입니다."
                )


def _stated(task: Task, year: int) -> Iterator[tuple[str, int]]:
    """The targets of the year in the task's tables, in won."""
    for section in task.sections.all():
        head, *rows = section.table or [[]]
        of_year = [row for row in rows if row and str(year) in row[0]]
        for column, name in enumerate(head):
            if _TARGET.search(name) and "구매" in name:
                for row in of_year:
                    stated = _won(row[column], section.table_unit)
                    if stated is not None:
                        yield name, stated


def _won(cell: str, unit: str) -> int | None:
    try:
        return parse_won(cell if cell.endswith("원") else cell + unit)
    except ValueError:
        return None
