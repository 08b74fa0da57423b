"""Fields that every app shares."""

from typing import Any

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Least, Replace
from django.db.models.lookups import IContains

from apps.core.forms import WonFormField


class WonField(models.PositiveBigIntegerField[int, int]):
    """Whole won, never negative: the column is a bigint with CHECK (value >= 0)."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": WonFormField, **kwargs})


def known(model: str, **fields: type[models.Choices]) -> list[models.BaseConstraint]:
    """CHECKs that each of the fields holds one of its choices, whoever writes the row."""
    return [
        models.CheckConstraint(
            name=f"{model}_{field}_is_known",
            condition=models.Q(**{f"{field}__in": choices.values}),
            violation_error_message="고를 수 없는 값입니다.",
            violation_error_code=field,
        )
        for field, choices in fields.items()
    ]


class DateRange(Func):
    """``daterange(from, to, '[]')`` of two date columns, for EXCLUDE constraints.

    An open end (NULL) reaches for ever. An end before its start, which each model's own CHECK
    refuses, makes no range: LEAST keeps that from ending in a database error before the CHECK
    has had its word.
    """

    function = "DATERANGE"
    output_field = DateRangeField()

    def __init__(self, starts: str, ends: str) -> None:
        super().__init__(Least(starts, ends), ends, Value("[]"))


class Initials(Func):
    """초성 of a text column, as :func:`apps.core.hangul.initials` makes them.

    Made for generated columns: bulk writes and imports cannot leave them stale.
    """

    function = "HANGUL_INITIALS"
    output_field = models.TextField()


class Bigrams(Func):
    """Every two neighbouring letters of a text, lower case and without spaces; none of one letter.

    For GIN indexes: what holds ``복사용지`` has ``복사``, ``사용`` and ``용지``. A trigram index
    finds nothing by two syllables, the usual length of a Korean word.
    """

    function = "HANGUL_BIGRAMS"
    output_field = ArrayField(models.TextField())


class HasBigrams(Func):
    """Whether a text has every pair of letters of another, by the text's ``Bigrams`` index."""

    arg_joiner = " @> "
    template = "(%(expressions)s)"
    output_field = models.BooleanField()

    def __init__(self, column: str, text: str) -> None:
        super().__init__(Bigrams(F(column)), Bigrams(Value(text)))


def holds(column: str, text: str) -> Q:
    """Rows whose ``column`` holds ``text``, spaces and case aside.

    By the column's ``Bigrams`` index from two letters on; one letter looks at every row. Two are
    one pair, of which the database knows how many rows have it; so nothing is added that it would
    have to guess about.
    """
    letters = "".join(text.split())
    if len(letters) == 2:
        return Q(HasBigrams(column, letters))
    squeezed = Replace(F(column), Value(" "), output_field=models.TextField())
    found = Q(IContains(squeezed, letters))
    return Q(HasBigrams(column, letters)) & found if letters[1:] else found
