"""A file of records as the office sent it in, and what became of it (R20)."""

from django.db import models
from django.db.models import Q

from apps.accounts.models import Department, User
from apps.accounts.querysets import DepartmentalQuerySet
from apps.core.history import tracked_except
from apps.core.models import known
from apps.imports.enums import ImportStage, ImportState

SHA256 = r"^[0-9a-f]{64}$"
#: A pair of fields that says who did a step, and when.
_STEPS = ("checked", "committed", "rejected", "undone")
_DONE = {
    ImportState.UPLOADED: (),
    ImportState.CHECKED: ("checked",),
    ImportState.COMMITTED: ("checked", "committed"),
    ImportState.REJECTED: ("rejected",),
    ImportState.UNDONE: ("checked", "committed", "undone"),
}


def _stamped(state: ImportState) -> Q:
    """The steps that lead to the state are stamped, later ones are not."""
    condition = Q(state=state)
    for step in _STEPS:
        if state == ImportState.REJECTED and step == "checked":
            continue  # refused at once, or turned down after the check
        condition &= Q(**{f"{step}_at__isnull": step not in _DONE[state]})
    return condition


@tracked_except("found")
class FileImport(models.Model):
    """A spreadsheet somebody uploaded: checked by a job, looked at, then committed or turned down.

    ``kind`` is the importer that reads it (see :mod:`apps.imports.registry`), ``department`` whose
    records it brings (empty: each row names its own). Rows are never kept half read: the check
    writes no records, the commit reads the file again and writes all of them in one transaction.
    ``found`` is what the check or the commit counted, as
    :class:`apps.imports.registry.Outcome` in JSON: large, found again by the next, so without a
    history; ``columns`` what the user says the file's columns hold, by their places;
    ``skips_faults`` the consent to commit the good rows although others are not. ``refusal`` says
    why the file itself could not be read, or why the last commit was refused.
    """

    kind = models.CharField("자료", max_length=30)
    department = models.ForeignKey(
        Department,
        verbose_name="부서",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    name = models.CharField("파일 이름", max_length=255)
    size = models.PositiveBigIntegerField("크기(바이트)")
    digest = models.CharField("파일의 지문", max_length=64)
    state = models.CharField("상태", max_length=10, choices=ImportState, default="uploaded")
    columns = models.JSONField("열의 뜻", default=dict, blank=True)
    found = models.JSONField("검사 결과", default=dict, blank=True)
    skips_faults = models.BooleanField("오류 줄을 빼고 반영", default=False)
    refusal = models.CharField("거절한 까닭", max_length=300, blank=True)
    uploaded_at = models.DateTimeField("올린 때")
    uploaded_by = models.ForeignKey(
        User, verbose_name="올린 사람", on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField("검사한 때", null=True, blank=True)
    checked_by = models.ForeignKey(
        User,
        verbose_name="검사한 사람",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    committed_at = models.DateTimeField("반영한 때", null=True, blank=True)
    committed_by = models.ForeignKey(
        User,
        verbose_name="반영한 사람",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    rejected_at = models.DateTimeField("반영하지 않기로 한 때", null=True, blank=True)
    rejected_by = models.ForeignKey(
        User,
        verbose_name="반영하지 않기로 한 사람",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    undone_at = models.DateTimeField("반영을 취소한 때", null=True, blank=True)
    undone_by = models.ForeignKey(
        User,
        verbose_name="반영을 취소한 사람",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    objects = DepartmentalQuerySet["FileImport"].as_manager()

    class Meta:
        verbose_name = "가져온 파일"
        verbose_name_plural = "가져온 파일"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            *known("file_import", state=ImportState),
            models.CheckConstraint(
                name="file_import_digest_is_sha256", condition=Q(digest__regex=SHA256)
            ),
            models.CheckConstraint(
                name="file_import_state_is_stamped",
                condition=Q(*map(_stamped, ImportState), _connector=Q.OR),
            ),
            *(
                models.CheckConstraint(
                    name=f"file_import_{step}_by_somebody",
                    condition=Q(**{f"{step}_at": None, f"{step}_by": None})
                    | Q(**{f"{step}_at__isnull": False, f"{step}_by__isnull": False}),
                )
                for step in _STEPS
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FilePart(models.Model):
    """A piece of an uploaded file, so that no process holds a large one whole."""

    file = models.ForeignKey(
        FileImport, verbose_name="가져온 파일", on_delete=models.CASCADE, related_name="parts"
    )
    number = models.PositiveIntegerField("순서")
    content = models.BinaryField("내용")

    class Meta:
        verbose_name = "파일 조각"
        verbose_name_plural = "파일 조각"
        ordering = ["file", "number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="file_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file} {self.number}"


class ImportFault(models.Model):
    """A cell of a file that cannot be taken, as the last check found it.

    ``row`` is counted as in the sheet: the headings are row 1. ``column`` is the heading.
    """

    file = models.ForeignKey(
        FileImport, verbose_name="가져온 파일", on_delete=models.CASCADE, related_name="faults"
    )
    row = models.PositiveIntegerField("줄")
    column = models.CharField("열", max_length=200)
    value = models.CharField("적힌 값", max_length=300, blank=True)
    message = models.CharField("고칠 점", max_length=300)

    class Meta:
        verbose_name = "파일의 오류"
        verbose_name_plural = "파일의 오류"
        ordering = ["file", "row", "pk"]

    def __str__(self) -> str:
        return f"{self.row}행 {self.column}: {self.message}"


class ImportProgress(models.Model):
    """How far the job at work on a file has come, in rows read; written beside its transaction.

    It has a row of its own, so that it is seen while the transaction of the import is still open.
    """

    file = models.OneToOneField(
        FileImport, verbose_name="가져온 파일", on_delete=models.CASCADE, related_name="progress"
    )
    stage = models.CharField("단계", max_length=10, choices=ImportStage, default="reading")
    done = models.PositiveBigIntegerField("마친 양", default=0)
    whole = models.PositiveBigIntegerField("전체 양", default=0)

    class Meta:
        verbose_name = "가져오기 진행"
        verbose_name_plural = "가져오기 진행"
        constraints = known("import_progress", stage=ImportStage)

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.done}/{self.whole}"
