"""Firms and products for the one search box."""

from collections.abc import Iterator

from django.urls import reverse

from apps.accounts.models import User
from apps.core.registry import Hit, search_source
from apps.enterprises.models import Enterprise, Product

MOST = 10


@search_source
def firms(user: User, text: str) -> Iterator[Hit]:
    for firm in Enterprise.objects.visible_to(user).search(text)[:MOST]:
        yield Hit("기업", firm.name, reverse("enterprises:detail", args=[firm.pk]))


@search_source
def products(user: User, text: str) -> Iterator[Hit]:
    found = Product.objects.visible_to(user).search(text).select_related("enterprise")
    for product in found[:MOST]:
        url = reverse("enterprises:detail", args=[product.enterprise_id])
        yield Hit("제품·서비스", f"{product.name} ({product.enterprise})", url)
