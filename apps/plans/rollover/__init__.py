"""Next year's plan made from this one by rule; every decision is told in a note (R46)."""

from apps.accounts.models import User
from apps.core.history import service
from apps.plans.models import Plan
from apps.plans.rollover.plans import propose
from apps.plans.rollover.proposal import Choices, Proposal, note_url

__all__ = ["Choices", "Proposal", "note_url", "propose", "roll"]


@service
def roll(*, plan: Plan, year: int, by: User, choices: Choices | None = None) -> Plan:
    """The draft plan of a later ``year`` from ``plan``, with its parts and the account of it all.

    Of the old plan nothing changes. Raises ``IntegrityError`` where that year has a plan already.
    """
    return propose(plan, year, choices).save()
