"""Whether the portal shows the sample district."""

from django.db import models


class SampleDistrict(models.Model):
    """One row while the sample district is loaded; every page and the sign-in page say so."""

    loaded_at = models.DateTimeField("불러온 때", auto_now_add=True)

    class Meta:
        verbose_name = "예시 자료"
        verbose_name_plural = "예시 자료"

    def __str__(self) -> str:
        return f"예시 자료 ({self.loaded_at:%Y-%m-%d})"
