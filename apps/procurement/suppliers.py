"""Which firm is meant by what somebody typed: a name, its 초성, or a 사업자등록번호."""

import re
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Value
from django.db.models.functions import StrIndex

from apps.core.hangul import initials
from apps.enterprises.fields import bare
from apps.enterprises.models import Enterprise, EnterpriseQuerySet, NameKey

MOST_CANDIDATES = 8
#: How alike two names are at least (trigrams, 0 to 1) for one to be offered for the other: one
#: wrong syllable in four still passes.
LEAST_LIKENESS = 0.2
_NUMBER = re.compile(r"\d{3}-?\d{2}-?\d{5}(?=\)?$)")


@dataclass(frozen=True, slots=True)
class Match:
    """The firm that is meant, or those one has to choose from."""

    enterprise: Enterprise | None
    candidates: tuple[Enterprise, ...]


def label(enterprise: Enterprise) -> str:
    """A firm by name and number; typed, it leads back to just this firm."""
    number = enterprise.dashed_number
    return f"{enterprise.name} ({number})" if number else enterprise.name


def suggest(text: str, among: EnterpriseQuerySet) -> EnterpriseQuerySet:
    """Firms to offer while somebody types, those that begin so first; none before a letter."""
    if not text.strip():
        return among.none()
    place = StrIndex("initials", Value(initials(text)))
    return among.search(text).order_by(place, "name", "pk")[:MOST_CANDIDATES]


def match(text: str, among: EnterpriseQuerySet, picked: int | None = None) -> Match:
    """The firm of ``among`` that ``text`` means.

    Number, exact name, name but for its legal form, part of a name or 초성: the first of these
    that finds firms decides. Similar names are only ever offered. ``picked``, the key of a firm
    chosen from an earlier offer, counts as long as it is among those the text still leads to.
    """
    text = text.strip()
    found = _found(text, among)
    candidates = found or tuple(_similar(text, among))
    chosen = [firm for firm in candidates if firm.pk == picked] or found
    return Match(chosen[0] if len(chosen) == 1 else None, candidates)


def _found(text: str, among: EnterpriseQuerySet) -> tuple[Enterprise, ...]:
    number = _NUMBER.search(text)
    steps = (
        among.filter(business_number=bare(number[0])) if number else among.none(),
        among.filter(name=text),
        among.same_name(text),
        among.search(text),
    )
    return next((firms for step in steps if (firms := tuple(step[:MOST_CANDIDATES]))), ())


def _similar(text: str, among: EnterpriseQuerySet) -> EnterpriseQuerySet:
    # The stubs know only plain text; any expression is taken.
    likeness = TrigramSimilarity("name_key", NameKey(Value(text)))  # type: ignore[arg-type]
    alike = among.annotate(likeness=likeness).filter(likeness__gte=LEAST_LIKENESS)
    return alike.order_by("-likeness", "name", "pk")[:MOST_CANDIDATES]
