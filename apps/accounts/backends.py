"""Rights in the admin come from the roles a person holds today."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import QuerySet

from apps.accounts.models import User
from apps.core.dates import today


class RoleBackend(ModelBackend):
    """Django's own sign-in by password; group rights last as long as the role is held."""

    def _get_group_permissions(self, user_obj: Any) -> QuerySet[Permission]:
        user: User = user_obj
        groups = user.holdings.in_force(today()).values("group")
        return Permission.objects.filter(group__in=groups)
