"""Who changed what: history of every row, and services that say by whom they act."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import pghistory
from django.db import models, transaction

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)


def tracked_except(*fields: str) -> Callable[[type[M]], type[M]]:
    """Track a model but for ``fields`` that must not be kept (a password) or mean nothing."""
    decorate: Callable[[type[M]], type[M]] = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(fields),
        level=pghistory.Statement,
    )
    return decorate


def tracked(model: type[M]) -> type[M]:
    """Every insert, update and delete of the model is written to ``<model>event``.

    By triggers, once a statement: bulk writes and plain SQL are not missed.
    """
    return tracked_except()(model)


def service(function: Callable[P, R]) -> Callable[P, R]:
    """A change of records: all or nothing, and the history names ``by`` as the one who acted."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        by = kwargs["by"]
        with transaction.atomic(), pghistory.context(user=by.pk):  # type: ignore[attr-defined]  # every service takes it
            return function(*args, **kwargs)

    return run
