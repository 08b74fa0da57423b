"""How far the job at work on a file has come."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.core.money import comma
from apps.imports.enums import ImportStage
from apps.imports.models import FileImport, ImportProgress
from apps.imports.registry import Told
from apps.imports.tasks import check_file, commit_file

#: Seconds between two notes of how far a job is.
PAUSE = 0.5


@dataclass(frozen=True, slots=True)
class Work:
    """A check or commit somebody asked for and that has not ended.

    ``queued``: a worker does it, or will; otherwise it was given up.
    """

    task: str
    stage: ImportStage
    done: int
    whole: int
    queued: bool

    @property
    def stopped(self) -> bool:
        return not self.queued

    @property
    def label(self) -> str:
        return "파일 반영" if self.task == commit_file.name else "파일 검사"

    @property
    def percent(self) -> int:
        return min(self.done * 100 // self.whole, 100) if self.whole else 0

    @property
    def text(self) -> str:
        if not self.whole:
            return "차례를 기다리고 있습니다."
        if self.stage == ImportStage.READING:
            return f"읽는 중: 약 {comma(self.whole)}줄 가운데 {comma(self.done)}줄을 읽었습니다."
        return f"{self.stage.label}: {comma(self.done)}줄을 모두 읽었습니다."


def work_on(file: FileImport) -> Work | None:
    """What is being done with the file; nothing when all that was asked for has been done.

    The note of progress is there from the moment somebody asks until the job's own transaction
    takes it away, so a note without a job is work that was given up.
    """
    note = ImportProgress.objects.filter(file=file).first()
    if note is None:
        return None
    tasks = ProcrastinateJob.objects.filter(
        task_name__in=(check_file.name, commit_file.name),
        args__file=file.pk,
        status__in=("todo", "doing"),
    )
    job = tasks.order_by("-pk").first()
    stage = ImportStage(note.stage)
    return Work(job.task_name if job else "", stage, note.done, note.whole, job is not None)


@contextmanager
def telling(file: FileImport, whole: int) -> Iterator[Told]:
    """Note how many rows have been read and what is done now, on a connection of its own.

    So it is seen while the transaction of the import is still open.
    """
    own = connection.copy()
    last, before = 0.0, ""

    def told(rows: int, stage: ImportStage = ImportStage.READING) -> None:
        nonlocal last, before
        now = monotonic()
        if now - last >= PAUSE or stage != before:
            last, before = now, stage
            with own.cursor() as cursor:
                cursor.execute(
                    f"UPDATE {ImportProgress._meta.db_table}"  # noqa: S608  # our own table
                    " SET stage = %s, done = %s, whole = %s WHERE file_id = %s",
                    [stage, rows, whole, file.pk],
                )

    try:
        told(0)
        yield told
    finally:
        own.close()
