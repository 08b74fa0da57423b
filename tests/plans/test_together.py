"""Two officials at the same record: nobody's words are lost without a word."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from html import unescape
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.db.models import Model
from django.db.models.signals import pre_delete, pre_save
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.core.forms import CHANGED_MEANWHILE, REMOVED_MEANWHILE, TAKEN_MEANWHILE
from apps.plans.enums import PlanState, SectionKey
from apps.plans.models import (
    BudgetProgram,
    DepartmentRequest,
    FocusArea,
    Plan,
    PlanSection,
    Task,
)
from tests.conftest import SignIn
from tests.plans.factories import YEAR, make_area, make_plan, make_program, make_task, snapshot
from tests.plans.screen import Page, Typed, changed, typed

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


BOTH = [
    (plan_form, "goal"),
    (section_form, "body"),
    (task_form, "purpose"),
    (request_rows, "requests-1-body"),
]


def kept(answer: Page, late: Typed) -> bool:
    """Whether the refused form still holds what was typed, beside what it has shown."""
    return {name: typed(answer)[name] for name in late} == late


def texts(answer: Page, tag: str) -> str:
    """What is marked as different on one side: ``del`` the saved text, ``ins`` one's own."""
    found = re.findall(rf"<{tag}>(.*?)</{tag}>", answer.content.decode(), re.DOTALL)
    return " ".join(unescape(text) for text in found)


@pytest.mark.parametrize(("form", "field"), BOTH)
def test_who_saves_second_sees_both_texts_and_chooses(
    form: Callable[[], str], field: str, officer: User, admin: User, sign_in: SignIn
) -> None:
    url = form()
    first, second = sign_in(officer), sign_in(admin)
    late = changed(second.get(url), **{field: "함께 쓰는 글은 둘째의 것"})
    first.post(url, changed(first.get(url), **{field: "함께 쓰는 글은 첫째의 것"}))
    saved = snapshot()
    answer = second.post(url, late)
    assert CHANGED_MEANWHILE in answer.content.decode()
    assert (texts(answer, "del"), texts(answer, "ins")) == ("첫째의", "둘째의")
    assert kept(answer, late)
    assert snapshot() == saved
    assert second.post(url, late).status_code == 200, "without the consent it is refused again"
    assert snapshot() == saved

    assert f"저장된 내용 ({officer}, " in answer.content.decode()
    (save,) = re.findall(r"<button[^>]*button--primary[^>]*>", answer.content.decode())
    assert 'name="overwrite"' in save, "the one large button saves what stands in the boxes"
    assert typed(second.get(url))[field] == ["함께 쓰는 글은 첫째의 것"]
    second.post(url, typed(answer) | {"overwrite": ["on"]})
    assert typed(second.get(url))[field] == ["함께 쓰는 글은 둘째의 것"]


@pytest.mark.parametrize(("form", "field"), BOTH)
def test_consent_is_to_what_was_shown_and_to_nothing_later(
    form: Callable[[], str], field: str, officer: User, admin: User, sign_in: SignIn
) -> None:
    url = form()
    first, second = sign_in(officer), sign_in(admin)
    late = changed(second.get(url), **{field: "둘째 글"})
    first.post(url, changed(first.get(url), **{field: "첫째 글"}))
    answer = second.post(url, late)
    first.post(url, changed(first.get(url), **{field: "첫째가 또 고친 글"}))
    again = second.post(url, typed(answer) | {"overwrite": ["on"]})
    assert "또 고친" in texts(again, "del")
    assert typed(second.get(url))[field] == ["첫째가 또 고친 글"]


def test_each_keeps_the_fields_only_they_have_changed(
    officer: User, admin: User, sign_in: SignIn
) -> None:
    url = task_form()
    first, second = sign_in(officer), sign_in(admin)
    late = changed(second.get(url), purpose="둘째의 목적")
    first.post(url, changed(first.get(url), effects="첫째의 효과", stated_months=["3", "4"]))
    answer = second.post(url, late)
    assert answer.status_code == 302
    task = Task.objects.get()
    assert (task.purpose, task.effects, task.stated_months) == (
        "둘째의 목적",
        "첫째의 효과",
        [3, 4],
    )


def test_the_same_words_from_both_are_no_conflict(
    officer: User, admin: User, sign_in: SignIn
) -> None:
    url = section_form()
    first, second = sign_in(officer), sign_in(admin)
    late = changed(second.get(url), body="□ 같은 글")
    first.post(url, changed(first.get(url), body="□ 같은 글"))
    assert second.post(url, late).status_code == 302
    assert PlanSection.objects.get().body == "□ 같은 글"


def test_rows_of_two_people_both_stay(officer: User, admin: User, sign_in: SignIn) -> None:
    url = request_rows()
    first, second = sign_in(officer), sign_in(admin)
    late = changed(second.get(url), **{"requests-1-body": "둘째 글"})
    first.post(url, changed(first.get(url), **{"requests-0-body": "첫째 글"}))
    assert second.post(url, late).status_code == 302
    assert [row.body for row in DepartmentRequest.objects.all()] == ["첫째 글", "둘째 글"]


def test_a_row_deleted_meanwhile_is_told(officer: User, admin: User, sign_in: SignIn) -> None:
    url = request_rows()
    first, second = sign_in(officer), sign_in(admin)
    late = changed(second.get(url), **{"requests-1-body": "둘째가 적은 글"})
    first.post(url, changed(first.get(url), **{"requests-1-DELETE": ["on"]}))
    saved = snapshot()
    answer = second.post(url, late)
    assert REMOVED_MEANWHILE in answer.content.decode()
    assert typed(answer)["requests-1-body"] == ["둘째가 적은 글"]
    assert snapshot() == saved


def test_a_row_changed_meanwhile_is_not_deleted_unread(
    officer: User, admin: User, sign_in: SignIn
) -> None:
    url = request_rows()
    first, second = sign_in(officer), sign_in(admin)
    late = changed(second.get(url), **{"requests-1-DELETE": ["on"]})
    first.post(url, changed(first.get(url), **{"requests-1-body": "첫째가 고친 글"}))
    saved = snapshot()
    answer = second.post(url, late)
    assert CHANGED_MEANWHILE in answer.content.decode()
    assert "첫째가" in texts(answer, "del")
    assert snapshot() == saved
    second.post(url, typed(answer) | {"overwrite": ["on"]})
    assert [row.addressee for row in DepartmentRequest.objects.all()] == ["가과"]


def wait_until_blocked(answer: Future[Any]) -> None:
    """Until another connection waits for a lock of this one, or has its answer without."""
    waiting = 0
    with connection.cursor() as cursor:
        while not waiting and not answer.done():
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted"
                " AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            (waiting,) = cursor.fetchone()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("form", "field", "model", "column"),
    [
        (section_form, "body", PlanSection, "body"),
        (task_form, "purpose", Task, "purpose"),
        (request_rows, "requests-1-body", DepartmentRequest, "body"),
    ],
)
def test_two_saves_in_the_same_instant_do_not_both_pass(
    form: Callable[[], str],
    field: str,
    model: type[Model],
    column: str,
    officer: User,
    sign_in: SignIn,
) -> None:
    """The second has been checked and found right when the first is not committed yet."""
    url = form()
    client = sign_in(officer)
    late = changed(client.get(url), **{field: "둘째 글"})

    def send() -> Page:
        try:
            return client.post(url, late)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            row = model._default_manager.order_by("-pk").select_for_update()[0]
            model._default_manager.filter(pk=row.pk).update(**{column: "첫째 글"})
            answer = other.submit(send)
            wait_until_blocked(answer)
        page = answer.result()
    assert CHANGED_MEANWHILE in page.content.decode()
    assert (texts(page, "del"), texts(page, "ins")) == ("첫째", "둘째")
    row.refresh_from_db()
    assert getattr(row, column) == "첫째 글"


@pytest.mark.django_db(transaction=True)
def test_what_is_not_on_the_form_is_not_put_back(officer: User, sign_in: SignIn) -> None:
    """A task renumbered while its form is being saved keeps its new place."""
    url = task_form()
    client = sign_in(officer)
    task = Task.objects.get()
    other = make_area(task.area.plan)
    late = changed(client.get(url), purpose="둘째 글")

    def send() -> Page:
        try:
            return client.post(url, late)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Task.objects.filter(pk=task.pk).update(area=other)
            answer = pool.submit(send)
            wait_until_blocked(answer)
        page = answer.result()
    assert page.content == b"", "saved, and sent on"
    task.refresh_from_db()
    assert (task.area, task.purpose) == (other, "둘째 글")


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


def test_what_is_confirmed_while_one_deletes_stays(officer: User, sign_in: SignIn) -> None:
    area = make_area(make_plan())

    def confirm(**_: Any) -> None:
        Plan.objects.update(
            state=PlanState.CONFIRMED, confirmed_at=timezone.now(), confirmed_by=officer
        )

    pre_delete.connect(confirm, sender=FocusArea)
    try:
        url = reverse("plans:area_delete", args=[YEAR, area.pk])
        page = sign_in(officer).post(url, follow=True)
    finally:
        pre_delete.disconnect(confirm, sender=FocusArea)
    assert "확정한 계획은 고칠 수 없습니다" in page.content.decode()
    assert FocusArea.objects.get() == area


def test_two_make_the_plan_of_a_year_at_once(officer: User, sign_in: SignIn) -> None:
    client = sign_in(officer)
    create = reverse("plans:create")
    sent = changed(client.get(create), year="2021", issuer="일자리과", vision="비전")
    with overtaken(Plan(year=2021, title="먼저 만든 계획")):
        answer = client.post(create, sent)
    assert TAKEN_MEANWHILE in answer.content.decode()
    assert kept(answer, sent)


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
    assert kept(answer, sent)


def test_two_add_a_program_of_one_name_at_once(officer: User, sign_in: SignIn) -> None:
    plan = make_plan()
    make_program(plan, position=1)
    client = sign_in(officer)
    sent = changed(client.get(PROGRAMS), **{"programs-1-name": "판로 지원"})
    with overtaken(BudgetProgram(plan=plan, name="판로 지원")):
        answer = client.post(PROGRAMS, sent)
    assert TAKEN_MEANWHILE in answer.content.decode()
    assert kept(answer, sent)
