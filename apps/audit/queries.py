"""The history that the database's triggers keep, as rows people can read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model, OuterRef, QuerySet, Subquery
from django.utils.timezone import localtime

from apps.accounts.models import User

#: A column of a history, and the names of the values it holds: choices, or records pointed at.
Column = tuple["Field[Any, Any]", dict[Any, Any]]
LABELS = {"insert": "입력", "update": "수정", "delete": "삭제"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column before and after; on an insert ``before`` is empty, on a delete ``after``."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one row: what was done, when, by whom (by name, or what there is of one)."""

    object_id: int
    action: str
    at: datetime
    by: str
    fields: tuple[FieldChange, ...]


def tracked_models() -> dict[str, type[Model]]:
    """Every model with a history, ``app.model`` → its event model, by Korean name."""
    found = {
        event.pgh_tracked_model._meta.label_lower: event
        for event in apps.get_models()
        if hasattr(event, "pgh_tracked_model")
    }
    return dict(sorted(found.items(), key=lambda item: name_of(item[1])))


def name_of(event: Any) -> str:
    return str(event.pgh_tracked_model._meta.verbose_name)


def events_of(event: Any, object_id: int | None = None) -> QuerySet[Any]:
    """The events of one model, newest first, each with ``before_id``: the event before it."""
    earlier = event.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    rows = event.objects.select_related("pgh_context").annotate(
        before_id=Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1])
    )
    if object_id is not None:
        rows = rows.filter(pgh_obj_id=object_id)
    found: QuerySet[Any] = rows.order_by("-pgh_id")
    return found


def changes(event: Any, rows: list[Any]) -> list[Change]:
    """The events of a page as changes; the queries do not grow with their number."""
    before = event.objects.in_bulk([row.before_id for row in rows if row.before_id])
    columns = _columns(event, [*rows, *before.values()])
    actors = {row.pgh_id: _actor(row) for row in rows}
    users = User.objects.in_bulk({key for key in actors.values() if key is not None})
    return [
        Change(
            object_id=row.pgh_obj_id,
            action=LABELS[row.pgh_label],
            at=row.pgh_created_at,
            by=_name(actors[row.pgh_id], users),
            fields=_fields(columns, row, before.get(row.before_id)),
        )
        for row in rows
    ]


def _actor(row: Any) -> int | None:
    return row.pgh_context.metadata.get("user") if row.pgh_context else None


def _name(actor: int | None, users: dict[int, User]) -> str:
    if actor is None:
        return "(시스템)"
    return str(users.get(actor, f"(삭제된 사용자 {actor})"))


def _columns(event: Any, rows: list[Any]) -> list[Column]:
    """The columns the history keeps, with the names of the records that ``rows`` point at."""
    found: list[Column] = []
    for field in event.pgh_tracked_model._meta.concrete_fields:
        if field.primary_key or not hasattr(event, field.attname):
            continue
        names = dict(field.flatchoices)
        if isinstance(field, ForeignKey):
            keys = {getattr(row, field.attname) for row in rows}
            names = field.related_model._base_manager.select_related().in_bulk(keys)
        found.append((field, names))
    return found


def _fields(columns: list[Column], row: Any, before: Any) -> tuple[FieldChange, ...]:
    """An update shows what differs; an insert or delete the whole row."""
    found = []
    for field, names in columns:
        old = _text(before, field, names) if before and row.pgh_label != "insert" else ""
        new = "" if row.pgh_label == "delete" else _text(row, field, names)
        if old != new:
            found.append(FieldChange(str(field.verbose_name), old, new))
    return tuple(found)


def _text(row: Any, field: "Field[Any, Any]", names: dict[Any, Any]) -> str:
    """A value as people read it; a record deleted since is shown by its number."""
    value = getattr(row, field.attname)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "예" if value else "아니요"
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return str(names.get(value, value))
