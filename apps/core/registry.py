"""Lists that apps add to by modules of fixed names, found as the admin finds ``admin.py``.

``duties.py``    what is due for whom: functions ``(user, today) -> Iterable[Duty]``.
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

    def late(self, today: date) -> str:
        """How long its day is past, in words; empty as long as it is not."""
        days = (today - self.due).days if self.due else 0
        return f"기한 지남 ({days}일)" if days > 0 else ""


DutySource = Callable[[Any, date], Iterable[Duty]]
duty_sources: list[DutySource] = []


def duty_source(function: DutySource) -> DutySource:
    """Register ``function`` as one that knows what is due."""
    duty_sources.append(function)
    return function
