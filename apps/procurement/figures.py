"""Named figures of public purchasing: targets and what was bought from social-economy firms."""

from datetime import date
from functools import partial

from django.db.models import Count
from django.urls import reverse

from apps.enterprises.enums import DesignationKind, KindGroup
from apps.plans.registry import Value, figure, figure_until
from apps.procurement.enums import PurchaseChannel, PurchaseKind
from apps.procurement.models import Purchase
from apps.procurement.queries.breakdown import sellers, year_sums
from apps.procurement.queries.standing import Standing, annual_target, standing

MALL = PurchaseChannel.MALL


def _standing(year: int) -> Standing | None:
    """The district's standing; ``None`` while no purchase of the year is entered."""
    found = standing(year, annual_target(year))
    return found if found.count else None


def _district(year: int) -> str:
    return reverse("procurement:district", args=[year])


def _list(year: int, query: str = "") -> str:
    return reverse("procurement:list", args=[year]) + query


@figure("공공구매 목표액", unit="원", how="그해 연간 구매 목표의 전체 목표액")
def total_target(year: int) -> Value | None:
    annual = annual_target(year)
    return Value(annual.total, _district(year)) if annual else None


@figure("함께누리몰 목표액", unit="원", how="그해 연간 구매 목표의 함께누리몰 목표액")
def mall_target(year: int) -> Value | None:
    annual = annual_target(year)
    return Value(annual.mall, _district(year)) if annual else None


@figure(
    "공공구매 실적",
    unit="원",
    how="그해 구매실적의 금액을 더함. 함께누리몰 구매액은 그해 목표가 정한 대로 넣거나 뺌",
)
def total_bought(year: int) -> Value | None:
    found = _standing(year)
    return Value(found.total.bought, _district(year)) if found else None


@figure_until("공공구매 실적")
def bought_until(year: int, day: date) -> Value | None:
    found = standing(year, annual_target(year), until=day)
    return Value(found.total.bought, _district(year)) if found.count else None


@figure(
    "함께누리몰 실적", unit="원", how="그해 구매실적 가운데 구매방법이 함께누리몰인 금액을 더함"
)
def mall_bought(year: int) -> Value | None:
    found = _standing(year)
    if found is None or not found.mall.bought:
        return None
    return Value(found.mall.bought, _list(year, f"?channel={MALL}"))


@figure(
    "공공구매 달성률", unit="%", how="공공구매 실적 ÷ 공공구매 목표액 (소수 첫째 자리에서 반올림)"
)
def total_share(year: int) -> Value | None:
    found = _standing(year)
    share = found.total.percent if found else None
    return None if share is None else Value(share, _district(year))


@figure(
    "함께누리몰 달성률",
    unit="%",
    how="함께누리몰 실적 ÷ 함께누리몰 목표액 (소수 첫째 자리에서 반올림)",
)
def mall_share(year: int) -> Value | None:
    found = _standing(year)
    share = found.mall.percent if found and found.mall.bought else None
    return None if share is None else Value(share, _district(year))


def _of_kind(kind: PurchaseKind, year: int) -> Value | None:
    sums = year_sums(year).kinds.get(kind)
    return Value(sums.amount, _list(year, f"?kind={kind}")) if sums else None


for each in PurchaseKind:
    figure(
        f"{each.label} 구매액",
        unit="원",
        how=f"그해 구매실적 가운데 구분이 {each.label}인 금액을 더함",
    )(partial(_of_kind, each))


@figure("구매 건수", unit="건", how="그해 구매일자인 구매실적을 셈")
def purchases(year: int) -> Value | None:
    count = year_sums(year).whole.count
    return Value(count, _list(year)) if count else None


@figure("구매 부서 수", unit="개", how="그해 구매실적이 있는 부서를 한 번씩 셈")
def buyers(year: int) -> Value | None:
    count = len(year_sums(year).departments)
    return Value(count, _list(year)) if count else None


@figure("구매 기업 수", unit="개", how="그해 구매실적이 있는 기업을 한 번씩 셈")
def firms(year: int) -> Value | None:
    rows = Purchase.objects.in_year(year).order_by()
    count = rows.aggregate(number=Count("enterprise", distinct=True))["number"]
    return Value(count, _list(year)) if count else None


def _sold_by(kinds: tuple[DesignationKind, ...], year: int) -> Value | None:
    """Won bought from firms that were one of the kinds on the day; nothing before any purchase."""
    found = sellers(year)
    return Value(found.bought(*kinds).amount, _district(year)) if found.firms else None


for name, kinds, note in (
    (
        "인증 사회적기업",
        (DesignationKind.SOCIAL,),
        " (사회적기업 육성법 제12조의 보고 기준)",
    ),
    ("예비사회적기업", (DesignationKind.PRE_SOCIAL,), ""),
    ("마을기업", KindGroup.VILLAGE.kinds, ""),
    ("협동조합", KindGroup.COOP.kinds, ". 사회적협동조합도 넣음"),
    ("자활기업", KindGroup.SELF_SUPPORT.kinds, ""),
):
    figure(
        f"{name} 구매액",
        unit="원",
        how=f"그해 구매실적 가운데 구매일에 {name}이던 기업에서 산 금액을 더함{note}",
    )(partial(_sold_by, kinds))
