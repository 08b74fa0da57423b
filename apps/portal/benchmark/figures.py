"""All figures of the district's page: beside one query a block, and over one year and ten."""

import statistics
import time
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.enterprises.enums import DesignationKind
from apps.portal.benchmark import data, peers
from apps.portal.benchmark.duel import Goal, Result, duel
from apps.procurement.queries.breakdown import Sums, sellers, year_sums

ROUNDS, EACH = 9, 3


def ours() -> dict[str, Any]:
    """Every block of the page, in the shape of :func:`peers.figures`."""
    sums, sold = year_sums(data.YEAR), sellers(data.YEAR)
    return {
        "whole": _pair(sums.whole),
        "months": {key: _pair(value) for key, value in sums.months.items()},
        "kinds": {key: _pair(value) for key, value in sums.kinds.items()},
        "channels": {key: _pair(value) for key, value in sums.channels.items()},
        "departments": {key: _pair(value) for key, value in sums.departments.items()},
        "firms": [(each.enterprise, each.sums.amount) for each in sold.largest],
        "firm kinds": {
            kind.value: _pair(found)
            for kind in DesignationKind
            if (found := sold.bought(kind)).count
        },
        "certified": _pair(sold.bought(DesignationKind.SOCIAL)),
    }


def _pair(sums: Sums) -> tuple[int, int]:
    return sums.count, sums.amount


def seconds() -> float:
    """The median time of all figures."""
    times = []
    for _ in range(ROUNDS * EACH):
        start = time.perf_counter()
        ours()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def queries() -> int:
    with CaptureQueriesContext(connection) as captured:
        ours()
    return len(captured)


def run(one_year: float) -> Iterator[Result]:
    """With ten years of purchases; ``one_year``: the seconds it took while there was only one."""
    yield duel(
        f"all figures of the district's page in {queries()} queries (an ORM query a block)",
        peer=lambda: peers.figures(data.YEAR),
        ours=ours,
        goal=Goal(4),
        rounds=ROUNDS,
    )
    now = seconds()
    yield Result(
        "all figures with ten years of purchases (with one)",
        peer=one_year,
        ours=now,
        median=now / one_year,
        worst=now / one_year,
        goal=Goal(1.3, at_most=True),
    )
