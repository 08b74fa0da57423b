"""What people do with a file of records: upload, have it checked, commit, turn down, undo."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.core.files import File
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.tasks import Task

from apps.accounts.models import Department, User
from apps.core.history import service
from apps.core.refusals import told
from apps.imports.enums import ImportStage, ImportState
from apps.imports.kinds import REMOVED
from apps.imports.models import FileImport, FilePart, ImportProgress
from apps.imports.outcomes import found_in
from apps.imports.progress import work_on
from apps.imports.registry import importers
from apps.imports.tasks import check_file, commit_file

PART = 1 << 20
AT_WORK = "지금 이 파일을 읽고 있습니다. 끝난 뒤에 다시 눌러 주세요."
PAST = "이 파일은 이미 ‘{}’ 상태여서 그렇게 할 수 없습니다."
ASKS_CONSENT = (
    "오류가 있는 줄이 있습니다. 고쳐서 다시 올리거나 ‘오류 줄을 빼고 반영’을 골라 주세요."
)
NOT_TO_CHOOSE = "고를 수 없는 값입니다."
NOTHING_NEW = "새로 반영할 줄이 없습니다."


@service
def receive(
    *, kind: str, name: str, content: File[bytes], department: Department | None, by: User
) -> FileImport:
    """Keep a file as it was sent, in parts; nothing is read yet."""
    digest = hashlib.sha256()
    for chunk in content.chunks(PART):
        digest.update(chunk)
    file = FileImport.objects.create(
        kind=kind,
        department=department,
        name=name[-255:],
        size=content.size,
        digest=digest.hexdigest(),
        uploaded_at=timezone.now(),
        uploaded_by=by,
    )
    # By COPY: a part goes in as it is read, without a statement and a record of its own.
    copy = f'COPY "{FilePart._meta.db_table}" (file_id, number, content) FROM STDIN'
    with connection.cursor() as cursor, cursor.copy(copy) as parts:
        for number, chunk in enumerate(content.chunks(PART)):
            parts.write_row((file.pk, number, chunk))
    return file


@service
def upload(
    *, kind: str, name: str, content: File[bytes], department: Department | None, by: User
) -> FileImport:
    """Keep a file and have it checked."""
    file = receive(kind=kind, name=name, content=content, department=department, by=by)
    _defer(file, check_file, by)
    return file


@service
def check_again(*, file: FileImport, by: User, columns: Mapping[str, str] | None = None) -> None:
    """Have a file checked once more; with ``columns``, by what the user says they hold."""
    held = _held(file, by, ImportState.UPLOADED, ImportState.CHECKED)
    if columns is not None:
        held.columns = dict(columns)
        held.save(update_fields=["columns"])
    _defer(held, check_file, by)


@service
def answer(*, file: FileImport, answers: Mapping[str, int], by: User) -> None:
    """Remember what names in the file mean, and have it checked again."""
    held = _held(file, by, ImportState.CHECKED)
    importer = importers[held.kind]
    if importer.answer is None:
        raise ValidationError("이 자료에는 정할 이름이 없습니다.")
    offered = {each.name: dict(each.offers) for each in found_in(held).outcome.questions}
    for name, key in answers.items():
        by_hand = importer.picker is not None and offered.get(name) == {}
        if not by_hand and key not in offered.get(name, {}):
            raise ValidationError(NOT_TO_CHOOSE)
        try:
            importer.answer(held, name, key, by)
        except ObjectDoesNotExist as error:
            raise ValidationError(NOT_TO_CHOOSE) from error
    _defer(held, check_file, by)


@service
def forget(*, file: FileImport, name: str, by: User) -> None:
    """Take back what somebody said a name in the file means, and have it checked again."""
    held = _held(file, by, ImportState.CHECKED)
    take_back = importers[held.kind].forget
    if take_back is None:
        raise ValidationError("이 자료에는 정할 이름이 없습니다.")
    take_back(held, name, by)
    _defer(held, check_file, by)


@service
def commit(*, file: FileImport, skips_faults: bool = False, by: User) -> None:
    """Have the fresh rows of a checked file recorded; ``skips_faults`` consents to leave others."""
    held = _held(file, by, ImportState.CHECKED)
    outcome = found_in(held).outcome
    if outcome.faulty and not skips_faults:
        raise ValidationError(ASKS_CONSENT)
    if not outcome.fresh:
        raise ValidationError(NOTHING_NEW)
    held.skips_faults = skips_faults
    held.save(update_fields=["skips_faults"])
    _defer(held, commit_file, by)


@service
def reject(*, file: FileImport, by: User) -> None:
    """Turn a file down; it stays on the list."""
    held = _held(file, by, ImportState.UPLOADED, ImportState.CHECKED)
    held.state, held.rejected_at, held.rejected_by = ImportState.REJECTED, timezone.now(), by
    held.refusal = ""
    held.save()
    ImportProgress.objects.filter(file=held).delete()


@service
def undo(*, file: FileImport, by: User) -> int:
    """Remove what a committed file brought, as a whole; how many records that were.

    Raises ``ValidationError`` where the database says that they may not be changed any more.
    """
    held = _held(file, by, ImportState.COMMITTED)
    with told():
        removed = importers[held.kind].undo(held)
    held.state, held.undone_at, held.undone_by = ImportState.UNDONE, timezone.now(), by
    held.save()
    return removed


def _held(file: FileImport, by: User, *states: ImportState) -> FileImport:
    """The file, locked, in one of the states and with nothing left to be done on it.

    Raises ``PermissionDenied`` or ``ValidationError``.
    """
    rows = FileImport.objects.editable_by(by).filter(pk=file.pk)
    try:
        with transaction.atomic():
            held = rows.select_for_update(no_key=True, nowait=True).first()
    except OperationalError as error:  # a job holds it
        raise ValidationError(AT_WORK) from error
    if held is None:
        raise PermissionDenied
    if held.state not in states:
        raise ValidationError(PAST.format(held.get_state_display()))
    return held


def _defer(file: FileImport, task: Task[[int, int], None, [int, int]], by: User) -> None:
    """Queue a job with the change of records; one waits at most, and one works at a time."""
    if not file.parts.exists():
        raise ValidationError(REMOVED)
    work = work_on(file)
    if work and work.queued:
        raise ValidationError(AT_WORK)
    ImportProgress.objects.update_or_create(
        file=file, defaults={"stage": ImportStage.READING, "done": 0, "whole": 0}
    )
    name = f"import-{file.pk}"
    with suppress(AlreadyEnqueued), transaction.atomic():
        task.configure(queueing_lock=name, lock=name).defer(file=file.pk, by=by.pk)
