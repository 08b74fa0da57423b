"""Files of purchases (R20): each row by the form's rules, all of them recorded at once."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain, islice
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script

from apps.accounts.models import User
from apps.core.dates import today
from apps.core.money import comma
from apps.enterprises.models import Enterprise
from apps.imports.columns import SAMPLE, TOP, Layout, guess, is_blank, is_total
from apps.imports.enums import ImportStage
from apps.imports.models import FileImport
from apps.imports.registry import Fault, Importer, Outcome, Row, Told, importer
from apps.procurement.forms.purchase import LARGE, NOT_FOUND, SupplierInput
from apps.procurement.intake.columns import HEADING_OF
from apps.procurement.intake.reading import Intake
from apps.procurement.intake.staging import Draft, Staging, staging
from apps.procurement.intake.undoing import obstacle, undo
from apps.procurement.queries.ledger import double_days
from apps.procurement.services.aliases import forget, remember
from apps.procurement.suppliers.matching import label, match, parted

#: Rows on their way to the database at a time.
LOT = 500
#: So many rows are shown before a file is committed, of the fresh ones and of the doubles.
SHOWN = 10
#: Of so many faulty rows it is said what is wrong, and so many names are asked for.
TOLD_FAULTY, ASKED = 10_000, 100
SEVERAL = "어느 기업인지 하나로 정할 수 없습니다. 이 가운데 하나를 그대로 적어 주세요:"


def run(file: FileImport, rows: Iterable[Row], told: Told, by: User, write: bool) -> Outcome:
    """Read a sheet of purchases for ``by``; with ``write`` they record them.

    Nothing is recorded where a row is faulty, but with the consent of ``file.skips_faults``. One
    file is recorded at a time, so that one sent by two people at once is found known by the second.
    """
    intake = Intake(user=by, department=file.department, today=today())
    rows = iter(rows)
    top = list(islice(rows, TOP + SAMPLE))
    layout = guess(top, intake.columns).changed(file.columns)
    lacking = intake.lacking(layout)
    if lacking:
        return _without_columns(layout, lacking)
    with staging() as staged:
        reading = _Reading(intake, layout, staged)
        last = reading.read(chain(top, rows), told)
        told(last, ImportStage.COMPARING)
        if write:
            staged.wait_for_others()
        outcome = reading.outcome()
        if write and (file.skips_faults or not outcome.faulty):
            told(last, ImportStage.SAVING)
            created = staged.record(by=by, batch=file)
            outcome = replace(outcome, created=created)
    return outcome


class _Reading:
    """The rows of one sheet, counted on their way into the table."""

    def __init__(self, intake: Intake, layout: Layout, staged: Staging) -> None:
        self._intake, self._layout, self._staged = intake, layout, staged
        self._unit = layout.unit
        self._rows = self._faulty = self._totals = 0
        self._faults: list[Fault] = []
        #: Faults only of rows that are not recorded already.
        self._closed: dict[int, tuple[str, date]] = {}

    def read(self, rows: Iterator[Row], told: Told) -> int:
        """All of them; the number of the last."""
        last = 0
        numbered = islice(enumerate(rows, 1), self._layout.above, None)
        with self._staged.filled() as add:
            while lot := list(islice(numbered, LOT)):
                add([draft for number, row in lot if (draft := self._draft(row, number))])
                last = lot[-1][0]
                told(last)
        return last

    def _draft(self, row: Row, number: int) -> Draft | None:
        if is_blank(row):
            return None
        if is_total(row):  # with too few cells for a purchase; its words are no firm's name
            self._totals += 1
            return None
        read = self._intake.read(self._layout.values(row), number, self._unit)
        if isinstance(read, Draft):
            self._rows += 1
            if closed := self._intake.closed(read):
                self._closed[number] = closed, read.purchased_on
            return read
        self._rows += 1
        self._faulty += 1
        if self._faulty <= TOLD_FAULTY:
            self._faults += map(self._named, read)
        return None

    def _named(self, fault: Fault) -> Fault:
        """With the heading of its column in place of the key."""
        return replace(
            fault, column=self._layout.heading_of(fault.column) or HEADING_OF[fault.column]
        )

    def outcome(self) -> Outcome:
        """What has been read; doubles are out of the table then."""
        twice = self._staged.drop_twice(SHOWN)
        known = self._staged.drop_known(SHOWN)
        closed = self._staged.drop_rows(list(self._closed))
        self._faulty += len(closed)
        fresh = self._staged.summary(SHOWN)
        alike = self._staged.alike(double_days(today()), SHOWN)
        layout = self._layout
        return Outcome(
            rows=self._rows,
            fresh=fresh.rows,
            twice=twice.rows,
            known=known.rows,
            faulty=self._faulty,
            alike=alike.rows,
            amount=fresh.amount,
            digest=fresh.digest,
            columns=layout.pairs,
            head=layout.head,
            first=fresh.first,
            doubles=tuple(sorted((twice.why | known.why).items())[:SHOWN]),
            likely=tuple(alike.why.items()),
            large=tuple(self._staged.large(LARGE, SHOWN).why.items()),
            remembered=self._intake.remembered[:ASKED],
            questions=self._intake.questions[:ASKED],
            notes=tuple(self._notes()),
            faults=self._first_faults(closed),
        )

    def _first_faults(self, closed: Iterable[int]) -> list[Fault]:
        """In the order of the sheet; ``closed`` rows are new, and of a closed month."""
        late = [
            self._named(Fault(row, "purchased_on", said, day.isoformat()))
            for row in islice(closed, TOLD_FAULTY)
            for said, day in [self._closed[row]]
        ]
        faults = sorted([*self._faults, *late], key=lambda fault: fault.row)
        rows = list(dict.fromkeys(fault.row for fault in faults))
        last = rows[:TOLD_FAULTY][-1] if rows else 0
        return [fault for fault in faults if fault.row <= last]

    def _notes(self) -> Iterator[str]:
        if self._totals:
            yield f"합계 {comma(self._totals)}줄은 읽지 않았습니다."
        if self._faulty > TOLD_FAULTY:
            yield f"오류는 처음 {comma(TOLD_FAULTY)}줄의 것만 보여 드립니다."
        if self._unit not in ("", "원"):
            yield f"단위를 적지 않은 금액은 {self._unit}으로 읽었습니다."
        for key in ("channel", "contract"):
            if key not in self._layout.keys:
                yield f"‘{HEADING_OF[key]}’ 열이 없어 모두 ‘기타’로 넣습니다."
        yield from self._intake.remarks


def _without_columns(layout: Layout, lacking: list[str]) -> Outcome:
    """A sheet that cannot be read before somebody says which column is which."""
    row = layout.head or 1
    faults = [
        Fault(row, heading, f"‘{heading}’ 열을 찾을 수 없습니다. 제목 줄을 확인해 주세요.")
        for heading in lacking
    ]
    return Outcome(faulty=1, columns=layout.pairs, head=layout.head, faults=faults)


def answer(file: FileImport, name: str, key: int, by: User) -> None:
    """Remember which firm a name means."""
    firm = Enterprise.objects.visible_to(by).get(pk=key)
    text, number = parted(name)
    remember(name=text, number=number, enterprise=firm, by=by)


def take_back(file: FileImport, name: str, by: User) -> None:
    """Ask again which firm a name means."""
    forget(name=name, department=file.department, by=by)


class FirmInput(SupplierInput):
    """The box of the entry form, with what opens its list."""

    class Media:
        js = (Script("js/procurement-supplier.js", defer=True),)


class FirmField(forms.CharField):
    """The box in which a clerk says which registered firm is meant: its key, or nothing."""

    widget = FirmInput

    def __init__(self, by: User) -> None:
        super().__init__()
        self._firms = Enterprise.objects.visible_to(by)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        meant = match(text, self._firms)
        if meant.enterprise is None and meant.candidates:
            raise ValidationError(f"{SEVERAL} {', '.join(map(label, meant.candidates))}")
        if meant.enterprise is None:
            raise ValidationError(NOT_FOUND)
        return meant.enterprise.pk


importer(
    Importer(
        kind="purchases",
        label="구매실적",
        columns=tuple(HEADING_OF.items()),
        run=run,
        undo=undo,
        obstacle=obstacle,
        answer=answer,
        forget=take_back,
        picker=FirmField,
        home="procurement:home",
    )
)
