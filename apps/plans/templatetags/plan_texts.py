"""Figures in texts that a page shows outside of a paper."""

from django import template

from apps.plans.texts import Filling

register = template.Library()


@register.filter
def with_figures(text: str, filling: Filling) -> str:
    """A plan's text with every ``{{…}}`` printed; ``filling`` was made of all texts of the page."""
    return filling.fill(text)
