"""One way to fetch a row for a user: a stranger's row is not found, a reader may not write."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404

M = TypeVar("M", bound=models.Model)


def load(
    visible: models.QuerySet[M],
    key: int,
    *,
    editable: models.QuerySet[M] | None = None,
    by: str = "pk",
) -> M:
    """The row of ``visible`` whose ``by`` is ``key``; with ``editable`` it must be there too.

    Raises ``Http404`` when the user may not see it, ``PermissionDenied`` (403) when the user may
    see but not change it.
    """
    row = visible.filter(**{by: key}).first()
    if row is None:
        raise Http404
    if editable is not None and not editable.filter(pk=row.pk).exists():
        raise PermissionDenied
    return row
