"""The papers of a year: what the notice of targets and that of a month's results say."""

from datetime import UTC, date, datetime
from io import BytesIO
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from apps.accounts.models import Department, User
from apps.documents.hwpx import render_hwpx
from apps.documents.nodes import (
    ROUNDING,
    Document,
    KeyFacts,
    LineChart,
    Note,
    Outline,
    Summary,
    Table,
)
from apps.documents.pdf import render_pdf
from apps.documents.xlsx import render_xlsx
from apps.enterprises.enums import DesignationKind
from apps.enterprises.models import Designation, Enterprise
from apps.procurement.documents.notice import monthly_notice
from apps.procurement.documents.targets import targets_notice
from apps.procurement.editions import month_of, notice, series_of
from apps.procurement.models import (
    AnnualTarget,
    DemandSurvey,
    DepartmentTarget,
    MonthClosing,
    PlannedItem,
    Reopening,
    SurveyResponse,
)
from apps.procurement.queries.notice import notice_figures
from tests.documents import hwpx
from tests.procurement.factories import YEAR, make_enterprise, make_purchase

pytestmark = pytest.mark.django_db
LATER = date(YEAR + 1, 5, 1)
AT = datetime(YEAR, 4, 15, 2, tzinfo=UTC)


def close(by: User, *months: int) -> list[MonthClosing]:
    return [
        MonthClosing.objects.create(month=date(YEAR, month, 1), closed_at=AT, closed_by=by)
        for month in months
    ]


def reopen(closing: MonthClosing, department: Department, by: User, *, done: bool) -> Reopening:
    return Reopening.objects.create(
        closing=closing,
        department=department,
        reason="금액을 잘못 적음",
        reopened_at=AT,
        reopened_by=by,
        finished_at=AT if done else None,
        finished_by=by if done else None,
    )


def paper(month: int = 3, today: date = LATER) -> Document:
    return monthly_notice(notice_figures(YEAR, month, today))


def rows(document: Document, caption: str) -> list[list[str]]:
    (table,) = (n for n in document.nodes if isinstance(n, Table) and n.caption == caption)
    return [[cell.text for cell in row.cells] for group in table.groups for row in group.rows]


def notes(document: Document) -> list[str]:
    return [node.text for node in document.nodes if isinstance(node, Note)]


def summary(document: Document) -> str:
    (box,) = (node for node in document.nodes if isinstance(node, Summary))
    return box.text


def lines(document: Document) -> str:
    found = [line.text for n in document.nodes if isinstance(n, Outline) for line in n.lines]
    return "\n".join(found)


@pytest.fixture
def firm() -> Enterprise:
    return make_enterprise("행복커피")


@pytest.fixture
def targets(department: Department, other_department: Department) -> AnnualTarget:
    """10,000천원, of which the first department has 6,000 and the other 4,000."""
    DepartmentTarget.objects.create(year=YEAR, department=department, total=6_000_000, mall=500_000)
    DepartmentTarget.objects.create(year=YEAR, department=other_department, total=4_000_000)
    return AnnualTarget.objects.create(
        year=YEAR, total=10_000_000, mall=1_000_000, source="추진계획 3-1"
    )


@pytest.fixture
def bought(
    targets: AnnualTarget,
    department: Department,
    other_department: Department,
    firm: Enterprise,
    clerk: User,
) -> None:
    """3,300,600 won until March, 1,000,000 of it in March; a million in April."""
    for where, month, won, channel in (
        (department, 1, 2_000_300, "direct"),
        (other_department, 2, 300_300, "mall"),
        (department, 3, 1_000_000, "mall"),
        (department, 4, 1_000_000, "direct"),
    ):
        make_purchase(
            where, firm, clerk, purchased_on=date(YEAR, month, 31 if month == 3 else 2),
            amount=won, channel=channel,
        )  # fmt: skip


@pytest.mark.usefixtures("bought")
class TestMonthlyNotice:
    def test_the_district_with_what_is_left_and_needed_a_month(self) -> None:
        document = paper()
        assert document.title == "2016년 3월 사회적경제기업 제품 구매실적 통보"
        assert rows(document, "구 전체 목표와 실적") == [
            ["전체", "10,000", "1,000", "3,301", "33.0%", "6,699", "744", "-"],
            ["함께누리몰", "1,000", "1,000", "1,300", "130.0%", "-", "-", "-"],
        ]
        assert summary(document).endswith("구매한 실적은 3건 3,301천원, 연간 목표의 33.0%임")

    def test_where_the_mall_stands_beside_the_total(self, targets: AnnualTarget) -> None:
        AnnualTarget.objects.update(mall_inside_total=False)
        total, mall = rows(paper(), "구 전체 목표와 실적")
        assert total[2:5] == ["-", "2,000", "20.0%"]
        assert mall[2:5] == ["1,000", "1,300", "130.0%"]
        said = notes(paper())
        assert "함께누리몰에서 산 것은 전체 실적에 넣지 않음." in said
        assert "아래의 금액은 모두 함께누리몰에서 산 것도 더한 것임." in said
        assert summary(paper()).endswith(
            "3건 3,301천원(함께누리몰 1,300천원 포함), 연간 목표의 20.0%임"
        )

    def test_months_are_added_up_and_drawn_until_the_month(self) -> None:
        document = paper()
        assert rows(document, "월별 실적과 누계") == [
            ["1월", "2,000", "2,000", "20.0%", "-"],
            ["2월", "300", "2,301", "23.0%", "-"],
            ["3월", "1,000", "3,301", "33.0%", "-"],
        ]
        (chart,) = (node for node in document.nodes if isinstance(node, LineChart))
        assert [line.values for line in chart.lines] == [
            (2_000_300, 2_300_600, 3_300_600),
            tuple(10_000_000 * month // 12 for month in range(1, 13)),
        ]

    def test_departments_by_rank_the_one_without_target_last(self, clerk: User) -> None:
        firm = make_enterprise("나눔인쇄")
        park = Department.objects.create(code="ART", name="문화과", kind="hq", position=0)
        make_purchase(park, firm, clerk, purchased_on=date(YEAR, 2, 3), amount=9_000_000)
        assert rows(paper(), "부서별 실적과 순위") == [
            ["1", "일자리과", "6,000", "1,000", "3,000", "50.0%", "3,000", "1,000"],
            ["2", "공원과", "4,000", "-", "300", "7.5%", "3,700", "300"],
            ["", "문화과", "-", "-", "9,000", "-", "-", "-"],
            ["", "계", "10,000", "1,000", "12,301", "123.0%", "-", "1,300"],
        ]

    def test_rounding_is_said_where_sums_do_not_add_up(self) -> None:
        """3,000 + 300 of the departments and 2,000 + 1,300 of the channels are printed 3,301."""
        nodes = paper().nodes
        tables = [
            before.caption
            for before, node in pairwise(nodes)
            if isinstance(node, Note) and node.text == ROUNDING and isinstance(before, Table)
        ]
        assert tables == ["부서별 실적과 순위", "구매방법별 실적"]

    def test_certified_firms_are_told_apart_for_the_law(
        self, department: Department, clerk: User
    ) -> None:
        village = make_enterprise("푸른마을", starts=None)
        Designation.objects.create(
            enterprise=village, kind=DesignationKind.VILLAGE, starts=date(2010, 1, 1)
        )
        make_purchase(
            department, village, clerk, purchased_on=date(YEAR, 3, 3), amount=700_000, kind="works"
        )
        document = paper()
        by_kind = {row[0]: row[1:] for row in rows(document, "기업 유형별 실적")}
        assert by_kind["사회적기업(인증)"] == ["3", "3,301", "82.5%"]
        assert by_kind["마을기업"] == ["1", "700", "17.5%"]
        assert by_kind["전체"] == ["4", "4,001", "100.0%"]
        assert rows(document, "인증 사회적기업 구매실적 (법정 보고 기준)") == [
            ["물품", "3", "3,301", "3,301", "100.0%"],
            ["용역", "0", "-", "-", "-"],
            ["공사", "0", "-", "700", "0.0%"],
            ["계", "3", "3,301", "4,001", "82.5%"],
        ]
        assert [row[1:4] for row in rows(document, "많이 구매한 기업")] == [
            ["행복커피", "3", "3,301"],
            ["푸른마을", "1", "700"],
        ]

    def test_without_past_years_all_months_are_taken_alike(self) -> None:
        document = paper()
        assert "해당 부서 (1곳): 공원과" in lines(document)
        assert any("매달 같게 나눈 3월까지의 몫(25.0%)" in text for text in notes(document))

    def test_who_is_slow_is_told_by_what_is_usual(
        self, department: Department, firm: Enterprise, clerk: User
    ) -> None:
        for month, won in ((2, 600_000), (10, 400_000)):
            make_purchase(
                department, firm, clerk, purchased_on=date(YEAR - 1, month, 2), amount=won
            )
        document = paper()
        assert "해당 부서 (2곳): 일자리과, 공원과" in lines(document)
        said = "2015년에는 3월까지 한 해 구매액의 60.0%를 구매함. 달성률을 이와 견줌."
        assert said in notes(document)
        assert rows(document, "구 전체 목표와 실적")[0][-1] == "600"

    def test_provisional_until_all_its_months_are_closed(
        self, department: Department, officer: User
    ) -> None:
        assert paper().subtitle == "2016. 3. 31. 기준 (잠정)"
        assert any(text.endswith("잠정 실적임: 1~3월.") for text in notes(paper()))
        *_, last = close(officer, 1, 2, 3)
        assert paper().subtitle == "2016. 3. 31. 기준"
        opened = reopen(last, department, officer, done=False)
        assert paper().subtitle == "2016. 3. 31. 기준 (잠정)"
        assert any(text.endswith("잠정 실적임: 3월 일자리과.") for text in notes(paper()))
        assert "(잠정)" not in paper(2).subtitle
        opened.finished_at, opened.finished_by = AT, officer
        opened.save()
        assert rows(paper(), "마감 뒤의 정정") == [
            ["3월", "일자리과", "금액을 잘못 적음", "2016. 4. 15."]
        ]

    def test_of_the_month_that_runs_it_is_as_of_today(self) -> None:
        assert paper(3, date(YEAR, 3, 9)).subtitle == "2016. 3. 9. 기준 (잠정)"
        with pytest.raises(ValueError, match="2016년 4월"):
            paper(4, date(YEAR, 3, 31))

    def test_queries_do_not_grow_with_rows(
        self, department: Department, clerk: User, officer: User
    ) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as found:
                paper()
            return len(found)

        closings = close(officer, 1, 2)
        reopen(closings[0], department, officer, done=True)
        before = queries()
        for number in range(3):
            where = Department.objects.create(
                code=f"X{number}", name=f"새 {number}과", kind="hq", position=9
            )
            reopen(closings[0], where, officer, done=True)
            seller = make_enterprise(f"새 기업 {number}")
            make_purchase(where, seller, clerk, purchased_on=date(YEAR, 3, 5))
        assert queries() == before

    def test_every_format_says_the_same(self) -> None:
        document = paper()
        read = hwpx.read(render_hwpx(document))
        told = "".join("".join(hwpx.texts(hwpx.elements(read))).split())
        for table in (node for node in document.nodes if isinstance(node, Table)):
            for row in table.body:
                for cell in row.cells.values():
                    assert "".join(cell.text.split()) in told
        book = CalamineWorkbook.from_filelike(BytesIO(render_xlsx(document)))
        numbers = {
            cell
            for name in book.sheet_names
            for row in book.get_sheet_by_name(name).to_python()
            for cell in row
        }
        assert {3_300_600, 10_000_000, 2_300_600} <= numbers  # whole won
        assert render_pdf(document).startswith(b"%PDF")


def test_a_notice_of_nothing() -> None:
    document = paper()
    assert rows(document, "구 전체 목표와 실적")[0] == ["전체", *"-----", "-", "-"]
    assert "구 전체 목표가 없어 달성률을 세지 않음." in notes(document)
    assert "구매실적이 없음." in notes(document)
    assert Document.from_json(document.to_json()) == document
    assert render_pdf(document).startswith(b"%PDF")


class TestTargetsNotice:
    def test_there_is_none_without_target(self) -> None:
        with pytest.raises(ValueError, match="구매 목표가 아직 없습니다"):
            targets_notice(YEAR)

    def test_targets_beside_the_survey_and_the_year_before(
        self,
        targets: AnnualTarget,
        department: Department,
        firm: Enterprise,
        clerk: User,
    ) -> None:
        AnnualTarget.objects.create(year=YEAR - 1, total=8_000_000, mall=1_500_000)
        make_purchase(department, firm, clerk, purchased_on=date(YEAR - 1, 7, 1), amount=2_000_000)
        survey = DemandSurvey.objects.create(
            year=YEAR, body="□ 수요조사", due=date(YEAR, 3, 20), sent_at=AT, sent_by=clerk
        )
        answer = SurveyResponse.objects.create(
            survey=survey, department=department, answered_at=AT, answered_by=clerk
        )
        PlannedItem.objects.create(response=answer, item="커피", kind="goods", amount=5_500_000)
        document = targets_notice(YEAR)
        assert rows(document, "지난해와 견준 목표") == [
            ["전체", "8,000", "2,000", "25.0%", "10,000", "+2,000"],
            ["함께누리몰", "1,500", "-", "0.0%", "1,000", "△500"],
        ]
        assert rows(document, "부서별 목표") == [
            ["일자리과", "2,000", "5,500", "6,000", "500"],
            ["공원과", "-", "미회신", "4,000", "-"],
            ["계", "2,000", "5,500", "10,000", "500"],
        ]
        (facts,) = (node for node in document.nodes if isinstance(node, KeyFacts))
        assert ("함께누리몰", "1,000천원 (전체 목표에 포함)") in facts.pairs
        assert ("근거", "추진계획 3-1") in facts.pairs
        said = "수요조사 합계 5,500천원 (회신 기한 2016. 3. 20.). 미회신: 공원과."
        assert said in notes(document)
        assert "전체 실적에도 한 번 넣음" in lines(document)
        assert render_pdf(document).startswith(b"%PDF")

    def test_says_how_the_mall_is_counted_and_what_is_not_shared_out(
        self, targets: AnnualTarget, department: Department
    ) -> None:
        AnnualTarget.objects.update(mall_inside_total=False)
        AnnualTarget.objects.create(year=YEAR - 1, total=8_000_000, mall=0)
        DepartmentTarget.objects.filter(department=department).delete()
        document = targets_notice(YEAR)
        assert "전체 실적에는 넣지 않음" in lines(document)
        assert ["일자리과", "-", "-", "목표 없음", "-"] in rows(document, "부서별 목표")
        said = notes(document)
        assert "부서별 목표의 합계는 구 전체 목표보다 6,000천원 적음." in said
        assert any("2015년에는 함께누리몰 구매액을 전체 실적에 넣었으므로" in n for n in said)


def test_names_of_papers() -> None:
    assert [series_of(YEAR, which) for which in ("targets", notice(3))] == [
        "targets-2016",
        "notice-2016-03",
    ]
    assert [month_of(which) for which in ("targets", "notice-12")] == [None, 12]
