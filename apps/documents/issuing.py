"""Issuing a paper: its nodes and figures are frozen, its files are made by a job."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from apps.accounts.models import User
from apps.core.history import service
from apps.documents import codec
from apps.documents.enums import FileFormat
from apps.documents.figures import IssuedFigure
from apps.documents.models import IssuedDocument, IssuedFile
from apps.documents.nodes import Document
from apps.documents.tasks import make_files


@service
def issue(
    *,
    series: str,
    document: Document,
    figures: Sequence[IssuedFigure] = (),
    reason: str = "",
    at: datetime,
    by: User,
) -> IssuedDocument:
    """The next edition of a series, with its files still to be made.

    Every edition but the first has a ``reason``. Raises ``IntegrityError`` when somebody else
    issues an edition of the series at the same moment; who issues locks what the paper is about.
    """
    data = document.to_json()
    issued = IssuedDocument.objects.create(
        series=series,
        number=next_number(series),
        title=document.title,
        document=data,
        figures=[codec.encode(figure) for figure in figures],
        reason=reason,
        digest=codec.digest_of(data),
        issued_at=at,
        issued_by=by,
    )
    IssuedFile.objects.bulk_create(IssuedFile(issued=issued, format=each) for each in FileFormat)
    _defer(issued)
    return issued


@service
def make_again(*, issued: IssuedDocument, by: User) -> None:
    """Have the files that could not be made tried again."""
    if progress_of(issued).stopped:
        _defer(issued)


def content_digest(document: Document) -> str:
    """Tells whether two papers say the same, whenever they are issued."""
    return codec.digest_of(replace(document, issued_on="").to_json())


def next_number(series: str) -> int:
    """The number the next edition of the series gets."""
    last = IssuedDocument.objects.filter(series=series).order_by("-number").first()
    return last.number + 1 if last else 1


def _defer(issued: IssuedDocument) -> None:
    """Queue the making of the files, with the change of records; it waits at most once."""
    job = make_files.configure(queueing_lock=f"issued-{issued.pk}")
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(issued=issued.pk)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many files of an issued paper are made; ``queued``: a worker will make the rest."""

    made: int
    wanted: int
    queued: bool

    @property
    def done(self) -> bool:
        return self.made == self.wanted

    @property
    def stopped(self) -> bool:
        """Files are missing and nobody is going to make them."""
        return not self.done and not self.queued

    @property
    def text(self) -> str:
        """``파일 4개 가운데 1개를 만들었습니다.``"""
        return f"파일 {self.wanted}개 가운데 {self.made}개를 만들었습니다."

    @property
    def percent(self) -> int:
        return self.made * 100 // self.wanted if self.wanted else 100


def progress_of(issued: IssuedDocument) -> Progress:
    files = [file.made for file in issued.files.listed()]
    queued = ProcrastinateJob.objects.filter(
        task_name=make_files.name, args__issued=issued.pk, status__in=("todo", "doing")
    )
    return Progress(sum(files), len(files), queued.exists())
