"""Money is whole won. 천원 is only a way of showing it."""

import re

_AMOUNT = re.compile(
    r"^[₩\\]?\s*(-?)\s*([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)\s*(천원|백만원|억원|원)?$"
)
_UNITS = {"": 1, "원": 1, "천원": 1_000, "백만원": 1_000_000, "억원": 100_000_000}


def parse_won(text: str) -> int:
    """Whole won from what people type: ``1,000,000``, ``1,000,000원``, ``₩1000``, ``1000천원``.

    Raises ``ValueError`` for anything else, misplaced commas too; nothing is guessed or cut off.
    """
    match = _AMOUNT.match(text.strip())
    if not match:
        raise ValueError(text)
    value = int(match[2].replace(",", "")) * _UNITS[match[3] or ""]
    return -value if match[1] else value


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
