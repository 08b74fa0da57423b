"""Rolling one task: its words, periods, contents, process, schedule and indicators."""

import re
from datetime import date

from django.db.models import QuerySet

from apps.accounts.models import Department
from apps.core.templatetags.office import kdate
from apps.plans.enums import RollOutcome
from apps.plans.models import (
    FocusArea,
    Indicator,
    Milestone,
    Plan,
    Task,
    TaskDepartment,
    TaskSection,
    TaskStep,
)
from apps.plans.models.task import Dated
from apps.plans.rollover.phrases import phrases
from apps.plans.rollover.proposal import Proposal
from apps.plans.rollover.rules import (
    MovedDay,
    Stay,
    Years,
    moved_day,
    moved_days,
    same_day,
    stays,
)
from apps.plans.rollover.texts import Mover, years_made_for
from apps.plans.weekdays import stated

#: Work that makes something once; with ``수립`` only where it is for several years.
_ONCE = re.compile(r"제정|설립|창립|개소|출범")
_SET_UP = re.compile(r"수립|마련|제작")
_MONEY = re.compile(r"\d[\d,]*(?:천원|백만원|억원|원)")
_NUMBER = re.compile(r"[\d,]+")
#: Months one by one, of no year: ``5월, 6월, 8월``.
_MONTHS = re.compile(r"\d월\s*,\s*\d{1,2}월")
ENDED, GOES_ON = "(끝남, 새 기간 확인)", "년에서 이어 감"
#: A period's words and its mark have to find room in the shortest of the fields they stand in.
ROOM = 60


def tasks_to_roll(plan: Plan) -> QuerySet[Task]:
    """The plan's tasks with everything of theirs that a roll reads, in a few queries."""
    return (
        Task.objects.filter(area__plan=plan)
        .select_related("area")
        .prefetch_related("sections", "steps__completion", "milestones__completion")
        .prefetch_related("indicators", "departments")
        .order_by("area__number", "number")
    )


def reason_to_drop(task: Task, years: Years, basic: bool) -> str:
    """Why a task is not for the new year: what it makes once is made. Empty: it is carried."""
    if not is_one_off(task, years):
        return ""
    if basic:
        return "한 번으로 끝나는 일이고, 새 해를 다루는 기본계획이 있음"
    made_for = years_made_for(task.title, years.old)
    if made_for and made_for[1] < years.new:
        return f"한 번으로 끝나는 일이고, 다루는 해({made_for[0]}~{made_for[1]})가 지남"
    parts = [*task.steps.all(), *task.milestones.all()]
    if parts and not unfinished(task):
        return "한 번으로 끝나는 일이고, 절차와 일정이 모두 끝남"
    return ""


def is_one_off(task: Task, years: Years) -> bool:
    """Whether a task makes something once: an ordinance, or a plan for several years."""
    several = years_made_for(task.title, years.old) is not None
    return bool(_ONCE.search(task.title)) or (several and bool(_SET_UP.search(task.title)))


def unfinished(task: Task) -> list[TaskStep | Milestone]:
    parts: list[TaskStep | Milestone] = [*task.steps.all(), *task.milestones.all()]
    return [part for part in parts if not hasattr(part, "completion")]


class TaskRoll:
    """Makes the new year's task from an old one and tells what became of each part."""

    def __init__(self, source: Task, area: FocusArea, number: int, proposal: Proposal) -> None:
        self.source, self.proposal = source, proposal
        self.years, self.notes = proposal.years, proposal.notes
        self.task = Task(area=area, number=number)
        self.place = f"과제 {self.task.code}"
        bodies = "\n".join(section.body for section in source.sections.all())
        texts = "\n".join((source.period, source.method, bodies))
        self.rules = tuple(rule for _, rule in stated(texts))
        self.mover = Mover(self.years, self.rules, self._known_days())

    def _known_days(self) -> dict[date, MovedDay]:
        """The single days of the schedule, those of one text together."""
        groups: dict[str, list[Dated]] = {}
        for milestone in self.source.milestones.all():
            if milestone.starts and milestone.starts == milestone.ends:
                groups.setdefault(milestone.text, []).append(milestone)
        known: dict[date, MovedDay] = {}
        for text, rows in groups.items():
            days = [row.starts for row in rows if row.starts]
            known |= moved_days(days, self.years, self.rules)
            if len(rows) == 1 and not self.rules:
                known[days[0]] = moved_day(days[0], self.years, f"{text} {rows[0].when}")
        return known

    def text(self, text: str, part: str = "") -> str:
        place = f"{self.place} {part}".strip()
        return self.notes.told(self.mover.text(text), place, self.task)

    def note(self, outcome: RollOutcome, part: str, before: str, after: str, reason: str) -> None:
        place = f"{self.place} {part}".strip()
        self.notes.add(outcome, place, before, after, reason, self.task)

    def run(self) -> Task:
        source, task = self.source, self.task
        task.title = self.text(source.title, "이름")
        task.purpose = self.text(source.purpose, "추진목적")
        task.bases = self.text(source.bases, "추진근거")
        task.period, task.starts, task.ends = self._time(
            source.period, source.starts, source.ends, "추진기간"
        )
        if is_one_off(source, self.years) and GOES_ON not in task.period:
            task.period = _marked(task.period, f"({self.years.old}{GOES_ON})")
        task.stated_months = list(source.stated_months)
        task.method = self.text(source.method, "추진방법")
        task.condition = self.text(source.condition, "선정 조건")
        task.effects = self.text(source.effects, "기대효과")
        task.budget_text = self.text(source.budget_text, "소요예산 덧붙임")
        for section in source.sections.all():
            self.proposal.parts.append(self._section(section))
        for step in source.steps.all():
            self.proposal.parts.append(self._step(step))
        for milestone in source.milestones.all():
            self.proposal.parts.append(self._milestone(milestone))
        for indicator in source.indicators.all():
            self.proposal.parts.append(self._indicator(indicator))
        self._tell_open()
        self._tell_carried()
        return task

    def departments(self, of_the_year: dict[str, Department]) -> list[Department]:
        """Carries its departments; a new record of the same name takes an old one's place.

        Gives those that have ended before the new year: they stay, and are for a person to change.
        """
        ended = []
        for old in self.source.departments.all():
            department = of_the_year.get(old.name, old)
            self.proposal.parts.append(TaskDepartment(task=self.task, department=department))
            if old.name not in of_the_year:
                ended.append(old)
        return ended

    def _time(
        self, when: str, starts: date | None, ends: date | None, part: str
    ) -> tuple[str, date | None, date | None]:
        """A period as printed and its days. One that has ended is marked and its days left out."""
        moved = self.mover.text(when, label=True)
        self.notes.kept.setdefault(self.task.code, []).extend(moved.kept)
        first, last = starts or ends, ends or starts
        if first is None or last is None:
            self.notes.told(moved, f"{self.place} {part}", self.task)
            return moved.text, None, None
        stay = stays(first, last, self.years)
        if stay in (Stay.ENDED, Stay.PAST):
            marked = _marked(when, ENDED)
            self.note(RollOutcome.OPEN, part, _told(when, first, last), marked, Stay.ENDED)
            return marked, None, None
        if stay:
            if stay is Stay.ENDING:
                self.note(RollOutcome.OPEN, part, _told(when, first, last), "", stay)
            return when, starts, ends
        to = self._days(starts, ends)
        after = moved.text if moved.changes else _told(when, to[0] or first, to[1] or last)
        before = when if moved.changes else _told(when, first, last)
        reason = "; ".join(change.reason for change in moved.changes) or "같은 달, 새 해"
        self.note(RollOutcome.MOVED, part, before, after, reason)
        return moved.text, *to

    def _days(self, starts: date | None, ends: date | None) -> tuple[date | None, date | None]:
        if starts and starts == ends:
            known = self.mover.known.get(starts) or moved_day(starts, self.years)
            return known.day, known.day
        shift = self.years.shift
        return starts and same_day(starts, shift), ends and same_day(ends, shift)

    def _section(self, old: TaskSection) -> TaskSection:
        part = f"‘{old.title}’"
        return TaskSection(
            task=self.task,
            position=old.position,
            title=self.text(old.title, part),
            body=self._body(old.body, part),
            table=self._table(old, part),
            table_unit=old.table_unit,
        )

    def _body(self, body: str, part: str) -> str:
        for line in filter(_MONTHS.search, body.splitlines()):
            if not any(phrases(line, self.years.old)):
                reason = "해를 적지 않은 달이라 그대로 둠: 새 해에도 맞는지 확인"
                self.note(RollOutcome.OPEN, part, line.strip(), line.strip(), reason)
        return self.text(body, part)

    def _table(self, old: TaskSection, part: str) -> list[list[str]]:
        """The cells; the numbers of a table that has a unit of money are amounts."""
        amounts = [c for row in old.table[1:] for c in row if _NUMBER.fullmatch(c)]
        money = "원" in old.table_unit and bool(amounts)
        keep = self.proposal.choices.keep_amounts
        if money:
            outcome = RollOutcome.OPEN if keep else RollOutcome.EMPTIED
            reason = "지난해 금액이 그대로: 새 금액을 확인" if keep else "금액은 비우기로 함"
            words = f"{', '.join(amounts)}{old.table_unit}"
            self.note(outcome, f"{part} 표", words, words if keep else "", reason)
        empty = money and not keep
        return [
            [
                "" if empty and _NUMBER.fullmatch(cell) else self.text(cell, f"{part} 표")
                for cell in row
            ]
            for row in old.table
        ]

    def _step(self, old: TaskStep) -> TaskStep:
        part = f"추진절차 ‘{old.title}’"
        step = TaskStep(task=self.task, position=old.position, actor=self.text(old.actor, part))
        step.title, step.detail = self.text(old.title, part), self.text(old.detail, part)
        step.when, step.starts, step.ends = self._time(old.when, old.starts, old.ends, part)
        return step

    def _milestone(self, old: Milestone) -> Milestone:
        part = f"추진일정 ‘{old.text}’"
        milestone = Milestone(task=self.task, position=old.position)
        milestone.text = self.text(old.text, part)
        milestone.when, milestone.starts, milestone.ends = self._time(
            old.when, old.starts, old.ends, part
        )
        if "연장" in old.text:
            reason = "연장은 해마다 되풀이되지 않음: 새 해에도 할 일인지 확인"
            self.note(RollOutcome.OPEN, part, old.text, milestone.text, reason)
        if any(_bare(title) in _bare(old.text) for title in self.proposal.left_behind):
            reason = "옮기지 않은 과제를 다루는 일정: 새 해에도 할 일인지 확인"
            self.note(RollOutcome.OPEN, part, old.text, milestone.text, reason)
        return milestone

    def _indicator(self, old: Indicator) -> Indicator:
        if old.target_value is not None:
            reason = "지난해 목표값이 그대로: 새 목표를 확인"
            value = f"{old.target_value:,}"
            self.note(RollOutcome.OPEN, f"성과지표 ‘{old.label}’", value, value, reason)
        return Indicator(
            task=self.task,
            label=self.text(old.label, "성과지표"),
            actual=old.actual,
            target=old.target,
            target_value=old.target_value,
            position=old.position,
        )

    def _tell_open(self) -> None:
        """What the old year leaves to do: unfinished work, and amounts inside the texts."""
        left = unfinished(self.source)
        if is_one_off(self.source, self.years):
            reason = "한 번으로 끝나는 일인데 끝난 기록이 없어 이어 감: 끝났으면 옮기지 않음"
            self.note(RollOutcome.OPEN, "", self.source.title, self.task.title, reason)
        next_year = [p for p in left if p.starts and p.starts.year > self.years.old]
        for part in next_year:
            reason = f"{self.years.old}년 계획의 일로 아직 남아 있음"
            self.note(RollOutcome.OPEN, f"‘{part}’", f"{part.when} {part}".strip(), "", reason)
        if self.proposal.any_completion:
            late = ", ".join(str(part) for part in left if part not in next_year)
            if late:
                self.note(RollOutcome.OPEN, "절차와 일정", late, "", "끝난 기록이 없음")
        bodies = "\n".join(section.body for section in self.source.sections.all())
        amounts = ", ".join(dict.fromkeys(_MONEY.findall(bodies)))
        if amounts and not self.proposal.choices.keep_amounts:
            reason = "글 속의 금액은 비우지 않음: 새 금액을 확인"
            self.note(RollOutcome.OPEN, "내용", amounts, amounts, reason)

    def _tell_carried(self) -> None:
        old, new = self.source, self.task
        counts = (
            (len(old.sections.all()), "내용", "개"),
            (len(old.steps.all()), "추진절차", "단계"),
            (len(old.milestones.all()), "추진일정", "건"),
            (len(old.indicators.all()), "성과지표", "개"),
        )
        words = ", ".join(f"{name} {count}{unit}" for count, name, unit in counts if count)
        moved = old.code != new.code
        reason = f"과제 번호: {old.code} → {new.code}"
        self.note(
            RollOutcome.MOVED if moved else RollOutcome.CARRIED,
            "",
            str(old),
            f"{new}: {words}" if words else str(new),
            reason if moved else "따로 적은 것 말고는 그대로",
        )
        self.notes.tell_kept(self.place, new)


def _marked(when: str, mark: str) -> str:
    """A period's words with a mark behind them, once; a note tells it where there is no room."""
    marked = when if when.endswith(mark) else f"{when} {mark}".strip()
    return marked if len(marked) <= ROOM else when


def _bare(text: str) -> str:
    """A name without what stands in brackets, and without spaces."""
    return re.sub(r"\([^)]*\)|\s", "", text)


def _told(when: str, first: date, last: date) -> str:
    """A period in words; its days where the words name none."""
    if any(phrases(when, first.year)):
        return when
    days = " ~ ".join(dict.fromkeys((kdate(first), kdate(last))))
    return f"{when} ({days})" if when else days
