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


#: The chapter of the paper a written section stands in.
CHAPTERS = {
    SectionKey.BASIS: 1,
    SectionKey.DIRECTIONS: 2,
    SectionKey.CHART: 3,
    SectionKey.ORGANIZATIONS: 3,
    SectionKey.RESULTS: 4,
    SectionKey.OUTLOOK: 4,
}
#: Sections that look back a year: their titles name it, and each year they are written anew.
LOOKING_BACK = (SectionKey.RESULTS, SectionKey.OUTLOOK)


class MoneySource(models.TextChoices):
    """Whose money a budget line is.

    ``NATIONAL_CITY`` is 국·시비 that the source does not split; it is shown as it is.
    """

    NATIONAL = "national", "국비"
    NATIONAL_CITY = "national_city", "국·시비"
    CITY = "city", "시비"
    DISTRICT = "district", "구비"
    OWN = "own", "자부담"


class PlanState(models.TextChoices):
    """Where a plan stands. Only ``DRAFT`` and ``REVISING`` plans can be written in.

    ``REVISING`` is a confirmed plan opened again for a correction: the paper issued last stays in
    force until the plan is confirmed anew, which makes the next numbered revision.
    """

    DRAFT = "draft", "작성 중"
    CONFIRMED = "confirmed", "확정"
    REVISING = "revising", "수정 중"
    CLOSED = "closed", "마감"


class Account(models.TextChoices):
    """The account of the district's budget a line stands in (지방회계법 제8조)."""

    GENERAL = "general", "일반회계"
    SPECIAL = "special", "특별회계"
    FUND = "fund", "기금"


class Standing(models.TextChoices):
    """How a request stands with a department."""

    SENT = "sent", "확인 전"
    READ = "read", "확인함"
    LATE = "late", "기한 지남"
    ANSWERED = "answered", "회신함"
    SETTLED = "settled", "처리 완료"


class RollOutcome(models.TextChoices):
    """What became of a part of last year's plan when it was rolled to the next year."""

    CARRIED = "carried", "그대로 옮김"
    MOVED = "moved", "규칙으로 바꿈"
    EMPTIED = "emptied", "비움"
    DROPPED = "dropped", "옮기지 않음"
    OPEN = "open", "이어 감·확인할 것"
