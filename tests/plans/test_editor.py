"""Writing the plan: its preview, the way through its parts, another order."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.accounts.models import User
from apps.core.forms import REMOVED_MEANWHILE
from apps.plans import reordering
from apps.plans.enums import SectionKey
from apps.plans.models import (
    FocusArea,
    Plan,
    PlanSection,
    Result,
    Task,
    TaskSection,
    TaskStep,
)
from tests.conftest import SignIn
from tests.plans.factories import (
    YEAR,
    make_area,
    make_full_task,
    make_line,
    make_plan,
    make_task,
    snapshot,
)
from tests.plans.screen import changed, typed

pytestmark = pytest.mark.django_db
MOVE = reverse("plans:move", args=[YEAR])
HTMX = {"HX-Request": "true"}


def paper(html: str) -> str:
    """The words of the previewed paper, without its tags."""
    found = re.search(r'<article class="doc".*?</article>', html, re.DOTALL)
    assert found, "no paper on the page"
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


@pytest.fixture
def section() -> PlanSection:
    return PlanSection.objects.create(
        plan=make_plan(), key=SectionKey.BASIS, title="추진근거", body="□ 저장된 글"
    )


def section_url(section: PlanSection) -> str:
    return reverse("plans:section_edit", args=[YEAR, section.pk])


def test_a_section_is_drawn_as_typed_and_nothing_is_saved(
    section: PlanSection, officer: User, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    url = section_url(section)
    page = client.get(url)
    assert paper(page.content.decode()) == "Ⅰ 추진근거 □ 저장된 글"
    before = snapshot()
    sent = changed(page, body="□ 적는 글\n○ 아래 글") | {"preview": ["on"]}
    part = client.post(url, sent, headers=HTMX).content.decode()
    assert paper(part) == "Ⅰ 추진근거 □ 적는 글 ○ 아래 글"
    assert "<html" not in part
    whole = client.post(url, sent)
    assert paper(whole.content.decode()) == "Ⅰ 추진근거 □ 적는 글 ○ 아래 글"
    assert typed(whole)["body"] == ["□ 적는 글\n○ 아래 글"]
    assert snapshot() == before


def test_figures_stand_in_the_preview_and_unknown_names_are_told(
    section: PlanSection, officer: User, sign_in: SignIn
) -> None:
    Result.objects.create(year=YEAR, name="장터 매출", value=1_500_000, unit="원", source="결산")
    client = sign_in(officer)
    url = section_url(section)
    body = "□ 매출 {{장터 매출}}, 없는 {{장터 매출액수}}"
    sent = changed(client.get(url), body=body) | {"preview": ["on"]}
    part = client.post(url, sent, headers=HTMX).content.decode()
    assert "매출 1,500천원" in paper(part)
    assert "없는 수치 이름입니다: 장터 매출액수" in part
    assert "자료가 없습니다" not in part, "a wrong name has no year either"
    section.refresh_from_db()
    assert section.body == "□ 저장된 글"


def test_a_tasks_page_is_drawn_with_what_is_typed(officer: User, sign_in: SignIn) -> None:
    task = make_full_task(make_area(make_plan()), effects="저장된 효과")
    client = sign_in(officer)
    url = reverse("plans:task_edit", args=[task.pk])
    sent = changed(client.get(url), title="새 이름", method="○ 새 방법") | {"preview": ["on"]}
    drawn = paper(client.post(url, sent, headers=HTMX).content.decode())
    for words in ("1-1 새 이름", "새 방법", "저장된 효과", "사업개요", "1,000천원"):
        assert words in drawn
    task.refresh_from_db()
    assert task.title == "과제 1"


def test_a_block_with_its_table_is_drawn(officer: User, sign_in: SignIn) -> None:
    task = make_task(make_area(make_plan()))
    client = sign_in(officer)
    url = reverse("plans:task_section_create", args=[task.pk])
    sent = changed(client.get(url), title="추진내용", body="○ 내용") | {
        "table-0-0": ["구분"],
        "table-1-0": ["가나다"],
        "preview": ["on"],
    }
    assert paper(client.post(url, sent, headers=HTMX).content.decode()) == (
        "□ 추진내용 ○ 내용 구분 가나다"
    )
    assert not TaskSection.objects.exists()


def test_the_way_leads_through_every_part_of_the_plan(
    section: PlanSection, officer: User, sign_in: SignIn
) -> None:
    make_full_task(make_area(section.plan))
    client = sign_in(officer)
    url: str | None = reverse("plans:edit", args=[YEAR])
    found = []
    while url:
        html = client.get(url).content.decode()
        (current,) = re.findall(r'<a href="([^"]+)" aria-current="page">([^<]+)</a></li>', html)[
            -1:
        ]
        assert current[0] == url
        found.append(current[1])
        onward = re.search(r'rel="next"\s+href="([^"]+)"', html)
        url = onward[1] if onward else None
    assert found == [
        "개요",
        "추진근거",
        "과제 개요",
        "사업개요",
        "추진절차",
        "추진일정",
        "세부사업",
        "행정사항",
    ]


def test_saving_may_lead_on(section: PlanSection, officer: User, sign_in: SignIn) -> None:
    make_task(make_area(section.plan))
    client = sign_in(officer)
    url = section_url(section)
    answer = client.post(url, changed(client.get(url), body="□ 새 글") | {"onward": ["on"]})
    assert answer.headers["Location"] == reverse("plans:task_edit", args=[Task.objects.get().pk])
    section.refresh_from_db()
    assert section.body == "□ 새 글"


def test_saving_a_plan_into_another_year_leads_to_it(
    section: PlanSection, officer: User, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    url = reverse("plans:edit", args=[YEAR])
    sent = changed(client.get(url), year=f"{YEAR + 1}") | {"onward": ["on"]}
    answer = client.post(url, sent)
    assert answer.headers["Location"] == reverse("plans:detail", args=[YEAR + 1])
    assert client.get(answer.headers["Location"]).status_code == 200


def test_a_draft_that_is_not_there_is_not_restored(
    section: PlanSection, officer: User, sign_in: SignIn
) -> None:
    page = sign_in(officer).get(section_url(section), {"draft": "on"})
    assert (page.context["draft"], page.context["restored"]) == (None, False)


@pytest.fixture
def plan() -> Plan:
    """Two areas with two tasks each."""
    plan = make_plan()
    for _ in range(2):
        area = make_area(plan)
        for title in "가나":
            make_task(area, title=f"{area.number}{title}")
    return plan


def titles(plan: Plan) -> list[str]:
    tasks = Task.objects.filter(area__plan=plan).select_related("area")
    return [f"{task.code} {task.title}" for task in tasks.order_by("area__number", "number")]


def task_of(plan: Plan, title: str) -> Task:
    return Task.objects.select_related("area__plan").get(area__plan=plan, title=title)


def test_a_task_goes_up_and_its_number_follows(plan: Plan, officer: User, sign_in: SignIn) -> None:
    task = task_of(plan, "1나")
    answer = sign_in(officer).post(MOVE, {"kind": "task", "row": task.pk, "way": "up"})
    assert answer.headers["Location"].endswith(f"#task-{task.pk}-up")
    assert titles(plan) == ["1-1 1나", "1-2 1가", "2-1 2가", "2-2 2나"]


def test_a_task_goes_on_into_the_next_area_and_back(
    plan: Plan, officer: User, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    sent = {"kind": "task", "row": task_of(plan, "1나").pk}
    client.post(MOVE, sent | {"way": "down"})
    assert titles(plan) == ["1-1 1가", "2-1 1나", "2-2 2가", "2-3 2나"]
    client.post(MOVE, sent | {"way": "up"})
    assert titles(plan) == ["1-1 1가", "1-2 1나", "2-1 2가", "2-2 2나"]


def test_a_task_is_dropped_into_another_area(plan: Plan, officer: User, sign_in: SignIn) -> None:
    sent = {"kind": "task", "row": task_of(plan, "1가").pk, "to": 2}
    area = FocusArea.objects.get(plan=plan, number=2)
    sign_in(officer).post(MOVE, sent | {"area": area.pk})
    assert titles(plan) == ["1-1 1나", "2-1 2가", "2-2 1가", "2-3 2나"]


def test_areas_change_places_with_their_tasks(plan: Plan, officer: User, sign_in: SignIn) -> None:
    area = FocusArea.objects.get(plan=plan, number=2)
    sign_in(officer).post(MOVE, {"kind": "area", "row": area.pk, "to": 1})
    assert titles(plan) == ["1-1 2가", "1-2 2나", "2-1 1가", "2-2 1나"]


def test_at_the_end_of_its_order_a_row_stays(plan: Plan, officer: User, sign_in: SignIn) -> None:
    client, before = sign_in(officer), titles(plan)
    for title, way, word in (("1가", "up", "위"), ("2나", "down", "아래")):
        sent = {"kind": "task", "row": task_of(plan, title).pk, "way": way}
        page = client.post(MOVE, sent, follow=True)
        assert f"이미 맨 {word}에 있습니다." in page.content.decode()
    assert titles(plan) == before


def test_rows_with_the_same_position_are_told_apart(
    plan: Plan, officer: User, sign_in: SignIn
) -> None:
    """Positions typed by hand may be equal or have gaps; the order one sees is what counts."""
    task = task_of(plan, "1가")
    steps = [TaskStep.objects.create(task=task, title=title, position=5) for title in "가나다"]
    answer = sign_in(officer).post(MOVE, {"kind": "step", "row": steps[2].pk, "to": 1})
    assert answer.headers["Location"].startswith(reverse("plans:task_order", args=[task.pk]))
    rows = task.steps.values_list("title", "position")
    assert list(rows) == [("다", 1), ("가", 2), ("나", 3)]


def test_only_moved_rows_are_written(plan: Plan, officer: User) -> None:
    lines = [make_line(plan, position=n) for n in range(1, 5)]
    reordering.move(kind="line", row=lines[1], to=3, by=officer)
    history = lines[0]._meta.apps.get_model("plans", "BudgetLineEvent")
    updated = history._default_manager.filter(pgh_label="update").values_list("pgh_obj", flat=True)
    assert set(updated) == {lines[1].pk, lines[2].pk}


def test_a_row_of_another_plan_is_not_found(plan: Plan, officer: User, sign_in: SignIn) -> None:
    other = make_plan(YEAR + 1)
    area, task = make_area(other), task_of(plan, "1가")
    client, before = sign_in(officer), titles(plan)
    assert client.post(MOVE, {"kind": "area", "row": area.pk, "to": 1}).status_code == 404
    sent = {"kind": "task", "row": task.pk, "to": 1, "area": area.pk}
    assert client.post(MOVE, sent).status_code == 404
    for bad in ({"kind": "plan", "row": 1}, {"kind": "task", "row": "9" * 5000}, {"kind": "task"}):
        assert client.post(MOVE, bad).status_code == 404
    with pytest.raises(ValidationError, match="다른 계획"):
        reordering.move_task(task=task, area=area, to=1, by=officer)
    assert titles(plan) == before


def test_a_row_moves_from_where_it_stands_now(plan: Plan, officer: User) -> None:
    """What was read before somebody else moved it is not put back."""
    stale = task_of(plan, "1가")
    area = FocusArea.objects.get(plan=plan, number=2)
    reordering.move_task(task=task_of(plan, "1가"), area=area, to=3, by=officer)
    reordering.step(kind="task", row=stale, down=False, by=officer)
    assert titles(plan) == ["1-1 1나", "2-1 2가", "2-2 1가", "2-3 2나"]
    stale = Task.objects.select_related("area__plan").get(pk=stale.pk)
    reordering.move_task(
        task=task_of(plan, "1가"), area=FocusArea.objects.get(number=1), to=1, by=officer
    )
    reordering.move_task(task=stale, area=FocusArea.objects.get(number=1), to=2, by=officer)
    assert titles(plan) == ["1-1 1나", "1-2 1가", "2-1 2가", "2-2 2나"]


def test_a_row_removed_meanwhile_is_told(plan: Plan, officer: User) -> None:
    task = task_of(plan, "1가")
    step = TaskStep.objects.create(task=task, title="조사")
    task_of(plan, "1가").delete()
    for kind, row in (("task", task), ("step", step)):
        with pytest.raises(ValidationError, match=REMOVED_MEANWHILE[:10]):
            reordering.step(kind=kind, row=row, down=True, by=officer)
        with pytest.raises(ValidationError, match=REMOVED_MEANWHILE[:10]):
            reordering.move(kind=kind, row=row, to=1, by=officer)


def test_readers_move_nothing(plan: Plan, viewer: User, sign_in: SignIn) -> None:
    before = titles(plan)
    sent = {"kind": "task", "row": task_of(plan, "1나").pk, "way": "up"}
    assert sign_in(viewer).post(MOVE, sent).status_code == 403
    assert titles(plan) == before
