"""Where a rule comes from."""

from django.db import models


class StatuteKind(models.TextChoices):
    LAW = "law", "법률"
    DECREE = "decree", "시행령·규칙"
    ORDINANCE = "ordinance", "조례"
    GUIDELINE = "guideline", "지침"
    OFFICE = "office", "내부 기준"
