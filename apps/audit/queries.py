"""The history that the database's triggers keep, as rows people can read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Field, Model, OuterRef, QuerySet, Subquery

from apps.accounts.models import User

LABELS = {"insert": "입력", "update": "수정", "delete": "삭제"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column before and after; on an insert ``before`` is empty, on a delete ``after``."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one row: what was done, when, by whom."""

    object_id: int
    action: str
    at: datetime
    by: User | None
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
    """The events of a page as changes, in three queries whatever their number."""
    before = event.objects.in_bulk([row.before_id for row in rows if row.before_id])
    users = User.objects.in_bulk(
        {row.pgh_context.metadata.get("user") for row in rows if row.pgh_context}
    )
    return [
        Change(
            object_id=row.pgh_obj_id,
            action=LABELS[row.pgh_label],
            at=row.pgh_created_at,
            by=users.get(row.pgh_context.metadata.get("user")) if row.pgh_context else None,
            fields=_fields(event, row, before.get(row.before_id)),
        )
        for row in rows
    ]


def _fields(event: Any, row: Any, before: Any) -> tuple[FieldChange, ...]:
    """An update shows what differs; an insert or delete the whole row."""
    columns: list[Field[Any, Any]] = [
        field
        for field in event.pgh_tracked_model._meta.concrete_fields
        if hasattr(row, field.attname)
    ]
    found = []
    for field in columns:
        old = _text(before, field) if before and row.pgh_label != "insert" else ""
        new = "" if row.pgh_label == "delete" else _text(row, field)
        if old != new:
            found.append(FieldChange(str(field.verbose_name), old, new))
    return tuple(found)


def _text(row: Any, field: "Field[Any, Any]") -> str:
    value = getattr(row, field.attname)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "예" if value else "아니요"
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return str(dict(field.flatchoices).get(value, value))
