"""Words of the office for social-economy firms and what they sell."""

from django.db import models


class DesignationKind(models.TextChoices):
    """What a firm is designated, certified or registered as (plan Ⅲ)."""

    PRE_SOCIAL = "pre_social", "예비사회적기업"
    SOCIAL = "social", "사회적기업(인증)"
    VILLAGE = "village", "마을기업"
    COOP = "coop", "협동조합(일반)"
    SOCIAL_COOP = "social_coop", "사회적협동조합"
    SELF_SUPPORT = "self_support", "자활기업"

    @property
    def group(self) -> "KindGroup":
        return GROUP_OF[self]


class KindGroup(models.TextChoices):
    """The kinds as the plan counts them: 예비 and 인증 together, all cooperatives together."""

    SOCIAL = "social", "사회적기업"
    VILLAGE = "village", "마을기업"
    COOP = "coop", "협동조합"
    SELF_SUPPORT = "self_support", "자활기업"

    @property
    def kinds(self) -> tuple[DesignationKind, ...]:
        return tuple(kind for kind, group in GROUP_OF.items() if group is self)


GROUP_OF = {
    DesignationKind.PRE_SOCIAL: KindGroup.SOCIAL,
    DesignationKind.SOCIAL: KindGroup.SOCIAL,
    DesignationKind.VILLAGE: KindGroup.VILLAGE,
    DesignationKind.COOP: KindGroup.COOP,
    DesignationKind.SOCIAL_COOP: KindGroup.COOP,
    DesignationKind.SELF_SUPPORT: KindGroup.SELF_SUPPORT,
}

#: What a designation may be converted into (전환): certification follows pre-certification
#: (사회적기업 육성법), a cooperative may become a social one (협동조합 기본법).
CONVERSIONS = {
    DesignationKind.PRE_SOCIAL: DesignationKind.SOCIAL,
    DesignationKind.COOP: DesignationKind.SOCIAL_COOP,
}


class EndReason(models.TextChoices):
    """Why a designation is no longer in force."""

    CONVERTED = "converted", "전환"
    REVOKED = "revoked", "취소"
    EXPIRED = "expired", "만료"
    CLOSED = "closed", "폐업"
    WITHDRAWN = "withdrawn", "반납"


class ProductCategory(models.TextChoices):
    FOOD = "food", "식품"
    CATERING = "catering", "급식·도시락"
    HOUSEHOLD = "household", "생활용품"
    OFFICE = "office", "사무용품"
    PRINTING = "printing", "인쇄·홍보물"
    CLEANING = "cleaning", "청소·방역"
    REPAIR = "repair", "시설·수리"
    CARE = "care", "돌봄"
    EDUCATION = "education", "교육"
    CULTURE = "culture", "문화·행사"
    RECYCLING = "recycling", "재활용·환경"
    OTHER = "other", "기타"


class ProductKind(models.TextChoices):
    """The three sorts of public contracts."""

    GOODS = "goods", "물품"
    SERVICE = "service", "용역"
    WORKS = "works", "공사"
