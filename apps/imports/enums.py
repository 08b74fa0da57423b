"""Words of the office for files that bring records in."""

from django.db import models


class ImportState(models.TextChoices):
    """Where a file stands, from upload to commit, and its undoing."""

    UPLOADED = "uploaded", "올림"
    CHECKED = "checked", "검사 마침"
    COMMITTED = "committed", "반영"
    REJECTED = "rejected", "반영 안 함"
    UNDONE = "undone", "반영 취소"


class ImportStage(models.TextChoices):
    """What the job at work on a file is doing just now."""

    READING = "reading", "읽는 중"
    COMPARING = "comparing", "중복을 찾는 중"
    SAVING = "saving", "저장하는 중"
