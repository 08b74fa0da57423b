"""Roles as Django groups, made from code; people and the roles they are given."""

from datetime import date

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from apps.accounts.enums import Role
from apps.accounts.models import RoleHolding, User
from apps.core.history import service

#: What each role may do in the admin, as ``app.model`` or whole apps; screens have their own rules.
ADMIN_RIGHTS: dict[Role, tuple[str, ...]] = {
    Role.ADMIN: (
        "accounts.department",
        "accounts.user",
        "accounts.roleholding",
        "rules",
        "enterprises",
        "committees.committee",
        "procurement.supplieralias",
    ),
    Role.OFFICER: (
        "rules",
        "enterprises",
        "committees.committee",
        "procurement.supplieralias",
    ),
}


@transaction.atomic
def sync_roles() -> None:
    """Make the groups of :class:`Role` and give them their rights; run after every migrate."""
    for role in Role:
        group, _ = Group.objects.get_or_create(name=role.value)
        group.permissions.set(
            right
            for right in Permission.objects.select_related("content_type")
            if _covers(ADMIN_RIGHTS.get(role, ()), right)
        )


def _covers(scopes: tuple[str, ...], right: Permission) -> bool:
    kind = right.content_type
    return kind.app_label in scopes or f"{kind.app_label}.{kind.model}" in scopes


@service
def give_role(
    *, user: User, role: Role, by: User, starts: date, ends: date | None = None
) -> RoleHolding:
    """Let ``user`` hold ``role`` from ``starts`` to ``ends``, both included; open when ``None``."""
    holding = RoleHolding(
        user=user, group=Group.objects.get(name=role.value), starts=starts, ends=ends
    )
    holding.full_clean()
    holding.save()
    return holding
