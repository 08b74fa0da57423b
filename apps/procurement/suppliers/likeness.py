"""Whether a name is another one with a slip of the finger in it, letter (자모) by letter."""

import re

from apps.core.hangul import letters
from apps.procurement.suppliers.words import APART, LONGEST, PLACES, TRADES, WORDS

#: A shorter name is another one by a single letter.
LEAST_SYLLABLES = 4
#: Shorter ones are too little to go by, whatever was written.
SHORTEST = 3
#: Words so short turn into others by one letter.
LEAST_WORD = 2
#: So many syllables beside those of place and trade tell a firm, with a known word or without.
TELLING, MUCH = 4, 6
_READ_AS = (
    "에이 비 씨 디 이 에프 지 에이치 아이 제이 케이 엘 엠 엔 오 피 큐 알 에스 티 유 브이 더블유 "
    "엑스 와이 제트"
)
_NAMES_OF_LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", _READ_AS.split(), strict=True))
_MOST_SPELLED = 4
_LATIN = re.compile(rf"(?<![a-z])[a-z]{{1,{_MOST_SPELLED}}}(?![a-z])")
_TRADE = re.compile("|".join(sorted(TRADES, key=len, reverse=True)))
#: Letters that are written for each other because they sound alike.
_SOUNDS = str.maketrans(
    "\u1101\u1104\u1108\u110a\u110d\u1166\u1168\u116b\u1170",  # ㄲ ㄸ ㅃ ㅆ ㅉ ㅔ ㅖ ㅙ ㅞ
    "\u1100\u1103\u1107\u1109\u110c\u1162\u1164\u116c\u116c",  # ㄱ ㄷ ㅂ ㅅ ㅈ ㅐ ㅒ ㅚ ㅚ
)
_TOLD_APART = re.compile(r"[0-9a-z一-鿿]")


def spelled(key: str) -> str:
    """A name's key with its Latin capitals as they are read: ``sk커피`` is 에스케이커피."""
    return _LATIN.sub(lambda run: "".join(map(_NAMES_OF_LETTERS.__getitem__, run[0])), key)


def pairs(key: str) -> frozenset[str]:
    """Neighbouring letters of a key, its ends included: by them keys are alike."""
    text = f"^{letters(key)}$"
    return frozenset(text[place : place + 2] for place in range(len(text) - 1))


def distance(one: str, other: str) -> int:
    """How many letters must be put in, left out or changed to make one key the other."""
    one, other = letters(one), letters(other)
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        before, row[0] = row[0], place
        for at, its in enumerate(other, start=1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (letter != its))
    return row[-1]


def is_slip(written: str, known: str) -> bool:
    """Whether ``written`` can only be a slip for the key ``known``: one letter at most.

    Figures, Latin letters and what tells branches apart are never slips; nor is a change that
    makes a word (see :mod:`apps.procurement.suppliers.words`). It has to make a syllable no word
    is written with, or to spoil a word that is long or says what the firm does, or to stand in a
    name with so much to it that no other is as near by chance. What the firm does, of what kind
    it is and where (시니어클럽, 지역자활센터) is nothing to go by: many are so named.
    """
    if _TOLD_APART.findall(written) != _TOLD_APART.findall(known):
        return False
    if len(known) < SHORTEST or distance(written, known) > 1:
        return False
    start, end = _changed(written, known)
    ours, theirs = written[start : len(written) - end], known[start : len(known) - end]
    if not _is_usual(ours):
        return True
    if len(known) < LEAST_SYLLABLES:
        return False
    if ours and theirs and APART.issuperset(ours + theirs):
        return False
    if _words_over(written, start, len(written) - end):
        return False
    spoiled = _words_over(known, start, len(known) - end)
    if any(word in TRADES or len(word) > LEAST_WORD for word in spoiled if word not in PLACES):
        return True
    # Without a word to go by, more has to stand around the slip, unless it sounds the same.
    enough = TELLING if spoiled or _sound(written) == _sound(known) else MUCH
    return len(_TRADE.sub("", known)) >= enough


def _is_usual(syllables: str) -> bool:
    """Whether words are written with them: KS X 1001 gives its 2,350 syllables two bytes each."""
    return all(len(syllable.encode("euc_kr", "replace")) == 2 for syllable in syllables)


def _sound(key: str) -> str:
    return letters(key).translate(_SOUNDS)


def _changed(one: str, other: str) -> tuple[int, int]:
    """How many syllables two keys share in front, and behind that."""
    shortest = min(len(one), len(other))
    start = next((n for n in range(shortest) if one[n] != other[n]), shortest)
    end = next((n for n in range(shortest - start) if one[-1 - n] != other[-1 - n]), None)
    return start, shortest - start if end is None else end


def _words_over(key: str, start: int, stop: int) -> list[str]:
    """The words that lie over the syllables from ``start`` to ``stop``."""
    return [
        key[first:last]
        for first in range(max(0, stop - LONGEST), start + 1)
        for last in range(max(stop, first + 2), min(first + LONGEST, len(key)) + 1)
        if key[first:last] in WORDS
    ]
