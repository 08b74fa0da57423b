"""What an app says to have its records brought in by file (found in its module ``imports.py``)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol

from apps.imports.enums import ImportStage

if TYPE_CHECKING:
    from django.forms import Field

    from apps.accounts.models import User
    from apps.imports.models import FileImport

#: A cell as a file holds it: spreadsheets have numbers and days, CSV only text; empty is None.
Raw = str | int | float | date | datetime | None
Row = Sequence[Raw]


class Told(Protocol):
    """Told how many rows have been read, from time to time, and when what is done with them turns.

    Whoever reads is the one who knows: comparing and saving begin when all has been read.
    """

    def __call__(self, rows: int, stage: ImportStage = ImportStage.READING) -> None: ...


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be taken. ``row`` as in the sheet, headings being row 1."""

    row: int
    column: str
    message: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A name in the file only a person can tell: which of the ``offers`` (key, label) it means.

    Without offers nothing is known that is like it; it may still mean any record there is.
    """

    name: str
    rows: int
    offers: tuple[tuple[int, str], ...]


class Remembered(NamedTuple):
    """A name in the file and what people have said it means; ``mine``: to be taken back."""

    name: str
    meaning: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found, or a commit did.

    ``rows`` were read (headings and blank lines aside); ``fresh`` of them are new and without
    fault, and ``created`` of those were written. ``twice`` stand in the file more than once (each
    but the first counts), ``known`` are recorded already; neither is written. ``columns`` says
    what each column of the file was taken for, from the first on (``heading, key``; no key:
    ``ignored``); the headings stand in row ``head`` (0: the file has none). ``first`` are some of
    the fresh rows as they would be recorded, a text for each heading of the importer; ``doubles``
    some of the duplicates (row, why). ``alike`` of the fresh rows may be records that are there
    already, written otherwise; ``likely`` are some of them (row, why); ``large`` the largest of
    those whose amount is rather a slip (row, what). ``notes`` are sentences about the file as a
    whole. ``digest`` is the same as long as the fresh rows would be
    recorded as the same, cell by cell.
    """

    rows: int = 0
    fresh: int = 0
    created: int = 0
    twice: int = 0
    known: int = 0
    faulty: int = 0
    alike: int = 0
    amount: int = 0
    digest: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    head: int = 1
    first: tuple[tuple[str, ...], ...] = ()
    doubles: tuple[tuple[int, str], ...] = ()
    likely: tuple[tuple[int, str], ...] = ()
    large: tuple[tuple[int, str], ...] = ()
    remembered: tuple[Remembered, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    faults: list[Fault] = field(default_factory=list)

    @property
    def ignored(self) -> tuple[str, ...]:
        """Headings of columns the records have no place for."""
        return tuple(heading for heading, key in self.columns if not key)

    @property
    def duplicates(self) -> int:
        return self.twice + self.known


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why what a file brought cannot be removed; ``links`` (label, address) help officials on."""

    text: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Importer:
    """How records of one kind come in.

    ``run(file, rows, told, by, write)`` reads the rows of the sheet (the first is row 1; a blank
    line is an empty row) and, with ``write``, records the fresh ones in the transaction that is
    open, tied to ``file``. Without it nothing of theirs is left behind. ``by`` is who asked for it;
    where they may not bring these records in (any more), it raises ``PermissionDenied``.
    ``file.columns`` is what the user says a column holds, by its place from 0: ``{"3": "amount",
    "4": ""}``; it goes before any guess. ``undo(file)`` removes what the file brought; the database
    refuses it where that may not be changed any more, and ``obstacle(file)`` says so before anybody
    is asked. ``answer(file, name, key, by)`` remembers
    what a user says a name means, for this and later files (``None``: the importer asks nothing);
    it raises ``ObjectDoesNotExist`` where they see no record of that key.
    ``forget(file, name, by)`` takes such an answer back.
    ``picker(by)`` is the box in which they name any record by hand, for names without offers.
    ``columns`` are what a column can be taken for, with the standard headings, in the order of the
    file one can download.
    ``home`` names the page the records are found from.
    """

    kind: str
    label: str
    columns: tuple[tuple[str, str], ...]
    run: "Callable[[FileImport, Iterable[Row], Told, User, bool], Outcome]"
    undo: "Callable[[FileImport], int]"
    obstacle: "Callable[[FileImport], Obstacle | None]"
    answer: "Callable[[FileImport, str, int, User], None] | None" = None
    forget: "Callable[[FileImport, str, User], None] | None" = None
    picker: "Callable[[User], Field] | None" = None
    home: str = "portal:home"

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(heading for _, heading in self.columns)


importers: dict[str, Importer] = {}


def importer(found: Importer) -> Importer:
    """Register how records of one kind come in; each kind once."""
    if found.kind in importers:
        raise ValueError(f"importer given twice: {found.kind}")
    importers[found.kind] = found
    return found
