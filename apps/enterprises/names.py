"""What is left of a firm's name without what writers leave out, add or move."""

import re
import unicodedata
from functools import lru_cache

from django.db import models
from django.db.models import Func

#: Legal forms in brackets, and what each is short for.
_SHORT = {
    "주": "주식회사",
    "유": "유한회사",
    "합": "합자회사",
    "사": "사단법인",
    "재": "재단법인",
    "협": "협동조합",
    "사협": "사회적협동조합",
    "영": "영농조합법인",
    "농": "농업회사법인",
    "株": "주식회사",
    "有": "유한회사",
    "社": "사단법인",
    "財": "재단법인",
}
#: What the law lets a body be: two names with different ones are two bodies.
LEGAL = (
    "주식회사", "유한책임회사", "유한회사", "합자회사", "합명회사", "사단법인", "재단법인",
    "사회복지법인", "비영리법인", "소비자생활협동조합", "생활협동조합", "사회적협동조합",
    "협동조합", "영농조합법인", "농업회사법인",
)  # fmt: skip
#: What a body was named for a while, besides.
TITLES = {
    "예비사회적기업": "사회적기업",
    "인증사회적기업": "사회적기업",
    "사회적기업": "사회적기업",
    "예비마을기업": "마을기업",
    "마을기업": "마을기업",
    "자활기업": "자활기업",
}
_NO_LETTER = re.compile("[^()0-9A-Za-zÀ-ÖØ-öø-ÿᄀ-ᇿ぀-ヿ一-鿿가-힣]")
_BRACKETS = re.compile(rf"\((?:{'|'.join(_SHORT)})\)|^(?:{'|'.join(_SHORT)})\)|[()]")
_WORD = "|".join((*LEGAL, *TITLES))
_WORDS = re.compile(f"^(?:{_WORD})+|(?:{_WORD})+$")
_ONE = re.compile(_WORD)


class NameKey(Func):
    """A firm's name without what writers leave out or add: legal form, spaces, signs, case.

    ``(주)행복 커피``, ``행복커피 주식회사`` and ``행복커피`` have the same key. A legal form counts
    as one in front and behind only: 한국협동조합연합회 keeps its name. The twin of
    :func:`name_key`.
    """

    function = "FIRM_NAME_KEY"
    output_field = models.TextField()


def name_key(name: str) -> str:
    """The key of a name as the database makes it (:class:`NameKey`).

    >>> name_key("㈜ 행복 커피"), name_key("ＡＢＣ 사회적협동조합"), name_key("협동조합")
    ('행복커피', 'abc', '')
    """
    return _WORDS.sub("", _BRACKETS.sub("", _letters(name))).lower()


def may_be_one(name: str, other: str) -> bool:
    """Whether two names of the same key may be one firm's, by the legal forms they state.

    A form may be left out, or stated beside another one; a different one is another body's:
    행복협동조합 is not (주)행복.
    """
    return all(
        not ours or not theirs or ours <= theirs or theirs <= ours
        for ours, theirs in zip(forms(name), forms(other), strict=True)
    )


@lru_cache(maxsize=4096)
def forms(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The legal forms a name states, and the titles (사회적기업, 마을기업)."""
    letters = _letters(name)
    short = {_SHORT[found.strip("()")] for found in _BRACKETS.findall(letters) if found.strip("()")}
    words = _WORDS.findall(_BRACKETS.sub("", letters))
    long = {word for run in words for word in _ONE.findall(run)}
    titles = frozenset(TITLES[word] for word in long if word in TITLES)
    return frozenset(short | long - TITLES.keys()), titles


def full_key(name: str) -> str:
    """The name with its legal form, but without spaces, signs and case."""
    return _letters(name).replace("(", "").replace(")", "").lower()


def _letters(name: str) -> str:
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", name))
