"""Entering purchases, changing and removing them."""

from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError

from apps.accounts.models import User
from apps.core.history import service
from apps.procurement.access import writable_departments
from apps.procurement.eligibility import Record, needs_reason, terms_of
from apps.procurement.models import Purchase

CHANGED_MEANWHILE = (
    "이 화면을 연 뒤에 다른 사람이 이 구매실적을 수정해서 삭제하지 않았습니다. "
    "아래에 지금 내용이 있으니 그래도 삭제할지 정해 주세요."
)


def check_day(day: date, *, today: date) -> None:
    """Refuse the day of a purchase after ``today``. Raises ``ValidationError`` by field."""
    if day > today:
        raise ValidationError({"purchased_on": "아직 오지 않은 날입니다. 구매한 날을 적어 주세요."})


def check_purchase(purchase: Purchase, *, today: date) -> None:
    """Hold a purchase against its day and its firm.

    The day is not after ``today``, the firm had not closed before it and had been designated by
    then. Where no designation was in force any more, ``override_reason`` has to say why the
    purchase counts; where it is not needed it is emptied. Raises ``ValidationError`` by field.
    """
    day, firm = purchase.purchased_on, purchase.enterprise
    check_day(day, today=today)
    held = firm.designations.order_by("-pk").values_list("starts", "last_day", "kind")
    question = needs_reason(Record(firm.name, firm.closed_on, terms_of(held)), day)
    if not question:
        purchase.override_reason = ""
    elif not purchase.override_reason:
        raise ValidationError({"override_reason": question})


@service
def create_purchase(
    *, purchase: Purchase, today: date, by: User, entry_key: UUID | None = None
) -> Purchase:
    """Enter a new purchase, once for each ``entry_key``.

    Where ``by`` has entered one with that key before, nothing is saved and that one is returned.
    Raises ``ValidationError`` (see :func:`check_purchase`), and ``PermissionDenied`` when ``by``
    may not enter purchases of its department.
    """
    if entry_key is not None:
        # A second sending waits here until the first is through.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        before = Purchase.objects.filter(entry_key=entry_key, created_by=by).first()
        if before is not None:
            return before
    purchase.created_by, purchase.entry_key = by, entry_key
    _save(purchase, today, by)
    return purchase


@service
def update_purchase(*, purchase: Purchase, today: date, by: User) -> Purchase:
    """Save a changed purchase; raises as :func:`create_purchase` does."""
    if not Purchase.objects.editable_by(by).filter(pk=purchase.pk).exists():
        raise PermissionDenied
    _save(purchase, today, by)
    return purchase


@service
def delete_purchase(*, purchase: Purchase, by: User, seen: str = "") -> None:
    """Remove a purchase entered by mistake; the history keeps it.

    ``seen`` is when the purchase one was asked about had been changed last (ISO 8601). Raises
    ``ValidationError`` where it has been changed since.
    """
    rows = Purchase.objects.editable_by(by).select_for_update().filter(pk=purchase.pk)
    held = rows.first()
    if held is None:
        raise PermissionDenied
    if seen not in ("", held.updated_at.isoformat()):
        raise ValidationError(CHANGED_MEANWHILE)
    held.delete()


def _save(purchase: Purchase, today: date, by: User) -> None:
    if not writable_departments(by).filter(pk=purchase.department_id).exists():
        raise PermissionDenied
    purchase.full_clean()
    check_purchase(purchase, today=today)
    purchase.save()
