"""The way through a plan's texts, from the first section to the requests: what one edits next."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import reverse

from apps.plans.models import Plan, Task


@dataclass(frozen=True, slots=True)
class Stop:
    """A form that writes one part of the plan."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Parts that belong together: the plan's own sections, or all of one task."""

    label: str
    title: str
    stops: tuple[Stop, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Walk:
    """Where one stands on the way, what comes before and what after."""

    stretches: tuple[Stretch, ...]
    here: Stretch
    stop: Stop
    before: Stop | None
    after: Stop | None
    place: int
    length: int


def walk(plan: Plan, url: str) -> Walk | None:
    """The way through the plan as seen from the form at ``url``; ``None`` off the way."""
    stretches = tuple(_stretches(plan))
    stops = [(stretch, stop) for stretch in stretches for stop in stretch.stops]
    place = next((n for n, (_, stop) in enumerate(stops) if stop.url == url), None)
    if place is None:
        return None
    return Walk(
        stretches,
        *stops[place],
        before=stops[place - 1][1] if place else None,
        after=stops[place + 1][1] if place + 1 < len(stops) else None,
        place=place + 1,
        length=len(stops),
    )


def _stretches(plan: Plan) -> Iterator[Stretch]:
    sections = tuple(
        Stop(section.title, reverse("plans:section_edit", args=[plan.year, section.pk]))
        for section in plan.sections.all()
    )
    yield Stretch(
        "본문",
        "계획 본문",
        (Stop("개요", reverse("plans:edit", args=[plan.year])), *sections),
    )
    tasks = Task.objects.filter(area__plan=plan).select_related("area")
    for task in tasks.prefetch_related("sections").order_by("area__number", "number"):
        yield Stretch(task.code, task.title, tuple(_stops(task)))
    yield Stretch(
        "그 밖",
        "세부사업과 행정사항",
        (
            Stop("세부사업", reverse("plans:programs_edit", args=[plan.year])),
            Stop("행정사항", reverse("plans:requests_edit", args=[plan.year])),
        ),
    )


def _stops(task: Task) -> Iterator[Stop]:
    yield Stop("과제 개요", reverse("plans:task_edit", args=[task.pk]))
    for section in task.sections.all():
        url = reverse("plans:task_section_edit", args=[task.pk, section.pk])
        yield Stop(section.title, url)
    yield Stop("추진절차", reverse("plans:steps_edit", args=[task.pk]))
    yield Stop("추진일정", reverse("plans:milestones_edit", args=[task.pk]))
