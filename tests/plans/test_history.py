"""What the history says about a plan's changes."""

from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from apps.accounts.models import User
from apps.plans.models import Plan, Task
from tests.conftest import SignIn
from tests.plans.factories import make_area, make_full_task, make_plan
from tests.plans.screen import changed

pytestmark = pytest.mark.django_db


def url(name: str, *args: Any) -> str:
    return reverse(f"plans:{name}", args=args)


@pytest.fixture
def plan() -> Plan:
    plan = make_plan()
    make_full_task(make_area(plan))
    return plan


def changes(model: str) -> list[tuple[str, int]]:
    """What was done to rows of the model, and the user whose doing it was."""
    events: Any = apps.get_model("plans", f"{model}Event")
    made = events.objects.exclude(pgh_context=None).order_by("pgh_id")
    return list(made.values_list("pgh_label", "pgh_context__metadata__user"))


def test_every_change_by_screen_names_its_user(
    plan: Plan, officer: User, admin: User, sign_in: SignIn
) -> None:
    line, task = plan.lines.get(), Task.objects.get()
    mine, theirs = sign_in(officer), sign_in(admin)
    edit = url("line_edit", line.pk)
    mine.post(edit, changed(mine.get(edit), amount="5"))
    theirs.post(url("line_delete", line.pk))
    steps = url("steps_edit", task.pk)
    mine.post(
        steps,
        changed(mine.get(steps), **{"steps-0-title": "새 단계", "steps-1-title": "둘째"}),
    )
    theirs.post(url("task_delete", task.pk))
    assert changes("BudgetLine") == [("update", officer.pk), ("delete", admin.pk)]
    assert changes("TaskStep") == [
        ("update", officer.pk),
        ("insert", officer.pk),
        ("delete", admin.pk),
        ("delete", admin.pk),
    ]
    assert changes("Task") == [("delete", admin.pk)]


def test_a_new_plan_and_its_sections_are_one_change(officer: User, sign_in: SignIn) -> None:
    client = sign_in(officer)
    create = url("create")
    client.post(create, changed(client.get(create), year="2021", issuer="일자리과"))
    assert changes("Plan") == [("insert", officer.pk)]
    assert changes("PlanSection") == [("insert", officer.pk)] * 6
    events: Any = [apps.get_model("plans", f"{m}Event") for m in ("Plan", "PlanSection")]
    contexts = {e.pgh_context_id for model in events for e in model.objects.all()}
    assert len(contexts) == 1


def test_a_refused_form_leaves_no_trace(plan: Plan, officer: User, sign_in: SignIn) -> None:
    edit = url("line_edit", plan.lines.get().pk)
    client = sign_in(officer)
    client.post(edit, changed(client.get(edit), amount="-1"))
    assert changes("BudgetLine") == []
