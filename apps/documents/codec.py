"""Frozen dataclasses to JSON values and back, by their type hints.

Where a hint is a union of dataclasses the value carries its class's name under ``kind``.
"""

import hashlib
import json
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
KIND = "kind"


def encode(value: Any) -> Any:
    """A dataclass, tuple or plain value as JSON values."""
    if is_dataclass(value):
        encoded = {field.name: encode(getattr(value, field.name)) for field in fields(value)}
        return {KIND: type(value).__name__, **encoded}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    return value


def digest_of(data: Any) -> str:
    """SHA-256 of JSON values in their canonical form."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def decode(hint: type[T], data: Any) -> T:
    """The value of type ``hint`` that `encode` wrote; `ValueError` when ``data`` is not one."""
    value: T = _decode(hint, data)
    return value


def _decode(hint: Any, data: Any) -> Any:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _decode(_member(get_args(hint), data), data)
    if origin is tuple:
        return _decode_tuple(get_args(hint), data)
    if isinstance(hint, type) and is_dataclass(hint):
        if not isinstance(data, dict) or data.get(KIND) != hint.__name__:
            raise ValueError(f"not a {hint.__name__}: {data!r}")
        return hint(**_values(hint, data))
    fits = data in get_args(hint) if origin is Literal else type(data) is hint
    if not fits:
        raise ValueError(f"not a {hint}: {data!r}")
    return data


def _values(hint: Any, data: dict[str, Any]) -> dict[str, Any]:
    """The fields of a dataclass. One it got after ``data`` was written keeps its default.

    What it no longer knows is refused: to leave it out would change what was kept.
    """
    if unknown := data.keys() - {KIND, *(field.name for field in fields(hint))}:
        raise ValueError(f"not a {hint.__name__}: it has no {', '.join(sorted(unknown))}")
    return {
        field.name: _decode(_hints(hint)[field.name], data[field.name])
        for field in fields(hint)
        if field.name in data or (field.default is MISSING and field.default_factory is MISSING)
    }


def _member(members: tuple[Any, ...], data: Any) -> Any:
    """The member of a union that ``data`` is one of."""
    if NoneType in members:
        return NoneType if data is None else next(m for m in members if m is not NoneType)
    kind = data.get(KIND) if isinstance(data, dict) else None
    for member in members:
        if member.__name__ == kind:
            return member
    raise ValueError(f"not a known node: {data!r}")


def _decode_tuple(args: tuple[Any, ...], data: Any) -> tuple[Any, ...]:
    items = data if isinstance(data, list) else []
    hints = args[:1] * len(items) if args[-1] is Ellipsis else args
    if items is not data or len(items) != len(hints):
        raise ValueError(f"not a list of {len(hints)}: {data!r}")
    return tuple(_decode(hint, item) for hint, item in zip(hints, items, strict=True))


@cache
def _hints(of: type) -> dict[str, Any]:
    return get_type_hints(of)
