"""Korean letters: initial consonants for searching, particles for sentences."""

import unicodedata

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FIRST, _LAST, _PER_INITIAL, _PER_VOWEL = 0xAC00, 0xD7A3, 588, 28
_RIEUL = 8  # a word that ends in ㄹ takes 로, not 으로
_FINALS = str.maketrans("ᆨᆩᆫᆮᆯᆷᆸᆺᆻᆼᆽᆾᆿᇀᇁᇂ", "ᄀᄁᄂᄃᄅᄆᄇᄉᄊᄋᄌᄎᄏᄐᄑᄒ")
_DIGITS = "영일이삼사오육칠팔구"


def is_syllable(char: str) -> bool:
    return _FIRST <= ord(char) <= _LAST


def initials(text: str) -> str:
    """초성 of each syllable, other letters as they are in lower case, no spaces.

    >>> initials("행복 커피 2호")
    'ㅎㅂㅋㅍ2ㅎ'
    """
    return "".join(
        _INITIALS[(ord(c) - _FIRST) // _PER_INITIAL] if is_syllable(c) else c.lower()
        for c in text
        if not c.isspace()
    )


def letters(text: str) -> str:
    """Consonants and vowels of a text one by one; a final consonant as the one it is elsewhere.

    >>> letters("행복") == letters("해ㅇ복"), len(letters("행복"))
    (True, 6)
    """
    return unicodedata.normalize("NFKD", text).translate(_FINALS)


def is_initials(text: str) -> bool:
    """Whether what was typed is a search by 초성: consonants only, spaces aside."""
    letters = "".join(text.split())
    return bool(letters) and all(c in _INITIALS for c in letters)


def particle(word: str, pair: str) -> str:
    """``word`` with the particle that fits it: ``particle("사업", "을/를")`` is 사업을.

    After a word that does not end in a Hangul syllable or digit both are given: ``ABC을(를)``.
    """
    closed, open_ = pair.split("/")
    last = word.rstrip(")」』\"'”’ ")[-1:]
    if last.isdecimal():
        last = _DIGITS[int(last)]
    if not last or not is_syllable(last):
        return f"{word}{closed}({open_})"
    final = (ord(last) - _FIRST) % _PER_VOWEL
    has_final = final != 0 and not (pair == "으로/로" and final == _RIEUL)
    return word + (closed if has_final else open_)
