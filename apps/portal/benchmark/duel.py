"""Peer and ours in turn, on the same data, in one run; equal results first, then the times."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Run = Callable[[], Any]


class Different(Exception):
    """Peer and ours do not come to the same result; there is nothing to time then."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What a ratio is held to: at least, or at most, ``bound``."""

    bound: float
    at_most: bool = False

    def reached(self, ratio: float) -> bool:
        return ratio <= self.bound if self.at_most else ratio >= self.bound

    def __str__(self) -> str:
        return f"{'≤' if self.at_most else '≥'} {self.bound:g} ×"


@dataclass(frozen=True, slots=True)
class Result:
    """Seconds of both (median) and the ratio that the goal is about: median and worst."""

    name: str
    peer: float
    ours: float
    median: float
    worst: float
    goal: Goal
    unit: str = "s"

    @property
    def reached(self) -> bool:
        return self.goal.reached(self.median)

    def as_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "peer": self.peer,
            "ours": self.ours,
            "unit": self.unit,
            "median": self.median,
            "worst": self.worst,
            "goal": str(self.goal),
            "reached": self.reached,
        }


def duel(name: str, *, peer: Run, ours: Run, goal: Goal, rounds: int, each: int = 1) -> Result:
    """Run both ``rounds`` times in turn, ``each`` times a round, and set their times in relation.

    A goal of "at least" is about how many times as fast ours is, one of "at most" about how many
    times as long it takes. Raises :class:`Different`.
    """
    expected, found = peer(), ours()
    if expected != found:
        raise Different(f"{name}: {expected!r} ≠ {found!r}")
    times = [(_timed(peer, each), _timed(ours, each)) for _ in range(rounds)]
    ratios = [b / a if goal.at_most else a / b for a, b in times]
    return Result(
        name,
        peer=statistics.median(a for a, _ in times),
        ours=statistics.median(b for _, b in times),
        median=statistics.median(ratios),
        worst=max(ratios) if goal.at_most else min(ratios),
        goal=goal,
    )


def _timed(run: Run, each: int) -> float:
    start = time.perf_counter()
    for _ in range(each):
        run()
    return (time.perf_counter() - start) / each
