"""Which firm is meant by what somebody wrote: a name, its 초성, or a 사업자등록번호 (R21).

Number, exact name, name but for its legal form, remembered choice, similar name: the first of
these that leads to one firm decides. What leaves a doubt is for people to choose. A choice made
where a real number stood beside the name counts for the two together only.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import chain

from django.conf import settings
from django.db.models import Case, F, Q, QuerySet, When

from apps.core.hangul import is_initials
from apps.core.models import Initials
from apps.enterprises.fields import bare, dashed, is_valid
from apps.enterprises.models import Enterprise, EnterpriseQuerySet
from apps.enterprises.names import forms, full_key, may_be_one, name_key
from apps.procurement.models import Purchase, SupplierAlias
from apps.procurement.suppliers.likeness import distance, is_slip, pairs, spelled

MOST_CANDIDATES = 8
#: The firms of so many of a department's latest purchases are those it buys from of late.
LATELY = 100
#: How alike two names are at least, from 0 to 1, for one to be offered for the other.
LEAST_LIKENESS = 0.45
#: Nearer than so many letters, a second firm makes a slip doubtful.
MARGIN = 3
LEAST_SYLLABLES = 2
#: So many names that are no firm's are compared with all; more are no list of these firms.
MOST_UNKNOWN = 1000
#: A name is read so far; no firm's is longer.
LONGEST_NAME = 200
OTHER_NAME = "사업자등록번호의 기업과 적은 이름의 기업이 다릅니다."
NAME_UNKNOWN = "적은 이름은 등록된 기업명이 아니어서 사업자등록번호로 찾았습니다."
_NUMBER = re.compile(r"(?<!\d)\d{3}-?\d{2}-?\d{5}(?!\d)")
#: What follows a name in bracket or particle and is none of it.
_BESIDE = re.compile(r"\(\s*(?:대표.*?|[A-Za-z][A-Za-z .,&'-]*)\)|\(\s*\)|(?<=\S)\s*(?:에서|귀중)$")


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

    ``note`` is a sentence about the number where it led nowhere, or about the name where it did.
    ``asked`` is what to remember the answer by, where people have to say which firm it is, or was
    remembered by.
    """

    enterprise: int | None
    how: How
    offers: tuple[tuple[int, str], ...] = ()
    note: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Meant:
    """The firm that is meant, or those one has to choose from."""

    enterprise: Enterprise | None
    candidates: tuple[Enterprise, ...]


@dataclass(frozen=True, slots=True)
class _Firm:
    pk: int
    name: str
    number: str
    key: str
    address: str


class Matcher:
    """Finds the firms of ``among`` by what people wrote; loads them and their other names once.

    ``department`` is whose remembered choices count; after them those of the officials, which hold
    for every department. With ``only`` a text, no more is loaded than it takes to find the firm
    that has just this name or number, and none is found by likeness.
    """

    def __init__(
        self, among: EnterpriseQuerySet, department: int | None, *, only: str | None = None
    ) -> None:
        choices = SupplierAlias.objects.filter(Q(department=None) | Q(department=department))
        self._by_likeness = only is None
        if only is not None:
            text, number = parted(only)
            names = (text, _without_beside(text), asked_as(text, number), *_before_brackets(text))
            keys = {name_key(name) for name in names} - {""}
            choices = choices.filter(name_key__in=keys)
            # Asked for on their own: an index serves each of the three ways only so.
            chosen = Q(pk__in=list(choices.values_list("enterprise", flat=True)))
            among = among.filter(Q(business_number=number) | Q(name_key__in=keys) | chosen)
        columns = among.order_by("name", "pk").values_list(
            "pk", "name", "business_number", "name_key", "address"
        )
        self._firms = [_Firm(pk, name, number or "", *rest) for pk, name, number, *rest in columns]
        self._numbers = {firm.number: firm for firm in self._firms if firm.number}
        self._names: dict[str, list[_Firm]] = defaultdict(list)
        self._keys: dict[str, list[_Firm]] = defaultdict(list)
        #: Firms without a number, by their label.
        self._labels: dict[str, list[_Firm]] = defaultdict(list)
        for firm in self._firms:
            self._names[firm.name].append(firm)
            self._keys[firm.key].append(firm)
            if firm.address and not firm.number:
                self._labels[parted(self._offer(firm)[1])[0]].append(firm)
        self._remembered = self._chosen_among(choices)
        self._unknown: set[str] = set()
        self._near = lru_cache(maxsize=1)(self._compared)

    def _chosen_among(self, choices: QuerySet[SupplierAlias]) -> dict[str, tuple[str, _Firm]]:
        """The name and firm remembered for a key; the department's own go before the others."""
        firms = {firm.pk: firm for firm in self._firms}
        rows = choices.order_by(F("department").asc(nulls_first=True))
        found = list(rows.values_list("name_key", "name", "enterprise", "department"))
        self._for_all = {key for key, *_, whose in found if whose is None}
        self._for_all -= {key for key, *_, whose in found if whose is not None}
        return {key: (name, firms[pk]) for key, name, pk, _ in found if pk in firms}

    def match(self, name: str, number: object = "") -> Match:
        """The firm that ``name`` and ``number`` mean; either may be empty."""
        text, written = parted(name)
        digits = (_digits(number) if number else "") or written
        holder = self._numbers.get(digits)
        how, firms = self._by_name(text, by_choice=holder is None)
        asked = asked_as(text, digits if holder or is_valid(digits) else "")
        if holder is not None:
            if not firms or holder in firms:
                note = NAME_UNKNOWN if name_key(text) and not firms else ""
                return Match(holder.pk, How.NUMBER, note=note)
            return self._ask(asked, [holder, *firms], OTHER_NAME)
        note = _note(digits) if digits else ""
        if not firms:
            return self._ask(asked, self._alike(text), note)
        if how is How.ASK or (is_valid(digits) and firms[0].number):
            return self._ask(asked, firms, note)
        return Match(firms[0].pk, how, note=note, asked=text if how is How.REMEMBERED else "")

    def holds_for_all(self, asked: str) -> bool:
        """Whether the choice a name was remembered by is the officials', not the department's."""
        return not keys_of(asked).isdisjoint(self._for_all)

    def _ask(self, asked: str, firms: list[_Firm], note: str) -> Match:
        """Which of the firms it is, unless somebody has said so before."""
        if chosen := self._chosen(asked):
            return Match(chosen.pk, How.REMEMBERED, asked=asked)
        offers = tuple(map(self._offer, firms[:MOST_CANDIDATES]))
        if not offers:
            told = asked if may_be_remembered(parted(asked)[0]) else ""
            return Match(None, How.UNKNOWN, note=note, asked=told)
        return Match(None, How.ASK, offers, note, asked)

    def _offer(self, firm: _Firm) -> tuple[int, str]:
        return firm.pk, _label(firm.name, firm.number, firm.address)

    def _by_name(self, text: str, *, by_choice: bool) -> tuple[How, list[_Firm]]:
        """The firm a name means and how; several of one name (``ASK``); or none.

        ``by_choice`` says whether remembered choices count.
        """
        if not text:
            return How.UNKNOWN, []
        for written in (text, _without_beside(text)):
            found = self._named(written, by_choice)
            if found[1]:
                return found
        if not self._by_likeness:
            return How.UNKNOWN, []
        similar = self._read(text) or self._without_place(text) or self._slip(text)
        return (How.SIMILAR, similar) if similar else (How.UNKNOWN, [])

    def _named(self, text: str, by_choice: bool) -> tuple[How, list[_Firm]]:
        same = self._names.get(text) or self._labels.get(text) or self._same(text)
        if len(same) == 1:
            return How.NAME, same
        if by_choice and (chosen := self._chosen(text)):
            return How.REMEMBERED, [chosen]
        return (How.ASK, same) if same else (How.UNKNOWN, [])

    def _chosen(self, text: str) -> _Firm | None:
        """The firm remembered for a name."""
        name, firm = self._remembered.get(name_key(text), ("", None))
        return firm if may_be_one(text, name) else None

    def _same(self, text: str) -> list[_Firm]:
        """Firms named so but for the legal form; where several are, the one of the stated form."""
        key, stated = name_key(text), forms(text)
        same = self._keys.get(key, []) if key else []
        if len(same) == 1:
            return same if may_be_one(text, same[0].name) else []
        exact = [firm for firm in same if forms(firm.name) == stated]
        legal = [firm for firm in same if stated[0] and forms(firm.name)[0] == stated[0]]
        return next((found for found in (exact, legal) if len(found) == 1), same)

    def _without_place(self, text: str) -> list[_Firm]:
        """The firm of the district that was written with the district's own name beside its own."""
        key, words = name_key(text), settings.DISTRICT_NAME.split()
        own = words[-1]
        for place in ("".join(words), words[0], own):
            for rest in (key.removeprefix(place), key.removesuffix(place)):
                named = self._keys.get(rest, ()) if rest and rest != key else ()
                here = [
                    firm for firm in named if own in firm.address and may_be_one(text, firm.name)
                ]
                if len(here) == 1 == len(named):
                    return here
        return []

    def _read(self, text: str) -> list[_Firm]:
        """The one firm whose name is read as the text is: DNA디자인 for 디엔에이디자인."""
        named = self._readings.get(spelled(name_key(text)), [])
        return named if len(named) == 1 and may_be_one(text, named[0].name) else []

    def _slip(self, text: str) -> list[_Firm]:
        """The one firm whose name the text can only be a slip for."""
        key, full = name_key(text), full_key(text)
        near = [firm for _, firm in self._near(key) if firm.key != key]
        slips = [
            firm
            for firm in near
            if (is_slip(key, firm.key) or is_slip(full, full_key(firm.name)))
            and may_be_one(text, firm.name)
        ]
        others = [firm for firm in near if firm not in slips]
        alone = len(slips) == 1 and all(distance(key, firm.key) >= MARGIN for firm in others)
        return slips if alone else []

    def _alike(self, text: str) -> list[_Firm]:
        """Firms to offer for a name that is none of theirs, the most alike first."""
        key = name_key(text)
        found = sorted(self._near(key), key=lambda pair: -pair[0])
        if len(self._unknown) < MOST_UNKNOWN:
            self._unknown.add(key)
        return [firm for _, firm in found[:MOST_CANDIDATES]]

    def _compared(self, key: str) -> list[tuple[float, _Firm]]:
        """Firms whose key is alike or has this one as a part; and how alike (Dice, 0 to 1)."""
        too_many = len(self._unknown) >= MOST_UNKNOWN and key not in self._unknown
        if not self._by_likeness or len(key) < LEAST_SYLLABLES or too_many:
            return []
        ours = pairs(spelled(key))
        shared = Counter(chain.from_iterable(self._by_pair.get(pair, ()) for pair in ours))
        part = {place for place, firm in enumerate(self._firms) if key in firm.key}
        near = (
            (2 * shared[place] / (len(ours) + len(self._pairs[place])), place)
            for place in sorted(part | shared.keys())
        )
        return [
            (alike, self._firms[place])
            for alike, place in near
            if alike >= LEAST_LIKENESS or place in part
        ]

    @cached_property
    def _readings(self) -> dict[str, list[_Firm]]:
        found: dict[str, list[_Firm]] = defaultdict(list)
        for firm in self._firms:
            found[spelled(firm.key)].append(firm)
        return found

    @cached_property
    def _pairs(self) -> list[frozenset[str]]:
        return [pairs(spelled(firm.key)) if firm.key else frozenset() for firm in self._firms]

    @cached_property
    def _by_pair(self) -> dict[str, list[int]]:
        """The places of the firms that have a pair of letters."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, theirs in enumerate(self._pairs):
            for pair in theirs:
                found[pair].append(place)
        return found


def label(enterprise: Enterprise) -> str:
    """A firm by name and number, or by its address; typed, it leads back to just this firm.

    Firms of one name without either cannot be told apart.
    """
    return _label(enterprise.name, enterprise.business_number, enterprise.address)


def keys_of(asked: str) -> set[str]:
    """By which keys a name that was met may be remembered."""
    return {name_key(asked), name_key(_without_beside(asked))} - {""}


def number_in(text: str) -> str:
    """The 사업자등록번호 that stands in a text, bare; empty where none does."""
    found = _NUMBER.search(text)
    return bare(found[0]) if found else ""


def parted(name: str) -> tuple[str, str]:
    """A written name without the 사업자등록번호 that stands in it, and that number."""
    number = number_in(name)
    text = _NUMBER.sub(" ", name).replace("( )", " ") if number else name
    return " ".join(text.split())[:LONGEST_NAME].rstrip(), number


def asked_as(name: str, number: str) -> str:
    """What a choice is remembered by: a name, with the real number that stood beside it."""
    return f"{name[: LONGEST_NAME - 13].rstrip()} {dashed(number)}" if number else name


def may_be_remembered(name: str) -> bool:
    """Whether it is a name: 초성, numbers and what has no letters are none."""
    key = name_key(name)
    return bool(key) and not (is_initials(name) or number_in(name) or key.isdecimal())


def suggest(
    text: str, among: EnterpriseQuerySet, department: int | None = None
) -> EnterpriseQuerySet:
    """Firms to offer while somebody types, those that begin so first; none before a letter.

    Their legal form aside; of firms that fit as well, those the department has bought from of late
    come first. A single 초성 is in almost any name: it means those that begin with it.
    """
    typed = "".join(text.split())
    if not typed:
        return among.none()
    bought = Purchase.objects.filter(department=department).order_by("-purchased_on", "-pk")
    lately = list(bought.values_list("enterprise", flat=True)[:LATELY])
    key = Initials("name_key") if is_initials(typed) else F("name_key")
    found = among.search(text).alias(key=key)
    begins = Q(key__startswith=typed.lower())
    if is_initials(typed) and len(typed) == 1:
        found = found.filter(begins)
    return found.order_by(_last_but(begins), _last_but(Q(pk__in=lately)), "name", "pk")[
        :MOST_CANDIDATES
    ]


def _last_but(first: Q) -> Case:
    """An order in which rows that fit come before the others."""
    return Case(When(first, then=0), default=1)


def match(
    text: str,
    among: EnterpriseQuerySet,
    picked: int | None = None,
    department: int | None = None,
) -> Meant:
    """The firm of ``among`` that ``text``, typed as a search, means: as :class:`Matcher` finds it.

    초성 that only one firm has mean it too; a part of a name only brings offers. ``picked``, the
    key of a firm chosen from an earlier offer, counts as long as the text still leads to it.
    """
    found = Matcher(among, department, only=text).match(text)
    # A name nobody has beside a number may yet be like another firm's.
    if found.enterprise is None or found.note or (found.how is How.REMEMBERED and number_in(text)):
        found = Matcher(among, department).match(text)
    if found.enterprise is not None:
        keys = [found.enterprise]
    else:
        searched = among.search(text).values_list("pk", flat=True)[:MOST_CANDIDATES]
        keys = list(dict.fromkeys([*searched, *(key for key, _ in found.offers)]))
    firms = among.in_bulk(keys)
    sure = found.enterprise is not None or (is_initials(text) and len(keys) == 1)
    meant = picked if picked in keys else keys[0] if sure else None
    return Meant(None if meant is None else firms[meant], tuple(firms[key] for key in keys))


def _without_beside(name: str) -> str:
    return _BESIDE.sub("", name).strip()


def _before_brackets(text: str) -> list[str]:
    """What may be the name in a label that has an address in brackets."""
    return [text[: found.start()] for found in re.finditer(r" \(", text)]


def _label(name: str, number: str | None, address: str) -> str:
    beside = dashed(number) if number else address
    return f"{name} ({beside})" if beside else name


def _digits(number: object) -> str:
    """The digits of what a cell of numbers holds, whatever stands around them."""
    text = unicodedata.normalize("NFKC", bare(number))
    return "".join(filter(str.isdecimal, text.removesuffix(".0")))


def _note(number: str) -> str:
    if is_valid(number):
        return f"사업자등록번호 {dashed(number)}의 기업은 등록되어 있지 않습니다."
    return f"사업자등록번호 {number}은(는) 맞지 않는 번호입니다."
