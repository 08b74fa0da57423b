"""The two-set Korean keyboard: which syllable a slip of the finger makes of another."""

import re

_FIRST, _LAST, _PER_INITIAL, _PER_VOWEL = 0xAC00, 0xD7A3, 588, 28
_INITIALS = "rrseefaqqttdwwczxvg"
_VOWELS: list[str] = re.findall(r"\S+", "k o i o j p u p h hk ho hl y n nj np nl b m ml l")
_FINALS: list[str] = [
    "",
    *re.findall(r"\S+", "r r rt s sw sg e f fr fa fq ft fx fv fg a q qt t t d w c z x v g"),
]
#: Where each key lies, a row a unit, each row a little to the right of the one above.
_KEYS = {
    key: (row, column + shift)
    for row, (shift, keys) in enumerate(((0, "qwertyuiop"), (0.25, "asdfghjkl"), (0.75, "zxcvbnm")))
    for column, key in enumerate(keys)
}


def keys(syllable: str) -> str:
    """The keys that type a syllable: 적 is ``wjr``. Shift is left out."""
    code = ord(syllable)
    if not _FIRST <= code <= _LAST:
        return syllable
    initial, rest = divmod(code - _FIRST, _PER_INITIAL)
    vowel, final = divmod(rest, _PER_VOWEL)
    return _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]


def slip(typed: str, meant: str) -> bool:
    """Whether one key left out, put in or missed by its neighbour makes one syllable the other.

    종 for 통 is no slip: the keys of ㅈ and ㅌ lie apart, so somebody meant it.
    """
    a, b = keys(typed), keys(meant)
    if len(a) == len(b):
        missed = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
        return len(missed) <= 1 and all(_beside(x, y) for x, y in missed)
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def _beside(one: str, other: str) -> bool:
    (row, column), (other_row, other_column) = _KEYS[one], _KEYS[other]
    return abs(row - other_row) <= 1 and abs(column - other_column) <= 1
