"""Rolling a plan to the next year: what it would do, doing it, and the account of it."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from apps.accounts.access import EVERYONE, OFFICIALS, OfficeRequest, allowed
from apps.core.forms import went_through
from apps.core.paging import page_of
from apps.plans.access import readable_plan
from apps.plans.enums import RollOutcome
from apps.plans.models import Plan
from apps.plans.roll_forms import EMPTY, KEEP, NotesFilter, RollForm
from apps.plans.rollover import Proposal, note_url, propose
from apps.plans.rollover import roll as roll_plan

#: What a person has to look at comes first.
ORDER = (
    RollOutcome.OPEN,
    RollOutcome.DROPPED,
    RollOutcome.EMPTIED,
    RollOutcome.MOVED,
    RollOutcome.CARRIED,
)
TONES = dict(zip(ORDER, ("warning", "danger", "neutral", "info", "success"), strict=True))


@allowed(*OFFICIALS)
def roll(request: OfficeRequest, year: int) -> HttpResponse:
    """What the next year's plan would be, by the choices in the address; a POST makes it."""
    plan = readable_plan(request.user, year)
    to = year + 1
    if Plan.objects.filter(year=to).exists():
        return _refused(request, plan, to)
    asked = request.GET if "amounts" in request.GET else None
    given = request.POST if request.method == "POST" else asked
    form = RollForm(plan, given)
    if request.method == "POST" and went_through(
        form, lambda: roll_plan(plan=plan, year=to, by=request.user, choices=form.choices())
    ):
        messages.success(request, f"{to}년 계획을 만들었습니다. 확인할 것부터 살펴 주세요.")
        return redirect("plans:roll_notes", to)
    choices = form.choices() if form.is_bound and form.is_valid() else None
    return render(request, "plans/roll.html", _preview(form, propose(plan, to, choices)))


def _refused(request: OfficeRequest, plan: Plan, to: int) -> HttpResponse:
    if request.method == "POST":
        messages.error(request, f"{to}년 계획이 이미 있어 만들지 않았습니다.")
    return render(request, "plans/roll_refused.html", {"plan": plan, "to": to})


def _tasks(proposal: Proposal) -> list[tuple[int, str]]:
    """The old plan's tasks to choose from, with the reason where the rules would drop one."""
    areas = proposal.source.areas.prefetch_related("tasks__area")
    reasons = proposal.proposed
    return [
        (task.pk, f"{task} ({reasons[task.pk]})" if task.pk in reasons else str(task))
        for area in areas
        for task in area.tasks.all()
    ]


def _preview(form: RollForm, chosen: Proposal) -> dict[str, Any]:
    plan, tasks = chosen.source, _tasks(chosen)
    form.tell(tasks, chosen.proposed)
    groups = [
        {
            "label": outcome.label,
            "tone": TONES[outcome],
            "notes": [note for note in chosen.notes.rows if note.outcome == outcome],
        }
        for outcome in ORDER
    ]
    dropped = [pk for pk, _ in tasks if pk not in chosen.tasks]
    return {
        "plan": plan,
        "to": chosen.years.new,
        "form": form,
        "groups": groups,
        "task_count": len(chosen.tasks),
        "total": sum(line.amount for line in chosen.lines),
        "amounts": KEEP if chosen.choices.keep_amounts else EMPTY,
        "dropped": dropped,
    }


@allowed(*EVERYONE)
def roll_notes(request: OfficeRequest, year: int) -> HttpResponse:
    """What became of each part of the plan this one was made from; first what a person looks at."""
    plan = readable_plan(request.user, year)
    tally = Counter(plan.roll_notes.order_by().values_list("outcome", flat=True))
    asked = {"outcome", "task"} & set(request.GET) or not tally[RollOutcome.OPEN]
    form = NotesFilter(plan, request.GET if asked else {"outcome": RollOutcome.OPEN})
    page = page_of(request, plan.roll_notes.filter(**form.found()))
    rows = [(note, TONES[RollOutcome(note.outcome)], note_url(note)) for note in page]
    here = reverse("plans:roll_notes", args=[plan.year])
    stats = [
        {"label": outcome.label, "value": tally[outcome], "url": f"{here}?outcome={outcome}"}
        for outcome in ORDER
    ]
    context = {"plan": plan, "form": form, "page": page, "rows": rows, "stats": stats}
    return render(request, "plans/roll_notes.html", context)
