"""Two people at one record: what is saved beside what somebody typed, the differences marked."""

from dataclasses import dataclass
from typing import Any

from django import forms

from apps.core.differences import Piece, beside


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two people have left with different contents."""

    label: str
    saved: tuple[Piece, ...]
    typed: tuple[Piece, ...]


def compare(label: str, saved: str, typed: str) -> Difference:
    """The two texts in pieces, word by word."""
    return Difference(label, *beside(saved, typed))


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
