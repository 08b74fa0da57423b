"""Firms: the few the plan of 2016 names, and some sixty invented ones."""

from datetime import date, timedelta
from random import Random
from typing import Any

from apps.accounts.models import User
from apps.core.history import service
from apps.enterprises.enums import (
    DesignationKind,
    EndReason,
    ProductCategory,
    ProductKind,
)
from apps.enterprises.fields import check_digit
from apps.enterprises.models import Designation, Enterprise, Product
from apps.portal.sample import source
from apps.portal.sample.office import invented

SEED = 2016
COUNT = 60
#: A tax office that does not exist, so that no invented number is anybody's.
NO_TAX_OFFICE = "999"

PLAN = "2016년도 사회적경제 활성화 추진계획"


@service
def load(*, today: date, by: User) -> None:
    """Register the published firms and the invented ones with their past and their goods."""
    sample = source.read("sample.yaml")
    for row in sample["published_enterprises"]:
        firm = Enterprise.objects.create(name=row["name"], note=f"{row['note']}. 출처: {PLAN}")
        if row["starts"]:
            kind = DesignationKind[row["kind"]]
            Designation.objects.create(
                enterprise=firm, kind=kind, starts=row["starts"], ends=row.get("ends")
            )
    random = Random(SEED)  # noqa: S311  # the same invented district every time
    firms = [(brand, trade) for brand in sample["brand_names"] for trade in sample["trades"]]
    for number, (brand, trade) in enumerate(random.sample(firms, COUNT), 1):
        owner = random.choice(sample["family_names"])
        _firm(number, f"{brand}{trade['name']}", owner, trade, today, random)


def _firm(
    number: int, title: str, owner: str, trade: dict[str, Any], today: date, random: Random
) -> None:
    kinds = _kinds(number)
    coop = any(k in (DesignationKind.COOP, DesignationKind.SOCIAL_COOP) for k in kinds)
    name = f"{title} 협동조합" if coop else random.choice((f"(주){title}", title))
    founded = date(today.year - 9 + number % 7, 1 + number % 12, 1 + number % 28)
    firm = Enterprise.objects.create(
        name=invented(name),
        business_number=business_number(number),
        representative=invented(f"{owner}대표"),
        phone=f"02-000-{number:04}",
        address=f"서울특별시 강북구 예시로 {number}",
        founded_on=founded,
        note="지어낸 기업",
    )
    for kind in kinds:
        _designate(firm, kind, founded + timedelta(days=random.randrange(60, 500)), number, today)
    for item, price in trade["products"].items():
        Product.objects.create(
            enterprise=firm,
            name=item,
            category=ProductCategory[trade["category"]],
            kind=ProductKind[trade["kind"]],
            price=price,
        )


def _kinds(number: int) -> tuple[DesignationKind, ...]:
    """A district's usual mixture; every tenth firm holds two kinds at once."""
    if number % 10 == 0:
        return (DesignationKind.COOP, DesignationKind.VILLAGE)
    mixture = (
        DesignationKind.COOP,
        DesignationKind.SOCIAL,
        DesignationKind.COOP,
        DesignationKind.PRE_SOCIAL,
        DesignationKind.COOP,
        DesignationKind.VILLAGE,
        DesignationKind.SOCIAL_COOP,
        DesignationKind.SELF_SUPPORT,
    )
    return (mixture[number % len(mixture)],)


def _designate(
    firm: Enterprise, kind: DesignationKind, starts: date, number: int, today: date
) -> None:
    """Pre-certified firms have three years; some were certified, some of the rest have ended."""
    authority = {DesignationKind.PRE_SOCIAL: "서울특별시", DesignationKind.SOCIAL: "고용노동부"}
    made = Designation(
        enterprise=firm,
        kind=kind,
        number=f"예시-{number:03}",
        authority=authority.get(kind, "강북구"),
        starts=starts,
    )
    if kind is DesignationKind.PRE_SOCIAL:
        if number % 16 == 3:  # a few still run, and end within the coming months
            made.starts = today - timedelta(days=3 * 365 - 10 - number)
        made.ends = made.starts.replace(year=made.starts.year + 3, day=1) - timedelta(days=1)
        if made.ends < today:
            made.ended_on, made.end_reason = made.ends, EndReason.CONVERTED
            Designation.objects.create(
                enterprise=firm,
                kind=DesignationKind.SOCIAL,
                number=f"예시-{number:03}-2",
                authority="고용노동부",
                starts=made.ends + timedelta(days=1),
            )
    elif number % 13 == 0:
        made.ended_on, made.end_reason = date(today.year - 1, 6, 30), EndReason.WITHDRAWN
    made.save()


def business_number(serial: int) -> str:
    """A number with a right check digit that no real firm can have."""
    body = f"{NO_TAX_OFFICE}{serial % 89 + 10:02}{serial:04}"
    return body + check_digit(body)
