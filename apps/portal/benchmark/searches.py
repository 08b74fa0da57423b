"""Searching by two syllables and by 초성: beside reading every row."""

from collections.abc import Iterator

from django.db.models import Value
from django.db.models.functions import StrIndex

from apps.core.models import Initials, holds
from apps.enterprises.models import Enterprise, EnterpriseQuerySet
from apps.portal.benchmark import data
from apps.portal.benchmark.duel import Goal, Result, duel
from apps.procurement.models import Purchase

ROUNDS = 5
FIRMS = 100_000


def run() -> Iterator[Result]:
    yield _item("rare", data.RARE)
    yield _item("absent", data.ABSENT)
    yield _firms()


def _item(label: str, term: str) -> Result:
    return duel(
        f"search of item text, two syllables, {label} term (ILIKE)",
        peer=lambda: Purchase.objects.filter(item__icontains=term).count(),
        ours=lambda: Purchase.objects.filter(holds("item", term)).count(),
        goal=Goal(500),
        rounds=ROUNDS,
    )


def _firms() -> Result:
    """A firm among a hundred thousand, made for it, by the 초성 of its name."""
    data.add_firms(FIRMS - Enterprise.objects.count())
    data.analyzed()
    (wanted,) = Enterprise.objects.order_by("pk").values_list("initials", flat=True)[
        FIRMS // 2 : FIRMS // 2 + 1
    ]
    found = StrIndex(Initials("name"), Value(wanted))
    return duel(
        f"초성 search of {FIRMS:,} firms (computed for each query)",
        peer=lambda: _keys(Enterprise.objects.alias(place=found).filter(place__gt=0)),
        ours=lambda: _keys(Enterprise.objects.search(wanted)),
        goal=Goal(500),
        rounds=ROUNDS,
    )


def _keys(rows: EnterpriseQuerySet) -> list[int]:
    return sorted(rows.values_list("pk", flat=True))
