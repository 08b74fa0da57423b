"""A plan as its checker reads it: every row once, and every text with the place it stands at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse

from apps.core.anchors import at
from apps.core.outline import OutlineLine, parse
from apps.documents.nodes import roman
from apps.plans.enums import CHAPTERS, LOOKING_BACK, SectionKey
from apps.plans.models import (
    BudgetLine,
    BudgetProgram,
    DepartmentRequest,
    FocusArea,
    Plan,
    PlanSection,
    PrintedName,
    Task,
)
from apps.plans.texts import filled_part

#: What a rule gives for a fault: the place, a sentence, the page to mend it on.
Fault = tuple[str, str, str]
BUDGET, SCHEDULE = "Ⅷ 소요예산", "Ⅶ 사업별 추진일정"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a plan as the office names it, and the page from which it is mended."""

    where: str
    url: str

    def fault(self, message: str) -> Fault:
        return self.where, message, self.url


@dataclass(frozen=True, slots=True)
class Item:
    """A line of an outline among the others: the lines above it in rank, and the one it hangs on.

    ``parent`` is the index of that line among the passage's items, or ``None``.
    """

    text: str
    level: int
    parent: int | None


@dataclass(frozen=True)
class Passage:
    """A text of the plan: what it is called, what it says, and the year it speaks of."""

    place: Place
    title: str
    text: str
    year: int
    task: Task | None = None
    key: str = ""

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return tuple(_tree(parse(self.text)))


def above(items: tuple[Item, ...], item: Item) -> Iterator[Item]:
    """The lines an item hangs below, the nearest first."""
    while item.parent is not None:
        item = items[item.parent]
        yield item


def below(items: tuple[Item, ...], index: int | None) -> list[Item]:
    """The lines that hang directly below one, or at the top of the passage (``None``)."""
    return [item for item in items if item.parent == index]


def _tree(lines: Iterable[OutlineLine]) -> Iterator[Item]:
    open_: list[tuple[int, int]] = []  # (level, index) of the lines still above
    for index, line in enumerate(lines):
        while open_ and open_[-1][0] >= line.level:
            open_.pop()
        yield Item(line.text, line.level, open_[-1][1] if open_ else None)
        open_.append((line.level, index))


class Reading:
    """The rows of a plan, each table read once however many tasks the plan has."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.sections: list[PlanSection] = list(plan.sections.all())
        self.areas: list[FocusArea] = list(plan.areas.all())
        self.tasks: list[Task] = list(
            Task.objects.filter(area__plan=plan)
            .select_related("area")
            .prefetch_related("sections", "steps", "milestones", "departments")
            .order_by("area__number", "number")
        )
        self.programs: list[BudgetProgram] = list(plan.programs.all())
        self.lines: list[BudgetLine] = list(plan.lines.select_related("program", "task__area"))
        self.requests: list[DepartmentRequest] = list(plan.requests.all())
        self.printed: list[PrintedName] = list(
            plan.printed_names.select_related("task__area", "program")
        )

    @property
    def year(self) -> int:
        return self.plan.year

    @property
    def budget(self) -> Place:
        return Place(BUDGET, reverse("plans:budget", args=[self.year]))

    @property
    def overview(self) -> Place:
        return Place("계획 개요", reverse("plans:detail", args=[self.year]))

    def section_place(self, section: PlanSection) -> Place:
        chapter = roman(CHAPTERS[SectionKey(section.key)])
        url = at(reverse("plans:sections", args=[self.year]), section.title)
        return Place(f"{chapter} {section.title}", url)

    def printed_place(self, row: PrintedName) -> Place:
        """Where a published paper prints a name, and the page of what it names."""
        for task in self.tasks:
            if row.place == task.code:
                return task_place(task)
        if row.program:
            return Place(BUDGET, self.budget.url)
        return Place(row.place, self.overview.url)

    def lines_of(self, task: Task) -> list[BudgetLine]:
        return [line for line in self.lines if line.task_id == task.pk]

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text of the plan, its figures filled in."""
        raw = tuple(self._passages())
        texts, _ = filled_part(tuple(p.text for p in raw), self.year)
        return tuple(
            Passage(p.place, p.title, text, p.year, p.task, p.key)
            for p, text in zip(raw, texts, strict=True)
        )

    @cached_property
    def unfilled(self) -> tuple[Passage, ...]:
        """Every text of the plan as it was typed, ``{{…}}`` and all."""
        return tuple(self._passages())

    def section(self, key: SectionKey) -> Passage | None:
        return next((p for p in self.passages if p.key == key), None)

    def _passages(self) -> Iterator[Passage]:
        plan = self.plan
        for title, text in (
            ("수립 목적", plan.purpose),
            ("비전", plan.vision),
            ("목표", plan.goal),
        ):
            yield Passage(self.overview, title, text, self.year)
        for section in self.sections:
            year = self.year - (section.key in LOOKING_BACK)
            place = self.section_place(section)
            yield Passage(place, section.title, section.body, year, key=section.key)
        for task in self.tasks:
            yield from _of_task(task, self.year)
        for program in self.programs:
            text = f"{program.name}\n{program.works}"
            yield Passage(self.budget, program.name, text, self.year)
        yield Passage(self.budget, "참고", plan.budget_note, self.year)
        url = at(reverse("plans:sections", args=[self.year]), "행정사항")
        requests = Place("Ⅸ 행정사항", url)
        for request in self.requests:
            yield Passage(requests, request.addressee, request.body, self.year)


#: Where on its page a task's own fields stand that have no panel by their name.
TASK_PANELS = {"과제 이름": "", "추진목적": "", "추진근거": "과제 개요"}


def task_place(task: Task, part: str = "") -> Place:
    """A task's page, or a part of it by its title there."""
    return Place(f"과제 {task.code}", at(reverse("plans:task", args=[task.pk]), part))


def _of_task(task: Task, year: int) -> Iterator[Passage]:
    for title, text in (
        ("과제 이름", task.title),
        ("추진목적", task.purpose),
        ("추진근거", task.bases),
        ("추진방법", task.method),
        ("기대효과", task.effects),
        ("소요예산", task.budget_text),
    ):
        yield Passage(task_place(task, TASK_PANELS.get(title, title)), title, text, year, task)
    for section in task.sections.all():
        place = task_place(task, section.title)
        yield Passage(place, section.title, section.body, year, task)
        for row in section.table:
            for cell in row:
                yield Passage(place, section.title, cell, year, task)
    for panel, parts in (("추진절차", task.steps.all()), ("추진일정", task.milestones.all())):
        for part in parts:
            text = f"{part}\n{getattr(part, 'detail', '')}"
            yield Passage(task_place(task, panel), str(part), text, year, task)


def period_of(task: Task) -> tuple[date, date] | None:
    """The days a task takes: its stated ones, or those its steps and milestones cover."""
    if task.starts and task.ends:
        return task.starts, task.ends
    parts = [p for p in (*task.steps.all(), *task.milestones.all()) if p.starts]
    starts = [p.starts for p in parts if p.starts]
    ends = [p.ends or p.starts for p in parts if p.starts]
    return (min(starts), max(e for e in ends if e)) if parts else None
