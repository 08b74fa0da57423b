"""What was changed in a month after it had been closed: who, when, and from what to what (R22)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Min, OuterRef, Q, Subquery

from apps.accounts.models import Department
from apps.audit.queries import Change, FieldChange, changes, events_of
from apps.core.dates import month_end
from apps.core.money import comma
from apps.enterprises.models import Enterprise
from apps.procurement.models import MonthClosing, Purchase

_ASIDE = {
    str(field.verbose_name)
    for field in Purchase._meta.concrete_fields
    if field.name in {"entry_key", "batch", "created_by", "created_at", "updated_at"}
}

_AMOUNT = "금액"


@dataclass(frozen=True, slots=True)
class Correction:
    """One purchase entered, changed or removed in a closed month that was open again.

    ``before`` and ``after`` are the won it stood for in that month: none where it was not in it.
    """

    department: str
    day: date
    firm: str
    item: str
    change: Change
    before: int
    after: int

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """What the office asks about: not who entered the purchase on which screen, and when."""
        return tuple(
            replace(field, before=_commas(field.before), after=_commas(field.after))
            if field.label == _AMOUNT
            else field
            for field in self.change.fields
            if field.label not in _ASIDE
        )


def corrections(closing: MonthClosing) -> list[Correction]:
    """The changes since the month was closed, the first one first.

    From the history, so nothing that reached the table is missed: a purchase that was moved out of
    the month, or to another department, is among them.
    """
    if not closing.reopenings.exists():
        return []
    event: Any = Purchase.events.rel.related_model  # type: ignore[attr-defined]  # pghistory's
    rows = list(_since(event, closing))
    names = dict(Department.objects.values_list("pk", "name"))
    sellers = Enterprise.objects.filter(pk__in={row.enterprise_id for row in rows})
    firms = dict(sellers.values_list("pk", "name"))
    return [
        Correction(
            names[row.department_id],
            row.purchased_on,
            firms.get(row.enterprise_id, ""),  # one removed since, with its purchase
            row.item,
            change,
            *_won(closing, row),
        )
        for row, change in zip(rows, changes(event, rows), strict=True)
    ]


def _since(event: Any, closing: MonthClosing) -> Any:
    """The events of the month's purchases since its closing was written into the history."""
    written = closing.events.aggregate(at=Min("pgh_created_at"))["at"]  # type: ignore[attr-defined]  # pghistory's
    month = (closing.month, month_end(closing.month))
    before = event.objects.filter(pgh_id=OuterRef("before_id"))
    rows = events_of(event).filter(pgh_created_at__gt=max(written, closing.closed_at))
    return (
        rows.annotate(
            before_day=Subquery(before.values("purchased_on")),
            before_amount=Subquery(before.values("amount")),
        )
        .filter(Q(purchased_on__range=month) | Q(before_day__range=month))
        .order_by("pgh_id")
    )


def _won(closing: MonthClosing, row: Any) -> tuple[int, int]:
    """What the purchase stood for in the month before the change and after it."""
    month = (closing.month.year, closing.month.month)
    was, now = (
        day is not None and (day.year, day.month) == month
        for day in (row.before_day, row.purchased_on)
    )
    gone = row.pgh_label == "delete"
    return (row.before_amount if was else 0), (row.amount if now and not gone else 0)


def _commas(won: str) -> str:
    return f"{comma(int(won))}원" if won else won
