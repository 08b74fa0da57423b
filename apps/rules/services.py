"""Marking a rule value as checked against its source; entering statutes."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.accounts.models import User
from apps.core.hangul import particle
from apps.core.history import service
from apps.rules.models import RuleValue, Statute


@service
def verify(*, value: RuleValue, shown: str, by: User) -> None:
    """The official has compared the amount ``shown`` with its source and stands for it.

    Raises ``ValidationError`` when the value has been changed since it was shown.
    """
    row = RuleValue.objects.select_for_update().get(pk=value.pk)
    if row.amount != shown:
        raise ValidationError(
            f"‘{row.label}’ 값이 그사이 {particle(row.amount, '으로/로')} 바뀌어 "
            "표시하지 않았습니다. 근거와 다시 대조해 주세요."
        )
    row.verified_at, row.verified_by = timezone.now(), by
    row.save(update_fields=["verified_at", "verified_by"])


@service
def save_statute(*, statute: Statute, by: User) -> Statute:
    """Add a statute that is cited, or correct one. Raises ``ValidationError``."""
    statute.full_clean()
    statute.save()
    return statute
