"""The ways over a plan's pages: where it stands, to the place that is meant, to no closed door."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from django.urls import reverse

from apps.accounts.access import may_open
from apps.accounts.models import User
from apps.plans.checks.reading import Reading
from apps.plans.enums import MoneySource, PlanState, RollOutcome, SectionKey
from apps.plans.models import Plan, PlanSection, RollNote, Task, TaskSection, TaskStep
from apps.plans.rollover import note_url
from apps.procurement.models import AnnualTarget
from tests.conftest import SignIn
from tests.plans.factories import YEAR, make_area, make_line, make_plan, make_task

pytestmark = pytest.mark.django_db
NOW = datetime(YEAR, 4, 1, 9, tzinfo=UTC)
DETAIL = reverse("plans:detail", args=[YEAR])


@pytest.fixture
def task() -> Task:
    task = make_task(make_area(make_plan()))
    TaskSection.objects.create(task=task, title="추진 내용", body="○ 글", position=1)
    TaskStep.objects.create(task=task, title="공고", position=1)
    PlanSection.objects.create(
        plan=task.area.plan, key=SectionKey.BASIS, title="추진 근거", body="□ 조례"
    )
    return task


def stamped(state: PlanState, by: User) -> None:
    confirmed = {"confirmed_at": NOW, "confirmed_by": by}
    closed = {"closed_at": NOW, "closed_by": by}
    Plan.objects.filter(year=YEAR).update(state=PlanState.CONFIRMED, **confirmed)
    if state == PlanState.CLOSED:
        Plan.objects.filter(year=YEAR).update(state=state, **closed)


def badges(html: str) -> list[str]:
    return re.findall(r'<span class="badge badge--\w+">([^<]+)</span>', html)


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (PlanState.CONFIRMED, "확정한 계획이라 고칠 수 없습니다."),
        (PlanState.CLOSED, "마감한 계획이라"),
    ],
)
def test_every_page_of_a_plan_says_where_it_stands(
    task: Task, state: PlanState, why: str, officer: User, viewer: User, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    urls = [DETAIL, *(reverse(f"plans:{name}", args=[YEAR]) for name in ("sections", "budget"))]
    urls.append(reverse("plans:task", args=[task.pk]))
    for url in urls:
        assert "작성 중" in badges(client.get(url).content.decode())
    stamped(state, officer)
    for url in urls:
        html = client.get(url).content.decode()
        assert state.label in badges(html)
        assert why in html
        assert why not in sign_in(viewer).get(url).content.decode(), "readers change nothing anyway"
    assert badges(client.get(reverse("plans:list")).content.decode()) == [state.label]


def test_the_plan_and_its_budget_are_offered_in_every_form(
    task: Task, officer: User, sign_in: SignIn
) -> None:
    html = sign_in(officer).get(DETAIL).content.decode()
    for paper in ("plan", "budget"):
        for form in ("pdf", "hwpx", "xlsx"):
            assert f'href="{reverse(f"reports:{paper}_{form}", args=[YEAR])}"' in html


def test_lines_of_one_name_are_told_apart_where_they_are_ordered(
    task: Task, officer: User, sign_in: SignIn
) -> None:
    for source, amount in ((MoneySource.NATIONAL, 15_000_000), (MoneySource.CITY, 7_500_000)):
        make_line(task.area.plan, amount, label="사업비 지원", source=source)
    html = sign_in(officer).get(reverse("plans:order", args=[YEAR])).content.decode()
    for words in ("국비 15,000천원", "시비 7,500천원"):
        assert f'aria-label="사업비 지원 {words} 위로"' in html
        assert f'<span class="note">{words}</span>' in html


def landed(client: SignIn, user: User, url: str) -> str:
    """The heading of the section a link leads to."""
    page, _, fragment = url.partition("#")
    html = client(user).get(page).content.decode()
    found = re.search(rf'id="{re.escape(unquote(fragment))}".*?<h2>([^<]+)</h2>', html, re.DOTALL)
    assert found, url
    return found[1]


def test_what_the_checker_finds_leads_to_its_section(
    task: Task, officer: User, sign_in: SignIn
) -> None:
    found = {p.title: p.place.url for p in Reading(task.area.plan).passages if "#" in p.place.url}
    for title, heading in (
        ("추진 근거", "추진 근거"),
        ("추진 내용", "추진 내용"),
        ("공고", "추진절차"),
        ("추진근거", "과제 개요"),
    ):
        assert landed(sign_in, officer, found[title]) == heading


NOTED: list[tuple[Callable[[Task], Task | None], str, str]] = [
    (lambda task: task, "과제 1-1 ‘추진 내용’ 표", "추진 내용"),
    (lambda task: task, "과제 1-1 추진절차 ‘공고’", "추진절차"),
    (lambda _: None, "계획 본문 추진 근거", "추진 근거"),
    (lambda _: None, "행정사항 가과", "행정사항"),
]


@pytest.mark.parametrize(("of", "place", "heading"), NOTED)
def test_a_note_of_the_roll_leads_to_its_section(
    task: Task,
    of: Callable[[Task], Task | None],
    place: str,
    heading: str,
    officer: User,
    sign_in: SignIn,
) -> None:
    note = RollNote(
        plan=task.area.plan, outcome=RollOutcome.CARRIED, task=of(task), place=place, position=1
    )
    assert landed(sign_in, officer, note_url(note)) == heading


def test_a_figures_rows_are_linked_only_for_who_may_open_them(
    task: Task, officer: User, secretary: User, sign_in: SignIn
) -> None:
    AnnualTarget.objects.create(year=YEAR, total=1_200_000_000, mall=0)
    link = f'href="{reverse("procurement:home")}{YEAR}/'
    url = f"{reverse('plans:figures', args=[YEAR])}?q=공공구매 목표액"
    assert link in sign_in(officer).get(url).content.decode()
    html = sign_in(secretary).get(url).content.decode()
    assert link not in html
    assert "1,200,000천원" in html


def test_who_may_open_an_address(officer: User, secretary: User, clerk: User) -> None:
    committees = reverse("committees:list")
    assert [may_open(user, committees) for user in (officer, secretary, clerk)] == [
        True,
        True,
        False,
    ]
    assert may_open(clerk, "/nowhere/"), "none of ours"
