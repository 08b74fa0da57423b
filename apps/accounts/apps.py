from typing import Any

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate


def make_roles(**kwargs: Any) -> None:
    """Groups and their rights follow the code; rights exist only once all apps are migrated."""
    from apps.accounts.services import sync_roles

    sync_roles()


class OfficeAdminConfig(admin_apps.AdminConfig):
    """Django's admin with the portal's own site."""

    default = False
    default_site = "apps.accounts.sites.OfficeAdminSite"


class AccountsConfig(AppConfig):
    name = "apps.accounts"
    verbose_name = "사용자·부서"

    def ready(self) -> None:
        from django.apps import apps

        last = list(apps.get_app_configs())[-1]
        post_migrate.connect(make_roles, sender=last, dispatch_uid="accounts.make_roles")
