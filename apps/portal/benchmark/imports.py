"""Bringing in a long file: beside django-import-export and a raw COPY, and in how much memory."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from apps.accounts.models import User
from apps.portal.benchmark import files, peers
from apps.portal.benchmark.duel import Goal, Result, Run, duel
from socialeconomy.database import database_url

BAD_EVERY = 100
ROUNDS = 3
COLUMNS = (
    "department_id", "purchased_on", "enterprise_id", "item", "kind", "amount", "channel",
    "contract", "document_number", "note", "override_reason", "created_by_id", "created_at",
    "updated_at",
)  # fmt: skip


def run(folder: Path, by: User, *, rows: int) -> Iterator[Result]:
    """Each import is rolled back after it, so that all begin with the same table."""
    clean, bad, book = (folder / name for name in ("clean.csv", "bad.csv", "clean.xlsx"))
    files.write_csv(clean, rows)
    files.write_csv(bad, rows, BAD_EVERY)
    files.write_xlsx(book, rows)
    yield duel(
        f"import of {rows:,} rows, csv (django-import-export, bulk)",
        peer=_undone(lambda: peers.imported_csv(clean.read_text(encoding="utf-8"), by)),
        ours=_undone(lambda: _created(clean)),
        goal=Goal(7),
        rounds=ROUNDS,
    )
    yield duel(
        f"import of {rows:,} rows, xlsx (django-import-export, bulk)",
        peer=_undone(lambda: peers.imported_xlsx(book.read_bytes(), by)),
        ours=_undone(lambda: _created(book)),
        goal=Goal(7),
        rounds=ROUNDS,
    )
    yield duel(
        f"import of {rows:,} rows, 1 % bad, history on (raw COPY of the good rows)",
        peer=_copy(bad, by),
        ours=_undone(lambda: _created(bad, "--skip-faults")),
        goal=Goal(1.3, at_most=True),
        rounds=ROUNDS,
    )


def _undone(run: Run) -> Run:
    """The run, and then as if it had not been."""

    def undone() -> Any:
        with transaction.atomic():
            result = run()
            transaction.set_rollback(True)
        return result

    return undone


def _created(path: Path, *options: str) -> int:
    out = StringIO()
    call_command("import_purchases", str(path), "--json", *options, stdout=out)
    return int(json.loads(out.getvalue())["created"])


def _copy(path: Path, by: User) -> Run:
    """COPY of rows that need no reading any more: once imported, then written out as the text that
    the database itself makes of them."""
    columns = ", ".join(COLUMNS)
    with transaction.atomic(), connection.cursor() as cursor:
        _created(path, "--skip-faults")
        with cursor.copy(
            f"COPY (SELECT {columns} FROM procurement_purchase"  # noqa: S608  # names of ours
            " WHERE batch_id IS NOT NULL) TO STDOUT"
        ) as copy:
            text = b"".join(bytes(part) for part in copy)
        transaction.set_rollback(True)
    lines = text.count(b"\n")

    def copied() -> int:
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY procurement_purchase ({columns}) FROM STDIN") as copy,
        ):
            copy.write(text)
        return lines

    return _undone(copied)


def memory(folder: Path, *, rows: int) -> Iterator[Result]:
    """The most memory a process needs for 100,000 rows and for ten times as many."""
    peaks = []
    for count in (rows, 10 * rows):
        path = folder / f"{count}.csv"
        files.write_csv(path, count)
        peaks.append(_peak(path))
        path.unlink()
    small, large = peaks
    ratio = large / small
    yield Result(
        f"memory of a csv import, {rows:,} → {10 * rows:,} rows",
        peer=small,
        ours=large,
        median=ratio,
        worst=ratio,
        goal=Goal(1.1, at_most=True),
        unit="MiB",
    )


def _peak(path: Path) -> float:
    """MiB of the process that reads and checks the file.

    Its own high-water mark: ``getrusage`` would begin with that of the process that started it.
    """
    code = (
        "import sys; from django.core.management import execute_from_command_line as run;"
        "run(['manage.py', 'import_purchases', sys.argv[1], '--dry-run', '--json']);"
        "status = dict(line.split(':') for line in open('/proc/self/status'));"
        "print(status['VmHWM'].split()[0], file=sys.stderr)"
    )
    done = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-c", code, str(path)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": _url()},
        check=True,
        capture_output=True,
        text=True,
    )
    return int(done.stderr.split()[-1]) / 1024


def _url() -> str:
    """The database of the benchmark, for another process."""
    url = urlsplit(database_url(environ.Env()))
    return url._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
