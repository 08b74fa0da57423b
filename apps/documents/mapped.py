"""Every string of a paper, wherever its nodes keep it: read, or put another in its place."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")


def texts(value: Any) -> Iterator[str]:
    """Every string of a document, a node or a tuple of them, in the order of the paper."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def mapped(value: T, change: Callable[[str], str]) -> T:
    """The same document, node or tuple with ``change`` made to every string in it."""
    made: T = _mapped(value, change)
    return made


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_mapped(item, change) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: _mapped(getattr(value, f.name), change) for f in fields(value)}
        return replace(value, **parts)
    return value
