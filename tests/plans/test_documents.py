"""Records as parts of a paper."""

from datetime import date
from typing import Any

import pytest

from apps.core.outline import OutlineLine
from apps.documents.nodes import (
    Node,
    OrgBox,
    OrgChart,
    OrgTier,
    Outline,
    Steps,
    Summary,
    Table,
)
from apps.plans import budget_tables, documents, queries
from apps.plans.enums import MoneySource, SectionKey
from apps.plans.models import Milestone, PlanSection, Task
from tests.plans.factories import (
    make_area,
    make_full_task,
    make_line,
    make_plan,
    make_program,
    make_task,
)


def lines(node: Node) -> list[str]:
    assert isinstance(node, Outline)
    return [f"{line.mark} {line.text}".strip() for line in node.lines]


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for group in table.groups for row in group.rows]


class TestLabels:
    @pytest.mark.parametrize(
        ("text", "printed"),
        [
            ("", ["□ 추진방법"]),
            ("민간위탁", ["□ 추진방법: 민간위탁"]),
            ("□ 민간위탁", ["□ 추진방법: 민간위탁"]),
            ("□ 협업\n○ 워크숍\n□ 자문", ["□ 추진방법: 협업", "○ 워크숍", "□ 자문"]),
            ("○ 워크숍\n- 의제별", ["□ 추진방법", "○ 워크숍", "- 의제별"]),
            ("조례 제12조\n조례 제13조", ["□ 추진방법", "○ 조례 제12조", "○ 조례 제13조"]),
        ],
    )
    def test_a_label_heads_its_text(self, text: str, printed: list[str]) -> None:
        assert lines(documents.labeled("추진방법", text)) == printed


class TestOrganizationChart:
    @pytest.mark.parametrize(
        ("body", "tiers"),
        [
            ("", ()),
            (
                "□ 행정\n○ 일자리과\n- 업무 담당\n- 팀\n○ 홍보과\n□ 조직\n○ 협의회",
                (
                    OrgTier((OrgBox("일자리과", ("업무 담당", "팀")), OrgBox("홍보과")), "행정"),
                    OrgTier((OrgBox("협의회"),), "조직"),
                ),
            ),
            ("○ 협의회\n- 29개", (OrgTier((OrgBox("협의회", ("29개",)),)),)),
            ("□ 행정\n- 담당", (OrgTier((OrgBox("담당"),), "행정"),)),
            ("표시 없는 글", (OrgTier((OrgBox("표시 없는 글"),)),)),
        ],
    )
    def test_marks_make_tiers_bodies_and_lines(self, body: str, tiers: tuple[OrgTier, ...]) -> None:
        section = PlanSection(key=SectionKey.CHART, title="조직도", body=body)
        assert documents.organization_chart(section) == OrgChart("조직도", tiers)


class TestTables:
    def test_columns_are_as_wide_as_their_text_within_bounds(self) -> None:
        table = documents.grid([["구분", "내용"], ["가", "긴 글" * 20 + "\n둘째 줄"]], "천원")
        assert [(c.width, c.head) for c in table.columns] == [(10, True), (30, False)]
        assert table.unit == "단위: 천원"
        assert rows(table) == [["가", "긴 글" * 20 + "\n둘째 줄"]]

    def test_a_table_of_a_head_alone(self) -> None:
        table = documents.grid([["구분", "내용"]])
        assert (rows(table), table.unit) == ([], "")


@pytest.mark.parametrize(
    ("months", "phrase"),
    [((), ""), ((3,), "3월"), ((1, 2, 3), "1~3월"), ((1, 3, 4, 12), "1월, 3~4월, 12월")],
)
def test_months_in_words(months: tuple[int, ...], phrase: str) -> None:
    assert documents.months_phrase(frozenset(months)) == phrase


@pytest.mark.django_db
class TestMoney:
    def phrase(self, task: Task) -> str:
        money = queries.money_by_task(task.area.plan).get(task.pk, ())
        return documents.budget_phrase(queries.with_sums(task), money)

    @pytest.mark.parametrize(
        ("money", "phrase"),
        [
            ([("district", 5, False)], "5천원 (구비)"),
            ([("district", 5, False), ("district", 6, False)], "11천원 (구비)"),
            (
                [("district", 5, False), ("city", 150, False)],
                "155천원 (시비 150천원, 구비 5천원)",
            ),
            ([("city", 50, True)], "50천원 (시비, 선정 시)"),
            (
                [("city", 50, True), ("own", 1, False), ("national", 2, True)],
                "1천원 (자부담), 52천원 (국비 2천원, 시비 50천원, 선정 시)",
            ),
        ],
    )
    def test_a_tasks_money_in_words(self, money: list[tuple[str, int, bool]], phrase: str) -> None:
        task = make_task(make_area(make_plan()))
        for source, amount, conditional in money:
            make_line(
                task.area.plan, amount * 1000, task=task, source=source, conditional=conditional
            )
        assert self.phrase(task) == phrase

    def test_the_tasks_own_words_stand_alone_or_behind_the_money(self) -> None:
        task = make_task(make_area(make_plan()), budget_text="예상")
        assert self.phrase(task) == "예상"
        make_line(task.area.plan, 5_000, task=task)
        assert self.phrase(task) == "5천원 (구비) (예상)"

    def test_the_condition_is_the_tasks_own(self) -> None:
        task = make_task(make_area(make_plan()), condition="예비특구 선정 시")
        make_line(task.area.plan, 50_000_000, task=task, source="city", conditional=True)
        assert self.phrase(task) == "50,000천원 (시비, 예비특구 선정 시)"

    def test_rows_of_every_table_add_up_to_its_total(self) -> None:
        plan = make_plan()
        task = make_task(make_area(plan))
        make_line(plan, 3_000_000, task=task, program=make_program(plan, "지원", works="가\n\n나"))
        make_line(plan, 1_000_000)
        make_line(plan, 7_000_000, source=MoneySource.NATIONAL_CITY)
        make_line(plan, 9_000_000, source=MoneySource.CITY, conditional=True)
        totals = queries.budget_totals(plan)
        assert rows(
            budget_tables.program_table(queries.programs_with_amounts(plan), 4_000_000)
        ) == [
            ["지원", "· 가\n· 나", "3,000"],
            ["세부사업을 정하지 않은 예산", "", "1,000"],
            ["계", "4,000"],
        ]
        table = budget_tables.task_table(
            queries.tasks_of(plan), queries.sums_without_task(plan), totals
        )
        assert [cell.text for cell in table.head[0].cells] == [
            "과제",
            "국·시비",
            "시비",
            "구비",
            "계",
            "선정 시",
        ]
        assert rows(table) == [
            ["1-1 과제 1", "-", "-", "3,000", "3,000", "-"],
            ["과제에 적히지 않은 예산", "7,000", "-", "1,000", "8,000", "9,000"],
            ["계", "7,000", "-", "4,000", "11,000", "9,000"],
        ]
        assert rows(budget_tables.source_table(totals)) == [
            ["국·시비", "7,000", "-", "7,000"],
            ["시비", "-", "9,000", "9,000"],
            ["구비", "4,000", "-", "4,000"],
            ["계", "11,000", "9,000", "20,000"],
        ]

    def test_only_bids_without_a_task_have_a_row_too(self) -> None:
        plan = make_plan()
        make_line(plan, 9_000_000, source=MoneySource.CITY, conditional=True)
        table = budget_tables.task_table(
            queries.tasks_of(plan), queries.sums_without_task(plan), queries.budget_totals(plan)
        )
        assert rows(table) == [
            ["과제에 적히지 않은 예산", "-", "-", "9,000"],
            ["계", "-", "-", "9,000"],
        ]


@pytest.mark.django_db
class TestTaskPage:
    def nodes(self, task: Task) -> list[Node]:
        money = queries.money_by_task(task.area.plan).get(task.pk, ())
        return list(documents.task_nodes(queries.with_sums(task), money))

    def test_all_parts_in_their_order(self) -> None:
        task = make_full_task(
            make_area(make_plan()), bases="조례 제5조", period="3월", effects="○ 자생력"
        )
        found = self.nodes(task)
        assert found[1] == Summary("목적")
        labels = [lines(node)[0] for node in found if isinstance(node, Outline)]
        assert labels == [
            "□ 추진근거: 조례 제5조",
            "□ 추진기간: 3월",
            "□ 사업개요",
            "□ 추진절차",
            "□ 추진일정",
            "□ 기대효과",
            "□ 소요예산: 1,000천원 (구비)",
        ]
        assert any(isinstance(node, Steps) for node in found)
        assert any(isinstance(node, Table) for node in found)

    def test_a_period_not_put_in_words_prints_its_days(self) -> None:
        days = {"starts": date(2016, 4, 1), "ends": date(2016, 12, 31)}
        task = make_task(make_area(make_plan()), **days)
        told = [lines(node)[0] for node in self.nodes(task) if isinstance(node, Outline)]
        assert "□ 추진기간: 2016. 4. 1. ~ 2016. 12. 31." in told

    @pytest.mark.parametrize(("when", "printed"), [("9월", "○ 9월: 심의"), ("", "○ 심의")])
    def test_a_line_of_the_schedule(self, when: str, printed: str) -> None:
        task = make_task(make_area(make_plan()))
        Milestone.objects.create(task=task, text="심의", when=when)
        outlines: list[Any] = [n.lines for n in self.nodes(task) if isinstance(n, Outline)]
        (schedule,) = [o for o in outlines if o[0].text == "추진일정"]
        assert schedule[1] == OutlineLine(2, "○", printed.removeprefix("○ "))

    def test_money_of_several_sources_is_listed(self) -> None:
        task = make_task(make_area(make_plan()))
        plan = task.area.plan
        make_line(plan, 25_000_000, task=task, source="national", label="사업비", note="50%")
        make_line(plan, 12_500_000, task=task, label="사업비")
        assert lines(self.nodes(task)[-1]) == [
            "○ 사업비: 국비 25,000천원 (50%)",
            "○ 사업비: 구비 12,500천원",
        ]


@pytest.mark.django_db
def test_areas_of_the_same_name_stay_apart_in_the_chart() -> None:
    plan = make_plan()
    for number in (1, 2):
        make_task(make_area(plan, title="같은 이름"), title=f"과제 {number}")
    chart = documents.month_chart_node(plan, queries.month_chart(plan))
    assert [[row.label for row in area.rows] for area in chart.areas] == [
        ["1. 과제 1"],
        ["1. 과제 2"],
    ]
