"""Two texts side by side, the words that differ marked."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Korean particles stay on their word; ``│`` stands between the cells of a row.
_WORDS = re.compile(r"\s+|[^\s│]+|│")
#: Marking the differences of longer texts word by word would keep the reader waiting.
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words; ``marked`` where the other text has something else there."""

    text: str
    marked: bool = False


def beside(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces, word by word; very long ones that differ are marked whole."""
    left, right = _WORDS.findall(old), _WORDS.findall(new)
    if old != new and len(left) + len(right) > _LONGEST:
        return (Piece(old, marked=True),), (Piece(new, marked=True),)
    steps = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return (
        tuple(_pieces(left, ((tag, a, b) for tag, a, b, _, _ in steps))),
        tuple(_pieces(right, ((tag, a, b) for tag, _, _, a, b in steps))),
    )


def _pieces(words: list[str], steps: Iterable[tuple[str, int, int]]) -> Iterator[Piece]:
    return (Piece("".join(words[a:b]), tag != "equal") for tag, a, b in steps if a < b)
