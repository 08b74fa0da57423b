"""Words of the office for what departments buy from social-economy firms."""

from django.db import models


class PurchaseKind(models.TextChoices):
    """The three sorts of public contracts (지방계약법)."""

    GOODS = "goods", "물품"
    SERVICE = "service", "용역"
    WORKS = "works", "공사"


class PurchaseChannel(models.TextChoices):
    """Where it was bought; the mall has a target of its own (plan 3-1)."""

    MALL = "mall", "함께누리몰"
    DIRECT = "direct", "직접구매"
    NARA = "nara", "나라장터"
    OTHER = "other", "기타"


class ContractMethod(models.TextChoices):
    """How the seller was chosen."""

    PRIVATE = "private", "수의계약"
    BID = "bid", "입찰"
    CARD = "card", "소액구매(카드)"
    OTHER = "other", "기타"


class MonthState(models.TextChoices):
    """How far a month is, for one department or for the whole office."""

    NONE = "none", "해당 없음"
    AHEAD = "ahead", "앞으로"
    RUNNING = "running", "입력 중"
    DUE = "due", "입력할 달"
    REPORTED = "reported", "입력 완료"
    CLOSED = "closed", "마감"
    REOPENED = "reopened", "다시 열림"

    @property
    def tone(self) -> str:
        """How a badge shows it."""
        return {
            "running": "info",
            "due": "warning",
            "reported": "success",
            "closed": "info",
            "reopened": "danger",
        }.get(self.value, "neutral")
