"""Firms of an invented district."""

from datetime import date
from typing import Any

from apps.enterprises.enums import DesignationKind, ProductCategory, ProductKind
from apps.enterprises.models import Designation, Enterprise, Product

LONG_AGO = date(2012, 12, 1)


def business_number(serial: int) -> str:
    """A number with the right checksum for any serial of up to nine digits."""
    digits = [int(d) for d in f"{serial:09d}"]
    weights = (1, 3, 7, 1, 3, 7, 1, 3, 5)
    total = sum(a * b for a, b in zip(digits, weights, strict=True)) + digits[8] * 5 // 10
    return f"{serial:09d}{(10 - total % 10) % 10}"


def make_firm(name: str = "행복커피", **values: Any) -> Enterprise:
    return Enterprise.objects.create(name=name, **values)


def make_designation(
    firm: Enterprise,
    kind: DesignationKind = DesignationKind.COOP,
    starts: date = LONG_AGO,
    **values: Any,
) -> Designation:
    return Designation.objects.create(enterprise=firm, kind=kind, starts=starts, **values)


def make_product(firm: Enterprise, name: str = "원두커피", **values: Any) -> Product:
    defaults = {"category": ProductCategory.FOOD, "kind": ProductKind.GOODS}
    return Product.objects.create(enterprise=firm, name=name, **{**defaults, **values})
