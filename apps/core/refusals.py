"""What a trigger of the database refuses, told in its own words beside the field it names."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

CHECK_VIOLATION = "23514"


@contextmanager
def told() -> Iterator[None]:
    """Run a change in a savepoint; a trigger's refusal becomes a ``ValidationError``.

    A trigger of ours raises ``check_violation`` with the column it is about and a Korean message
    (as :mod:`apps.plans.triggers`). Any other ``IntegrityError`` stays what it is.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        said = getattr(error.__cause__, "diag", None)
        if said is None or said.sqlstate != CHECK_VIOLATION or not said.column_name:
            raise
        raise ValidationError({said.column_name: said.message_primary}) from error
