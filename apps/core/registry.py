"""Lists that apps add to by modules of fixed names, found as the admin finds ``admin.py``.

``duties.py``    what is due for whom: functions ``(user, today) -> Iterable[Duty]``.
``searches.py``  what the one search box finds: functions ``(user, text) -> Iterable[Hit]``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Duty:
    """Something one person should do: a sentence, where to do it, and by when."""

    text: str
    url: str
    due: date | None = None
    tone: str = "info"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: its kind in the office's words, its name, and where it is."""

    kind: str
    text: str
    url: str


DutySource = Callable[[Any, date], Iterable[Duty]]
SearchSource = Callable[[Any, str], Iterable[Hit]]
duty_sources: list[DutySource] = []
search_sources: list[SearchSource] = []


def duty_source(function: DutySource) -> DutySource:
    """Register ``function`` as one that knows what is due."""
    duty_sources.append(function)
    return function


def search_source(function: SearchSource) -> SearchSource:
    """Register ``function`` as one that the search box asks."""
    search_sources.append(function)
    return function
