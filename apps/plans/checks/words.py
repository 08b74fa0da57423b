"""What a sentence of a plan says in figures, days and names, read by rule."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from apps.core.dates import WEEKDAYS, month_end

UNITS = {
    "원": 1,
    "천원": 1_000,
    "만원": 10_000,
    "백만원": 1_000_000,
    "억원": 100_000_000,
}
_AMOUNT = re.compile(
    r"(?<![\d,.])(\d{1,3}(?:,\d{3}){1,4}|\d{1,15})\s*(천원|만원|백만원|억원|원)(?![\d가-힣]*율)"
)
_YEAR = r"(?:20\d\d|['‘’`]\d\d|(?<!\d)\d\d(?=\s*\.\s*\d))"
_DAY = re.compile(
    r"(?:(?P<year>20\d\d|['‘’`]\d\d)\s*[.년/-]\s*)?"
    r"(?<![\d,:])(?P<month>\d{1,2})\s*(?P<mark>[./월-])\s*(?P<day>\d{1,2})(?!\d|\s*[~∼～]?\s*\d*월)"
    r"\s*(?:일|\.)?(?:\s*\((?P<weekday>[월화수목금토일])(?:요일)?\))?"
)
_RANGE = re.compile(r"\s*[~∼～]\s*$")
_SPAN = re.compile(
    r"(?:(?P<year>20\d\d|['‘’`]?\d\d)\s*[.년]\s*)?(?P<first>\d{1,2})\s*(?:월|\.)?\s*"
    r"(?:[~∼～]\s*(?:(?P<to_year>20\d\d)\s*[.년]\s*)?(?P<last>\d{1,2})\s*(?:월|\.)?)?"
)
_HALVES = {"상반기": (1, 6), "하반기": (7, 12)}
_QUOTED = re.compile(r"[「『]([^「」『』]+)[」』]([^「『\n]{0,24})")
_NOISE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[^0-9A-Za-z가-힣]")


@dataclass(frozen=True, slots=True)
class Day:
    """A day as a text writes it; ``day`` is ``None`` where there is no such day.

    ``ranged``: it is an end of a span of days (``10. 29. ~ 10. 30.``), not a day by itself.
    """

    written: str
    day: date | None
    weekday: str = ""
    ranged: bool = False


def amounts(text: str) -> list[int]:
    """The amounts of money a text names, in won."""
    return [won_of(match) for match in _AMOUNT.finditer(text)]


def won_of(match: re.Match[str]) -> int:
    return int(match[1].replace(",", "")) * UNITS[match[2]]


def first_amount(text: str) -> re.Match[str] | None:
    return _AMOUNT.search(text)


def days(text: str, year: int) -> list[Day]:
    """The days a text names: ``2015. 5. 26.``, ``'15.5.26``, ``4/23``, ``5월 26일``.

    A day without its year takes that of the day before it in the text, else ``year``.
    """
    found: list[Day] = []
    known, before = None, 0
    for match in _DAY.finditer(text):
        written_year = match["year"]
        if not written_year and match["mark"] in ".-" and known is None:
            continue  # 2.5 or 3-1 is no day by itself
        if written_year:
            known = int(written_year.strip("'‘’`")) % 100 + 2000
        ranged = bool(found) and bool(_RANGE.search(text[before : match.start()]))
        if ranged:
            last = found.pop()
            found.append(Day(last.written, last.day, last.weekday, ranged=True))
        day = _day(known or year, int(match["month"]), int(match["day"]))
        found.append(Day(match[0].strip(), day, match["weekday"] or "", ranged))
        before = match.end()
    return found


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def span(text: str, year: int) -> tuple[date, date] | None:
    """The days a period stands for: ``2016년 3월 ~ 8월``, ``2016. 7.~12.``, ``2016. 상반기``.

    ``None`` where it says no such thing (``연중``, ``매월 1회``, ``3년 6개월``).
    """
    plain = re.sub(r"\([^()]*\)", "", text).strip()
    exact = [d.day for d in days(plain, year) if d.day]
    if exact:
        return exact[0], exact[-1]
    half = re.fullmatch(r"(?:(20\d\d)\s*[.년]\s*)?(상반기|하반기)", plain)
    if half:
        months, of = _HALVES[half[2]], int(half[1] or year)
        return date(of, months[0], 1), month_end(date(of, months[1], 1))
    match = _SPAN.fullmatch(plain)
    if not match or ("월" not in plain and "." not in plain):
        return None
    return _months(match, year)


def _months(match: re.Match[str], year: int) -> tuple[date, date] | None:
    of = int((match["year"] or str(year)).strip("'‘’`")) % 100 + 2000
    first = _day(of, int(match["first"]), 1)
    last = _day(int(match["to_year"] or of), int(match["last"] or match["first"]), 1)
    return (first, month_end(last)) if first and last else None


def weekday(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]}요일"


def quoted(text: str) -> Iterator[tuple[str, str]]:
    """Names set in 「 」 or 『 』, each with the words behind it."""
    for match in _QUOTED.finditer(text):
        if match[1].strip():
            yield match[1].strip(), match[2]


def bare(name: str) -> str:
    """A name without spaces, marks and what stands in brackets: two spellings of it are equal."""
    return _NOISE.sub("", name)


def jamo(text: str) -> str:
    """The letters of Hangul syllables: 적 is ㅈ, ㅓ, ㄱ."""
    return unicodedata.normalize("NFD", text)


def letters_apart(one: str, other: str) -> int:
    """How many letters (자모) have to be put in, left out or changed to make one the other."""
    a, b = jamo(one), jamo(other)
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        diagonal, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (x != y))
    return row[-1]
