"""Numbers of chapters, areas and tasks; sections that are missing or empty."""

from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse

from apps.documents.nodes import roman
from apps.plans.checks.reading import Fault, Place, Reading, task_place
from apps.plans.enums import CHAPTERS, SectionKey
from apps.plans.models import PrintedName
from apps.plans.registry import check

_ROMAN = {roman(number): number for number in range(1, 13)}


@check(
    "numbers",
    name="번호",
    sentence="장, 분야, 과제의 번호가 빠지거나 두 번 쓰이지 않았는지 봅니다.",
)
def numbers(reading: Reading) -> Iterator[Fault]:
    yield from _chapters(reading)
    areas = [area.number for area in reading.areas]
    for number in _skipped(areas):
        yield reading.overview.fault(f"중점분야 {number}번이 빠졌습니다.")
    for area in reading.areas:
        own = [task.number for task in reading.tasks if task.area_id == area.pk]
        for number in _skipped(own):
            yield reading.overview.fault(f"과제 {area.number}-{number}번이 빠졌습니다.")


def _chapters(reading: Reading) -> Iterator[Fault]:
    """The numbers of chapters as a published paper prints them."""
    printed: dict[int, list[PrintedName]] = defaultdict(list)
    for row in reading.printed:
        if row.number in _ROMAN and not row.task and not row.program:
            printed[_ROMAN[row.number]].append(row)
    for number, rows in sorted(printed.items()):
        if len(rows) > 1:
            titles = ", ".join(f"‘{row.text}’" for row in rows)
            yield Place(roman(number), reading.overview.url).fault(
                f"{roman(number)}장 번호가 {len(rows)}번 쓰였습니다: {titles}."
            )
    for number in _skipped(list(printed)):
        yield Place(roman(number), reading.overview.url).fault(
            f"{roman(number)}장 번호가 빠졌습니다."
        )


def _skipped(used: list[int]) -> list[int]:
    return [number for number in range(1, max(used, default=0)) if number not in used]


@check(
    "empty_sections",
    name="빈 본문",
    sentence="빠졌거나 비어 있는 본문, 과제가 없는 분야, 내용이 없는 과제 항목이 있는지 봅니다.",
)
def empty_sections(reading: Reading) -> Iterator[Fault]:
    url = reverse("plans:sections", args=[reading.year])
    by_key = {section.key: section for section in reading.sections}
    for key in SectionKey:
        section = by_key.get(key)
        if section is None:
            yield Place(f"{roman(CHAPTERS[key])} {key.label}", url).fault("본문이 빠졌습니다.")
        elif not section.body.strip():
            yield reading.section_place(section).fault("본문이 비어 있습니다.")
    yield from _empty_parts(reading)


def _empty_parts(reading: Reading) -> Iterator[Fault]:
    for area in reading.areas:
        if not any(task.area_id == area.pk for task in reading.tasks):
            yield reading.overview.fault(f"중점분야 ‘{area}’에 과제가 없습니다.")
    for task in reading.tasks:
        for part in task.sections.all():
            if not part.body.strip() and not part.table:
                yield task_place(task).fault(f"‘{part.title}’에 내용이 없습니다.")
