"""Section Ⅳ drafted from last year's figures, and the real results of 2015."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.core.outline import parse
from apps.enterprises.enums import DesignationKind
from apps.plans.enums import PlanState, SectionKey
from apps.plans.models import Plan, PlanSection, Result
from apps.plans.results import AREAS, draft_results, with_draft
from apps.plans.texts import filled_part, tokens, unknown_names
from apps.portal.sample import office, plan_2016, results, source
from tests.conftest import SignIn
from tests.enterprises.factories import make_designation, make_firm
from tests.plans.factories import YEAR, make_line, make_plan
from tests.plans.screen import changed
from tests.plans.test_figures_texts import LESSONS, registered, type_result

pytestmark = pytest.mark.django_db
RECORDS = source.plan_2016()


def lines(plan: Plan) -> list[str]:
    """The draft as it prints."""
    return filled_part(draft_results(plan), plan.year)[0].splitlines()


class TestDraft:
    def test_without_figures_there_is_nothing_to_draft(self) -> None:
        assert draft_results(make_plan()) == ""

    def test_it_stands_on_last_years_figures_by_area(self) -> None:
        plan = make_plan()
        type_result(year=YEAR - 1)
        type_result("사회적경제 설명회", 3, year=YEAR - 1)
        type_result("협동조합 기초교육", 2)  # of this year
        make_designation(make_firm(), DesignationKind.COOP, date(YEAR - 1, 5, 1))
        assert lines(plan) == [
            "□ 사회적경제 조직 발굴·육성 및 지원",
            "○ 협동조합 신규: 1개",
            "○ 사회적경제기업 수: 1개",
            "- 사회적경제기업 신규: 1개",
            "□ 사회적경제기업 제품 공공구매",
            "○ 공공구매 직원 교육: 8회",
            "□ 교육과 홍보",
            "○ 사회적경제 설명회: 3회",
        ]

    def test_every_number_is_a_token_of_last_year_with_a_value(self) -> None:
        plan = make_plan()
        make_line(make_plan(YEAR - 1), 5_000_000)
        type_result(year=YEAR - 1)
        draft = draft_results(plan)
        assert all(token.last_year for token in tokens(draft))
        assert not [value for value in filled_part(draft, YEAR)[1] if value.missing]
        assert unknown_names(draft) == ()
        assert len(tokens(draft)) == len([line for line in draft.splitlines() if ":" in line])

    def test_a_target_alone_is_no_result(self) -> None:
        plan = make_plan()
        type_result("공공구매 목표액", 1_200_000_000, unit="원", year=YEAR - 1)
        assert lines(plan) == []
        type_result("공공구매 실적", 900_000_000, unit="원", year=YEAR - 1)
        assert lines(plan) == [
            "□ 사회적경제기업 제품 공공구매",
            "○ 공공구매 실적: 900,000천원",
            "- 공공구매 목표액: 1,200,000천원",
        ]

    def test_what_the_text_names_already_is_not_drafted_again(self) -> None:
        plan = make_plan()
        type_result(year=YEAR - 1)
        once = with_draft("", draft_results(plan))
        assert draft_results(plan, once) == ""
        assert with_draft(once, draft_results(plan, once)) == once
        type_result("사회적경제 설명회", 3, year=YEAR - 1)
        assert draft_results(plan, once).splitlines() == [
            "□ 교육과 홍보",
            "○ 사회적경제 설명회: {{전년 사회적경제 설명회}}",
        ]

    def test_the_draft_takes_the_place_kept_for_it(self) -> None:
        assert with_draft("○ (2018년 실적을 적을 자리)", "□ 초안") == "□ 초안"

    def test_a_line_below_another_stands_alone_without_it(self) -> None:
        type_result("사회적기업 재정지원 국비", 109_419_000, unit="원", year=YEAR - 1)
        assert lines(make_plan())[1] == "○ 사회적기업 재정지원 국비: 109,419천원"

    def test_a_typed_result_that_fits_no_area_is_not_forgotten(self) -> None:
        type_result("자원봉사", 120, unit="명", year=YEAR - 1)
        assert lines(make_plan()) == ["□ 그 밖의 추진실적", "○ 자원봉사: 120명"]

    def test_a_figure_registered_later_is_drafted_without_a_change(self) -> None:
        plan = make_plan()
        with registered("사회적경제 장터 운영", "회", YEAR - 1, number=6):
            assert lines(plan) == ["□ 시장 활성화와 판로 지원", "○ 사회적경제 장터 운영: 6회"]

    def test_no_figure_stands_in_two_places(self) -> None:
        placed = [name for groups in AREAS.values() for group in groups for name in group]
        assert len(placed) == len(set(placed))

    def test_what_was_typed_stays_before_the_draft(self) -> None:
        assert with_draft("□ 쓴 글\n\n", "□ 초안") == "□ 쓴 글\n□ 초안"
        assert with_draft("", "□ 초안") == "□ 초안"
        assert with_draft("□ 쓴 글", "") == "□ 쓴 글"


class TestButton:
    LABEL = "지난해 실적으로 초안 만들기"

    @pytest.fixture
    def section(self) -> PlanSection:
        type_result(year=YEAR - 1)
        return PlanSection.objects.create(
            plan=make_plan(), key=SectionKey.RESULTS, title="실적", body="□ 저장된 글"
        )

    def ask(self, client: Client, section: PlanSection, **values: str) -> Any:
        address = reverse("plans:section_edit", args=[YEAR, section.pk])
        page = client.get(address)
        assert self.LABEL in page.content.decode()
        return client.post(address, {**changed(page, **values), "draft_results": "on"})

    def test_the_draft_comes_after_what_was_typed_and_is_not_saved(
        self, section: PlanSection, officer: User, sign_in: SignIn
    ) -> None:
        page = self.ask(sign_in(officer), section, body="□ 막 고친 글", title="새 제목")
        fields = changed(page)
        assert fields["body"][0].splitlines() == [
            "□ 막 고친 글",
            "□ 사회적경제기업 제품 공공구매",
            f"○ {LESSONS}: {{{{전년 {LESSONS}}}}}",
        ]
        assert fields["title"] == ["새 제목"]
        assert "아직 저장하지 않았습니다." in page.content.decode()
        section.refresh_from_db()
        assert (section.body, section.title) == ("□ 저장된 글", "실적")

    def test_a_draft_that_is_then_saved_prints_on_the_sections_page(
        self, section: PlanSection, officer: User, sign_in: SignIn
    ) -> None:
        client = sign_in(officer)
        page = self.ask(client, section)
        client.post(reverse("plans:section_edit", args=[YEAR, section.pk]), changed(page))
        text = client.get(reverse("plans:sections", args=[YEAR])).content.decode()
        assert f"{LESSONS}: 8회" in text
        assert f"출처: {YEAR}년 결과보고" in text

    def test_a_text_somebody_else_saved_since_is_not_written_over(
        self, section: PlanSection, officer: User, sign_in: SignIn
    ) -> None:
        client = sign_in(officer)
        page = self.ask(client, section, body="□ 막 고친 글")
        PlanSection.objects.update(body="□ 다른 사람의 글")
        client.post(reverse("plans:section_edit", args=[YEAR, section.pk]), changed(page))
        section.refresh_from_db()
        assert section.body == "□ 다른 사람의 글"

    def test_without_figures_the_page_says_so(
        self, section: PlanSection, officer: User, sign_in: SignIn
    ) -> None:
        Result.objects.all().delete()
        page = self.ask(sign_in(officer), section, body="□ 막 고친 글")
        assert f"새로 붙일 {YEAR - 1}년 실적 기록이 없습니다." in page.content.decode()
        assert changed(page)["body"] == ["□ 막 고친 글"]

    def test_other_sections_and_other_people_have_no_button(
        self, section: PlanSection, officer: User, viewer: User, sign_in: SignIn
    ) -> None:
        basis = PlanSection.objects.create(plan=section.plan, key="basis", title="근거")
        address = reverse("plans:section_edit", args=[YEAR, basis.pk])
        assert self.LABEL not in sign_in(officer).get(address).content.decode()
        address = reverse("plans:section_edit", args=[YEAR, section.pk])
        assert sign_in(viewer).post(address, {"draft_results": "on"}).status_code == 403

    def test_a_confirmed_plan_is_not_drafted_for(
        self, section: PlanSection, officer: User, sign_in: SignIn
    ) -> None:
        Plan.objects.update(
            state=PlanState.CONFIRMED, confirmed_at="2019-01-02T00:00Z", confirmed_by=officer
        )
        address = reverse("plans:section_edit", args=[YEAR, section.pk])
        assert sign_in(officer).post(address, {"draft_results": "on"}).status_code == 403


class TestReal2015:
    @pytest.fixture
    def plan(self) -> Plan:
        officer = office.load(today=date(2016, 1, 1))["officer"]
        plan = plan_2016.load(by=officer)
        results.load(plan=plan, by=officer)
        return plan

    def test_the_plan_prints_what_it_printed_with_every_figure_linked(self, plan: Plan) -> None:
        section = plan.sections.get(key=SectionKey.RESULTS)
        (record,) = [row for row in RECORDS["sections"] if row["key"] == "results"]
        text, used = filled_part(section.body, plan.year)
        assert parse(text) == parse(record["body"])
        assert len(used) == len([row for row in RECORDS["results"]["rows"] if "at" in row]) > 20
        assert {value.year for value in used} == {2015}

    def test_the_sums_of_the_source_hold(self, plan: Plan) -> None:
        value = dict(Result.objects.filter(year=2015).values_list("name", "value"))
        parts = (value["사회적기업 재정지원 국비"], value["사회적기업 재정지원 시비"])
        assert sum(parts) == value["사회적기업 재정지원"] == 146_558_000

    def test_a_registry_that_knows_one_of_fourteen_does_not_print_one(self, plan: Plan) -> None:
        make_designation(make_firm("한 협동조합"), DesignationKind.COOP, date(2015, 3, 1))
        assert "○ 협동조합 신규: 14개" in lines(plan)
        assert not [line for line in lines(plan) if "사회적경제기업 수" in line]

    def test_the_draft_for_2016_holds_every_result_of_2015(self, plan: Plan) -> None:
        draft = draft_results(plan)
        named = {token.name for token in tokens(draft)}
        assert named >= {row["name"] for row in RECORDS["results"]["rows"]}
        assert "그 밖의" not in draft
        assert len([line for line in draft.splitlines() if line.startswith("□")]) == 6
