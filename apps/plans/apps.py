from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PlansConfig(AppConfig):
    name = "apps.plans"
    verbose_name = "추진계획"

    def ready(self) -> None:
        autodiscover_modules("figures", "checks")
