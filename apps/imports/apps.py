from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ImportsConfig(AppConfig):
    name = "apps.imports"
    verbose_name = "파일 가져오기"

    def ready(self) -> None:
        autodiscover_modules("imports")
