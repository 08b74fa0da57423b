"""Two officials at the same record: nobody's words are lost without a word."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.models import Model
from django.db.models.signals import pre_save
from django.urls import reverse

from apps.accounts.models import User
from apps.core.forms import CHANGED_MEANWHILE, TAKEN_MEANWHILE
from apps.plans.enums import SectionKey
from apps.plans.models import BudgetProgram, DepartmentRequest, Plan, PlanSection
from tests.conftest import SignIn
from tests.plans.factories import YEAR, make_area, make_plan, make_program, make_task, snapshot
from tests.plans.screen import changed, typed

pytestmark = pytest.mark.django_db
REQUESTS = reverse("plans:requests_edit", args=[YEAR])
PROGRAMS = reverse("plans:programs_edit", args=[YEAR])


def section_form() -> str:
    section = PlanSection.objects.create(plan=make_plan(), key=SectionKey.BASIS, title="추진근거")
    return reverse("plans:section_edit", args=[YEAR, section.pk])


def task_form() -> str:
    return reverse("plans:task_edit", args=[make_task(make_area(make_plan())).pk])


def plan_form() -> str:
    make_plan()
    return reverse("plans:edit", args=[YEAR])


def request_rows() -> str:
    plan = make_plan()
    for number, name in enumerate(("가과", "나과"), 1):
        DepartmentRequest.objects.create(plan=plan, addressee=name, body="협조", position=number)
    return REQUESTS


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (plan_form, "goal"),
        (section_form, "body"),
        (task_form, "purpose"),
        (request_rows, "requests-1-body"),
    ],
)
def test_who_saves_second_is_told_and_keeps_what_was_typed(
    form: Callable[[], str], field: str, officer: User, admin: User, sign_in: SignIn
) -> None:
    url = form()
    first, second = sign_in(officer), sign_in(admin)
    late = changed(second.get(url), **{field: "둘째가 적은 글"})
    first.post(url, changed(first.get(url), **{field: "첫째가 적은 글"}))
    saved = snapshot()
    answer = second.post(url, late)
    assert CHANGED_MEANWHILE in answer.content.decode()
    assert typed(answer) == late
    assert snapshot() == saved
    again = second.get(url)
    assert typed(again)[field] == ["첫째가 적은 글"]
    second.post(url, changed(again, **{field: "둘째가 적은 글"}))
    assert typed(second.get(url))[field] == ["둘째가 적은 글"]


def test_a_row_deleted_meanwhile_is_told(officer: User, admin: User, sign_in: SignIn) -> None:
    url = request_rows()
    first, second = sign_in(officer), sign_in(admin)
    late = changed(second.get(url), **{"requests-1-body": "둘째가 적은 글"})
    first.post(url, changed(first.get(url), **{"requests-1-DELETE": ["on"]}))
    saved = snapshot()
    answer = second.post(url, late)
    assert CHANGED_MEANWHILE in answer.content.decode()
    assert typed(answer)["requests-1-body"] == ["둘째가 적은 글"]
    assert snapshot() == saved


def test_rows_nobody_touched_stay_as_they_are(officer: User, sign_in: SignIn) -> None:
    url = request_rows()
    before = snapshot()
    client = sign_in(officer)
    answer = client.post(url, typed(client.get(url)))
    assert answer.headers["Location"] == reverse("plans:sections", args=[YEAR])
    assert snapshot() == before


@contextmanager
def overtaken(rival: Model) -> Iterator[None]:
    """Between the check of a form and its saving, somebody else saves ``rival``."""

    def overtake(sender: type[Model], **_: Any) -> None:
        sender._default_manager.bulk_create([rival])

    pre_save.connect(overtake, sender=type(rival))
    try:
        yield
    finally:
        pre_save.disconnect(overtake, sender=type(rival))


def test_two_make_the_plan_of_a_year_at_once(officer: User, sign_in: SignIn) -> None:
    client = sign_in(officer)
    create = reverse("plans:create")
    sent = changed(client.get(create), year="2021", issuer="일자리과", vision="비전")
    with overtaken(Plan(year=2021, title="먼저 만든 계획")):
        answer = client.post(create, sent)
    assert TAKEN_MEANWHILE in answer.content.decode()
    assert typed(answer) == sent


def test_two_give_an_area_the_same_number_at_once(officer: User, sign_in: SignIn) -> None:
    area = make_area(make_plan())
    other = make_area(area.plan)
    other.delete()
    client = sign_in(officer)
    url = reverse("plans:area_edit", args=[YEAR, area.pk])
    sent = changed(client.get(url), number="2")
    with overtaken(other):
        answer = client.post(url, sent)
    assert TAKEN_MEANWHILE in answer.content.decode()
    assert typed(answer) == sent


def test_two_add_a_program_of_one_name_at_once(officer: User, sign_in: SignIn) -> None:
    plan = make_plan()
    make_program(plan, position=1)
    client = sign_in(officer)
    sent = changed(client.get(PROGRAMS), **{"programs-1-name": "판로 지원"})
    with overtaken(BudgetProgram(plan=plan, name="판로 지원")):
        answer = client.post(PROGRAMS, sent)
    assert TAKEN_MEANWHILE in answer.content.decode()
    assert typed(answer) == sent
