"""Two people at one record: what is saved beside what somebody typed, the differences marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django import forms

_WORDS = re.compile(r"\s+|\S+")
#: Marking the differences of longer texts word by word would keep the reader waiting.
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a text; ``differs`` where the other text has something else there."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two people have left with different contents."""

    label: str
    saved: tuple[Piece, ...]
    typed: tuple[Piece, ...]


def compare(label: str, saved: str, typed: str) -> Difference:
    """The two texts in pieces, word by word."""
    old, new = _WORDS.findall(saved), _WORDS.findall(typed)
    if len(old) + len(new) > _LONGEST:
        return Difference(label, (Piece(saved, True),), (Piece(typed, True),))
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return Difference(
        label,
        tuple(_pieces(old, ((tag, a, b) for tag, a, b, _, _ in steps))),
        tuple(_pieces(new, ((tag, a, b) for tag, _, _, a, b in steps))),
    )


def _pieces(words: list[str], steps: Iterator[tuple[str, int, int]]) -> Iterator[Piece]:
    return (Piece("".join(words[a:b]), tag != "equal") for tag, a, b in steps if a < b)


def plain(value: Any) -> str:
    """A field's content as text, the same whether it comes from the record or from the form."""
    if hasattr(value, "all"):
        value = value.all()
    if hasattr(value, "pk"):
        return str(value.pk)
    if not isinstance(value, str) and hasattr(value, "__iter__"):
        parts = [plain(part) for part in value]
        rows = any(hasattr(part, "pk") for part in value)
        return repr(sorted(parts) if rows else parts)
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def words(field: forms.Field, value: Any) -> str:
    """A field's content as a person reads it: the names of what was chosen, lines of a table."""
    value = field.prepare_value(value)
    if isinstance(field.widget, forms.CheckboxInput):
        return "예" if value else "아니오"
    choices = getattr(field, "choices", None)
    if choices is not None:
        names = {str(key): str(name) for key, name in choices}
        chosen = value if isinstance(value, list | tuple) else [value]
        return ", ".join(names.get(str(v), str(v)) for v in chosen if v not in (None, ""))
    if isinstance(value, list):
        return "\n".join(" | ".join(row) for row in value)
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
