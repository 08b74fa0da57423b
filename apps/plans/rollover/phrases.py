"""Finding the dates that Korean office text speaks of.

``2016. 4~5월``, ``2015. 11. 20. ~ 2016. 10. 31.``, ``’16. 상반기``, ``4/23, 5/28`` are phrases: one
date, a span of two, or a list. Each number keeps its place in the text, so that a phrase can be
written anew with other numbers and nothing else of the text changed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache

from apps.core.dates import WEEKDAYS, month_end


class Grain(IntEnum):
    """How exact a date is."""

    YEAR = 1
    HALF = 2
    MONTH = 3
    DAY = 4


@dataclass(frozen=True, slots=True)
class Point:
    """A date of some exactness. ``places`` says where its numbers stand in the text."""

    grain: Grain
    year: int
    month: int
    day: int
    places: tuple[tuple[str, int, int], ...]

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        return self.first if self.day else month_end(date(self.year, self.month or 12, 1))


@dataclass(frozen=True, slots=True)
class Phrase:
    """One date, a span (``~``) of two, or a list (``,``) of several."""

    start: int
    end: int
    join: str
    points: tuple[Point, ...]

    def written(self, text: str, dates: tuple[date, ...]) -> str:
        """The phrase with other dates in place of its own, spelled as before."""
        edits = [
            (start, end, _spelled(part, text[start:end], to))
            for point, to in zip(self.points, dates, strict=True)
            for part, start, end in point.places
        ]
        made, at = [], self.start
        for start, end, new in sorted(edits):
            made += [text[at:start], new]
            at = end
        return "".join((*made, text[at : self.end]))


def _spelled(part: str, old: str, to: date) -> str:
    if part == "weekday":
        return WEEKDAYS[to.weekday()]
    number: int = getattr(to, part)
    if part == "year":
        return str(number)[-len(old) :]
    return f"{number:02}" if old.startswith("0") else str(number)


_YEAR = (
    r"(?:(?<![\d,.])(?P<year>20\d\d)|[’‘'`](?P<short>\d\d)|(?<![\d,.])(?P<own>{own})(?=\.\s?\d|년))"
)
_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?!\d)(?!,\d)(?!\s*[개회명부원천백%월])"
_WEEKDAY = rf"(?:\s*\((?P<weekday>[{WEEKDAYS}])(?:요일)?\))?"
_DAY_TAIL = rf"{_MONTH}\s*(?:\.|월|-)\s*{_DAY}(?:\s*일(?!정)|\.)?{_WEEKDAY}"
_MONTH_TAIL = rf"{_MONTH}(?!\d)(?:\s*월|\.(?!\d)|(?=\s*[~∼～]))"
#: Counts and amounts are no years: ``2016개``. Nor is ``16년간`` one.
_NO_UNIT = r"(?![\d,%]|\s?[개원명회부천백만호㎡쪽])(?!년\s?(?:간|동안|차|째|이상|이내|미만))"
_JOIN = re.compile(r"\s*(?P<join>[~∼～,/·‧])\s*")
_TOKEN = re.compile(r"\{\{.*?\}\}")
_SLASH_DAY = re.compile(
    rf"(?<![\d/.]){_MONTH}/{_DAY}(?!\s*/|\s*4?분기){_WEEKDAY}".replace("(?!,\\d)", "")
)


@cache
def _dated(own: str) -> tuple[tuple[Grain, re.Pattern[str]], ...]:
    """What begins a phrase: a year and what follows it, the most exact reading first."""
    year = _YEAR.replace("{own}", own)
    return (
        (Grain.DAY, re.compile(rf"{year}\s*(?:\.|년|-)\s*{_DAY_TAIL}")),
        (Grain.MONTH, re.compile(rf"{year}\s*(?:\.|년)\s*{_MONTH_TAIL}")),
        (Grain.HALF, re.compile(rf"{year}(?:\.|년도?)?\s*(?:상반기|하반기|[1-4](?:/4)?\s?분기)")),
        (Grain.YEAR, re.compile(rf"{year}{_NO_UNIT}(?:년도|년)?")),
    )


#: What may follow in a span or list without naming the year again.
_FOLLOWING = {
    Grain.DAY: re.compile(_DAY_TAIL),
    Grain.MONTH: re.compile(rf"{_MONTH}(?!\d)(?:\s*월|\.(?!\d))"),
}


def phrases(text: str, year: int) -> Iterator[Phrase]:
    """The date phrases of ``text`` in order; ``year`` is the plan's own, which alone may be
    written with two bare digits. Figures named as ``{{…}}`` are left alone."""
    masked = _TOKEN.sub(lambda token: " " * len(token[0]), text)
    at = 0
    while at < len(masked):
        phrase = _phrase(masked, at, year)
        if phrase is None:
            at += 1
        else:
            yield phrase
            at = phrase.end


def _phrase(text: str, at: int, year: int) -> Phrase | None:
    found = _point(text, at, year)
    if found is None:
        return _slashes(text, at, year)
    points, join, end = [found[0]], "", found[1]
    while joined := _JOIN.match(text, end):
        sign = "~" if joined["join"] in "~∼～" else ","
        last = points[-1]
        following = _point(text, joined.end(), year) if sign == "~" else None
        following = following or _follow(text, joined.end(), last)
        if following is None or join == "~" or (join and sign != join):
            break
        points.append(following[0])
        join, end = sign, following[1]
    return Phrase(at, end, join, tuple(points))


def _point(text: str, at: int, year: int) -> tuple[Point, int] | None:
    for grain, pattern in _dated(f"{year % 100:02}"):
        match = pattern.match(text, at)
        if match and (point := _read(match, grain, None)):
            return point, match.end()
    return None


def _follow(text: str, at: int, before: Point) -> tuple[Point, int] | None:
    """The next date of a span or list, of the same year, or the year after: ``2016. 11.~2월``."""
    pattern = _FOLLOWING.get(before.grain)
    match = pattern.match(text, at) if pattern else None
    point = match and _read(match, before.grain, before.year)
    if match and point and point.first < before.first:
        point = _read(match, before.grain, before.year + 1)
    return (point, match.end()) if match and point else None


def _slashes(text: str, at: int, year: int) -> Phrase | None:
    """Days of the plan's year as ``4/23, 5/28``, or a span ``4/23~4/25``."""
    points: list[Point] = []
    join, end, next_at = "", at, at
    while (match := _SLASH_DAY.match(text, next_at)) and (point := _read(match, Grain.DAY, year)):
        points.append(point)
        end = match.end()
        joined = _JOIN.match(text, end)
        sign = "" if joined is None else "~" if joined["join"] in "~∼～" else ","
        if joined is None or joined["join"] == "/" or join == "~" or (join and sign != join):
            break
        join, next_at = sign, joined.end()
    return Phrase(at, end, join if len(points) > 1 else "", tuple(points)) if points else None


def _read(match: re.Match[str], grain: Grain, inherited: int | None) -> Point | None:
    """The numbers of a match, or ``None`` when they are no day of the calendar."""
    groups = match.groupdict()
    key = next((k for k in ("year", "short", "own") if groups.get(k)), None)
    year = inherited or 0
    places = []
    if key:
        year = int(groups[key]) + (0 if key == "year" else 2000)
        places.append(("year", *match.span(key)))
    numbers = ("month", "day", "weekday")
    places += [(part, *match.span(part)) for part in numbers if groups.get(part)]
    month, day = int(groups.get("month") or 0), int(groups.get("day") or 0)
    if day and day > month_end(date(year, month, 1)).day:
        return None
    return Point(grain, year, month, day, tuple(places))
