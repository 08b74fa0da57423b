"""Papers that left the office: kept as issued, and never changed."""

from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import Count, Q

from apps.accounts.models import User
from apps.accounts.querysets import SharedQuerySet
from apps.core.history import tracked_except
from apps.core.models import known
from apps.documents import codec
from apps.documents.enums import FileFormat
from apps.documents.figures import IssuedFigure
from apps.documents.nodes import Document

SHA256 = r"^[0-9a-f]{64}$"


class IssuedDocumentQuerySet(SharedQuerySet["IssuedDocument"]):
    """Issued papers; the office reads them all, officials see to their files."""

    def listed(self) -> Self:
        """For lists: how many files are wanted and made, without the content."""
        return (
            self.defer("document", "figures")
            .select_related("issued_by")
            .annotate(wanted=Count("files"), made=Count("files", filter=~Q(files__digest="")))
        )


@tracked_except("document", "figures")
class IssuedDocument(models.Model):
    """A paper as it was issued: its nodes and every figure in it, frozen (R45).

    ``series`` is what the paper is an edition of (``plan-2016``), ``number`` the edition: 1 is the
    first, each later one is a revision with its ``reason``. ``digest`` is the SHA-256 of the nodes
    as canonical JSON. The database refuses any change or removal.
    """

    series = models.CharField("문서", max_length=60)
    number = models.PositiveSmallIntegerField("판")
    title = models.CharField("제목", max_length=200)
    document = models.JSONField("내용")
    figures = models.JSONField("수치", default=list, blank=True)
    reason = models.CharField("수정 사유", max_length=300, blank=True)
    digest = models.CharField("내용의 지문", max_length=64)
    issued_at = models.DateTimeField("발행한 때")
    issued_by = models.ForeignKey(
        User, verbose_name="발행한 사람", on_delete=models.PROTECT, related_name="+"
    )

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "발행 문서"
        verbose_name_plural = "발행 문서"
        ordering = ["series", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "number"],
                name="issued_document_number_once_a_series",
                violation_error_message="같은 판이 이미 발행되었습니다.",
            ),
            models.CheckConstraint(
                name="issued_document_revision_has_a_reason",
                condition=Q(number=1, reason="") | Q(Q(number__gt=1), ~Q(reason="")),
                violation_error_message="둘째 판부터는 수정 사유가 있어야 합니다.",
            ),
            models.CheckConstraint(
                name="issued_document_digest_is_sha256", condition=Q(digest__regex=SHA256)
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.edition})"

    @property
    def edition(self) -> str:
        """``제2판``"""
        return f"제{self.number}판"

    def paper(self) -> Document:
        """The paper as it was issued; `ValueError` when what is kept is not what was issued."""
        if codec.digest_of(self.document) != self.digest:
            raise ValueError(f"{self}: its content does not have its digest {self.digest}")
        return Document.from_json(self.document)

    def shown_figures(self) -> tuple[IssuedFigure, ...]:
        """The figures as they were issued."""
        data: list[Any] = self.figures
        return codec.decode(tuple[IssuedFigure, ...], data)


class IssuedFileQuerySet(models.QuerySet["IssuedFile"]):
    def listed(self) -> Self:
        """For lists: without the content."""
        return self.defer("content")


@tracked_except("content")
class IssuedFile(models.Model):
    """An issued paper in one format: wanted first, then made once, and kept byte for byte.

    So the file is the same however fonts, styles or libraries change later. The database refuses
    to change a file once it is made.
    """

    issued = models.ForeignKey(
        IssuedDocument, verbose_name="발행 문서", on_delete=models.PROTECT, related_name="files"
    )
    format = models.CharField("형식", max_length=20, choices=FileFormat)
    content = models.BinaryField("파일", null=True, blank=True)
    size = models.PositiveIntegerField("크기(바이트)", null=True, blank=True)
    digest = models.CharField("파일의 지문", max_length=64, blank=True)

    objects = IssuedFileQuerySet.as_manager()

    class Meta:
        verbose_name = "발행 파일"
        verbose_name_plural = "발행 파일"
        ordering = ["issued", "pk"]
        constraints = [
            *known("issued_file", format=FileFormat),
            models.UniqueConstraint(
                fields=["issued", "format"],
                name="issued_file_once_a_format",
                violation_error_message="이 형식의 파일이 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="issued_file_is_whole_or_not_there",
                condition=Q(content=None, size=None, digest="")
                | Q(content__isnull=False, size__gt=0, digest__regex=SHA256),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_removed", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="made_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__content__isnull=False)
                | pgtrigger.Q(old__issued_id__df=pgtrigger.F("new__issued_id"))
                | pgtrigger.Q(old__format__df=pgtrigger.F("new__format")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def made(self) -> bool:
        return bool(self.digest)

    @property
    def label(self) -> str:
        return FileFormat(self.format).label

    @property
    def name(self) -> str:
        """What the file is saved as."""
        if self.format == FileFormat.ARCHIVE:
            return f"{self.issued} 보존용.pdf"
        return f"{self.issued}.{self.format}"
