"""What every page shows around its content."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from apps.portal.menu import MenuGroup, menu_for


@dataclass(frozen=True, slots=True)
class Portal:
    name: str
    district: str
    menu: tuple[MenuGroup, ...]
    sample: bool


def portal(request: HttpRequest) -> dict[str, Any]:
    """``portal``: names, the side menu, and whether the sample district is loaded."""
    user = getattr(request, "user", None)
    menu = menu_for(user, request) if user is not None and user.is_authenticated else ()
    return {
        "portal": Portal(settings.PORTAL_NAME, settings.DISTRICT_NAME, menu, sample=False),
    }
