"""Who reads and who writes a plan."""

from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.plans.models import BudgetLine, DepartmentRequest, FocusArea, Plan, PlanSection, Task
from apps.plans.views.budget import TABS
from tests.conftest import SignIn
from tests.plans.factories import (
    YEAR,
    make_area,
    make_full_task,
    make_plan,
    make_program,
    snapshot,
)
from tests.plans.screen import typed

pytestmark = pytest.mark.django_db
READERS = ["clerk", "secretary", "viewer"]


def url(name: str, *args: Any) -> str:
    return reverse(f"plans:{name}", args=args)


@pytest.fixture
def plan() -> Plan:
    plan = make_plan()
    make_full_task(make_area(plan))
    make_program(plan)
    PlanSection.objects.create(plan=plan, key="basis", title="추진근거")
    DepartmentRequest.objects.create(plan=plan, addressee="전 부서", body="○ 협조")
    return plan


def reading(plan: Plan) -> list[str]:
    year, task = plan.year, Task.objects.get()
    return [
        url("list"),
        *(url(name, year) for name in ("detail", "sections", "months")),
        *(f"{url('budget', year)}?by={by}" for by, _ in TABS),
        url("task", task.pk),
    ]


def editing(plan: Plan) -> list[str]:
    year, area, task = plan.year, FocusArea.objects.get().pk, Task.objects.get()
    return [
        url("create"),
        *(url(name, year) for name in ("edit", "requests_edit", "area_create", "programs_edit")),
        url("line_create", year),
        url("section_edit", year, plan.sections.get().pk),
        *(url(name, year, area) for name in ("area_edit", "area_delete", "task_create")),
        *(url(name, task.pk) for name in ("task_edit", "task_delete", "steps_edit")),
        *(url(name, task.pk) for name in ("milestones_edit", "task_section_create")),
        url("task_section_edit", task.pk, task.sections.get().pk),
        url("task_section_delete", task.pk, task.sections.get().pk),
        url("line_edit", task.lines.get().pk),
        url("line_delete", task.lines.get().pk),
    ]


class TestRoles:
    @pytest.mark.parametrize("who", ["admin", "officer", *READERS])
    def test_whoever_has_a_role_reads(
        self, who: str, plan: Plan, request: pytest.FixtureRequest, sign_in: SignIn
    ) -> None:
        client = sign_in(request.getfixturevalue(who))
        for address in reading(plan):
            page = client.get(address)
            assert page.status_code == 200, address
            assert str(YEAR) in page.content.decode(), address

    @pytest.mark.parametrize("who", READERS)
    def test_readers_change_nothing(
        self,
        who: str,
        plan: Plan,
        officer: User,
        request: pytest.FixtureRequest,
        sign_in: SignIn,
    ) -> None:
        """They send what an official's browser would, so only their role can be in the way."""
        theirs, mine = sign_in(request.getfixturevalue(who)), sign_in(officer)
        before = snapshot()
        for address in editing(plan):
            form = typed(mine.get(address))
            good = {name: values for name, values in form.items() if values != [""]}
            sent = {"title": "몰래", "label": "몰래", "amount": "1", "source": "city"} | good
            assert theirs.get(address).status_code == 403, address
            assert theirs.post(address, sent).status_code == 403, address
        assert snapshot() == before

    def test_without_a_role_there_is_nothing(
        self, plan: Plan, nobody: User, sign_in: SignIn
    ) -> None:
        client = sign_in(nobody)
        before = snapshot()
        for address in reading(plan) + editing(plan):
            assert client.get(address).status_code == 403, address
            assert client.post(address, {"title": "몰래"}).status_code in (403, 405), address
        assert snapshot() == before
        for model in (Plan, Task, BudgetLine):
            assert not model.objects.visible_to(nobody).exists()
            assert not model.objects.editable_by(nobody).exists()

    @pytest.mark.parametrize("who", ["officer", "viewer"])
    def test_what_is_not_there_is_not_found(
        self, who: str, plan: Plan, request: pytest.FixtureRequest, sign_in: SignIn
    ) -> None:
        client = sign_in(request.getfixturevalue(who))
        for name in ("detail", "sections", "months", "edit", "budget", "line_create"):
            assert client.get(url(name, YEAR + 1)).status_code == 404
        for name in ("task", "task_edit", "task_delete", "steps_edit", "line_edit", "line_delete"):
            assert client.get(url(name, 10**6)).status_code == 404
            assert client.post(url(name, 10**20)).status_code in (404, 405)
