"""Days in a plan: against their weekday, against the rule they follow, and one that is none."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from apps.core.dates import WEEKDAYS
from apps.core.hangul import particle
from apps.core.templatetags.office import kday
from apps.plans.checks.reading import Fault, Item, Passage, Reading, above, task_place
from apps.plans.checks.words import Day, bare, days, weekday
from apps.plans.models import Task
from apps.plans.registry import check
from apps.plans.weekdays import NTH, Weekday, stated

_MONTHS = re.compile(r"(\d{1,2})\s*월?\s*[~∼～]\s*(\d{1,2})\s*월")
_EXCEPT = re.compile(r"제외|쉼|휴장|없음")
#: Months in a row, ``7·8월``; read to its end at once, so that no text takes long.
_ROW = re.compile(r"(?<!\d)\d{1,2}(?:[월\s·,ㆍ‧∙・/및과와]+\d{1,2})*+월?")
_TIMES = re.compile(r"[(\[]\s*(?:총\s*)?(\d{1,4})\s*회\s*[)\]]")
#: A line that names the days of what the rule is about, not a deadline beside it.
_OWN_DAYS = re.compile(r"(일자|일시|날짜|운영일|개최일|행사일)\s*:")


@dataclass(frozen=True, slots=True)
class DayRule:
    """``매월 넷째주 토요일``, with the months it runs over."""

    words: str
    rule: Weekday
    months: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "DayRule | None":
        found = next(stated(text), None)
        if found is None:
            return None
        over = _MONTHS.search(text)
        without = _left_out(_MONTHS.sub("()", text, count=1)) if over else set()
        over_all = range(int(over[1]), int(over[2]) + 1) if over else ()
        months = tuple(month for month in over_all if month not in without)
        return cls(*found, months)

    def fault_of(self, day: date) -> str:
        """Why a day breaks the rule; empty when it keeps it."""
        if self.months and day.month not in self.months:
            return f"{day.month}월은 ‘{self.words}’로 정한 달이 아닙니다."
        due = self.rule.on(day.year, day.month)
        if day == due:
            return ""
        found = f"{NTH[(day.day - 1) // 7]} {weekday(day)}"
        return f"{day.month}월의 {found}로, ‘{self.words}’인 {kday(due)}이 아닙니다."


def _left_out(text: str) -> set[int]:
    """The months a text says are left out: ``7·8월 제외``, with nothing in brackets between."""
    months: set[int] = set()
    for piece in re.split(r"[()]", text):
        *before, _ = _EXCEPT.split(piece)
        for words in before:
            rows = [row[0] for row in _ROW.finditer(words) if "월" in row[0]]
            last = rows[-1] if rows else ""
            months.update(map(int, re.findall(r"\d+", last[: last.rfind("월")])))
    return months


@check(
    "date_rule",
    name="규칙을 벗어난 날",
    sentence="‘매월 넷째 토요일’처럼 정한 규칙과 적힌 날짜·횟수가 맞는지 봅니다.",
)
def date_rule(reading: Reading) -> Iterator[Fault]:
    for passage in reading.passages:
        items = passage.items
        for index, item in enumerate(items):
            rule = DayRule.of(item.text)
            if rule:
                yield from _against(passage, rule, item, _own_lines(items, index))


def _own_lines(items: tuple[Item, ...], index: int) -> list[Item]:
    """The rule's own line, what hangs below it, and a line beside or behind it with its days."""
    item = items[index]
    return [
        other
        for at, other in enumerate(items)
        if other is item
        or item in above(items, other)
        or (_OWN_DAYS.search(other.text) and (other.parent == item.parent or at == index + 1))
    ]


def _against(passage: Passage, rule: DayRule, own: Item, lines: list[Item]) -> Iterator[Fault]:
    listed = [(line, d) for line in lines for d in days(line.text, passage.year) if not d.ranged]
    dated = [d.day for _, d in listed if d.day]
    in_milestones = {day: when for day, when in _milestones(passage, own) if day not in dated}
    for written, day in [*((d.written, d.day) for _, d in listed), *_swap(in_milestones)]:
        why = rule.fault_of(day) if day else ""
        if day and why:
            yield passage.place.fault(f"{written}, 곧 {kday(day)}은 {why}")
    if not dated:
        return
    missing = [month for month in rule.months if month not in {day.month for day in dated}]
    if missing:
        months = ", ".join(f"{month}월" for month in missing)
        yield passage.place.fault(f"‘{rule.words}’인데 {months}의 날짜가 없습니다.")
    for line, _ in dict.fromkeys((line, None) for line, _ in listed):
        times = _TIMES.search(line.text)
        count = len(days(line.text, passage.year))
        if times and int(times[1]) != count:
            yield passage.place.fault(
                f"‘{line.text}’: {times[1]}회라고 하나 날짜는 {count}개입니다."
            )


def _swap(found: dict[date, str]) -> Iterator[tuple[str, date]]:
    for day, when in found.items():
        yield f"추진일정의 {when or '날짜'}", day


def _milestones(passage: Passage, own: Item) -> Iterator[tuple[date, str]]:
    """Single days of the task's schedule that are about what the rule is about."""
    if passage.task is None:
        return
    subject = {bare(passage.title), bare(own.text)}
    for milestone in passage.task.milestones.all():
        name = bare(milestone.text)
        one_day = milestone.starts and milestone.starts == (milestone.ends or milestone.starts)
        if milestone.starts and one_day and any(name in s or s in name for s in subject if s):
            yield milestone.starts, milestone.when


@check(
    "weekday",
    name="요일",
    sentence="적힌 요일이 날짜와 맞는지, 나란한 날짜의 요일이 고른지, 없는 날짜인지 봅니다.",
)
def weekdays(reading: Reading) -> Iterator[Fault]:
    for passage in reading.passages:
        for item in passage.items:
            found = days(item.text, passage.year)
            yield from _stated(passage, found)
            yield from _odd_one(passage, item, [d for d in found if not d.ranged])
    for task in reading.tasks:
        yield from _stated_in_schedule(task, reading.year)


def _stated_in_schedule(task: Task, year: int) -> Iterator[Fault]:
    for part in (*task.steps.all(), *task.milestones.all()):
        yield from _stated(_at(task, part.when, year), days(part.when, year))


def _at(task: Task, text: str, year: int) -> Passage:
    return Passage(task_place(task), "", text, year, task)


def _stated(passage: Passage, found: Iterable[Day]) -> Iterator[Fault]:
    for each in found:
        if each.day is None:
            yield passage.place.fault(f"‘{each.written}’은 달력에 없는 날입니다.")
        elif each.weekday and WEEKDAYS[each.day.weekday()] != each.weekday:
            yield passage.place.fault(
                f"{particle(f'‘{each.written}’', '이라고/라고')} 적었으나 {each.day.year}년"
                f" {each.day.month}월 {each.day.day}일은 {weekday(each.day)}입니다."
            )


def _odd_one(passage: Passage, item: Item, listed: list[Day]) -> Iterator[Fault]:
    """Three days or more of one weekday and a single other one beside them."""
    dated = [(each, each.day) for each in listed if each.day]
    counts = Counter(day.weekday() for _, day in dated)
    if len(counts) != 2 or len(dated) < 4 or DayRule.of(item.text):
        return
    (usual, often), (odd, once) = counts.most_common()
    if once == 1 and often >= 3:
        day = next(day for _, day in dated if day.weekday() == odd)
        others = ", ".join(kday(d) for _, d in dated if d.weekday() == usual)
        yield passage.place.fault(
            f"{kday(day)}만 {weekday(day)}이고 나란한 날짜는 모두"
            f" {WEEKDAYS[usual]}요일입니다({others})."
        )


@check(
    "months_listed",
    name="일정표에 빠진 달",
    sentence="추진기간을 달마다 적은 표나 목록에서 기간 안의 달이 빠졌는지 봅니다.",
)
def months_listed(reading: Reading) -> Iterator[Fault]:
    for task in reading.tasks:
        if not (task.starts and task.ends):
            continue
        for section in task.sections.all():
            lists = [
                *section.body.splitlines(),
                ", ".join(section.table[0] if section.table else []),
            ]
            for months in map(_listed, lists):
                missing = _missing(months, _period(task.starts, task.ends, reading.year))
                if missing:
                    period = task.period or f"{kday(task.starts)} ~ {kday(task.ends)}"
                    yield task_place(task).fault(
                        f"추진기간은 ‘{period}’인데 ‘{section.title}’에는"
                        f" {', '.join(f'{m}월' for m in missing)}이 없습니다"
                        f"({', '.join(f'{m}월' for m in months)}만 있음)."
                    )


def _period(starts: date, ends: date, year: int) -> tuple[int, int]:
    return (starts.month if starts.year == year else 1, ends.month if ends.year == year else 12)


def _listed(text: str) -> list[int]:
    """Months told one by one: ``5월, 6월, 7월`` or the heads of a table's columns."""
    if "제외" in text or not re.search(r"\d월\s*,\s*\d", text):
        return []
    return [int(month) for month in re.findall(r"(?<![\d~∼～./])(\d{1,2})월", text)]


def _missing(months: list[int], period: tuple[int, int]) -> list[int]:
    """Months a list leaves out that else goes from the first to the last month of the period."""
    rising = all(a < b for a, b in pairwise(months))
    if len(months) < 3 or not rising or (months[0], months[-1]) != period:
        return []
    gaps = [month for month in range(period[0], period[1]) if month not in months]
    return gaps if len(gaps) * 2 < len(months) else []
