"""Money is whole won. 천원 is only a way of showing it."""

import re
from collections.abc import Sequence
from decimal import Decimal
from unicodedata import normalize

_AMOUNT = re.compile(
    r"(?:일?금\s*)?[₩\\]?\s*(-?)\s*([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(\.[0-9]+)?\s*"
    r"(천원?|(?:백|천)?만원?|억원?|원)?정?"
)
#: Letters of double width, as they stand in documents, and the plain ones.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0xFFE6: "₩", 0x3000: " "}
#: What an amount is in, in won; without a unit it is won.
UNITS = {
    "": 1,
    "원": 1,
    "천원": 1_000,
    "만원": 10_000,
    "백만원": 1_000_000,
    "천만원": 10_000_000,
    "억원": 100_000_000,
}


def read_won(text: str, unit: str = "") -> Decimal:
    """Won, a part of one too, from what people write: the one grammar of forms, sheets and files.

    ``1,000,000``, ``₩1,000,000원``, ``1000천``, ``1.5억원``, ``금 1,000,000원정``, ``1000000.0``,
    also in letters of double width. ``unit`` is that of an amount without its own. Raises
    ``ValueError`` for anything else, misplaced commas too; nothing is guessed or cut off.
    """
    match = _AMOUNT.fullmatch(normalize("NFC", text).translate(_WIDE).strip())
    if not match:
        raise ValueError(text)
    sign, whole, fraction, own = match.groups()
    own = f"{own.removesuffix('원')}원" if own else unit
    return Decimal(f"{sign}{whole.replace(',', '')}{fraction or ''}") * UNITS[own]


def parse_won(text: str) -> int:
    """Whole won by :func:`read_won`; raises ``ValueError`` for a part of a won too."""
    won = read_won(text)
    if won != int(won):
        raise ValueError(text)
    return int(won)


def comma(won: int) -> str:
    return f"{won:,}"


def thousand(won: int) -> str:
    """Won shown in 천원, rounded half up, with commas."""
    size = (abs(won) + 500) // 1000
    return comma(-size if won < 0 else size)


def percent(part: int, whole: int) -> int | None:
    """``part`` of ``whole`` in whole percent, rounded half up; ``None`` where nothing is due.

    >>> percent(1, 3), percent(2, 3), percent(5, 0)
    (33, 67, None)
    """
    return (part * 200 + whole) // (whole * 2) if whole else None


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """``total`` in whole parts as the weights stand to each other; the parts always add up to it.

    By largest remainder: each part is its exact share rounded down or up. Of equal remainders the
    larger weight comes first, then the one that stands first. Without any weight nothing is shared.
    ``total`` and weights are not negative.

    >>> shares(100, [1, 1, 1]), shares(1000, [2, 1])
    ([34, 33, 33], [667, 333])
    """
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(
        range(len(weights)), key=lambda i: (-(total * weights[i] % whole), -weights[i], i)
    )
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


def percents(weights: Sequence[int]) -> list[str]:
    """What each has of the whole in percent, to a tenth; together they are 100.0 %.

    >>> percents([1, 1, 1]), percents([0, 0])
    (['33.4%', '33.3%', '33.3%'], ['-', '-'])
    """
    if not sum(weights):
        return ["-"] * len(weights)
    return [tenths(part) for part in shares(1000, weights)]


def rate(part: int, whole: int) -> str:
    """``part`` of ``whole`` in percent, to a tenth, rounded half up; ``-`` without a whole.

    >>> rate(2, 3), rate(-1, 2), rate(5, 0)
    ('66.7%', '-50.0%', '-')
    """
    if not whole:
        return "-"
    size = (abs(part) * 2000 + whole) // (whole * 2)
    return tenths(-size if part < 0 else size)


def tenths(mille: int) -> str:
    """Thousandths as percent: 667 is ``66.7%``."""
    size = abs(mille)
    return f"{'-' if mille < 0 else ''}{comma(size // 10)}.{size % 10}%"
