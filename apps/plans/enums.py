"""Words of a yearly plan."""

from django.db import models


class SectionKey(models.TextChoices):
    """The written sections of a plan, in the order of the paper."""

    BASIS = "basis", "추진근거"
    DIRECTIONS = "directions", "추진방향"
    CHART = "chart", "사회적경제 조직도"
    ORGANIZATIONS = "organizations", "사회적경제 조직 및 현황"
    RESULTS = "results", "지난해 추진실적 및 성과"
    OUTLOOK = "outlook", "한계 및 발전과제"


class MoneySource(models.TextChoices):
    """Whose money a budget line is.

    ``NATIONAL_CITY`` is 국·시비 that the source does not split; it is shown as it is.
    """

    NATIONAL = "national", "국비"
    NATIONAL_CITY = "national_city", "국·시비"
    CITY = "city", "시비"
    DISTRICT = "district", "구비"
    OWN = "own", "자부담"
