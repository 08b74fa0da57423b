"""Rules of the inconsistency checker that need nothing but the plan itself (R47).

Each is a function over a :class:`~apps.plans.checks.reading.Reading` of the plan's rows; importing
this package registers them. Rules about other domains' records stand in those apps' ``checks.py``.
"""

from apps.plans.checks import (
    blanks,
    budget,
    chapters,
    counts,
    dates,
    figures,
    names,
    periods,
    sums,
    tasks,
)

__all__ = [
    "blanks",
    "budget",
    "chapters",
    "counts",
    "dates",
    "figures",
    "names",
    "periods",
    "sums",
    "tasks",
]
