"""Names as clerks write them, against an invented registry full of near neighbours (R21)."""

import random
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
import yaml

from apps.core.hangul import is_syllable
from apps.enterprises.fields import dashed
from apps.enterprises.models import Enterprise
from apps.enterprises.names import name_key
from apps.procurement.suppliers.matching import How, Matcher, match
from tests.enterprises.factories import business_number

LISTS = yaml.safe_load(Path(__file__).with_name("registry.yaml").read_text(encoding="utf-8"))
NAMES: list[str] = [*LISTS["plain"], *chain.from_iterable(LISTS["close"])]
#: A thing written (name, number), the firm it means, and what was done to the name.
Written = tuple[str, object, str, str]
_FIRST, _VOWELS, _FINALS = 19, 21, 28


@pytest.fixture
def numbers(db: None) -> dict[str, str]:
    """The number of each firm of the registry."""
    found = {name: business_number(210_810_000 + 7 * place) for place, name in enumerate(NAMES)}
    Enterprise.objects.bulk_create(
        Enterprise(name=name, business_number=number, address="서울특별시 강북구 수유동")
        for name, number in found.items()
    )
    return found


@pytest.fixture
def matcher(numbers: dict[str, str]) -> Matcher:
    return Matcher(Enterprise.objects.all(), None)


def slipped(name: str, chance: random.Random) -> str:
    """The name with one letter of one of its syllables another one."""
    short = "(주)" if name.startswith("(주)") else ""
    places = [at for at in range(len(short), len(name)) if is_syllable(name[at])]
    while True:
        place = chance.choice(places)
        code = ord(name[place]) - 0xAC00
        first, vowel, final = code // 588, code // 28 % 21, code % 28
        part = chance.randrange(3)
        first = chance.randrange(_FIRST) if part == 0 else first
        vowel = chance.randrange(_VOWELS) if part == 1 else vowel
        final = chance.randrange(_FINALS) if part == 2 else final
        other = chr(0xAC00 + first * 588 + vowel * 28 + final)
        if other != name[place]:
            return name[:place] + other + name[place + 1 :]


def bent(name: str, number: str, chance: random.Random) -> Iterator[Written]:
    """Ways to write a firm that still mean this one."""
    bare = name_key(name).upper() if name.isascii() else name
    kinds = {
        "spaces": (" ".join(bare), ""),
        "decomposed": (unicodedata.normalize("NFD", name), ""),
        "quotes": (f"‘{name}’.", ""),
        "form moved": (moved(name), ""),
        "number in the name": (f"{name} ({dashed(number)})", ""),
        "number alone": ("", dashed(number)),
        "number as a figure": ("", float(number)),
        "other name, right number": ("카드 결제분", int(number)),
        "bad number": (name, f"{number[:9]}{(int(number[9]) + 1) % 10}"),
    }
    for kind in chance.sample(sorted(kinds), 3):
        yield (*kinds[kind], name, kind)


def moved(name: str) -> str:
    for form in ("(주)", "주식회사", "(유)", "협동조합", "사회적협동조합", "마을기업"):
        if name.startswith(form):
            return f"{name.removeprefix(form).strip()} {form}"
        if name.endswith(form) and not name.endswith(f"사회적{form}"):
            return f"{form} {name.removesuffix(form).strip()}"
    return f"{name} (주)"


def written(numbers: dict[str, str]) -> Iterator[Written]:
    chance = random.Random(20160302)  # noqa: S311  # the same list each time
    for name, number in numbers.items():
        yield from bent(name, number, chance)
    for name, *others in LISTS["by_hand"]:
        yield from ((other, "", name, "by hand") for other in others)
    for name in LISTS["plain"][::2]:
        yield slipped(name, chance), "", name, "one letter"


def test_at_least_95_in_100_are_matched_and_none_wrongly(
    matcher: Matcher, numbers: dict[str, str]
) -> None:
    names = dict(Enterprise.objects.values_list("pk", "name"))
    asked, right, wrong = Counter[str](), Counter[str](), []
    for text, number, name, kind in written(numbers):
        found = matcher.match(text, number)
        asked[kind] += 1
        right[kind] += found.enterprise is not None and names[found.enterprise] == name
        if found.enterprise is not None and names[found.enterprise] != name:
            wrong.append((kind, text, name, names[found.enterprise]))
    assert wrong == []
    assert asked.total() >= 400
    told = [f"{kind}: {right[kind]} of {asked[kind]}" for kind in asked]
    assert right.total() >= 0.95 * asked.total(), told


def test_typed_in_the_form_they_mean_the_same(matcher: Matcher, numbers: dict[str, str]) -> None:
    """Though what is named or numbered rightly is found without loading the registry."""
    firms, chance = Enterprise.objects.all(), random.Random(2)  # noqa: S311  # the same each time
    by_hand = list(chain.from_iterable(LISTS["by_hand"]))
    some = [*NAMES, *by_hand, *LISTS["doubtful"], *LISTS["strangers"]]
    for name in chance.sample(some, 60):
        for text in (name, f"{name} ({dashed(chance.choice(list(numbers.values())))})"):
            found = match(text, firms).enterprise
            assert (found and found.pk) == matcher.match(text).enterprise, text


def test_who_is_not_registered_is_never_matched(matcher: Matcher) -> None:
    assert [name for name in LISTS["strangers"] if matcher.match(name).enterprise is not None] == []


def test_what_may_mean_several_is_asked_with_offers(matcher: Matcher) -> None:
    for name in LISTS["doubtful"]:
        found = matcher.match(name)
        assert (found.enterprise, found.how) == (None, How.ASK), name
        assert found.offers, name
