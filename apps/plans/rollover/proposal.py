"""What a roll would make: the new plan's records, not yet saved, and the account of them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Model
from django.urls import reverse

from apps.core.anchors import at
from apps.plans.enums import RollOutcome
from apps.plans.models import (
    BudgetLine,
    BudgetProgram,
    DepartmentRequest,
    FocusArea,
    Plan,
    PlanSection,
    RollNote,
    Task,
)
from apps.plans.rollover.rules import Years
from apps.plans.rollover.texts import Moved

OVERVIEW, SECTIONS, BUDGET, REQUESTS = "계획 개요", "계획 본문", "소요예산", "행정사항"
#: The part of a task in a note's place: ``과제 1-1 추진절차 ‘공고’``, ``과제 1-1 ‘사업개요’ 표``.
_PART = re.compile(
    r"^과제 \S+ (?:‘(?P<title>[^’]+)’|(?P<panel>추진방법|추진절차|추진일정|소요예산|기대효과))"
)
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decides: whether amounts come along, and which tasks stay behind.

    ``dropped`` are ids of the old plan's tasks; ``None`` takes what the rules propose.
    """

    keep_amounts: bool = True
    dropped: frozenset[int] | None = None


@dataclass(slots=True)
class Notes:
    """The account of a roll, in the order of the plan."""

    plan: Plan
    rows: list[RollNote] = field(default_factory=list)
    kept: dict[str, list[str]] = field(default_factory=dict)

    def add(
        self,
        outcome: RollOutcome,
        place: str,
        before: str = "",
        after: str = "",
        reason: str = "",
        task: Task | None = None,
    ) -> None:
        note = RollNote(
            plan=self.plan,
            outcome=outcome,
            task=task,
            place=_short(place),
            before=before,
            after=after,
            reason=_short(reason),
            position=len(self.rows) + 1,
        )
        self.rows.append(note)

    def told(self, moved: Moved, place: str, task: Task | None = None) -> str:
        """The moved text, with a note for each line changed or doubtful."""
        for change in moved.changes:
            self.add(RollOutcome.MOVED, place, change.before, change.after, change.reason, task)
        for doubt in moved.doubts:
            self.add(RollOutcome.OPEN, place, doubt.line, doubt.after, doubt.reason, task)
        self.kept.setdefault(task.code if task else "", []).extend(moved.kept)
        return moved.text

    def tell_kept(self, place: str, task: Task | None = None) -> None:
        """One note for all the dates that stay on purpose."""
        kept = self.kept.get(task.code if task else "")
        if kept:
            dates = ", ".join(dict.fromkeys(kept))
            reason = "지난 일, 여러 해 계획, 계약의 날짜라 그대로 둠"
            self.add(RollOutcome.CARRIED, f"{place} 날짜", dates, dates, reason, task)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


@dataclass(slots=True)
class Proposal:
    """A plan for the new year, unsaved. ``proposed`` says why the rules leave a task behind.

    ``any_completion``: whether the old year recorded what was done at all.
    ``left_behind``: the titles of the tasks that are not carried.
    """

    source: Plan
    years: Years
    choices: Choices
    plan: Plan
    notes: Notes
    sections: list[PlanSection] = field(default_factory=list)
    areas: list[FocusArea] = field(default_factory=list)
    tasks: dict[int, Task] = field(default_factory=dict)
    parts: list[Model] = field(default_factory=list)
    programs: dict[int, BudgetProgram] = field(default_factory=dict)
    lines: list[BudgetLine] = field(default_factory=list)
    requests: list[DepartmentRequest] = field(default_factory=list)
    proposed: dict[int, str] = field(default_factory=dict)
    any_completion: bool = False
    left_behind: list[str] = field(default_factory=list)

    def drops(self, task: Task) -> bool:
        """Whether a task of the old plan stays behind."""
        chosen = self.choices.dropped
        return task.pk in (self.proposed if chosen is None else chosen)

    def save(self) -> Plan:
        """Write everything, each row after those it hangs on."""
        self.plan.save()
        groups: tuple[Sequence[Model], ...] = (
            self.sections,
            self.areas,
            [*self.tasks.values()],
            [*self.programs.values()],
            *_by_model(self.parts),
            self.lines,
            self.requests,
            self.notes.rows,
        )
        for rows in groups:
            if rows:
                type(rows[0])._default_manager.bulk_create(rows)
        return self.plan


def _by_model(rows: Iterable[Model]) -> list[list[Model]]:
    found: dict[type[Model], list[Model]] = {}
    for row in rows:
        found.setdefault(type(row), []).append(row)
    return list(found.values())


def note_url(note: RollNote) -> str:
    """The section of the new plan's page where the note's place is."""
    if note.task_id:
        part = _PART.search(note.place)
        url = reverse("plans:task", args=[note.task_id])
        return at(url, (part["title"] or part["panel"]) if part else "")
    names = {SECTIONS: "sections", REQUESTS: "sections", BUDGET: "budget"}
    name = next((n for place, n in names.items() if note.place.startswith(place)), "detail")
    url = reverse(f"plans:{name}", args=[note.plan.year])
    if note.place.startswith(REQUESTS):
        return at(url, REQUESTS)
    return at(url, note.place.removeprefix(SECTIONS).strip()) if name == "sections" else url
