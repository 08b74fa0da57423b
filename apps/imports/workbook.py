"""Read a workbook in a process of its own, whose memory is bounded.

The reader lays out the whole rectangle of a sheet and ends its process when there is no room for
it, which two cells in far corners could bring about; so that process is never the caller's. Run as
a module it reads the workbook on its input and pickles to its output a sentence of refusal, or the
``Head`` and then rows, some at a time, and None at the end.
"""

import math
import pickle
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple, cast

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from apps.imports.kinds import BROKEN, MACROS, NO_CONTENT, FileRefused, Limits
from apps.imports.registry import Raw, Row

ROOT = Path(__file__).parents[2]
LOT = 500


class Head(NamedTuple):
    """The sheet that is read, its height, and the visible sheets that are not."""

    name: str
    height: int
    others: tuple[str, ...]


@contextmanager
def read(file: IO[bytes], limits: Limits) -> Iterator[tuple[Head, Iterator[Row]]]:
    """The first visible sheet with content.

    Raises `FileRefused`, also from the rows, where nothing can be read within ``limits.memory``.
    """
    command = [sys.executable, "-m", __name__, str(limits.memory)]
    with TemporaryFile(buffering=0) as content:
        file.seek(0)
        shutil.copyfileobj(file, content)
        content.seek(0)
        with subprocess.Popen(  # noqa: S603  # our own module
            command, cwd=ROOT, stdin=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            try:
                said = cast("IO[bytes]", process.stdout)
                yield Head(*_told(said)), _rows(said)
            finally:
                process.kill()


def _rows(source: IO[bytes]) -> Iterator[Row]:
    while (lot := _told(source)) is not None:
        yield from lot


def _told(source: IO[bytes]) -> Any:
    """What the reader says next; it says nothing more when it has died."""
    try:
        said = pickle.load(source)  # noqa: S301  # from our own process
    except (EOFError, pickle.UnpicklingError) as error:
        raise FileRefused(BROKEN) from error
    if isinstance(said, str):
        raise FileRefused(said)
    return said


# --- in the process of its own ----------------------------------------------------------------
def _messages(content: IO[bytes]) -> Iterator[object]:
    try:
        with load_workbook(content) as book:
            if any(sheet.typ == SheetTypeEnum.MacroSheet for sheet in book.sheets_metadata):
                raise FileRefused(MACROS)
            head, sheet = _chosen(book)
            yield tuple(head)  # of plain types, which both sides know by the same name
            rows = _sheet_rows(sheet)
            while lot := list(islice(rows, LOT)):
                yield lot
            yield None
    except CalamineError:
        yield BROKEN
    except FileRefused as refused:
        yield str(refused)


def _chosen(book: CalamineWorkbook) -> tuple[Head, CalamineSheet]:
    names = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    for name in names:
        sheet = book.get_sheet_by_name(name)
        if sheet.end is not None:
            others = tuple(other for other in names if other != name)
            return Head(name, sheet.total_height, others), sheet
    raise FileRefused(NO_CONTENT)


def _sheet_rows(sheet: CalamineSheet) -> Iterator[Row]:
    for cells in sheet.iter_rows():
        row = [_raw(cell) for cell in cells]
        yield row if any(cell is not None for cell in row) else ()


def _raw(cell: object) -> Raw:
    """A sheet's numbers are all floats; an empty cell is an empty text.

    What no database keeps is left out (NUL) or text (a number without end).
    """
    if isinstance(cell, str):
        return cell.replace("\0", "") or None
    if isinstance(cell, float) and math.isfinite(cell):
        return int(cell) if cell.is_integer() else cell
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time() else cell
    return cell if isinstance(cell, date) else str(cell)


def main(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for message in _messages(sys.stdin.buffer):
        pickle.dump(message, sys.stdout.buffer)


if __name__ == "__main__":
    main(int(sys.argv[1]))
