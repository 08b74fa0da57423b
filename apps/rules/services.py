"""Marking a rule value as checked against its source."""

from django.utils import timezone

from apps.accounts.models import User
from apps.core.history import service
from apps.rules.models import RuleValue


@service
def verify(*, value: RuleValue, by: User) -> None:
    """The official has compared the value with its source and stands for it."""
    value.verified_at, value.verified_by = timezone.now(), by
    value.save(update_fields=["verified_at", "verified_by"])
