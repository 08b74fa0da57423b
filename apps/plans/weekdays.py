"""The weekday rules plans state: ``매월 넷째주 토요일``, ``2째 주 화요일``, ``마지막 금요일``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from apps.core.dates import WEEKDAYS, nth_weekday

NTH = ("첫째", "둘째", "셋째", "넷째", "다섯째")
LAST = 5
_SPELLINGS = {"첫": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "넷": 4, "네": 4, "다섯": 5}
_STATED = re.compile(
    rf"(?:(?:(?P<last>마지막)|(?P<word>{'|'.join(_SPELLINGS)}))\s*(?:번?째)?\s*주?"
    rf"|(?<!\d)(?P<number>[1-5])\s*(?:번?째\s*주?|주))\s*(?P<weekday>[{WEEKDAYS}])요일"
)


@dataclass(frozen=True, slots=True)
class Weekday:
    """The ``nth`` weekday of a month; the fifth is the last, as not every month has five."""

    nth: int
    weekday: int

    @classmethod
    def of(cls, day: date) -> "Weekday":
        return cls((day.day - 1) // 7 + 1, day.weekday())

    def on(self, year: int, month: int) -> date:
        day = nth_weekday(year, month, self.weekday, min(self.nth, LAST - 1))
        later = nth_weekday(year, month, self.weekday, LAST)
        return later if self.nth == LAST and later.month == month else day

    def __str__(self) -> str:
        word = "마지막" if self.nth == LAST else NTH[self.nth - 1]
        return f"{word} {WEEKDAYS[self.weekday]}요일"


def stated(text: str) -> Iterator[tuple[str, Weekday]]:
    """The weekdays a text states as a rule, each with its words."""
    for match in _STATED.finditer(text):
        nth = LAST if match["last"] else int(match["number"] or _SPELLINGS[match["word"]])
        yield match[0], Weekday(nth, WEEKDAYS.index(match["weekday"]))
