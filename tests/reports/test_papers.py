"""The plan and its budget as papers, from whatever records there are."""

import re
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from apps.accounts.models import User
from apps.documents.enums import MEDIA_TYPES, FileFormat
from apps.documents.nodes import (
    BarChart,
    Document,
    Heading,
    Note,
    OrgChart,
    Outline,
    Summary,
    Table,
)
from apps.enterprises.enums import DesignationKind
from apps.enterprises.models import PublishedCount
from apps.plans.enums import Account, MoneySource, PlanState, SectionKey
from apps.plans.models import (
    BasicPlan,
    DepartmentRequest,
    Expenditure,
    Milestone,
    Plan,
    PlanSection,
    Result,
    TaskStep,
)
from apps.reports.budget import budget_report
from apps.reports.yearly_plan import yearly_plan, yearly_plan_with_figures
from tests.conftest import SignIn
from tests.documents.test_html import parsed
from tests.enterprises.factories import make_designation, make_firm
from tests.plans.factories import (
    YEAR,
    make_area,
    make_full_task,
    make_line,
    make_plan,
    make_program,
    make_task,
)

pytestmark = pytest.mark.django_db
LATER = date(YEAR, 9, 1)
READERS = ["admin", "officer", "clerk", "secretary", "viewer"]
NAMES = {"plan": f"{YEAR}년도 추진계획", "budget": f"{YEAR}년도 추진계획 소요예산 보고"}


def bare(text: str) -> str:
    return "".join(text.split())


def in_pdf(file: bytes) -> str:
    return bare("".join(page.extract_text() for page in PdfReader(BytesIO(file)).pages))


def in_hwpx(file: bytes) -> str:
    with ZipFile(BytesIO(file)) as parts:
        return bare(re.sub(r"<[^>]+>", "", parts.read("Contents/section0.xml").decode()))


def in_xlsx(file: bytes) -> str:
    book = CalamineWorkbook.from_filelike(BytesIO(file))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    return bare("".join(str(cell) for sheet in sheets for row in sheet for cell in row))


READ = {"pdf": in_pdf, "hwpx": in_hwpx, "xlsx": in_xlsx}


def headings(paper: Document) -> list[str]:
    return [f"{n.number} {n.text}" for n in paper.nodes if isinstance(n, Heading)]


def notes(paper: Document) -> list[str]:
    return [n.text for n in paper.nodes if isinstance(n, Note)]


def outlines(paper: Document) -> list[str]:
    return [line.text for n in paper.nodes if isinstance(n, Outline) for line in n.lines]


def table_of(paper: Document, caption: str) -> list[list[str]]:
    """The rows of the one table whose caption begins so."""
    (rows,) = [
        [[cell.text for cell in row.cells] for group in node.groups for row in group.rows]
        for node in paper.nodes
        if isinstance(node, Table) and node.caption.startswith(caption)
    ]
    return rows


def after(paper: Document, heading: str) -> list[list[str]]:
    """The rows of the first table below a heading."""
    nodes = iter(paper.nodes)
    next(n for n in nodes if isinstance(n, Heading) and n.text == heading)
    table = next(n for n in nodes if isinstance(n, Table))
    return [[cell.text for cell in row.cells] for group in table.groups for row in group.rows]


def tables(paper: Document) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for group in node.groups for row in group.rows]
        for node in paper.nodes
        if isinstance(node, Table)
    ]


class TestScreens:
    @pytest.mark.parametrize("who", READERS)
    @pytest.mark.parametrize("paper", ["plan", "budget"])
    def test_whoever_has_a_role_reads_it(
        self, paper: str, who: str, request: pytest.FixtureRequest, sign_in: SignIn
    ) -> None:
        make_full_task(make_area(make_plan()), title="센터 운영")
        page = sign_in(request.getfixturevalue(who)).get(reverse(f"reports:{paper}", args=[YEAR]))
        html = page.content.decode()
        assert f"{NAMES[paper]} 미리보기" in html
        assert "센터 운영" in html
        pdf = reverse(f"reports:{paper}_pdf", args=[YEAR])
        links = {a.get("href") for a in parsed(html).iter("a")}
        assert {pdf, f"{pdf}?variant=archive", pdf[:-3] + "hwpx", pdf[:-3] + "xlsx"} <= links

    @pytest.mark.parametrize("paper", ["plan", "budget"])
    @pytest.mark.parametrize("form", ["pdf", "hwpx", "xlsx"])
    def test_a_file_is_named_in_korean(
        self, paper: str, form: str, viewer: User, sign_in: SignIn
    ) -> None:
        make_full_task(make_area(make_plan()), title="센터 운영")
        answer = sign_in(viewer).get(reverse(f"reports:{paper}_{form}", args=[YEAR]))
        assert answer.headers["Content-Type"] == MEDIA_TYPES[FileFormat(form)]
        how = "inline" if form == "pdf" else "attachment"
        name = quote(f"{NAMES[paper]}.{form}")
        assert answer.headers["Content-Disposition"] == f"{how}; filename*=utf-8''{name}"
        assert "센터운영" in READ[form](answer.content)

    def test_a_pdf_for_the_archive(self, viewer: User, sign_in: SignIn) -> None:
        make_plan()
        url = reverse("reports:plan_pdf", args=[YEAR])
        client = sign_in(viewer)
        root: Any = PdfReader(BytesIO(client.get(f"{url}?variant=archive").content)).root_object
        assert root["/OutputIntents"]
        assert client.get(f"{url}?variant=old").status_code == 404

    @pytest.mark.parametrize("paper", ["plan", "budget"])
    @pytest.mark.parametrize("form", ["", "_pdf", "_hwpx", "_xlsx"])
    def test_not_without_a_role_and_not_without_a_plan(
        self, paper: str, form: str, nobody: User, viewer: User, sign_in: SignIn
    ) -> None:
        make_plan()
        name = f"reports:{paper}{form}"
        assert sign_in(nobody).get(reverse(name, args=[YEAR])).status_code == 403
        assert sign_in(viewer).get(reverse(name, args=[1999])).status_code == 404


class TestPlan:
    def test_an_unwritten_plan_still_has_its_nine_chapters(self) -> None:
        paper = yearly_plan(make_plan(purpose=""))
        assert headings(paper) == [
            " 요약",
            "Ⅰ 추진근거",
            "Ⅱ 추진방향",
            "Ⅲ 사회적경제 조직 및 현황",
            "Ⅳ 2018년 성과 및 발전과제",
            "1. 지난해 추진실적 및 성과",
            "2. 한계 및 발전과제",
            "Ⅴ 2019년 추진방향",
            "Ⅵ 2019년 분야별 추진계획",
            "Ⅶ 사업별 추진일정",
            "Ⅷ 소요예산",
            "Ⅸ 행정사항",
        ]
        assert notes(paper) == ["작성 중입니다."] * 5

    def test_what_is_written_stands_in_its_chapter(self) -> None:
        plan = make_plan(budget_note="국비는 따로 교부됨")
        written = {
            SectionKey.BASIS: "□ 조례 제5조",
            SectionKey.CHART: "□ 조직\n○ 협의회",
            SectionKey.ORGANIZATIONS: "□ 분류",
        }
        for key, body in written.items():
            PlanSection.objects.create(plan=plan, key=key, title=f"{key.label} 제목", body=body)
        DepartmentRequest.objects.create(plan=plan, addressee="전 부서", body="○ 공공구매 협조")
        paper = yearly_plan(plan)
        assert "Ⅰ 추진근거 제목" in headings(paper)
        assert [n.title for n in paper.nodes if isinstance(n, OrgChart)] == [
            "사회적경제 조직도 제목"
        ]
        assert {"조례 제5조", "분류", "전 부서", "공공구매 협조"} <= set(outlines(paper))
        assert notes(paper) == ["작성 중입니다."] * 3 + ["국비는 따로 교부됨"]

    def test_tasks_stand_below_their_areas(self) -> None:
        plan = make_plan()
        first, second = make_area(plan, title="기반"), make_area(plan, title="확산")
        for area, title in ((second, "교육"), (first, "계획"), (first, "센터")):
            make_task(area, title=title)
        found = headings(yearly_plan(plan))
        start = found.index("Ⅵ 2019년 분야별 추진계획")
        assert found[start + 1 : -3] == [
            "1. 기반",
            "1-1 계획",
            "1-2 센터",
            "2. 확산",
            "2-1 교육",
        ]

    def test_published_counts_go_before_our_own(self) -> None:
        plan = make_plan(counted_on=date(2019, 3, 31))
        make_designation(make_firm(), DesignationKind.COOP, date(2013, 1, 1))
        for day, count in ((date(2015, 12, 31), 7), (date(2018, 12, 31), 54)):
            PublishedCount.objects.create(as_of=day, count=count, rule="지정 기준", source="계획")
        PublishedCount.objects.create(as_of=date(2019, 4, 1), count=99, rule="기준", source="기사")
        (chart,) = [n for n in yearly_plan(plan).nodes if isinstance(n, BarChart)]
        assert [(b.label, b.text) for b in chart.bars] == [
            ("2015. 12. 31.", "7개"),
            ("2018. 12. 31.", "54개"),
        ]
        assert ["2018. 12. 31.", "54", "지정 기준", "계획"] in table_of(yearly_plan(plan), "공표")

    def test_counts_of_another_rule_stand_apart(self) -> None:
        plan = make_plan(counted_on=date(2019, 3, 31))
        for year, count in ((2013, 20), (2014, 25), (2015, 31), (2016, 42), (2017, 54)):
            PublishedCount.objects.create(
                as_of=date(year, 12, 31), count=count, rule="전체", source="계획"
            )
        PublishedCount.objects.create(
            as_of=date(2018, 5, 31), count=38, rule="기준 미상", source="기사"
        )
        paper = yearly_plan(plan)
        (chart,) = [n for n in paper.nodes if isinstance(n, BarChart)]
        assert [bar.value for bar in chart.bars] == [25, 31, 42, 54], "no year of the row is lost"
        assert not [row for row in table_of(paper, "공표한") if "38" in row]
        assert ["2018. 5. 31.", "38", "기준 미상", "기사"] in table_of(paper, "집계 기준이 달라")
        assert "2017. 12. 31. 뒤로는 같은 기준으로 공표한 수가 없음." in notes(paper)

    def test_without_published_counts_the_registry_counts(self) -> None:
        plan = make_plan(counted_on=date(2019, 3, 31))
        firm = make_firm()
        make_designation(firm, DesignationKind.COOP, date(2013, 1, 1))
        make_designation(firm, DesignationKind.VILLAGE, date(2018, 1, 1))
        make_designation(make_firm(), DesignationKind.COOP, date(2019, 4, 1))
        paper = yearly_plan(plan)
        (chart,) = [n for n in paper.nodes if isinstance(n, BarChart)]
        assert chart.bars[-1].text == "1개"
        rows = {row[0]: row[1] for row in table_of(paper, "유형별 기업 수")}
        assert (rows["협동조합"], rows["마을기업"]) == ("1", "1")
        assert rows["전체 (여러 유형인 기업은 한 번만)"] == "1"
        assert "여러 유형에 지정된 기업은 유형마다 세고, 전체에서는 한 번만 셈." in notes(paper)

    def test_no_counting_day_no_counts(self) -> None:
        make_designation(make_firm(), DesignationKind.COOP, date(2013, 1, 1))
        paper = yearly_plan(make_plan())
        assert not [n for n in paper.nodes if isinstance(n, BarChart)]

    def test_the_summary_is_computed_from_the_records(self) -> None:
        plan = make_plan(vision="비전", goal="목표")
        area = make_area(plan, title="기반")
        task = make_task(area, title="장터")
        make_line(plan, 3_000_000, task=task)
        make_line(plan, 500_000, task=task, source=MoneySource.CITY, conditional=True)
        make_line(plan, 200_000)
        days = [date(YEAR, 4, 27), date(YEAR, 5, 25), date(YEAR, 10, 26)]
        for position, day in enumerate(days):
            Milestone.objects.create(task=task, text="장터", starts=day, position=position)
        Milestone.objects.create(
            task=task, text="상담", starts=date(YEAR, 1, 1), ends=date(YEAR, 12, 31)
        )
        TaskStep.objects.create(
            task=task, title="모집", starts=date(YEAR, 4, 1), ends=date(YEAR, 5, 31), position=1
        )
        TaskStep.objects.create(
            task=task, title="설계", starts=date(YEAR, 5, 1), ends=date(YEAR, 9, 30), position=2
        )
        paper = yearly_plan(plan)
        assert table_of(paper, "분야별 과제와 사업비") == [
            ["1. 기반", "1. 장터", "3,000", "500"],
            ["과제에 적히지 않은 예산", "", "200", "-"],
            ["계", "3,200", "500"],
        ]
        assert table_of(paper, "주요 일정") == [
            ["2분기", "· 1-1\xa0모집(4~5월), 설계(5~9월), 장터(4. 27., 5. 25.)"],
            ["4분기", "· 1-1\xa0장터(10. 26.)"],
        ]
        assert "총사업비: 3,200천원 (구비 3,200)" in outlines(paper)
        told = "공모에 선정될 때만 오는 500천원은 따로 적음 (모두 선정되면 3,700천원)"
        assert told in outlines(paper)

    def test_the_basis_names_the_plan_above_it(self) -> None:
        above = BasicPlan.objects.create(title="활성화계획", first_year=2016, last_year=2019)
        paper = yearly_plan(make_plan(basic=above))
        assert "상위계획: 활성화계획 (2016~2019)" in outlines(paper)

    def test_figures_named_in_the_text_are_printed_and_given_back(self) -> None:
        plan = make_plan(purpose="올해 목표액 {{시험 목표액}}")
        Result.objects.create(
            name="시험 목표액", year=YEAR, value=1_200_000_000, unit="원", source="계획"
        )
        paper, figures = yearly_plan_with_figures(plan)
        assert [n.text for n in paper.nodes if isinstance(n, Summary)] == [
            "올해 목표액 1,200,000천원"
        ]
        assert [(f.name, f.number) for f in figures] == [("시험 목표액", 1_200_000_000)]

    def test_a_paper_says_when_it_was_confirmed_or_that_it_is_a_draft(self, officer: User) -> None:
        plan = make_plan()
        assert yearly_plan(plan).issued_on == f"{YEAR}년도 (작성 중)"
        plan.state, plan.confirmed_by = PlanState.CONFIRMED, officer
        plan.confirmed_at = datetime(YEAR, 3, 31, 16, tzinfo=UTC)
        assert yearly_plan(plan).issued_on == f"{YEAR}. 4. 1.", "the day in Seoul"
        plan.source = "공개 문서"
        assert yearly_plan(plan).issued_on == f"{YEAR}년", "its own day is not known"
        plan.state = PlanState.REVISING
        assert yearly_plan(plan).issued_on == f"{YEAR}년도 (수정 중)"

    def test_money_of_every_account_and_source_is_told(self) -> None:
        plan = make_plan()
        make_line(plan, 3_000_000)
        make_line(plan, 1_000_000, account=Account.FUND)
        make_line(plan, 7_000_000, source=MoneySource.CITY, conditional=True)
        paper = yearly_plan(plan)
        told = outlines(paper)
        assert "일반회계: 3,000천원 (구비)" in told
        assert "기금: 1,000천원 (구비)" in told
        assert "모든 재원: 4,000천원 (선정 시 7,000천원 별도, 모두 선정되면 11,000천원)" in told
        (chart,) = [n for n in paper.nodes if isinstance(n, BarChart)]
        assert [(b.label, b.value, b.extra) for b in chart.bars] == [
            ("시비", 0, 7_000_000),
            ("구비", 4_000_000, 0),
        ]


class TestBudget:
    @pytest.fixture
    def plan(self) -> Plan:
        plan = make_plan()
        task = make_task(make_area(plan))
        make_line(plan, 3_000_000, task=task, program=make_program(plan))
        make_line(plan, 1_000_000, label="간담회", note="과제에 없음")
        make_line(plan, 7_000_000, source=MoneySource.CITY)
        make_line(plan, 9_000_000, conditional=True)
        return plan

    def test_the_reconciliation_is_of_district_money_that_is_certain(self, plan: Plan) -> None:
        assert after(budget_report(plan, LATER), "과제별 계획과 소요예산의 대조") == [
            ["과제에 적힌 구비", "3,000", "과제별 예산의 합"],
            ["+ 간담회", "1,000", "과제에 없음"],
            ["소요예산의 구비", "4,000", ""],
        ]

    def test_conditional_money_is_told_apart(self, plan: Plan) -> None:
        assert outlines(budget_report(plan, LATER)) == [
            "구비: 4,000천원",
            "모든 재원: 11,000천원",
            "시비: 7,000천원",
            "구비: 4,000천원",
            "공모에 선정될 때만: 9,000천원",
            "선정되기 전에는 어느 합계에도 넣지 않음",
            "모두 선정될 때의 합계: 20,000천원",
        ]

    def test_it_bears_the_day_its_spending_was_counted(self, plan: Plan, officer: User) -> None:
        line = make_line(plan, 1_000_000)
        plan.state, plan.confirmed_by = PlanState.CONFIRMED, officer
        plan.confirmed_at = datetime(YEAR, 3, 31, 16, tzinfo=UTC)
        assert budget_report(plan, LATER).issued_on == f"{YEAR}. 4. 1."
        Expenditure.objects.create(line=line, spent_on=date(YEAR, 5, 1), amount=1_000, text="홍보")
        assert budget_report(plan, LATER).issued_on == f"{YEAR}. 9. 1."
        plan.state = PlanState.REVISING
        assert budget_report(plan, LATER).issued_on == f"{YEAR}년도 (수정 중)"

    def test_what_there_is_not_is_not_said(self) -> None:
        paper = budget_report(make_plan(), LATER)
        assert outlines(paper) == ["구비: 0천원", "모든 재원: 0천원"]
        assert notes(paper) == []
