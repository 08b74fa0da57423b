"""The list of purchases at a million rows: beside Django's own list of the same table."""

import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any
from urllib.parse import urlencode

from django.test import Client, override_settings
from django.urls import include, path, reverse

from apps.accounts.models import Department, User
from apps.portal.benchmark import data
from apps.portal.benchmark.duel import Goal, Result, duel
from apps.portal.benchmark.peers import stock_urls
from apps.procurement.enums import PurchaseChannel

ROUNDS = 5
URLCONF = ModuleType("stock_urlconf")
URLCONF.urlpatterns = [path("", include("socialeconomy.urls")), *stock_urls]  # type: ignore[attr-defined]  # a module made here
YEAR = {"purchased_on__year": data.YEAR}
TOTAL = re.compile(r"합계 ([\d,]+)건")


def run(by: User) -> Iterator[Result]:
    """Signed in, whole answers: the year, the year narrowed, and a word in what was bought."""
    client = Client(headers={"host": "localhost"})
    client.force_login(by)
    department = Department.objects.order_by("pk")[3].pk
    narrowed = {"department": department, "channel": PurchaseChannel.MALL}
    asked: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
        ("first page of the year", {}, YEAR),
        (
            "a department's, by channel",
            narrowed,
            {**YEAR, "department__id__exact": department, "channel__exact": PurchaseChannel.MALL},
        ),
        ("a word in the item", {"item": data.RARE}, {**YEAR, "q": data.RARE}),
    )
    with override_settings(ROOT_URLCONF=URLCONF):
        for label, ours, stock in asked:
            yield duel(
                f"list of purchases, {label} (admin changelist)",
                peer=_stock(client, stock),
                ours=_ours(client, ours),
                goal=Goal(100),
                rounds=ROUNDS,
            )
        yield _deepest(client)


def _ours(client: Client, wanted: dict[str, Any]) -> Callable[[], int]:
    address = f"{reverse('procurement:list', args=[data.YEAR])}?{urlencode(wanted)}"

    def total() -> int:
        page = client.get(address).content.decode()
        match = TOTAL.search(page)
        return int(match[1].replace(",", "")) if match else 0

    return total


def _stock(client: Client, wanted: dict[str, Any]) -> Callable[[], int]:
    page = reverse("admin:procurement_purchase_changelist", current_app="stock")
    address = f"{page}?{urlencode(wanted)}"

    def total() -> int:
        answer: Any = client.get(address)
        return int(answer.context_data["cl"].result_count)

    return total


def _deepest(client: Client) -> Result:
    """The last page beside the first."""
    first = reverse("procurement:list", args=[data.YEAR])
    return duel(
        "list of purchases, deepest page (first page)",
        peer=lambda: client.get(first).status_code,
        ours=lambda: client.get(f"{first}?page=last").status_code,
        goal=Goal(1.2, at_most=True),
        rounds=ROUNDS,
        each=5,
    )
