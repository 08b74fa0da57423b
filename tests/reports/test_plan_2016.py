"""The real plan of 2016: its sums as records, and every word of its fixture on paper.

``fixtures/plan-2016.yaml`` is what the published plan says; whatever a reader of the plan could
look for has to come out of the PDF again.
"""

import subprocess
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db.models import Sum

from apps.accounts.models import User
from apps.core.outline import parse
from apps.documents.nodes import MonthChart, Table
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
THOUSAND, MILLION = 1_000, 1_000_000
RECORDS = source.plan_2016()


@pytest.fixture
def plan() -> Plan:
    users = office.load(today=NEW_YEAR)
    return plan_2016.load(by=users["officer"])


def task(code: str) -> Task:
    area, number = code.split("-")
    return Task.objects.get(area__number=area, number=number)


def money(code: str) -> dict[str, int]:
    return vars(queries.with_sums(task(code)))


def text(paper: bytes) -> str:
    """The paper's words without spaces and line ends, which a page sets as it needs."""
    command = ["pdftotext", "-layout", "-", "-"]
    read = subprocess.run(command, input=paper, capture_output=True, check=True)
    return bare(read.stdout.decode())


def bare(words: str) -> str:
    return "".join(words.split())


class TestRecords:
    def test_five_areas_of_thirteen_tasks(self, plan: Plan) -> None:
        assert [area.tasks.count() for area in plan.areas.all()] == [3, 3, 2, 2, 3]
        codes = [row["code"] for area in RECORDS["areas"] for row in area["tasks"]]
        assert [t.code for t in queries.tasks_of(plan)] == codes
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
        deposits = [d["amount"] for a in RECORDS["areas"] for t in a["tasks"] for d in t.get("deposits", [])]
        assert deposits == [100 * MILLION] * 2
        assert not BudgetLine.objects.filter(amount=100 * MILLION).exists()
        assert not BudgetLine.objects.filter(label__contains="보증금").exists()

    def test_task_pages_and_budget_chapter_differ_by_two_named_lines(self, plan: Plan) -> None:
        on_pages = plan.lines.filter(source=MoneySource.DISTRICT, task__isnull=False)
        assert on_pages.aggregate(s=Sum("amount"))["s"] == 48_076 * THOUSAND
        rest = [(line.label, line.amount, line.derived) for line in queries.lines_without_task(plan)]
        assert rest == [
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
        from django.apps import apps

        event: Any = apps.get_model("plans", "PlanEvent").objects.get()
        assert event.pgh_context.metadata["user"] == officer.pk
