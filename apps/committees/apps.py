from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "apps.committees"
    verbose_name = "위원회"
