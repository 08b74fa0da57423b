"""Numbers of organisations in a plan: with their day, agreeing with each other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from apps.core.dates import month_end
from apps.core.templatetags.office import kdate
from apps.plans.checks.reading import Fault, Item, Passage, Reading, above
from apps.plans.checks.words import days
from apps.plans.enums import SectionKey
from apps.plans.registry import check

_POINT = re.compile(
    r"(?<!\d)(\d{1,15})\s*개\s*\(\s*(?:20(\d\d)|['‘’](\d\d))\s*(?:[.년-]\s*)?(?:(1[0-2]|0?[1-9])\s*[월.])?[^()]*\)"
)
_AS_OF = re.compile(r"\(([^()]*)기준\s*\)")
_COUNT = re.compile(r"(?<![\d,.])(\d{1,15})\s*개(?!월|년|소|사)")
_YEAR = re.compile(r"20\d\d|['‘’]\d\d")
_GONE = re.compile(r"폐업|해산|취소|반납|종료|만료|감소")


@dataclass(frozen=True, slots=True)
class Point:
    """A number of organisations at a time, as a text writes it: ``63개(2016. 3월 기준)``."""

    passage: Passage
    item: Item
    count: int
    year: int
    month: int | None

    @property
    def until(self) -> date:
        return month_end(date(self.year, self.month or 12, 1))

    @property
    def when(self) -> str:
        return f"{self.year}. {self.month}월" if self.month else f"{self.year}년"

    def __str__(self) -> str:
        return f"{self.count}개({self.when})"


def _series(reading: Reading) -> list[list[Point]]:
    """Lines that tell the number of organisations of two times or more."""
    rows = []
    for passage in reading.passages:
        for item in passage.items:
            points = [
                Point(passage, item, int(n), 2000 + int(y or short), int(m) if m else None)
                for n, y, short, m in _POINT.findall(item.text)
            ]
            if len(points) > 1:
                rows.append(points)
    return rows


@check(
    "count_series",
    name="조직 수의 흐름",
    sentence="해마다의 조직 수가 곳마다 같은지, 적은 기준일까지 이어지는지 봅니다.",
)
def count_series(reading: Reading) -> Iterator[Fault]:
    rows = _series(reading)
    seen: dict[tuple[int, int | None], Point] = {}
    for point in (point for points in rows for point in points):
        first = seen.setdefault((point.year, point.month), point)
        if first.count != point.count:
            yield point.passage.place.fault(
                f"{point.when} 조직 수가 여기서는 {point.count}개,"
                f" {first.passage.place.where}에서는 {first.count}개입니다."
            )
    for points in rows:
        yield from _stops_short(
            points, [other for row in rows if row is not points for other in row]
        )


def _stops_short(points: list[Point], others: list[Point]) -> Iterator[Fault]:
    """A row of numbers under a day that comes after its last number."""
    last = points[-1]
    as_of = _as_of(last)
    if as_of is None or last.until.year >= as_of.year:
        return
    later = [p for p in others if last.until < p.until and p.until <= month_end(as_of)]
    more = (
        f" {', '.join(str(p) for p in later)}는 {later[0].passage.place.where}에만 있습니다."
        if later
        else ""
    )
    yield last.passage.place.fault(
        f"{kdate(as_of)} 기준이라고 적었으나 조직 수는 {last}에서 그칩니다.{more}"
    )


def _as_of(point: Point) -> date | None:
    items = point.passage.items
    for line in (point.item, *above(items, point.item)):
        match = _AS_OF.search(_POINT.sub("", line.text))
        found = days(match[1], point.passage.year) if match else []
        if found and found[0].day:
            return found[0].day
    return None


@check(
    "count_growth",
    name="신규 조직과 늘어난 수",
    sentence="지난해 새로 생긴 조직의 수가 조직 수가 늘어난 만큼을 넘지 않는지 봅니다.",
)
def count_growth(reading: Reading) -> Iterator[Fault]:
    year = reading.year - 1
    at = {p.year: p.count for row in _series(reading) for p in row if p.month is None}
    results = reading.section(SectionKey.RESULTS)
    if results is None or year not in at or year - 1 not in at:
        return
    new = [(item.text, _how_many(item.text)) for item in results.items if "신규" in item.text]
    gone = sum(_how_many(i.text) for i in results.items if _GONE.search(i.text))
    made, net = sum(count for _, count in new), at[year] - at[year - 1]
    if made > net + gone:
        told = ", ".join(f"{text.partition(':')[0]} {count}개" for text, count in new if count)
        yield results.place.fault(
            f"{year}년에 새로 생긴 조직이 적어도 {made}개({told})인데 조직 수는"
            f" {at[year - 1]}개에서 {at[year]}개로 {net}개만 늘었습니다."
        )


def _how_many(text: str) -> int:
    """``신규 발굴: 14개`` is 14; ``신규 지정: 가, 나`` is as many as are named."""
    stated = _COUNT.search(text)
    if stated:
        return int(stated[1])
    _, colon, named = re.sub(r"\([^()]*\d[^()]*\)", "", text).partition(":")
    return len([name for name in named.split(",") if name.strip()]) if colon else 0


@check(
    "count_undated",
    name="날짜 없는 수",
    sentence="조직 현황에 적은 수에 기준일이 있는지 봅니다.",
)
def count_undated(reading: Reading) -> Iterator[Fault]:
    passage = reading.section(SectionKey.ORGANIZATIONS)
    if passage is None:
        return
    items = passage.items
    for item in items:
        counts = _COUNT.findall(item.text)
        dated = any(_YEAR.search(line.text) for line in (item, *above(items, item)))
        if counts and not dated:
            yield passage.place.fault(f"‘{item.text}’의 수에 기준일이 없습니다.")
