"""Asking for a rule's value on a day."""

from datetime import date

from apps.rules.models import RuleValue


class RuleMissing(LookupError):
    """No value of this rule is in force on that day; the office has to enter one."""


def rule(key: str, *, on: date) -> RuleValue:
    """The value of ``key`` in force on the day; raises :class:`RuleMissing` where there is none."""
    found = RuleValue.objects.in_force(on).select_related("statute").filter(key=key).first()
    if found is None:
        raise RuleMissing(f"{key} 기준값이 {on}에 없습니다.")
    return found
