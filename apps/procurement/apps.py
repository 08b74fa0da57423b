from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    name = "apps.procurement"
    verbose_name = "공공구매"
