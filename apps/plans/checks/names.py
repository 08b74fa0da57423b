"""One thing under several names, and words that are one letter away from the plan's own."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from apps.core.hangul import particle
from apps.plans.checks.keyboard import slip
from apps.plans.checks.reading import Fault, Place, Reading, task_place
from apps.plans.checks.words import bare, days, letters_apart, quoted
from apps.plans.registry import check

_AGREEMENT = re.compile(r"(협약|협정|약정|양해각서)$")
_HANGUL = re.compile(r"[가-힣]+")
#: How often a word must stand in the plan to be its word, against how rare a slip of it is.
USUAL, RARE, TIMES = 8, 2, 10
#: A name so short that one letter may well make it another.
LONG = 6


@check(
    "titles",
    name="서로 다른 과제 이름",
    sentence="한 과제의 이름이 장마다 같게 인쇄되었는지 봅니다.",
)
def titles(reading: Reading) -> Iterator[Fault]:
    for task in reading.tasks:
        rows = [(row.place, row.text) for row in reading.printed if row.task_id == task.pk]
        if not rows:
            continue
        places: dict[str, list[str]] = defaultdict(list)
        written: dict[str, str] = {}
        for place, text in rows:
            places[bare(text)].append(place)
            written.setdefault(bare(text), text)
        if len(places) > 1 and not _slips(list(places)):
            each = ", ".join(f"{'·'.join(places[key])} ‘{written[key]}’" for key in places)
            yield task_place(task).fault(f"과제 이름이 {len(places)}가지입니다: {each}.")


def _slips(names: list[str]) -> bool:
    """Whether the names differ by a slip of the pen only, which :func:`typos` tells."""
    return all(letters_apart(names[0], name) <= 1 for name in names)


@dataclass(slots=True)
class Named:
    """A name set in 「 」: how it is written, at which places, with which day behind it."""

    written: str
    places: list[str] = field(default_factory=list)
    days: set[date | None] = field(default_factory=set)

    def is_of(self, other: "Named") -> bool:
        """Whether both look like names of one thing.

        Agreements of the same parties on the same day are one; of anything else only names that
        are one letter apart, for an office has many ordinances.
        """
        apart = self.days and other.days and not self.days & other.days
        if apart or self.places == other.places:
            return False
        mine, others = self.written.split(), other.written.split()
        agreed = _AGREEMENT.search(mine[-1]) and len(mine) > 1
        ends = (mine[0], mine[-1]) == (others[0], others[-1])
        return bool(agreed and ends) or one_letter_apart(bare(self.written), bare(other.written))


def one_letter_apart(one: str, other: str) -> bool:
    """Whether two long names differ in one letter (자모) of one syllable: most likely a slip."""
    if len(one) != len(other) or len(one) < LONG:
        return False
    apart = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(apart) == 1 and not apart[0][0].isdigit() and letters_apart(*apart[0]) == 1


@check(
    "names",
    name="서로 다른 이름",
    sentence="「 」 안의 이름이 곳마다 같은지, 같은 당사자의 협약을 달리 부르지 않는지 봅니다.",
)
def names(reading: Reading) -> Iterator[Fault]:
    spelled: dict[str, Named] = {}
    first: dict[str, Place] = {}
    for passage in reading.passages:
        for name, behind in quoted(passage.text):
            named = spelled.setdefault(bare(name), Named(name))
            named.places.append(passage.place.where)
            named.days |= {each.day for each in days(behind, passage.year)[:1]}
            first.setdefault(named.written, passage.place)
    groups: list[list[Named]] = []
    for named in spelled.values():
        group = next((g for g in groups if any(named.is_of(other) for other in g)), None)
        if group is None:
            groups.append([named])
        else:
            group.append(named)
    for group in groups:
        if len(group) > 1:
            each = ", ".join(
                f"「{n.written}」({', '.join(dict.fromkeys(n.places))})" for n in group
            )
            yield first[group[0].written].fault(
                f"같은 것으로 보이는 이름이 {len(group)}가지입니다: {each}."
            )


@check(
    "typos",
    name="오탈자",
    sentence="계획에서 자주 쓰는 말을 자판에서 하나 잘못 누른 말이 있는지 봅니다.",
)
def typos(reading: Reading) -> Iterator[Fault]:
    texts = [(passage.place, passage.text) for passage in reading.passages]
    printed = [(reading.printed_place(row), row.text) for row in reading.printed]
    vocabulary = Vocabulary(text for _, text in [*texts, *printed])
    lines = ((place, line) for place, text in [*texts, *printed] for line in text.splitlines())
    for place, line in lines:
        for word in _HANGUL.findall(line):
            right = vocabulary.meant_by(word)
            if right:
                yield place.fault(
                    f"‘{line.strip()}’의 {particle(f'‘{word}’', '은/는')}"
                    f" ‘{right}’의 오자로 보입니다."
                )


class Vocabulary:
    """The words of a plan by how often they stand in it, and what a rare one was meant to be."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.counts = Counter(
            part for text in texts for word in _HANGUL.findall(text) for part in set(_parts(word))
        )
        self.holes: dict[tuple[str, int], list[str]] = defaultdict(list)
        for part, count in self.counts.items():
            if count >= USUAL:
                for i in range(len(part) - 1):
                    self.holes[part[:i] + "?" + part[i + 1 :], i].append(part)

    def meant_by(self, word: str) -> str:
        """The word as it was meant; empty when nothing is amiss with it."""
        for part in sorted(set(_parts(word)), key=len, reverse=True):
            if self.counts[part] <= RARE:
                for i in range(len(part) - 1):
                    for usual in self.holes.get((part[:i] + "?" + part[i + 1 :], i), ()):
                        if self._slip(part, usual, i):
                            return word.replace(part, usual)
        return ""

    def _slip(self, part: str, usual: str, at: int) -> bool:
        often = self.counts[usual] >= TIMES * self.counts[part]
        return often and slip(part[at], usual[at])


def _parts(word: str) -> Iterator[str]:
    """The beginnings of a word of three letters and more, and the runs of four to six in it.

    The last letter of a run is never the one that is amiss: a particle changes it.
    """
    if len(word) >= 3:
        yield word[:3]
    for size in range(4, 7):
        for start in range(len(word) - size + 1):
            yield word[start : start + size]
