"""What a person may open, for templates."""

from django import template

from apps.accounts.access import may_open
from apps.accounts.models import User

register = template.Library()


@register.filter
def open_to(url: str, user: User) -> bool:
    """Whether the page is one for ``user``'s roles; a link to any other would end in 403."""
    return may_open(user, url)
