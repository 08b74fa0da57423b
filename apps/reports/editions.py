"""Editions of a plan's paper: the issued ones, the present draft, and what tells them apart."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404

from apps.documents import pages
from apps.documents.compare import Place, compare
from apps.documents.enums import FileFormat
from apps.documents.figures import IssuedFigure
from apps.documents.issuing import next_number
from apps.documents.models import IssuedDocument, IssuedDocumentQuerySet, IssuedFile
from apps.documents.nodes import Document
from apps.plans.models import Plan
from apps.plans.texts import Shown, unknown_names
from apps.reports.yearly_plan import yearly_plan, yearly_plan_with_figures

#: The present state of the plan beside its editions.
DRAFT = "draft"
DRAFT_LABEL = "현재 초안"


def series_of(plan: Plan) -> str:
    return f"plan-{plan.year}"


def editions_of(plan: Plan) -> IssuedDocumentQuerySet:
    """The issued editions of the plan, newest first."""
    return IssuedDocument.objects.filter(series=series_of(plan)).order_by("-number")


def in_force(plan: Plan) -> IssuedDocument | None:
    """The last edition of a plan that is not open; ``None`` while it is written or corrected."""
    return None if plan.open else editions_of(plan).first()


def current_paper(plan: Plan) -> Document:
    """The plan's paper as it stands: the edition in force, else what would be issued now."""
    issued = in_force(plan)
    return issued.paper() if issued else yearly_plan(plan)


def kept_file(plan: Plan, form: FileFormat) -> IssuedFile | None:
    """The file of the edition in force, once it is made."""
    issued = in_force(plan)
    return issued.files.filter(format=form).exclude(digest="").first() if issued else None


def next_number_of(plan: Plan) -> int:
    """The number of the edition that confirming the plan issues."""
    return next_number(series_of(plan))


def edition_of(plan: Plan, number: int, *, whole: bool = True) -> IssuedDocument:
    """Unless ``whole``, without the content. Raises ``Http404`` when there is no such edition."""
    return pages.edition_of(series_of(plan), number, whole=whole)


def as_issued(figures: Iterable[Shown]) -> tuple[IssuedFigure, ...]:
    """Figures as they are frozen; those without a value (a draft has some) are left out."""
    return tuple(
        IssuedFigure(
            name=figure.name,
            year=figure.year,
            number=figure.number,
            unit=figure.unit,
            text=figure.text,
            how=figure.how,
            url=figure.url,
            source=figure.source,
            as_of=figure.as_of.isoformat() if figure.as_of else "",
        )
        for figure in figures
        if figure.number is not None
    )


def obstacles(figures: Iterable[Shown]) -> list[str]:
    """Why a plan with these figures cannot be confirmed, a sentence each."""
    return [
        f"‘{figure.name}’: 없는 수치 이름입니다. 이름을 고쳐 주세요."
        if unknown_names(f"{{{{{figure.name}}}}}")
        else f"‘{figure.name}’: {figure.year}년 값이 없습니다. 실적을 적거나 문장을 고쳐 주세요."
        for figure in figures
        if figure.missing
    ]


@dataclass(frozen=True, slots=True)
class Edition:
    """A paper with its figures: an issued edition, or the draft as it would be issued now."""

    label: str
    paper: Document
    figures: tuple[IssuedFigure, ...]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure with another value; ``-`` where one paper does not name it."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two editions of a plan side by side."""

    old: Edition
    new: Edition
    places: tuple[Place, ...]
    figures: tuple[FigureChange, ...]

    @property
    def count(self) -> int:
        """How many passages and figures changed."""
        return sum(len(place.changes) for place in self.places) + len(self.figures)


def edition(plan: Plan, which: str) -> Edition:
    """An edition by its number, or ``draft``. Raises ``Http404`` for anything else."""
    if which == DRAFT:
        paper, figures = yearly_plan_with_figures(plan)
        return Edition(DRAFT_LABEL, paper, as_issued(figures))
    if not which.isdecimal():
        raise Http404
    issued = edition_of(plan, int(which))
    return Edition(issued.edition, issued.paper(), issued.shown_figures())


def comparison(plan: Plan, old: str, new: str) -> Comparison:
    """Raises ``Http404`` when the plan has no such editions."""
    before, after = edition(plan, old), edition(plan, new)
    return Comparison(
        before,
        after,
        compare(before.paper, after.paper),
        tuple(_changed_figures(before.figures, after.figures)),
    )


def _changed_figures(
    old: tuple[IssuedFigure, ...], new: tuple[IssuedFigure, ...]
) -> Iterable[FigureChange]:
    was, now = ({figure.name: figure.text for figure in figures} for figures in (old, new))
    for name in dict.fromkeys([*was, *now]):
        if was.get(name) != now.get(name):
            yield FigureChange(name, was.get(name, "-"), now.get(name, "-"))


def choices(plan: Plan) -> list[tuple[str, str]]:
    """What can be compared, newest first: the draft while the plan is open, then the editions."""
    numbers = editions_of(plan).values_list("number", flat=True)
    editions = [(str(number), f"제{number}판") for number in numbers]
    return [(DRAFT, DRAFT_LABEL), *editions] if plan.open else editions


def last_two(choices: list[tuple[str, str]]) -> dict[str, str]:
    """The newest of the choices against the one before it."""
    return {"old": choices[1][0], "new": choices[0][0]} if len(choices) > 1 else {}
