"""Who changed what: history of every row, and services that say by whom they act."""

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import pghistory
from django.contrib.auth import get_user_model
from django.contrib.postgres.indexes import BrinIndex
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format

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
        # What was changed since a day is looked for; events lie in the order in which they came.
        meta={"indexes": [BrinIndex(fields=["pgh_created_at"])]},
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


def last_saved(row: models.Model) -> str:
    """Who saved a tracked record last, and when; empty where the history names nobody."""
    events: Any = row
    last = events.events.select_related("pgh_context").order_by("-pgh_id").first()
    user = last.pgh_context.metadata.get("user") if last and last.pgh_context else None
    who = get_user_model()._default_manager.filter(pk=user).first() if user else None
    at = timezone.localtime(last.pgh_created_at) if who else None
    return f"{who}, {date_format(at, 'n. j. H:i')}" if at else ""
