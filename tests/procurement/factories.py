"""Firms, targets and purchases of an invented office."""

from datetime import date
from itertools import count
from typing import Any

from apps.accounts.models import Department, User
from apps.enterprises.enums import DesignationKind
from apps.enterprises.fields import is_valid
from apps.enterprises.models import Designation, Enterprise
from apps.procurement.enums import ContractMethod, PurchaseChannel, PurchaseKind
from apps.procurement.models import Purchase

YEAR = 2016
DAY = date(2016, 5, 2)
_serial = count(1)


def business_number() -> str:
    """A number nobody here has yet, with a right checksum."""
    stem = f"{next(_serial):09d}"
    return next(f"{stem}{digit}" for digit in range(10) if is_valid(f"{stem}{digit}"))


def make_enterprise(
    name: str = "행복커피", *, starts: date | None = date(2010, 1, 1), **fields: Any
) -> Enterprise:
    """A firm, designated from ``starts`` on (not at all when ``None``)."""
    fields = {"business_number": business_number(), **fields}
    enterprise = Enterprise.objects.create(name=name, **fields)
    if starts is not None:
        Designation.objects.create(
            enterprise=enterprise, kind=DesignationKind.SOCIAL, starts=starts
        )
    return enterprise


def make_purchase(
    department: Department, enterprise: Enterprise, created_by: User, **fields: Any
) -> Purchase:
    return Purchase.objects.create(
        department=department,
        enterprise=enterprise,
        created_by=created_by,
        **{
            "purchased_on": DAY,
            "item": "복사용지",
            "kind": PurchaseKind.GOODS,
            "amount": 150_000,
            "channel": PurchaseChannel.DIRECT,
            "contract": ContractMethod.PRIVATE,
            **fields,
        },
    )


def typed(**fields: str) -> dict[str, str]:
    """A good purchase as a clerk types it, but for what is named."""
    return {
        "purchased_on": "2016-05-02",
        "enterprise": "행복커피",
        "item": "회의용 커피",
        "kind": "goods",
        "amount": "150,000",
        "channel": "mall",
        "contract": "card",
        "document_number": "일자리과-123",
        "note": "정례 회의",
        **fields,
    }
