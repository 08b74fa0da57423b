"""What one cell of a sheet of purchases says, however people and spreadsheets write it.

Nothing is guessed: a cell that can be read two ways, or not at all, is refused with a sentence.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from unicodedata import normalize

from django.db import models

from apps.core.hangul import particle
from apps.core.money import UNITS, read_won
from apps.core.sheets import restored
from apps.imports.columns import squeezed
from apps.imports.registry import Raw
from apps.procurement.models import FIRST_YEAR, LAST_YEAR, NOTHING_PAID

EMPTY = "꼭 적어야 하는 칸입니다."
BAD_DAY = "날짜를 읽을 수 없습니다. 2026-11-02처럼 적어 주세요."
NO_YEAR = "연도가 없는 날짜입니다. 2026-11-02처럼 적어 주세요."
YEAR_RANGE = f"{FIRST_YEAR}년부터 {LAST_YEAR}년까지의 날짜만 적을 수 있습니다."
BAD_AMOUNT = "금액을 읽을 수 없습니다. 1,500,000 또는 1,500천원처럼 적어 주세요."
PART_OF_A_WON = "1원보다 작은 단위가 있습니다. 원 단위로 적어 주세요."
TOO_MUCH = "금액이 너무 큽니다. 단위를 확인해 주세요."
#: A spreadsheet holds whole numbers exactly up to about here.
MOST = 10**15
#: The day a spreadsheet counts days from.
_DAY_ZERO = date(1899, 12, 30)
_WEEKDAY_AND_TIME = (
    r"\s*(?:\(?[월화수목금토일](?:요일)?\)?)?(?:[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_DAY = re.compile(
    r"['’‘]?(\d{4}|\d{2})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?" + _WEEKDAY_AND_TIME
)
_DIGITS = re.compile(r"((?:\d{2})?\d{2})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_NO_YEAR = re.compile(r"\d{1,2}\s*[-./월]\s*\d{1,2}\s*[.일]?")
_PLAIN = re.compile(r"[0-9]{1,15}")


class BadCell(Exception):
    """A cell that cannot be taken; its text is the sentence for whoever wrote it."""


def text_of(value: Raw) -> str:
    """The text of a cell; a spreadsheet's whole number is its digits, ``'=1`` what it was before.

    >>> text_of(1024.0), text_of(" 복사용지 "), text_of("'=1+1"), text_of(None)
    ('1024', '복사용지', '=1+1', '')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return restored(value.strip()).strip() if value[:1] == "'" else value.strip()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def parse_day(value: Raw, *, today: date) -> date:
    """A day not after ``today``: a spreadsheet's own, its serial number, or as people write it.

    ``26.11.2`` is a day of 2026, as 행정 papers abbreviate years. Raises :class:`BadCell`.
    """
    day = _day(value)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadCell(YEAR_RANGE)
    if day > today:
        raise BadCell("아직 오지 않은 날입니다. 구매한 날을 적어 주세요.")
    return day


def _day(value: Raw) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = normalize("NFKC", text_of(value))
    if not text:
        raise BadCell(EMPTY)
    match = _DAY.fullmatch(text) or _DIGITS.fullmatch(text)
    try:
        if match:
            year = int(match[1])
            return date(
                year if len(match[1]) == 4 else FIRST_YEAR + year, *map(int, match.group(2, 3))
            )
        if _SERIAL.fullmatch(text):
            return _DAY_ZERO + timedelta(days=int(float(text)))
    except ValueError as error:
        raise BadCell("달력에 없는 날짜입니다. 다시 확인해 주세요.") from error
    raise BadCell(NO_YEAR if _NO_YEAR.fullmatch(text) else BAD_DAY)


def parse_amount(value: Raw, unit: str = "") -> int:
    """Whole won, at least 1; of a plain number the ``unit`` is that of its column (천원).

    Text is read as :func:`apps.core.money.read_won` does. Raises :class:`BadCell`, for a fraction
    of a won too.
    """
    won: int | Decimal
    if isinstance(value, int) or (isinstance(value, str) and _PLAIN.fullmatch(value)):
        won = int(value)
    elif isinstance(value, float):
        won = _number(value)
    else:
        text = text_of(value)
        if not text:
            raise BadCell(EMPTY)
        try:
            won = read_won(text, unit)
        except ValueError as error:
            raise BadCell(BAD_AMOUNT) from error
        unit = ""
    won *= UNITS[unit]
    if won != int(won):
        raise BadCell(PART_OF_A_WON)
    if won < 1:
        raise BadCell(NOTHING_PAID)
    if won > MOST:
        raise BadCell(TOO_MUCH)
    return int(won)


def _number(value: float) -> Decimal:
    """A spreadsheet's number as it shows it: 0.1 is a tenth."""
    number = Decimal(repr(value))
    if not number.is_finite():
        raise BadCell(BAD_AMOUNT)
    return number


def choice_of(value: Raw, choices: type[models.TextChoices], spellings: Mapping[str, str]) -> str:
    """One of the office's words or another spelling of it, spaces and signs aside.

    ``spellings`` map what is written, :func:`apps.imports.columns.squeezed`, to the value; they
    hold the words themselves. Raises :class:`BadCell`.
    """
    text = text_of(value)
    if not text:
        raise BadCell(EMPTY)
    found = spellings.get(squeezed(text))
    if found is None:
        known = ", ".join(choices.labels)
        word = particle(f"‘{text[:30]}’", "은/는")
        raise BadCell(f"{word} 쓸 수 없는 값입니다. 쓸 수 있는 값: {known}")
    return found


def limited(value: Raw, length: int, *, required: bool = False) -> str:
    """Text of at most ``length`` letters. Raises :class:`BadCell`."""
    text = text_of(value)
    if not text:
        if required:
            raise BadCell(EMPTY)
        return ""
    if len(text) > length:
        raise BadCell(f"{length}자까지 적을 수 있습니다. 지금은 {len(text)}자입니다.")
    if "\0" in text:
        raise BadCell("읽을 수 없는 글자가 있습니다.")
    return text
