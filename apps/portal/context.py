"""What every page shows around its content."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from apps.portal.menu import MenuGroup, menu_for
from apps.portal.models import SampleDistrict
from apps.portal.sample.office import PASSWORD, PEOPLE, invented


@dataclass(frozen=True, slots=True)
class Portal:
    """Names, the side menu, and what the sample district adds while it is loaded."""

    name: str
    district: str
    menu: tuple[MenuGroup, ...]
    sample: bool
    sample_password: str
    sample_accounts: tuple[dict[str, str], ...]


def portal(request: HttpRequest) -> dict[str, Any]:
    """``portal``, worked out only for pages that show it."""
    return {"portal": SimpleLazyObject(lambda: _portal(request))}


def _portal(request: HttpRequest) -> Portal:
    user = getattr(request, "user", None)
    sample = not settings.PRODUCTION and SampleDistrict.objects.exists()
    return Portal(
        name=settings.PORTAL_NAME,
        district=settings.DISTRICT_NAME,
        menu=menu_for(user, request) if user is not None and user.is_authenticated else (),
        sample=sample,
        sample_password=PASSWORD if sample else "",
        sample_accounts=tuple(
            {"username": username, "role": role.label, "name": invented(name)}
            for username, role, name, _ in PEOPLE
        )
        if sample
        else (),
    )
