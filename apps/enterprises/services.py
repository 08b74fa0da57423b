"""Changes of the registry. What once was in force stays on record: it ends, it is not rewritten."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError

from apps.accounts.models import User
from apps.core.hangul import particle
from apps.core.history import service
from apps.enterprises.enums import CONVERSIONS, DesignationKind, EndReason
from apps.enterprises.models import Designation, Enterprise, Product


@service
def save(*, row: Enterprise | Designation | Product, by: User) -> None:
    """Add or correct a firm, a designation or a product.

    Whether and when the firm closed is taken from what stands now, not from when the row was
    read: only :func:`close` says so. Raises ``ValidationError`` where the row breaks a rule of
    the registry.
    """
    if isinstance(row, Enterprise):
        if row.pk:
            row.closed_on = _locked(row.pk).closed_on
    else:
        row.enterprise = _locked(row.enterprise_id)
    row.full_clean()
    row.save()


def _locked(firm: int) -> Enterprise:
    """The firm as it stands, which nobody else changes until this is done."""
    return Enterprise.objects.select_for_update().get(pk=firm)


@service
def delete_product(*, product: Product, by: User) -> None:
    """Take a product out of the catalogue."""
    product.delete()


@service
def end_designation(*, designation: Designation, on: date, reason: EndReason, by: User) -> None:
    """The designation was in force for the last time on the day ``on``.

    Raises ``ValidationError`` when it has ended already or ``on`` is outside its term.
    """
    current = Designation.objects.select_for_update().get(pk=designation.pk)
    if current.ended_on is not None:
        raise ValidationError("이미 종료된 지정입니다.")
    current.ended_on, current.end_reason = on, reason
    current.full_clean()
    current.save()


@service
def convert(
    *,
    designation: Designation,
    on: date,
    by: User,
    number: str = "",
    authority: str = "",
    ends: date | None = None,
) -> Designation:
    """A pre-certified firm is certified (전환; likewise a cooperative becomes a social one).

    The old designation is in force up to the day before ``on``, the new one from ``on``, so the
    firm is never out of the count and never twice in it. Raises ``ValidationError`` when the kind
    cannot be converted or the old one is not in force on the day before.
    """
    kind = DesignationKind(designation.kind)
    eve = on - timedelta(days=1)
    _locked(designation.enterprise_id)  # the firm before its designations, as in close
    if kind not in CONVERSIONS:
        raise ValidationError(f"{particle(kind.label, '은/는')} 전환할 수 있는 유형이 아닙니다.")
    if not Designation.objects.in_force(eve).filter(pk=designation.pk).exists():
        raise ValidationError("전환일 전날에 효력이 있는 지정만 전환할 수 있습니다.")
    end_designation(designation=designation, on=eve, reason=EndReason.CONVERTED, by=by)
    new = Designation(
        enterprise=designation.enterprise,
        kind=CONVERSIONS[kind],
        number=number,
        authority=authority,
        starts=on,
        ends=ends,
    )
    save(row=new, by=by)
    return new


@service
def close(*, enterprise: Enterprise, on: date, today: date, by: User) -> None:
    """The firm shut down or dissolved on the day; its designations end with it.

    Raises ``ValidationError`` when the day is still to come, when the firm is closed already, or
    when its records go on after ``on``.
    """
    if on > today:
        raise ValidationError({"on": "아직 오지 않은 날입니다. 폐업·해산한 날을 적어 주세요."})
    firm = _locked(enterprise.pk)
    if firm.closed_on is not None:
        raise ValidationError("이미 폐업·해산으로 기록된 기업입니다.")
    history = firm.designations.all()
    if history.filter(starts__gt=on).exists() or history.filter(ended_on__gt=on).exists():
        raise ValidationError("이 날짜 뒤에 시작하거나 종료한 지정이 있습니다.")
    for designation in history.in_force(on).filter(ended_on=None):
        end_designation(designation=designation, on=on, reason=EndReason.CLOSED, by=by)
    firm.closed_on = on
    firm.full_clean()
    firm.save()
