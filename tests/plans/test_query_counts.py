"""Pages ask the database as often for one row as for three."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.plans.models import DepartmentRequest, Plan
from apps.plans.views.budget import TABS
from tests.conftest import SignIn
from tests.plans.factories import (
    YEAR,
    make_area,
    make_full_task,
    make_line,
    make_plan,
    make_program,
)

pytestmark = pytest.mark.django_db


def url(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def asked(client: Client, address: str) -> int:
    """Queries of one GET that must succeed."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def one_more_of_all(plan: Plan) -> None:
    """A plan with an area, and in this plan's first area a task, with all their parts."""
    number = Plan.objects.count()
    make_full_task(make_area(make_plan(YEAR + number)))
    area = plan.areas.first() or make_area(plan)
    task = make_full_task(area)
    make_full_task(make_area(plan))
    program = make_program(plan, f"세부사업 {number}")
    make_line(plan, task=task, program=program)
    make_line(plan, conditional=True)
    DepartmentRequest.objects.create(plan=plan, addressee="전 부서", body="○ {{과제 수}} 협조")


@pytest.mark.parametrize(
    "address",
    [
        url("plans:list"),
        *(url(f"plans:{name}", YEAR) for name in ("detail", "sections", "months", "line_create")),
        *(f"{url('plans:budget', YEAR)}?by={by}" for by, _ in TABS),
        url("reports:plan", YEAR),
        url("reports:budget", YEAR),
    ],
)
def test_a_page_of_many_rows(address: str, officer: User, sign_in: SignIn) -> None:
    plan = make_plan()
    one_more_of_all(plan)
    client = sign_in(officer)
    asked(client, address)  # what is asked once a process is not counted
    one = asked(client, address)
    one_more_of_all(plan)
    one_more_of_all(plan)
    assert asked(client, address) == one


def test_a_task_of_many_parts(officer: User, sign_in: SignIn) -> None:
    task = make_full_task(make_area(make_plan()), purpose="{{과제 수}}", method="○ {{과제 수}}")
    address = url("plans:task", task.pk)
    client = sign_in(officer)
    asked(client, address)
    one = asked(client, address)
    for number in (2, 3):
        task.sections.create(position=number, title="내용", body="○ {{과제 수}}", table=[["가"]])
        task.steps.create(position=number, title="단계")
        task.milestones.create(position=number, text="{{과제 수}} 일정")
        make_line(task.area.plan, task=task, program=make_program(task.area.plan, f"{number}"))
    assert asked(client, address) == one
