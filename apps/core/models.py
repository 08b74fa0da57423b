"""Fields that every app shares."""

from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Func, Value

from apps.core.forms import WonFormField


class WonField(models.PositiveBigIntegerField[int, int]):
    """Whole won, never negative: the column is a bigint with CHECK (value >= 0)."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": WonFormField, **kwargs})


class DateRange(Func):
    """``daterange(from, to, '[]')`` of two date columns, for EXCLUDE constraints.

    An open end (NULL) reaches for ever.
    """

    function = "DATERANGE"
    output_field = DateRangeField()

    def __init__(self, starts: str, ends: str) -> None:
        super().__init__(starts, ends, Value("[]"))
