"""What pages of a plan show outside of a paper: texts with figures, how a request stands."""

from datetime import date

from django import template

from apps.plans.enums import Standing
from apps.plans.models import RequestDelivery
from apps.plans.texts import Filling

register = template.Library()


@register.filter
def with_figures(text: str, filling: Filling) -> str:
    """A plan's text with every ``{{…}}`` printed; ``filling`` was made of all texts of the page."""
    return filling.fill(text)


@register.filter
def standing(row: RequestDelivery, today: date) -> Standing:
    return row.standing(today)
