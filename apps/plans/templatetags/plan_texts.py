"""Figures in texts that a page shows outside of a paper."""

from django import template

from apps.plans.texts import filled_part

register = template.Library()


@register.filter
def with_figures(text: str, year: int) -> str:
    """A plan's text with every ``{{…}}`` printed, for a plan of ``year``."""
    return filled_part(text, year)[0]
