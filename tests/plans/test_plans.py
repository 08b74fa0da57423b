"""The list of plans, a plan's overview, its written sections, areas and requests."""

import re

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.core.dates import today
from apps.plans.enums import SectionKey
from apps.plans.models import DepartmentRequest, FocusArea, Plan, PlanSection
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
from tests.plans.screen import changed, errors, typed

pytestmark = pytest.mark.django_db
LIST, CREATE = reverse("plans:list"), reverse("plans:create")
DETAIL = reverse("plans:detail", args=[YEAR])
EDIT = reverse("plans:edit", args=[YEAR])
SECTIONS = reverse("plans:sections", args=[YEAR])
MONTHS = reverse("plans:months", args=[YEAR])
BUDGET = reverse("plans:budget", args=[YEAR])
REQUESTS = reverse("plans:requests_edit", args=[YEAR])
NUMBER_TAKEN = "같은 번호의 분야가 이미 있습니다."


class TestList:
    def test_newest_first_with_tasks_and_district_money(
        self, viewer: User, sign_in: SignIn
    ) -> None:
        plan = make_plan(2018)
        area = make_area(plan)
        make_full_task(area)
        make_task(area)
        make_line(plan, 2_000_000)
        make_plan(2019)
        page = sign_in(viewer).get(LIST)
        rows = [(p.year, p.task_count, p.district) for p in page.context["page"]]
        assert rows == [(2019, 0, 0), (2018, 2, 3_000_000)]
        assert "3,000" in page.content.decode()

    def test_only_officials_are_offered_a_new_plan(
        self, officer: User, viewer: User, sign_in: SignIn
    ) -> None:
        assert CREATE in sign_in(officer).get(LIST).content.decode()
        page = sign_in(viewer).get(LIST).content.decode()
        assert "추진계획이 없습니다." in page
        assert CREATE not in page


class TestCreating:
    def test_a_new_plan_has_all_its_sections(self, officer: User, sign_in: SignIn) -> None:
        client = sign_in(officer)
        form = client.get(CREATE)
        assert typed(form)["year"] == [str(today().year + 1)]
        answer = client.post(CREATE, changed(form, year="2021", issuer="일자리과", vision="비전"))
        assert answer.headers["Location"] == reverse("plans:detail", args=[2021])
        plan = Plan.objects.get()
        assert (plan.year, plan.issuer, plan.vision) == (2021, "일자리과", "비전")
        assert [s.key for s in plan.sections.all()] == list(SectionKey)

    @pytest.mark.parametrize(
        ("year", "message"),
        [
            ("", "꼭 적어야 하는 칸입니다."),
            ("올해", "정수"),
            ("1999", "연도는 2000부터 2100 사이로 적어 주세요."),
            (str(YEAR), "이미"),
        ],
    )
    def test_a_year_that_cannot_be(
        self, officer: User, sign_in: SignIn, year: str, message: str
    ) -> None:
        make_plan()
        before = snapshot()
        client = sign_in(officer)
        sent = changed(client.get(CREATE), year=year, issuer="일자리과", goal="목표")
        answer = client.post(CREATE, sent)
        assert message in "".join(errors(answer, "year"))
        assert typed(answer) == sent
        assert snapshot() == before


class TestOverview:
    def test_areas_tasks_and_sums(self, clerk: User, sign_in: SignIn) -> None:
        plan = make_plan(vision="살기 좋은 구", goal="기업 100개")
        make_full_task(make_area(plan, title="인프라 구축"), title="센터 운영")
        make_area(plan, title="빈 분야")
        make_line(plan, 7_000_000, source="city", conditional=True)
        page = sign_in(clerk).get(DETAIL)
        html = page.content.decode()
        for words in ("살기 좋은 구", "기업 100개", "1. 인프라 구축", "센터 운영", "2. 빈 분야"):
            assert words in html
        assert "아직 과제가 없습니다." in html
        assert page.context["task_count"] == 1
        totals = page.context["totals"]
        assert (totals.district, totals.firm, totals.conditional) == (
            1_000_000,
            1_000_000,
            7_000_000,
        )

    def test_an_unwritten_plan_says_so(self, viewer: User, sign_in: SignIn) -> None:
        make_plan()
        assert "아직 적지 않았습니다." in sign_in(viewer).get(DETAIL).content.decode()

    def test_only_officials_are_offered_to_edit(
        self, officer: User, viewer: User, sign_in: SignIn
    ) -> None:
        area = make_area(make_plan())
        urls = [
            EDIT,
            reverse("plans:area_create", args=[YEAR]),
            reverse("plans:area_edit", args=[YEAR, area.pk]),
            reverse("plans:area_delete", args=[YEAR, area.pk]),
            reverse("plans:task_create", args=[YEAR, area.pk]),
        ]
        mine, theirs = (sign_in(u).get(DETAIL).content.decode() for u in (officer, viewer))
        assert [url for url in urls if url in mine] == urls
        assert [url for url in urls if url in theirs] == []

    def test_an_official_edits_it(self, officer: User, sign_in: SignIn) -> None:
        make_plan()
        client = sign_in(officer)
        answer = client.post(
            EDIT, changed(client.get(EDIT), goal="새 목표", counted_on="2019-03-31"), follow=True
        )
        assert answer.redirect_chain == [(DETAIL, 302)]
        assert "새 목표" in answer.content.decode()
        assert str(Plan.objects.get().counted_on) == "2019-03-31"

    def test_a_plan_moves_to_another_year(self, officer: User, sign_in: SignIn) -> None:
        make_plan()
        client = sign_in(officer)
        answer = client.post(EDIT, changed(client.get(EDIT), year="2020"), follow=True)
        assert answer.status_code == 200
        assert Plan.objects.get().year == 2020

    def test_a_year_refused_leaves_the_way_back(self, officer: User, sign_in: SignIn) -> None:
        make_plan()
        client = sign_in(officer)
        sent = changed(client.get(EDIT), year="1999")
        answer = client.post(EDIT, sent)
        assert errors(answer, "year") == ["연도는 2000부터 2100 사이로 적어 주세요."]
        assert typed(answer) == sent
        html = answer.content.decode()
        assert DETAIL in html
        assert reverse("plans:detail", args=[1999]) not in html
        assert Plan.objects.get().year == YEAR


@pytest.mark.parametrize("name", ["detail", "sections", "months", "budget", "checks"])
def test_the_screens_of_a_plan_lead_to_each_other(name: str, viewer: User, sign_in: SignIn) -> None:
    make_plan()
    html = sign_in(viewer).get(reverse(f"plans:{name}", args=[YEAR])).content.decode()
    tabs = re.search(r'<nav class="tabs" aria-label="계획 화면">(.*?)</nav>', html, re.DOTALL)
    assert tabs is not None
    links = re.findall(r'<a href="([^"]+)"( aria-current="page")?>', tabs[1])
    urls = [url for url, _ in links]
    assert urls[:4] == [DETAIL, SECTIONS, MONTHS, BUDGET]
    assert reverse("plans:checks", args=[YEAR]) in urls
    here = reverse(f"plans:{name}", args=[YEAR])
    assert [url for url, current in links if current] == [here]


class TestSections:
    def test_sections_and_requests_are_read(self, secretary: User, sign_in: SignIn) -> None:
        plan = make_plan()
        PlanSection.objects.create(plan=plan, key="basis", title="추진근거", body="□ 조례 제5조")
        DepartmentRequest.objects.create(plan=plan, addressee="전 부서(동)", body="○ 공공구매 협조")
        html = sign_in(secretary).get(SECTIONS).content.decode()
        for words in ("추진근거", "조례 제5조", "전 부서(동)", "공공구매 협조"):
            assert words in html
        assert "/edit/" not in html

    def test_an_official_writes_one(self, officer: User, sign_in: SignIn) -> None:
        section = PlanSection.objects.create(plan=make_plan(), key="basis", title="추진근거")
        url = reverse("plans:section_edit", args=[YEAR, section.pk])
        client = sign_in(officer)
        assert url in client.get(SECTIONS).content.decode()
        answer = client.post(url, changed(client.get(url), body="□ 조례\n○ 제5조"), follow=True)
        assert answer.redirect_chain == [(SECTIONS, 302)]
        assert "제5조" in answer.content.decode()

    def test_a_section_keeps_a_title(self, officer: User, sign_in: SignIn) -> None:
        section = PlanSection.objects.create(plan=make_plan(), key="basis", title="추진근거")
        url = reverse("plans:section_edit", args=[YEAR, section.pk])
        client = sign_in(officer)
        sent = changed(client.get(url), title="", body="□ 긴 글")
        answer = client.post(url, sent)
        assert errors(answer, "title") == ["꼭 적어야 하는 칸입니다."]
        assert typed(answer) == sent
        section.refresh_from_db()
        assert (section.title, section.body) == ("추진근거", "")

    def test_a_section_of_another_plan(self, officer: User, sign_in: SignIn) -> None:
        make_plan()
        section = PlanSection.objects.create(plan=make_plan(2020), key="basis", title="추진근거")
        client = sign_in(officer)
        for year in (YEAR, 2021):
            url = reverse("plans:section_edit", args=[year, section.pk])
            assert client.get(url).status_code == client.post(url).status_code == 404


class TestAreas:
    def test_a_new_one_has_the_next_number(self, officer: User, sign_in: SignIn) -> None:
        make_area(make_plan())
        url = reverse("plans:area_create", args=[YEAR])
        client = sign_in(officer)
        form = client.get(url)
        assert typed(form)["number"] == ["2"]
        answer = client.post(url, changed(form, title="인식 확산"), follow=True)
        assert answer.redirect_chain == [(DETAIL, 302)]
        assert "2. 인식 확산" in answer.content.decode()

    def test_its_number_is_its_own(self, officer: User, sign_in: SignIn) -> None:
        plan = make_plan()
        make_area(plan)
        area = make_area(plan)
        before = snapshot()
        client = sign_in(officer)
        for url in (
            reverse("plans:area_create", args=[YEAR]),
            reverse("plans:area_edit", args=[YEAR, area.pk]),
        ):
            sent = changed(client.get(url), number="1", title="새 이름")
            answer = client.post(url, sent)
            assert errors(answer, "number") == [NUMBER_TAKEN]
            assert typed(answer) == sent
        assert snapshot() == before

    def test_the_same_number_in_another_plan(self, officer: User, sign_in: SignIn) -> None:
        make_plan()
        make_area(make_plan(2020))
        url = reverse("plans:area_create", args=[YEAR])
        client = sign_in(officer)
        client.post(url, changed(client.get(url), number="1", title="분야"))
        assert FocusArea.objects.filter(number=1).count() == 2

    def test_renaming(self, officer: User, sign_in: SignIn) -> None:
        area = make_area(make_plan())
        url = reverse("plans:area_edit", args=[YEAR, area.pk])
        client = sign_in(officer)
        client.post(url, changed(client.get(url), title="새 이름"))
        area.refresh_from_db()
        assert (area.number, area.title) == (1, "새 이름")

    def test_deleting_one_with_its_tasks(self, officer: User, sign_in: SignIn) -> None:
        area = make_area(make_plan())
        make_task(area)
        url = reverse("plans:area_delete", args=[YEAR, area.pk])
        client = sign_in(officer)
        html = client.get(url).content.decode()
        assert "분야 1" in html
        assert "<h1> 삭제 </h1>" in " ".join(html.split())
        assert FocusArea.objects.exists()
        answer = client.post(url, follow=True)
        assert answer.redirect_chain == [(DETAIL, 302)]
        assert not FocusArea.objects.exists()

    def test_one_with_money_stays(self, officer: User, sign_in: SignIn) -> None:
        area = make_area(make_plan())
        make_full_task(area)
        before = snapshot()
        url = reverse("plans:area_delete", args=[YEAR, area.pk])
        answer = sign_in(officer).post(url, follow=True)
        assert "예산이나 완료 기록이 걸려 있어 지울 수 없습니다." in answer.content.decode()
        assert snapshot() == before

    @pytest.mark.parametrize("name", ["area_edit", "area_delete", "task_create"])
    def test_an_area_of_another_plan(self, name: str, officer: User, sign_in: SignIn) -> None:
        make_plan()
        area = make_area(make_plan(2020))
        url = reverse(f"plans:{name}", args=[YEAR, area.pk])
        client = sign_in(officer)
        before = snapshot()
        assert client.get(url).status_code == 404
        assert client.post(url, {"number": 1, "title": "가"}).status_code == 404
        assert snapshot() == before


class TestRequests:
    def test_written_changed_and_removed_in_one_go(self, officer: User, sign_in: SignIn) -> None:
        plan = make_plan()
        first = DepartmentRequest.objects.create(plan=plan, addressee="가과", body="가", position=1)
        last = DepartmentRequest.objects.create(plan=plan, addressee="나과", body="나", position=2)
        client = sign_in(officer)
        sent = changed(
            client.get(REQUESTS),
            **{
                "requests-0-DELETE": ["on"],
                "requests-1-body": "○ 협조",
                "requests-2-addressee": "다과",
                "requests-2-body": "○ 새 요청",
            },
        )
        answer = client.post(REQUESTS, sent, follow=True)
        assert answer.redirect_chain == [(SECTIONS, 302)]
        rows = list(plan.requests.values_list("addressee", "body"))
        assert rows == [("나과", "○ 협조"), ("다과", "○ 새 요청")]
        assert not DepartmentRequest.objects.filter(pk=first.pk).exists()
        assert DepartmentRequest.objects.filter(pk=last.pk).exists()

    def test_one_bad_row_saves_none(self, officer: User, sign_in: SignIn) -> None:
        plan = make_plan()
        DepartmentRequest.objects.create(plan=plan, addressee="가과", body="가", position=1)
        before = snapshot()
        client = sign_in(officer)
        sent = changed(
            client.get(REQUESTS),
            **{"requests-0-addressee": "나과", "requests-1-addressee": "다과"},
        )
        answer = client.post(REQUESTS, sent)
        assert errors(answer, "requests-1-body") == ["꼭 적어야 하는 칸입니다."]
        assert "저장하지 않았습니다." in answer.content.decode()
        assert typed(answer) == sent
        assert snapshot() == before
