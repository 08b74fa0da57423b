"""A plan from draft to closed: confirming it issues its paper, and freezes it (R45).

draft → confirmed ⇄ revising, confirmed → closed; each step is the database's rule too.
"""

from dataclasses import replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.accounts.models import User
from apps.core.history import service
from apps.documents.issuing import content_digest, issue
from apps.documents.models import IssuedDocument
from apps.plans.enums import PlanState
from apps.plans.models import Plan
from apps.plans.models.plan import OPEN_STATES
from apps.reports.editions import as_issued, next_number_of, obstacles, series_of
from apps.reports.yearly_plan import yearly_plan_with_figures

STATES = ("state", "confirmed_at", "confirmed_by", "closed_at", "closed_by", "revision_reason")
CHANGED_MEANWHILE = "그사이 내용이 바뀌었습니다. 아래 내용을 다시 살펴보고 확정해 주세요."


@service
def confirm_plan(*, plan: Plan, at: datetime, by: User, seen: str | None = None) -> IssuedDocument:
    """Freeze the plan and issue the next edition of its paper.

    ``seen`` is the `content_digest` of the paper that was looked at. Raises ``ValidationError``
    when the paper says something else by now, when a figure of its texts has no value, or when it
    is confirmed already, as after a double click.
    """
    plan = _locked(plan, *OPEN_STATES)
    reason = plan.revision_reason
    plan.state, plan.revision_reason = PlanState.CONFIRMED, ""
    plan.confirmed_at, plan.confirmed_by = at, by
    document, figures = yearly_plan_with_figures(plan)
    if problems := obstacles(figures):
        raise ValidationError(problems)
    if seen is not None and seen != content_digest(document):
        raise ValidationError(CHANGED_MEANWHILE)
    if (number := next_number_of(plan)) > 1:
        document = replace(document, issued_on=f"{document.issued_on} (제{number}판)")
    issued = issue(
        series=series_of(plan),
        document=document,
        figures=as_issued(figures),
        reason=reason,
        at=at,
        by=by,
    )
    plan.save(update_fields=STATES)
    return issued


@service
def revise_plan(*, plan: Plan, reason: str, by: User) -> Plan:
    """Open a confirmed plan for a correction; what was issued stays in force until it is confirmed.

    Raises ``ValidationError`` when the plan is not confirmed.
    """
    plan = _locked(plan, PlanState.CONFIRMED)
    plan.state, plan.revision_reason = PlanState.REVISING, reason
    plan.save(update_fields=STATES)
    return plan


@service
def close_plan(*, plan: Plan, at: datetime, by: User) -> Plan:
    """The plan's year is over (지방회계법 제7조: 31 December): nothing more is recorded under it.

    Raises ``ValidationError`` while the year runs, or when the plan is not confirmed.
    """
    plan = _locked(plan, PlanState.CONFIRMED)
    if timezone.localdate(at).year <= plan.year:
        raise ValidationError(f"{plan.year}년이 끝난 뒤에 마감할 수 있습니다.")
    plan.state, plan.closed_at, plan.closed_by = PlanState.CLOSED, at, by
    plan.save(update_fields=STATES)
    return plan


def _locked(plan: Plan, *states: PlanState) -> Plan:
    """The plan as it is now, kept from everybody else until the change is made."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.state not in states:
        state = PlanState(plan.state).label
        raise ValidationError(f"이 계획은 지금 ‘{state}’ 상태라서 그렇게 할 수 없습니다.")
    return plan
