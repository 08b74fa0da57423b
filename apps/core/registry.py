"""Lists that apps add to by modules of fixed names, found as the admin finds ``admin.py``.

``duties.py``      what is due for whom: functions ``(user, today) -> Iterable[Duty]``.
``references.py``  what records are tied to others: functions ``(records, user)`` for records of one
                   model, which give the record's key with each :class:`Reference`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model


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


@dataclass(frozen=True, slots=True)
class Reference:
    """Another record that one is tied to: as what (심의한 회의), its name, and where it is."""

    label: str
    text: str
    url: str


ReferenceSource = Callable[[Sequence[Any], Any], Iterable[tuple[int, Reference]]]
reference_sources: dict[type[Model], list[ReferenceSource]] = defaultdict(list)


def reference_source(model: type[Model]) -> Callable[[ReferenceSource], ReferenceSource]:
    """Register a function that knows what records of ``model`` are tied to.

    It gives only what the user may see.
    """

    def register(function: ReferenceSource) -> ReferenceSource:
        reference_sources[model].append(function)
        return function

    return register


def references(records: Sequence[Model], user: Any) -> dict[int, list[Reference]]:
    """What each of the records, all of one model, is tied to, by its key."""
    found: dict[int, list[Reference]] = {record.pk: [] for record in records}
    for source in reference_sources[type(records[0])] if records else ():
        for key, reference in source(records, user):
            found[key].append(reference)
    return found
