"""Figures as people look them up: all there are, those a section uses, those that were typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from apps.core.hangul import initials, is_initials
from apps.plans.models import Plan, PlanSection, Result
from apps.plans.registry import named_figures
from apps.plans.texts import Filling, Shown, Token, computed, printed, shown_all


@dataclass(frozen=True, slots=True)
class Name:
    """A name a text may use; ``how`` is empty for one that is only typed."""

    name: str
    unit: str
    how: str = ""

    @property
    def token(self) -> str:
        return f"{{{{{self.name}}}}}"

    @property
    def last_token(self) -> str:
        return f"{{{{전년 {self.name}}}}}"


def names(text: str = "") -> list[Name]:
    """Every name whose letters (or 초성) hold ``text``: computed ones, then typed ones by name."""
    known = {name: Name(name, figure.unit, figure.how) for name, figure in named_figures.items()}
    typed = Result.objects.exclude(name__in=known).order_by("name", "-year")
    for name, unit in typed.distinct("name").values_list("name", "unit"):
        known[name] = Name(name, unit)
    wanted = "".join(text.split()).casefold()
    if is_initials(wanted):
        return [each for each in known.values() if wanted in initials(each.name)]
    return [each for each in known.values() if wanted in each.name.replace(" ", "").casefold()]


def units() -> dict[str, str]:
    """The unit of every name."""
    return {each.name: each.unit for each in names()}


@dataclass(frozen=True, slots=True)
class Listed:
    """A name with its values for a plan's year and the year before."""

    name: Name
    this_year: Shown | None
    last_year: Shown | None

    @property
    def source(self) -> str:
        """``계산``, or where the typed value is from."""
        value = self.this_year or self.last_year
        if value is None:
            return "계산" if self.name.how else "다른 해에만 적음"
        return "계산" if value.computed else value.source


def listed(of: Iterable[Name], year: int) -> list[Listed]:
    """The names with their values; each figure is computed once a year."""
    of = tuple(of)
    pairs = [(Token(name.name), Token(name.name, last_year=True)) for name in of]
    found = shown_all([token for pair in pairs for token in pair], year)
    return [
        Listed(name, found.get(this), found.get(last))
        for name, (this, last) in zip(of, pairs, strict=True)
    ]


def picker(plan: Plan) -> dict[str, Any]:
    """What ``plans/figure_picker.html`` needs beside a text box of the plan, as ``picker``."""
    return {"names": names(), "url": reverse("plans:figure_options", args=[plan.year])}


@dataclass(frozen=True, slots=True)
class Written:
    """A written section with its figures printed, and the figures it prints."""

    section: PlanSection
    text: str
    used: tuple[Shown, ...]


def written_sections(plan: Plan) -> list[Written]:
    """All sections of the plan; each figure in them is computed once."""
    sections = list(plan.sections.all())
    filling = Filling.of(tuple(section.body for section in sections), plan.year)
    return [
        Written(section, filling.fill(section.body), filling.used(section.body))
        for section in sections
    ]


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed result, and the figure that now takes its place, where an app computes one."""

    result: Result
    computed: Shown | None

    @property
    def text(self) -> str:
        return printed(self.result.value, self.result.unit, "원")

    @property
    def computed_text(self) -> str:
        number = self.computed.number if self.computed else None
        return "" if number is None else printed(number, self.result.unit, "원")

    @property
    def difference(self) -> str:
        """``계산값이 11개 적음``; nothing where both agree."""
        number = self.computed.number if self.computed else None
        if number is None or number == self.result.value:
            return ""
        gap = printed(abs(number - self.result.value), self.result.unit, "원")
        return f"계산값이 {gap} {'적음' if number < self.result.value else '많음'}"


def beside_computed(results: Iterable[Result]) -> list[Typed]:
    """Typed results with what is computed for the same name and year."""
    return [Typed(result, computed(result.name, result.year)) for result in results]
