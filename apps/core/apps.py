from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "apps.core"
    verbose_name = "핵심"

    def ready(self) -> None:
        autodiscover_modules("duties", "references")
