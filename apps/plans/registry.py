"""What apps offer to a plan: named figures, and rules of the inconsistency checker.

An app offers them in modules of fixed names, ``figures.py`` and ``checks.py``, found as the admin
finds ``admin.py``. A plan's text names a figure as ``{{공공구매 목표액}}``, of its own year, or as
``{{전년 공공구매 실적}}``, of the year before. A name no app computes may stand as a typed
:class:`~apps.plans.models.Result`; once an app registers the name, its figure takes the place of
the typed one, without a change to any plan.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apps.plans.checks.reading import Reading


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of one year: a whole number in the figure's unit (money: won).

    ``url`` is the page of the rows behind it; ``as_of`` the day it holds for, where it has one.
    """

    number: int
    url: str = ""
    as_of: date | None = None


Compute = Callable[[int], Value | None]
ComputeUntil = Callable[[int, date], Value | None]


@dataclass(frozen=True, slots=True)
class NamedFigure:
    """A figure and how it is computed, in a sentence an official can check it by.

    ``unit`` is 원, 개, 회, 명, 부 …; ``compute`` gives its value for a year, or ``None`` while
    there are no records to compute it from.
    """

    name: str
    unit: str
    how: str
    compute: Compute


named_figures: dict[str, NamedFigure] = {}


def figure(name: str, *, unit: str, how: str) -> Callable[[Compute], Compute]:
    """Register a function of a year as the named figure. Each name is given once."""

    def register(compute: Compute) -> Compute:
        if name in named_figures:
            raise ValueError(f"figure given twice: {name}")
        named_figures[name] = NamedFigure(name, unit, how, compute)
        return compute

    return register


#: By name, how a figure is computed from no record dated after a day: for progress as of that day.
figures_until: dict[str, ComputeUntil] = {}


def figure_until(name: str) -> Callable[[ComputeUntil], ComputeUntil]:
    """Register a function of a year and a day in it beside the named figure of the whole year."""

    def register(compute: ComputeUntil) -> ComputeUntil:
        figures_until[name] = compute
        return compute

    return register


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a plan that does not agree with itself or with the records.

    ``rule`` is the rule's key, ``where`` the place as the office names it (``Ⅷ 소요예산``,
    ``과제 3-2``), ``message`` a sentence with the figures or dates in it, ``url`` where to mend it.
    """

    rule: str
    where: str
    message: str
    url: str


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """A rule: its key, its Korean name, a sentence of what it looks for, and the looking."""

    key: str
    name: str
    sentence: str
    find: "Check"


#: Gives ``(where, message, url)`` for each fault of a plan whose rows have been read once.
Check = Callable[["Reading"], Iterable[tuple[str, str, str]]]
plan_checks: dict[str, PlanCheck] = {}


def check(key: str, *, name: str, sentence: str) -> Callable[[Check], Check]:
    """Register a function that looks through a plan as the rule ``key``. Each key is given once."""

    def register(find: Check) -> Check:
        if key in plan_checks:
            raise ValueError(f"rule given twice: {key}")
        plan_checks[key] = PlanCheck(key, name, sentence, find)
        return find

    return register
