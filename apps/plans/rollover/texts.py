"""Moving the dates inside a plan's text, line by line, and saying what was done and why."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from apps.plans.rollover.phrases import Grain, Phrase, Point, phrases
from apps.plans.rollover.rules import (
    MovedDay,
    Stay,
    Years,
    moved_day,
    moved_days,
    same_day,
    stays,
)
from apps.plans.weekdays import Weekday

#: Words of what has happened: the day beside them is a fact and never moves.
_FACT = re.compile(r"제정|개정|공포|설립|창립|체결|협약|위촉|출범|개소|인가|근저당")
_GUIDELINE = re.compile(r"^[^\n]{0,40}?(?:지침|고시|공고|편람)")
_FROM_OR_TO = re.compile(r"\s*(?:부터|까지|이후|이래)")
SAME_YEAR = "계획의 해를 새 해로"
SAME_MONTH = "같은 달, 새 해"
SAME_DAYS = "기간은 같은 날, 새 해"
SEVERAL_YEARS = "여러 해를 견주는 글이라 그대로 둠: 지난해 것을 더하거나 고칠지 확인"


@dataclass(frozen=True, slots=True)
class Change:
    """A line (or label) before and after, and the rule it was moved by."""

    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line a person has to look at, as it was and as it is now."""

    line: str
    after: str
    reason: str


@dataclass(slots=True)
class Moved:
    """A text with its dates moved, and the account of it. ``kept`` are phrases left on purpose."""

    text: str = ""
    changes: list[Change] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Decision:
    """What becomes of a phrase: other dates, or none when it stays."""

    dates: tuple[date, ...] | None = None
    reason: str = ""
    doubt: str = ""


_STAYS = _Decision()


@dataclass(frozen=True, slots=True)
class Mover:
    """Moves texts of one place in a plan (a task): its years, its stated rules, its known days.

    ``known`` are days the place's own records have moved already: the text follows them.
    """

    years: Years
    rules: tuple[Weekday, ...] = ()
    known: Mapping[date, MovedDay] = field(default_factory=dict)

    def text(self, text: str, *, label: bool = False) -> Moved:
        """``label``: the text is the wording of a date itself, so a lone ``4/23`` is one."""
        moved = Moved()
        lines = [self._line(line, moved, label) for line in text.split("\n")]
        moved.text = "\n".join(lines)
        return moved

    def _line(self, line: str, moved: Moved, label: bool) -> str:
        found = list(phrases(line, self.years.old))
        if _compares_years(found):
            moved.kept += [line[p.start : p.end] for p in found]
            if any(point.year >= self.years.old - 1 for p in found for point in p.points):
                moved.doubts.append(Doubt(line.strip(), line.strip(), SEVERAL_YEARS))
            return line
        made, at = [], 0
        reasons, doubts = [], []
        for phrase in found:
            decision = self._decide(phrase, line, label)
            doubts += [decision.doubt] if decision.doubt else []
            if decision.dates is None:
                moved.kept.append(line[phrase.start : phrase.end])
                continue
            made += [line[at : phrase.start], phrase.written(line, decision.dates)]
            at = phrase.end
            reasons.append(decision.reason)
        after = "".join((*made, line[at:]))
        moved.doubts += [Doubt(line.strip(), after.strip(), doubt) for doubt in doubts]
        if after != line:
            moved.changes.append(Change(line.strip(), after.strip(), _together(reasons)))
        return after

    def _decide(self, phrase: Phrase, line: str, label: bool) -> _Decision:
        if phrase.join == "~":
            return self._span(phrase)
        points = phrase.points
        if not all(p.year in (self.years.old, self.years.old + 1) for p in points):
            return self._far(points[-1])
        match points[0].grain:
            case Grain.DAY:
                return self._days(phrase, line, label)
            case Grain.YEAR:
                return self._year(points[0], line[phrase.end :])
            case _:
                return _Decision(self._same(points), SAME_MONTH)

    def _same(self, points: tuple[Point, ...]) -> tuple[date, ...]:
        return tuple(same_day(point.first, self.years.shift) for point in points)

    def _span(self, phrase: Phrase) -> _Decision:
        stay = stays(phrase.points[0].first, phrase.points[-1].last, self.years)
        if stay:
            return _Decision(doubt=stay if stay in (Stay.ENDED, Stay.ENDING) else "")
        exact = phrase.points[0].grain == Grain.DAY
        return _Decision(self._same(phrase.points), SAME_DAYS if exact else SAME_MONTH)

    def _far(self, point: Point) -> _Decision:
        """A date of another year stays; one the new year has reached is to be looked at."""
        reached = self.years.old < point.year <= self.years.new
        return _Decision(doubt=f"{point.year}년이 되었거나 지났음: 확인" if reached else "")

    def _year(self, point: Point, after: str) -> _Decision:
        if point.year != self.years.old:
            return _Decision(doubt="다음 해를 말하는 글이라 그대로 둠: 확인")
        if _FROM_OR_TO.match(after):
            return _Decision(doubt="시작이나 끝을 말하는 해라 그대로 둠: 확인")
        guideline = _GUIDELINE.match(after)
        doubt = f"{self.years.new}년도 지침이 나왔는지와 조문을 확인" if guideline else ""
        return _Decision((date(self.years.new, 1, 1),), SAME_YEAR, doubt)

    def _days(self, phrase: Phrase, line: str, label: bool) -> _Decision:
        days = [point.first for point in phrase.points]
        around = line[max(0, phrase.start - 30) : phrase.end + 15]
        told = any(part == "year" for p in phrase.points for part, _, _ in p.places)
        if told and not label and _FACT.search(around):
            return _STAYS
        if len(days) == 1 and not (told or label or days[0] in self.known):
            return _STAYS
        if len(days) == 1:
            after = line if label else line[phrase.end : phrase.end + 10]
            moves: Mapping[date, MovedDay] = {days[0]: moved_day(days[0], self.years, after)}
        else:
            moves = moved_days(days, self.years, self.rules)
        to = [self.known.get(day, moves[day]) for day in days]
        return _Decision(tuple(m.day for m in to), _together([m.reason for m in to]))


def _together(reasons: list[str]) -> str:
    """Each reason once; one that another tells more of is left out."""
    once = dict.fromkeys(reasons)
    return "; ".join(
        reason
        for reason in once
        if not any(other != reason and other.startswith(reason) for other in once)
    )


def _compares_years(found: list[Phrase]) -> bool:
    """Whether a line tells of several years, each by itself: a history or an outlook."""
    years = {p.points[0].year for p in found if not p.join and p.points[0].grain <= Grain.HALF}
    return len(years) > 1


def years_made_for(text: str, year: int) -> tuple[int, int] | None:
    """The several years a text of the plan of ``year`` names that reach beyond it: (2016~2019)."""
    for phrase in phrases(text, year):
        first, last = phrase.points[0], phrase.points[-1]
        if phrase.join == "~" and first.grain == Grain.YEAR and last.year > year:
            return first.year, last.year
    return None
