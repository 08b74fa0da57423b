"""The side menu: what each role finds where."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from apps.accounts.access import EVERYONE
from apps.accounts.enums import Role
from apps.accounts.models import User


@dataclass(frozen=True, slots=True)
class MenuItem:
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class MenuGroup:
    label: str
    items: tuple[MenuItem, ...]


#: (group, ((label, URL name, roles), …)), in the order of the menu.
MENU: tuple[tuple[str, tuple[tuple[str, str, tuple[Role, ...]], ...]], ...] = (
    ("업무", (("첫 화면", "portal:home", EVERYONE),)),
)


def menu_for(user: User, request: HttpRequest) -> tuple[MenuGroup, ...]:
    """The groups and items of ``user``'s roles; the longest address that fits is current."""
    open_items = [
        (group, label, reverse(name))
        for group, items in MENU
        for label, name, roles in items
        if user.has_role(*roles)
    ]
    here = max(
        (url for _, _, url in open_items if request.path.startswith(url)), key=len, default=""
    )
    groups: dict[str, list[MenuItem]] = {}
    for group, label, url in open_items:
        groups.setdefault(group, []).append(MenuItem(label, url, url == here))
    return tuple(MenuGroup(label, tuple(items)) for label, items in groups.items())
