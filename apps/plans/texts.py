"""Figures named in a plan's text: ``{{공공구매 목표액}}``, ``{{전년 공공구매 실적}}``.

A name stands for a figure an app computes (:mod:`apps.plans.registry`) or, where none does, for a
typed :class:`~apps.plans.models.Result`. ``전년`` before the name means the year before the plan's.
Money prints in 천원; ``{{이름:원}}`` prints won, ``{{이름:수}}`` the number as it prints otherwise
but without its unit.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Any, Self, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse

from apps.core.hangul import particle
from apps.core.money import comma, thousand
from apps.documents.mapped import mapped, texts
from apps.documents.nodes import Document
from apps.plans.models import Plan, Result
from apps.plans.registry import named_figures

T = TypeVar("T")
_TOKEN = re.compile(r"\{\{([^{}]*)\}\}")
LAST_YEAR = "전년 "
_FORMS = ("", "원", "수")
#: The source of a :class:`Shown` whose figure an app computes.
COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as a text prints it, and where it comes from.

    ``name`` is as written in the text, with 전년. A name without a value has no ``number`` and
    prints as ``[자료 없음: 이름]``. ``source`` is ``"computed"`` or what the typed result says.
    """

    name: str
    year: int
    number: int | None
    unit: str
    text: str
    how: str = ""
    url: str = ""
    source: str = ""
    as_of: date | None = None

    @property
    def missing(self) -> bool:
        return self.number is None

    @property
    def computed(self) -> bool:
        return self.source == COMPUTED


@dataclass(frozen=True, slots=True)
class Token:
    """What stands between the braces: the figure's name, whether last year's, how to print it."""

    name: str
    last_year: bool = False
    form: str = ""

    @classmethod
    def of(cls, written: str) -> Self:
        words = " ".join(written.split())
        name, _, form = (part.strip() for part in words.partition(":"))
        if form not in _FORMS:
            return cls(words)
        last_year = name.startswith(LAST_YEAR)
        return cls(name.removeprefix(LAST_YEAR), last_year, form)

    @property
    def written(self) -> str:
        """``전년 공공구매 실적``"""
        return f"{LAST_YEAR if self.last_year else ''}{self.name}"

    def year(self, plan_year: int) -> int:
        return plan_year - self.last_year

    def missing(self, plan_year: int) -> Shown:
        text = f"[자료 없음: {self.written}]"
        return Shown(self.written, self.year(plan_year), None, "", text)


def tokens(text: str) -> tuple[Token, ...]:
    """The figures a text names, each once, in the order of the text."""
    return tuple(dict.fromkeys(Token.of(match) for match in _TOKEN.findall(text)))


def printed(number: int, unit: str, form: str = "") -> str:
    """A number as papers print it: ``1,200,000천원``, ``4회``; by ``form`` in won or bare."""
    if unit == "원" and form != "원":
        return f"{thousand(number)}{'' if form else '천원'}"
    return f"{comma(number)}{'' if form == '수' else unit}"


def shown(name: str, year: int) -> Shown | None:
    """The figure of the name as written (``전년 공공구매 실적``) for a plan of ``year``.

    ``None`` while it has no value, neither computed nor typed.
    """
    token = Token.of(name)
    return shown_all([token], year).get(token)


def shown_all(wanted: Iterable[Token], year: int) -> dict[Token, Shown]:
    """The figures that have a value, for a plan of ``year``.

    Each is computed once, however often it is named; all typed ones come in one query.
    """
    wanted = tuple(wanted)
    values: dict[tuple[str, int], Shown] = {}
    for name, of in dict.fromkeys((t.name, t.year(year)) for t in wanted):
        value = computed(name, of)
        if value:
            values[name, of] = value
    values |= _typed({(t.name, t.year(year)) for t in wanted} - values.keys())
    return {
        t: _as_written(t, values[t.name, t.year(year)])
        for t in wanted
        if (t.name, t.year(year)) in values
    }


def computed(name: str, year: int) -> Shown | None:
    """What an app computes for the name and year; ``None`` where no app does, or has no records."""
    figure = named_figures.get(name)
    value = figure.compute(year) if figure else None
    if figure is None or value is None:
        return None
    return Shown(
        name,
        year,
        value.number,
        figure.unit,
        printed(value.number, figure.unit),
        how=figure.how,
        url=value.url,
        source=COMPUTED,
        as_of=value.as_of,
    )


def _typed(wanted: set[tuple[str, int]]) -> dict[tuple[str, int], Shown]:
    if not wanted:
        return {}
    named = Result.objects.filter(
        Q(name__in={name for name, _ in wanted}), Q(year__in={year for _, year in wanted})
    )
    return {
        (row.name, row.year): Shown(
            row.name,
            row.year,
            row.value,
            row.unit,
            "",
            how=f"담당자가 적은 값입니다. 출처: {row.source}",
            url=f"{reverse('plans:results')}?{urlencode({'year': row.year, 'q': row.name})}",
            source=row.source,
            as_of=row.as_of,
        )
        for row in named
        if (row.name, row.year) in wanted
    }


def _as_written(token: Token, value: Shown) -> Shown:
    text = "" if value.number is None else printed(value.number, value.unit, token.form)
    return replace(value, name=token.written, text=text)


@dataclass(frozen=True, slots=True)
class Filling:
    """The figures some texts of a plan name, found once, to print each of the texts with."""

    values: dict[Token, Shown]

    @classmethod
    def of(cls, part: Any, year: int) -> Self:
        """Of a text, a paper, a node or a tuple of them, of a plan of ``year``.

        A figure without a value is there with ``missing`` set.
        """
        wanted = _tokens_of(part)
        found = shown_all(wanted, year) if wanted else {}
        return cls({token: found.get(token) or token.missing(year) for token in wanted})

    def fill(self, part: T) -> T:
        """The part, of those it was made of, with every ``{{…}}`` printed."""
        return mapped(part, self._filled) if self.values else part

    def used(self, part: Any) -> tuple[Shown, ...]:
        """The figures the part prints, each once, in its order."""
        return tuple(self.values[token] for token in _tokens_of(part))

    def _filled(self, text: str) -> str:
        return _TOKEN.sub(lambda match: self.values[Token.of(match[1])].text, text)


def _tokens_of(part: Any) -> tuple[Token, ...]:
    return tokens("\n".join(text for text in texts(part) if "{{" in text))


def filled(document: Document, plan: Plan) -> tuple[Document, tuple[Shown, ...]]:
    """The paper with every ``{{…}}`` printed, and the figures it prints, in the paper's order.

    A figure without a value is among them with ``missing`` set: such a plan is not confirmed.
    """
    return filled_part(document, plan.year)


def filled_part(part: T, year: int) -> tuple[T, tuple[Shown, ...]]:
    """:func:`filled` for a text, a node or a tuple of them, of a plan of ``year``."""
    filling = Filling.of(part, year)
    return filling.fill(part), filling.used(part)


def known_names() -> frozenset[str]:
    """Every name a text may use: computed by an app, or typed for any year."""
    return frozenset(named_figures) | set(Result.objects.values_list("name", flat=True).distinct())


def unknown_names(text: str) -> tuple[str, ...]:
    """The names in a text that no app computes and nobody has typed for any year."""
    names = {t.name: t for t in tokens(text) if t.name not in named_figures}
    if not names:
        return ()
    typed = set(Result.objects.filter(name__in=names).values_list("name", flat=True))
    return tuple(name for name in names if name not in typed)


def validate_names(text: str) -> None:
    """Refuse a text that names an unknown figure, or opens ``{{`` without closing it.

    Raises ``ValidationError`` that names each one and the known names nearest to it.
    """
    errors = [_unknown(name) for name in unknown_names(text)]
    rest = _TOKEN.sub("", text)
    if "{{" in rest or "}}" in rest:
        errors.append("수치 이름의 괄호가 맞지 않습니다. {{이름}}처럼 적어 주세요.")
    if errors:
        raise ValidationError(errors)


def _unknown(name: str) -> str:
    near = nearest(name)
    hint = f" 비슷한 이름: {', '.join(near)}" if near else " 수치 목록에서 이름을 골라 주세요."
    return f"{{{{{name}}}}}: {particle(f'‘{name}’', '은/는')} 없는 수치 이름입니다.{hint}"


def nearest(name: str) -> list[str]:
    """Up to three known names like this one."""
    known = sorted(known_names())
    held = [each for each in known if name and (name in each or each in name)]
    close = get_close_matches(name, known, n=3, cutoff=0.5)
    return list(dict.fromkeys([*close, *held]))[:3]
