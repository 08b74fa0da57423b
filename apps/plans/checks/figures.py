"""Figures a text names, and figures typed into it that records compute otherwise."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from apps.core.hangul import particle
from apps.plans.checks.reading import Fault, Passage, Reading
from apps.plans.checks.words import UNITS
from apps.plans.registry import check
from apps.plans.texts import Token, known_names, printed, shown_all, tokens

#: What may stand between a figure's name and its number, then number and unit.
_VALUE = (
    r"\s*(?:설정|실시|개최|체결|제작|배부|발굴|달성)?\s*(?:은|는|이|가|을|를|도)?\s*[:：(]?"
    r"\s*(?:약|총|모두)?\s*(\d[\d,]{0,18})\s*"
    r"(천원|만원|백만원|억원|원|개|회|명|부|건|%)"
)
_AREAS = re.compile(r"(?<!\d)(\d{1,9})\s*(?:대|개)\s*중점\s*분야")
_TASKS = re.compile(r"(?<!\d)(\d{1,9})\s*개\s*(?:의\s*)?전략\s*과제")


@check(
    "unknown_figures",
    name="값이 없는 수치",
    sentence="글에 넣은 {{수치}}가 있는 이름이고 값이 있는지 봅니다.",
)
def unknown_figures(reading: Reading) -> Iterator[Fault]:
    named = {token for p in reading.unfilled for token in tokens(p.text)}
    values = shown_all(named, reading.year) if named else {}
    for passage in reading.unfilled:
        for token in tokens(passage.text):
            if token not in values:
                yield passage.place.fault(
                    f"수치 {{{{{token.written}}}}}에 {token.year(reading.year)}년 값이 없습니다."
                )


@dataclass(frozen=True, slots=True)
class Typed:
    """A number a text gives right behind the name of a figure."""

    passage: Passage
    token: Token
    number: int
    unit: str


@check(
    "typed_figures",
    name="기록과 다른 수치",
    sentence="글에 적은 수치가 기록에서 계산한 값이나 분야·과제의 수와 같은지 봅니다.",
)
def typed_figures(reading: Reading) -> Iterator[Fault]:
    typed = list(_typed(reading))
    values = shown_all({each.token for each in typed}, reading.year) if typed else {}
    for each in typed:
        value = values.get(each.token)
        if value and value.unit == each.unit and value.number != each.number:
            written = printed(each.number, each.unit)
            yield each.passage.place.fault(
                f"{value.year}년 {each.token.name}: {particle(written, '이라고/라고')} 적었으나"
                f" 기록에서는 {value.text}입니다."
            )
    yield from _own_numbers(reading)


def _typed(reading: Reading) -> Iterator[Typed]:
    names = sorted(known_names(), key=len, reverse=True)
    for passage in reading.unfilled:
        for item in passage.items:
            text = item.text
            for name in names:
                if name in text:
                    yield from _behind(passage, name, text, reading.year)
                    text = text.replace(name, "·")  # a shorter name within it is not meant


def _behind(passage: Passage, name: str, text: str, plan_year: int) -> Iterator[Typed]:
    """``2015년 공공구매 실적: 900,000천원``; the year before the name, else the passage's own."""
    match = re.search(rf"(?:(20\d\d)년도?\s*)?(?<![가-힣]){re.escape(name)}{_VALUE}", text)
    if not match:
        return
    year = int(match[1] or passage.year)
    number = int(match[2].replace(",", ""))
    if year in (plan_year, plan_year - 1):
        token = Token(name, last_year=year < plan_year)
        won = match[3] in UNITS
        yield Typed(passage, token, number * UNITS.get(match[3], 1), "원" if won else match[3])


def _own_numbers(reading: Reading) -> Iterator[Fault]:
    """``5대 중점분야``, ``13개 전략과제`` against the plan's own rows."""
    counted = ((_AREAS, "중점분야", len(reading.areas)), (_TASKS, "과제", len(reading.tasks)))
    for passage in reading.passages:
        for pattern, name, actual in counted:
            for number in pattern.findall(passage.text):
                if int(number) != actual:
                    yield passage.place.fault(
                        f"{particle(name, '을/를')} {number}개라고 적었으나 {actual}개입니다."
                    )
