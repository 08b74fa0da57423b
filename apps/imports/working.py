"""Reading a file for its check or its commit: what a worker does, and the command line at once.

A file is read from where it is kept each time. The check leaves no records behind; the commit
writes all of them in one transaction, with the state of the file. So whoever is killed on the way
leaves everything as it was, and the work can be done again from its beginning.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from tempfile import TemporaryFile
from typing import IO

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Department, User
from apps.core.history import service
from apps.core.money import comma
from apps.core.refusals import told
from apps.imports.enums import ImportState
from apps.imports.kinds import REMOVED, SHELL, WEB, FileRefused, too_long
from apps.imports.models import FileImport, ImportProgress
from apps.imports.outcomes import Found, found_in, keep
from apps.imports.progress import telling
from apps.imports.reading import opened
from apps.imports.registry import Outcome, importers
from apps.imports.services import receive

NOT_ALLOWED = "{} 님에게 이 자료를 등록할 권한이 없어 읽지 않았습니다."
CHECKABLE = (ImportState.UPLOADED, ImportState.CHECKED)


class _Changed(Exception):
    """A commit would record something else than the check had shown."""

    def __init__(self, found: Found, sentence: str) -> None:
        super().__init__(sentence)
        self.found = found


@service
def check(*, pk: int, by: User) -> Outcome | None:
    """Find out what a file would bring. Nothing happens when it is past checking.

    A file that cannot be read is turned down, with the reason.
    """
    file = _held(pk)
    if file.state not in CHECKABLE:
        _finished(file)
        return None
    file.refusal = ""
    try:
        found = _run(file, by, write=False)
    except FileRefused as refused:
        file.state, file.refusal = ImportState.REJECTED, str(refused)
        file.rejected_at, file.rejected_by = timezone.now(), by
        file.save()
        _finished(file)
        return None
    _checked(file, found, by)
    return found.outcome


@service
def commit(*, pk: int, by: User) -> Outcome | None:
    """Record what a checked file brings; what was done, or None where nothing was.

    Nothing is recorded where that would be anything else than what was shown: rows that were good
    are faulty or known now, a name means another firm, or the database refuses them. The file then
    says so, and is as checked afresh, to be looked at once more.
    """
    file = _held(pk)
    if file.state != ImportState.CHECKED:
        _finished(file)
        return None
    file.refusal = ""
    try:
        with told():
            found = _run(file, by, write=True)
            _refuse_changed(found, found_in(file).outcome)
    except _Changed as changed:
        file.refusal = str(changed)
        _checked(file, changed.found, by)
        return None
    except (ValidationError, FileRefused) as refused:
        said = refused.messages if isinstance(refused, ValidationError) else [str(refused)]
        file.refusal = " ".join(said)[:300]
        file.save()
        _finished(file)
        return None
    _committed(file, found, by)
    return found.outcome


@service
def import_at_once(
    *,
    kind: str,
    content: File[bytes],
    department: Department | None,
    skips_faults: bool,
    writes: bool,
    by: User,
) -> Outcome:
    """Read a file once, of any length, and keep it with what it brought.

    Nothing of it is kept without ``writes``, or where it was refused for its faults. Raises
    ``FileRefused``, and ``PermissionDenied`` where ``by`` may not bring these records in.
    """
    file = receive(
        kind=kind, name=content.name or "", content=content, department=department, by=by
    )
    file.skips_faults = skips_faults
    with opened(content, SHELL) as sheet:
        outcome = importers[kind].run(file, sheet.rows, lambda *_: None, by, writes)
    if not writes or is_refused(outcome, skips_faults):
        transaction.set_rollback(True)
        return outcome
    file.checked_at, file.checked_by = timezone.now(), by
    _committed(file, Found(outcome, sheet.name, sheet.others), by)
    return outcome


def is_refused(outcome: Outcome, skips_faults: bool) -> bool:
    """Whether nothing is recorded for its faults: all rows have some, or not all may be left out.

    A sheet without the columns it needs has no rows.
    """
    return bool(outcome.faulty) and (not skips_faults or outcome.faulty >= outcome.rows)


def _held(pk: int) -> FileImport:
    """The file, until the end of the transaction nobody else's."""
    return FileImport.objects.select_for_update(no_key=True).get(pk=pk)


def _checked(file: FileImport, found: Found, by: User) -> None:
    file.state = ImportState.CHECKED
    file.checked_at, file.checked_by = timezone.now(), by
    keep(file, found)
    file.save()
    _finished(file)


def _committed(file: FileImport, found: Found, by: User) -> None:
    file.state = ImportState.COMMITTED
    file.committed_at, file.committed_by = timezone.now(), by
    keep(file, found)
    file.save()
    _finished(file)


def _finished(file: FileImport) -> None:
    """What was asked for has been done."""
    ImportProgress.objects.filter(file=file).delete()


def _run(file: FileImport, by: User, *, write: bool) -> Found:
    """Have the importer read the file; without ``write`` nothing stays of what it did.

    Who asked for it may have lost the right to since.
    """
    with kept(file) as content, opened(content) as sheet, telling(file, sheet.count) as so:
        with transaction.atomic():
            try:
                outcome = importers[file.kind].run(file, sheet.rows, so, by, write)
            except PermissionDenied as denied:
                raise FileRefused(NOT_ALLOWED.format(by.name)) from denied
            transaction.set_rollback(not write)
        if outcome.rows > WEB.rows:
            raise too_long(WEB)
        return Found(outcome, sheet.name, sheet.others)


def _refuse_changed(found: Found, shown: Outcome) -> None:
    now = found.outcome
    more = [
        f"{what} {comma(count)}줄"
        for what, count in (
            ("오류", now.faulty - shown.faulty),
            ("파일 안 중복", now.twice - shown.twice),
            ("이미 있는 줄", now.known - shown.known),
        )
        if count > 0
    ]
    if more or (now.fresh, now.digest) != (shown.fresh, shown.digest):
        listed = f"(늘어난 것: {', '.join(more)})" if more else ""
        raise _Changed(
            replace(found, outcome=replace(now, created=0)),
            f"검사한 뒤에 저장된 자료가 바뀌어 반영하지 않았습니다{listed}. "
            "아래 결과를 다시 확인해 주세요.",
        )


@contextmanager
def kept(file: FileImport) -> Iterator[IO[bytes]]:
    """The file as it was uploaded, put together on disk while it is read.

    Raises ``FileRefused`` where its content has been removed.
    """
    if not file.parts.exists():
        raise FileRefused(REMOVED)
    with TemporaryFile() as whole:
        for part in file.parts.order_by("number").iterator(chunk_size=1):
            whole.write(part.content)
        yield whole
