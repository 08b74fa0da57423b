"""What a check or a commit found, kept with its file."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db import connection

from apps.imports.models import FileImport, ImportFault
from apps.imports.registry import Fault, Outcome, Question, Remembered

_LENGTHS = {"column": 200, "value": 300, "message": 300}


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome with the ``sheet`` it was read from, and the ``others`` that were not read."""

    outcome: Outcome
    sheet: str = ""
    others: tuple[str, ...] = ()


def keep(file: FileImport, found: Found) -> None:
    """Put it on the file (unsaved) and its faults into their table, in place of earlier ones."""
    outcome = found.outcome
    file.found = {
        **{
            each.name: getattr(outcome, each.name)
            for each in fields(outcome)
            if each.name not in ("faults", "questions")
        },
        "questions": [[each.name, each.rows, each.offers] for each in outcome.questions],
        "sheet": found.sheet,
        "others": found.others,
    }
    file.faults.all().delete()
    names = ", ".join(f'"{name}"' for name in _LENGTHS)
    table = ImportFault._meta.db_table
    copy = f'COPY "{table}" (file_id, "row", {names}) FROM STDIN'
    with connection.cursor() as cursor, cursor.copy(copy) as rows:
        for fault in outcome.faults:
            rows.write_row((file.pk, *_cells(fault)))


def _cells(fault: Fault) -> tuple[int | str, ...]:
    """A fault as its row of the table: NUL and what is too long are cut off."""
    texts = (getattr(fault, name).replace("\0", "")[:most] for name, most in _LENGTHS.items())
    return fault.row, *texts


def found_in(file: FileImport) -> Found:
    """What was found last, but for the faults, which have rows of their own."""
    kept: Mapping[str, Any] = file.found
    known = {each.name for each in fields(Outcome)}
    values = {name: _frozen(value) for name, value in kept.items() if name in known}
    values["questions"] = tuple(
        Question(name, rows, tuple((key, label) for key, label in offers))
        for name, rows, offers in kept.get("questions", ())
    )
    values["remembered"] = tuple(Remembered(*each) for each in kept.get("remembered", ()))
    return Found(Outcome(**values), kept.get("sheet", ""), tuple(kept.get("others", ())))


def _frozen(value: Any) -> Any:
    """JSON's lists are the tuples they were."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
