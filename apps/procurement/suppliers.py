"""Which firm is meant by what somebody typed: a name, its 초성, or a 사업자등록번호."""

import re
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Value
from django.db.models.functions import StrIndex

from apps.core.hangul import initials
from apps.enterprises.fields import bare
from apps.enterprises.models import Enterprise, EnterpriseQuerySet
from apps.enterprises.names import NameKey

MOST_CANDIDATES = 8
#: How alike two names are at least (trigrams, 0 to 1) for one to be offered for the other: one
#: wrong syllable in four still passes.
LEAST_LIKENESS = 0.2
_NUMBER = re.compile(r"\d{3}-?\d{2}-?\d{5}(?=\)?$)")


class How(StrEnum):
    """What led to the firm; ``ASK`` and ``UNKNOWN`` led to none."""

    NUMBER = "번호"
    NAME = "이름"
    REMEMBERED = "기억한 이름"
    SIMILAR = "비슷한 이름"
    ASK = "확인 필요"
    UNKNOWN = "없음"


@dataclass(frozen=True, slots=True)
class Match:
    """The firm (its key) that a name and number mean, or those (key, label) to choose from.

    ``note`` is a sentence about the number, where it led nowhere.
    """

    enterprise: int | None
    how: How
    offers: tuple[tuple[int, str], ...] = ()
    note: str = ""


class Matcher:
    """Finds the firms of ``among`` by what people wrote; loads them and their other names once.

    ``department`` is whose remembered choices count beside those of the officials.
    """

    def __init__(self, among: EnterpriseQuerySet, department: int | None) -> None:
        self._among = among

    def match(self, name: str, number: object = "") -> Match:
        """The firm that ``name`` and ``number`` mean; either may be empty."""
        found = match(f"{name} {bare(number)}", self._among)
        offers = tuple((firm.pk, label(firm)) for firm in found.candidates)
        if found.enterprise is not None:
            return Match(found.enterprise.pk, How.NAME, offers)
        return Match(None, How.ASK if offers else How.UNKNOWN, offers)


@dataclass(frozen=True, slots=True)
class Meant:
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


def match(text: str, among: EnterpriseQuerySet, picked: int | None = None) -> Meant:
    """The firm of ``among`` that ``text`` means.

    Number, exact name, name but for its legal form, part of a name or 초성: the first of these
    that finds firms decides. Similar names are only ever offered. ``picked``, the key of a firm
    chosen from an earlier offer, counts as long as it is among those the text still leads to.
    """
    text = text.strip()
    found = _found(text, among)
    candidates = found or tuple(_similar(text, among))
    chosen = [firm for firm in candidates if firm.pk == picked] or found
    return Meant(chosen[0] if len(chosen) == 1 else None, candidates)


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
