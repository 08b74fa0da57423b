"""Running the rules of the checker over a plan (R47)."""

from dataclasses import dataclass

from apps.plans.checks.reading import Reading
from apps.plans.models import Plan
from apps.plans.registry import Finding, PlanCheck, plan_checks


@dataclass(frozen=True, slots=True)
class Checked:
    """A rule and what it found in a plan."""

    rule: PlanCheck
    findings: tuple[Finding, ...]


def checked(plan: Plan) -> tuple[Checked, ...]:
    """Every rule over the plan, the plan's own first; the plan's rows are read once."""
    reading = Reading(plan)
    return tuple(
        Checked(
            rule,
            tuple(
                Finding(rule.key, where, message, url)
                for where, message, url in dict.fromkeys(rule.find(reading))
            ),
        )
        for rule in plan_checks.values()
    )


def findings(plan: Plan) -> tuple[Finding, ...]:
    """All that does not agree in a plan, by rule."""
    return tuple(found for each in checked(plan) for found in each.findings)
