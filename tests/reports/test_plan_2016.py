"""The real plan of 2016: its sums as records, and every word of its fixture on paper.

``fixtures/plan-2016.yaml`` is what the published plan says; whatever a reader of the plan could
look for has to come out of the PDF again.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Sum
from pdfua import validate
from pypdf import PdfReader

from apps.accounts.models import User
from apps.core.outline import parse
from apps.core.templatetags.office import kdate
from apps.documents.nodes import BarChart, Document, Heading, MonthChart, Table
from apps.documents.pdf import render_pdf
from apps.enterprises.models import PublishedCount
from apps.plans import queries
from apps.plans.enums import MoneySource
from apps.plans.models import BudgetLine, Plan, Task
from apps.plans.queries import SourceSum
from apps.portal.sample import office, plan_2016, source
from apps.procurement.models import AnnualTarget
from apps.reports.budget import budget_report
from apps.reports.yearly_plan import yearly_plan

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2016, 1, 1)
YEAR_END = date(2016, 12, 31)
THOUSAND, MILLION = 1_000, 1_000_000
RECORDS = source.plan_2016()
TASKS: list[dict[str, Any]] = [task for area in RECORDS["areas"] for task in area["tasks"]]
#: The parts of the fixture that the plan itself prints; the rest are other domains' records.
PRINTED = (
    "plan",
    "sections",
    "org_chart",
    "published_counts",
    "areas",
    "budget_programs",
    "budget_note",
    "requests",
)
#: What of them the paper leaves out, and why.
LEFT_OUT = {
    "kind": "the machine's word for a yearly plan",
    "state": "the machine's word for where the plan stands",
    "key": "the machine's name of a section",
    "budget": "the lines of the budget report; a task's page sums them by source",
    "budget_text": "held task by task to MONEY below",
    "deposits": "money that comes back; the task's own text tells of it",
}

#: 소요예산 of the task pages that have lines, as the source prints it.
MONEY = {
    "1-2": "155,000천원 (시비 150,000천원, 구비 5,000천원)",
    "1-3": "50,000천원 (시비, 예비특구 선정 시)",
    "2-1": "266,000천원 (국·시비) (예상)",
    "2-2": "50,000천원 (국비 25,000천원, 시비 12,500천원, 구비 12,500천원)",
    "2-3": "800천원 (구비)",
    "4-1": "24,360천원 (구비)",
    "4-2": "3,400천원 (구비)",
    "5-2": "2,016천원 (구비)",
}


@pytest.fixture
def plan() -> Plan:
    users = office.load(today=NEW_YEAR)
    return plan_2016.load(by=users["officer"])


def task(code: str) -> Task:
    area, number = code.split("-")
    return Task.objects.get(area__number=area, number=number)


def money(code: str) -> dict[str, int]:
    return vars(queries.with_sums(task(code)))


@cache
def words(document: Document) -> str:
    """The words of the paper's PDF without spaces and line ends, which a page sets as it needs."""
    return "".join(pages(document))


@cache
def pages(document: Document) -> tuple[str, ...]:
    """The words of each page."""
    return tuple(bare(page.extract_text()) for page in PdfReader(BytesIO(pdf(document))).pages)


#: Equal papers give equal bytes: one rendering serves every test.
pdf = cache(render_pdf)


def bare(text: str) -> str:
    return "".join(text.split())


class TestRecords:
    def test_five_areas_of_thirteen_tasks(self, plan: Plan) -> None:
        assert [area.tasks.count() for area in plan.areas.all()] == [3, 3, 2, 2, 3]
        assert [t.code for t in queries.tasks_of(plan)] == [row["code"] for row in TASKS]
        carried = {name for t in Task.objects.all() for name in t.departments.values_list("name")}
        assert carried == {("일자리지원과",)}

    def test_every_record_is_sound(self, plan: Plan) -> None:
        rows: list[Any] = [
            plan,
            *plan.sections.all(),
            *plan.areas.all(),
            *plan.programs.all(),
            *plan.lines.all(),
            *plan.requests.all(),
        ]
        for t in queries.tasks_of(plan):
            rows += [t, *t.sections.all(), *t.steps.all(), *t.milestones.all()]
        for row in rows:
            row.full_clean()

    def test_the_budget_chapter_and_its_six_lines(self, plan: Plan) -> None:
        found = [(p.name, p.amount) for p in queries.programs_with_amounts(plan)]
        assert found == [
            ("사회적경제 활성화 지원", 5_546 * THOUSAND),
            ("사회적경제 교육프로그램 운영", 24_360 * THOUSAND),
            ("사회적경제 통합지원센터 운영", 5_000 * THOUSAND),
            ("사회적기업 육성지원", 2_000 * THOUSAND),
            ("마을기업 육성지원", 12_500 * THOUSAND),
            ("협동조합 육성지원", 800 * THOUSAND),
        ]
        printed = [(r["name"], r["printed_amount"]) for r in RECORDS["budget_programs"]]
        assert found == printed
        assert queries.budget_totals(plan).district == 50_206 * THOUSAND
        assert RECORDS["budget_printed_total"] == 50_206 * THOUSAND

    def test_all_sources_together(self, plan: Plan) -> None:
        totals = queries.budget_totals(plan)
        assert totals.by_source == (
            SourceSum(MoneySource.NATIONAL, 25_000 * THOUSAND, 0),
            SourceSum(MoneySource.NATIONAL_CITY, 266_000 * THOUSAND, 0),
            SourceSum(MoneySource.CITY, 162_500 * THOUSAND, 50_000 * THOUSAND),
            SourceSum(MoneySource.DISTRICT, 50_206 * THOUSAND, 0),
        )
        assert totals.total == 553_706 * THOUSAND
        assert totals.conditional == 50_000 * THOUSAND
        assert totals.firm == 503_706 * THOUSAND

    @pytest.mark.parametrize(
        ("code", "sums"),
        [
            ("1-1", {"firm": 0, "if_selected": 0}),
            ("1-2", {"firm": 155_000, "city": 150_000, "district": 5_000}),
            ("1-3", {"firm": 0, "if_selected": 50_000}),
            ("2-1", {"firm": 266_000, "national_city": 266_000, "national": 0, "city": 0}),
            (
                "2-2",
                {"firm": 50_000, "national": 25_000, "city": 12_500, "district": 12_500},
            ),
            ("2-3", {"firm": 800, "district": 800}),
            ("3-1", {"firm": 0}),
            ("3-2", {"firm": 0}),
            ("4-1", {"firm": 24_360, "district": 24_360}),
            ("4-2", {"firm": 3_400, "district": 3_400}),
            ("5-1", {"firm": 0, "if_selected": 0}),
            ("5-2", {"firm": 2_016, "district": 2_016}),
            ("5-3", {"firm": 0}),
        ],
    )
    def test_each_tasks_money(self, code: str, sums: dict[str, int], plan: Plan) -> None:
        found = money(code)
        assert {key: found[key] for key in sums} == {k: v * THOUSAND for k, v in sums.items()}

    def test_the_four_programmes_of_social_enterprises(self, plan: Plan) -> None:
        amounts = [line.amount // THOUSAND for line in task("2-1").lines.all()]
        assert amounts == [80_000, 120_000, 46_000, 20_000]

    def test_deposits_are_no_expenditure(self, plan: Plan) -> None:
        deposits = [row["amount"] for t in TASKS for row in t.get("deposits", [])]
        assert deposits == [100 * MILLION] * 2
        assert not BudgetLine.objects.filter(amount=100 * MILLION).exists()
        assert not BudgetLine.objects.filter(label__contains="보증금").exists()

    def test_task_pages_and_budget_chapter_differ_by_two_named_lines(self, plan: Plan) -> None:
        on_pages = plan.lines.filter(source=MoneySource.DISTRICT, task__isnull=False)
        assert on_pages.aggregate(s=Sum("amount"))["s"] == 48_076 * THOUSAND
        rest = [
            (line.label, line.amount, line.derived) for line in queries.lines_without_task(plan)
        ]
        assert list(rest) == [
            ("사회적기업 설명회 개최 등", 2_000 * THOUSAND, False),
            ("간담회 등", 130 * THOUSAND, True),
        ]

    def test_targets_and_published_counts(self, plan: Plan) -> None:
        target = AnnualTarget.objects.get()
        assert (target.year, target.total, target.mall) == (2016, 1_200 * MILLION, 32 * MILLION)
        counts = PublishedCount.objects.order_by("as_of").values_list("as_of__year", "count")
        assert list(counts) == [(2013, 31), (2014, 42), (2015, 54), (2016, 63), (2016, 38)]

    def test_months_are_derived_and_clipped_to_the_year(self, plan: Plan) -> None:
        rows = {row.task.code: row for row in queries.month_chart(plan)}
        assert len(rows) == 13
        assert not any(row.stated for row in rows.values())
        assert rows["1-1"].derived == {3, 4, 5, 6, 7, 8}
        assert rows["1-2"].derived == set(range(1, 11))
        assert rows["5-2"].derived == {1, 9}

    def test_loading_names_who_did_it(self, plan: Plan) -> None:
        officer = User.objects.get(username="officer")
        event: Any = apps.get_model("plans", "PlanEvent").objects.get()
        assert event.pgh_context.metadata["user"] == officer.pk


def texts(record: Any) -> Iterator[str]:
    """Every line of text in the records that the paper has to print, without its mark."""
    if isinstance(record, dict):
        for key, value in record.items():
            if key not in LEFT_OUT:
                yield from texts(value)
    elif isinstance(record, list):
        for value in record:
            yield from texts(value)
    elif isinstance(record, str):
        yield from (line.text for line in parse(record))


class TestPlanOnPaper:
    def test_nothing_the_plan_says_is_dropped(self, plan: Plan) -> None:
        records = {name: RECORDS[name] for name in PRINTED}
        # Where the record was taken from is told on screen; the paper is that plan itself.
        records["plan"] = {k: v for k, v in RECORDS["plan"].items() if k != "source"}
        # An article of May counts after the plan's own day, 31 March 2016.
        records["published_counts"] = [
            row for row in RECORDS["published_counts"] if row["as_of"] <= date(2016, 3, 31)
        ]
        printed = words(yearly_plan(plan))
        said = list(texts(records))
        assert len(said) > 500
        assert [text for text in said if bare(text) not in printed] == []

    def test_figures_and_dates_that_are_no_text(self, plan: Plan) -> None:
        printed = words(yearly_plan(plan))
        figures = [f"{row['count']}개" for row in RECORDS["published_counts"][:4]]
        figures += [f"{row['printed_amount'] // THOUSAND:,}" for row in RECORDS["budget_programs"]]
        figures += [f"{line['amount'] // THOUSAND:,}" for t in TASKS for line in t["budget"]]
        figures += ["50,206", "1,200,000", "32,000"]
        days = [row["date"] for row in RECORDS["agreements"]]
        days += [RECORDS["committee"]["formed_on"], date(2016, 10, 31), date(2013, 2, 27)]
        days += [d["starts"] for e in RECORDS["enterprises"] for d in e["designations"]]
        names = [row["name"] for part in ("enterprises", "organisations") for row in RECORDS[part]]
        names += [row["name"] for row in RECORDS["agreements"]]
        said = [*figures, *(kdate(day) for day in days if day), *names]
        assert [text for text in said if bare(text) not in printed] == []

    def test_where_lines_are_they_make_the_sentence_on_money(self, plan: Plan) -> None:
        printed = words(yearly_plan(plan))
        for t in TASKS:
            said = MONEY.get(t["code"], t["budget_text"])
            assert bare(f"□ 소요예산: {said}") in printed, t["code"]

    def test_chapters_of_the_source_numbered_without_its_slip(self, plan: Plan) -> None:
        printed = words(yearly_plan(plan))
        chapters = (
            "Ⅰ 추진근거",
            "Ⅱ 추진방향",
            "Ⅲ 사회적경제 조직 및 현황",
            "Ⅳ 2015년 성과 및 발전과제",
            "Ⅴ 2016년 추진방향",
            "Ⅵ 2016년 분야별 추진계획",
            "Ⅶ 사업별 추진일정",
            "Ⅷ 소요예산",
            "Ⅸ 행정사항",
        )
        places = [printed.index(bare(chapter)) for chapter in chapters]
        assert places == sorted(places)

    def test_the_month_chart_has_every_task_and_marks_what_is_derived(self, plan: Plan) -> None:
        (chart,) = [n for n in yearly_plan(plan).nodes if isinstance(n, MonthChart)]
        rows = [row for area in chart.areas for row in area.rows]
        assert [row.label for row in rows] == [f"{t['code'][-1]}. {t['title']}" for t in TASKS]
        assert {state for row in rows for state in row.months} == {"none", "derived"}
        assert [area.title for area in chart.areas] == [a["title"] for a in RECORDS["areas"]]

    def test_published_counts_are_drawn_not_our_own(self, plan: Plan) -> None:
        counts, money = [n for n in yearly_plan(plan).nodes if isinstance(n, BarChart)]
        assert [bar.value for bar in counts.bars] == [31, 42, 54, 63]
        assert [(bar.label, bar.value, bar.extra) for bar in money.bars] == [
            ("국비", 25 * MILLION, 0),
            ("국·시비", 266 * MILLION, 0),
            ("시비", 162_500 * THOUSAND, 50 * MILLION),
            ("구비", 50_206 * THOUSAND, 0),
        ]

    def test_the_total_of_all_sources_is_printed(self, plan: Plan) -> None:
        printed = words(yearly_plan(plan))
        told = "모든 재원: 503,706천원 (선정 시 50,000천원 별도, 모두 선정되면 553,706천원)"
        assert bare(told) in printed

    def test_contents_summary_and_month_chart_each_stand_on_one_page(self, plan: Plan) -> None:
        cover, contents, summary, *rest = pages(yearly_plan(plan))
        assert cover.startswith(bare(plan.title))
        assert contents.startswith(bare("차례 요약"))
        assert contents.endswith("-1-")
        for part in ("비전", "13개전략과제", "503,706", "4분기"):
            assert part in summary
        (months,) = [page for page in rest if "2016년월별일정" in page]
        rows = [title for t in TASKS if (title := bare(t["title"])) in months]
        assert len(rows) == 13

    def test_tagged_so_that_the_check_finds_nothing(self, plan: Plan, tmp_path: Path) -> None:
        file = tmp_path / "plan.pdf"
        file.write_bytes(pdf(yearly_plan(plan)))
        assert list(validate(str(file)).findings) == []


def below_headings(document: Document) -> dict[str, list[list[str]]]:
    """The rows of the first table below each heading."""
    found: dict[str, list[list[str]]] = {}
    heading = ""
    for node in document.nodes:
        if isinstance(node, Heading):
            heading = node.text
        elif isinstance(node, Table) and heading not in found:
            found[heading] = [[c.text for c in row.cells] for g in node.groups for row in g.rows]
    return found


class TestBudgetOnPaper:
    def test_every_line_with_its_words_and_its_amount(self, plan: Plan) -> None:
        printed = words(budget_report(plan, YEAR_END))
        rows = [row for t in TASKS for row in t["budget"]]
        rows += RECORDS["budget_lines_without_task"]
        said = [row["label"] for row in rows] + [row["note"] for row in rows]
        said += [f"{row['amount'] // THOUSAND:,}" for row in rows]
        said += [
            text for row in RECORDS["budget_programs"] for text in (row["name"], *row["works"])
        ]
        assert [text for text in said if bare(text) not in printed] == []

    def test_sums_and_their_reconciliation(self, plan: Plan) -> None:
        tables = below_headings(budget_report(plan, YEAR_END))
        programs, sources, tasks, reconciliation, lines = (
            tables[title]
            for title in (
                "세부사업별 (구비)",
                "재원별",
                "과제별",
                "과제별 계획과 소요예산의 대조",
                "예산 내역",
            )
        )
        assert [row[-1] for row in programs] == [
            "5,546",
            "24,360",
            "5,000",
            "2,000",
            "12,500",
            "800",
            "50,206",
        ]
        assert sources == [
            ["국비", "25,000", "-", "25,000"],
            ["국·시비", "266,000", "-", "266,000"],
            ["시비", "162,500", "50,000", "212,500"],
            ["구비", "50,206", "-", "50,206"],
            ["계", "503,706", "50,000", "553,706"],
        ]
        assert tasks[-2:] == [
            ["과제에 적히지 않은 예산", "-", "-", "-", "2,130", "2,130", "-"],
            ["계", "25,000", "266,000", "162,500", "50,206", "503,706", "50,000"],
        ]
        assert [row[:2] for row in reconciliation] == [
            ["과제에 적힌 구비", "48,076"],
            ["+ 사회적기업 설명회 개최 등", "2,000"],
            ["+ 간담회 등", "130"],
            ["소요예산의 구비", "50,206"],
        ]
        assert len(lines) == BudgetLine.objects.count()

    def test_unsplit_money_is_said_to_be_so(self, plan: Plan) -> None:
        printed = words(budget_report(plan, YEAR_END))
        assert bare("국·시비: 국비·시비 미구분") in printed
        assert bare("□ 공모에 선정될 때만: 50,000천원") in printed
        assert bare("○ 모두 선정될 때의 합계: 553,706천원") in printed
