"""How fast the portal is at a million purchases, beside what one would take without it.

Built in a database of its own, which is removed again. Peer and ours run in turn in one run; both
must come to the same result before either is timed.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from apps.portal.benchmark import data, figures, imports, pages, searches
from apps.portal.benchmark.duel import Result

#: Of the year at hand, and of each of the nine before it.
PER_YEAR = 100_000
PARTS = ("figures", "pages", "imports", "memory", "searches")


@contextmanager
def own_database() -> Iterator[None]:
    """An empty database with the portal's tables; every query goes to it meanwhile."""
    real = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{real}_benchmark"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        call_command("createcachetable", verbosity=0)
        yield
    finally:
        connection.creation.destroy_test_db(real, verbosity=0)


def run(*, per_year: int = PER_YEAR, only: str = "") -> Iterator[Result]:
    """Each result as it is measured, of ``per_year`` purchases in each of ten years.

    With ``only``, one of :data:`PARTS`.
    """
    with own_database(), tempfile.TemporaryDirectory() as name:
        folder, officer = Path(name), data.build()
        data.add_purchases(data.YEAR, per_year, officer)
        data.analyzed()
        one_year = figures.seconds()
        for year in range(data.FIRST_YEAR, data.YEAR):
            data.add_purchases(year, per_year, officer)
        data.analyzed()
        measures: tuple[Callable[[], Iterator[Result]], ...] = (
            lambda: figures.run(one_year),
            lambda: pages.run(officer),
            lambda: imports.run(folder, officer, rows=per_year),
            lambda: imports.memory(folder, rows=per_year),
            searches.run,
        )
        for part, measured in zip(PARTS, measures, strict=True):
            if only in ("", part):
                yield from measured()
