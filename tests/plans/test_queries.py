"""Figures of a plan against plain sums, for any lines there may be."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.plans import queries
from apps.plans.enums import MoneySource
from apps.plans.models import BudgetLine, Milestone, Plan, TaskStep
from apps.plans.queries import SourceMoney, SourceSum
from tests.plans.factories import YEAR, make_area, make_line, make_plan, make_program, make_task

WON = st.integers(0, 10**12)
#: amount, source, conditional, task 0–2 or none, programme 0–1 or none (district money only)
LINES = st.lists(
    st.tuples(
        WON,
        st.sampled_from(MoneySource),
        st.booleans(),
        st.none() | st.integers(0, 2),
        st.none() | st.integers(0, 1),
    ),
    max_size=15,
)
Line = tuple[int, MoneySource, bool, int | None, int | None]


def budget(rows: list[Line], year: int = YEAR) -> Plan:
    """A plan of two areas, three tasks and two programmes with these lines."""
    plan = make_plan(year)
    first, second = make_area(plan), make_area(plan)
    tasks = [make_task(first), make_task(first), make_task(second)]
    programs = [
        make_program(plan, "나중", position=2),
        make_program(plan, "먼저", position=1),
    ]
    BudgetLine.objects.bulk_create(
        BudgetLine(
            plan=plan,
            label="예산",
            amount=amount,
            source=source,
            conditional=conditional,
            task=None if task is None else tasks[task],
            program=programs[program]
            if program is not None and source is MoneySource.DISTRICT
            else None,
        )
        for amount, source, conditional, task, program in rows
    )
    return plan


def total(rows: list[Line], source: MoneySource | None = None, *, bids: bool = False) -> int:
    """Firm money of one source or of all; with ``bids`` what comes only if selected."""
    return sum(row[0] for row in rows if row[2] is bids and source in (None, row[1]))


class Sums(TestCase):
    @settings(max_examples=30, deadline=None)
    @given(LINES)
    def test_by_source_and_in_all(self, rows: list[Line]) -> None:
        found = queries.budget_totals(budget(rows))
        assert found.by_source == tuple(
            SourceSum(source, total(rows, source), total(rows, source, bids=True))
            for source in MoneySource
            if any(row[1] is source for row in rows)
        )
        assert found.district == total(rows, MoneySource.DISTRICT)
        assert found.firm == total(rows)
        assert found.conditional == total(rows, bids=True)
        assert found.total == sum(row[0] for row in rows)
        assert found.firm == sum(s.firm for s in found.by_source)

    @settings(max_examples=30, deadline=None)
    @given(LINES)
    def test_by_task_with_what_no_task_names(self, rows: list[Line]) -> None:
        plan = budget(rows)
        sums = [
            *(vars(task) for task in queries.tasks_of(plan)),
            queries.sums_without_task(plan),
        ]
        for place, found in zip((0, 1, 2, None), sums, strict=True):
            mine = [row for row in rows if row[3] == place]
            for source in MoneySource:
                assert found[source.value] == total(mine, source)
            assert found["firm"] == total(mine)
            assert found["if_selected"] == total(mine, bids=True)
        assert [task.code for task in queries.tasks_of(plan)] == ["1-1", "1-2", "2-1"]
        by_area = [task for area in queries.areas_with_tasks(plan) for task in area.tasks.all()]
        assert by_area == list(queries.tasks_of(plan))

    @settings(max_examples=30, deadline=None)
    @given(LINES)
    def test_by_task_source_and_certainty(self, rows: list[Line]) -> None:
        plan = budget(rows)
        keys = [*(task.pk for task in queries.tasks_of(plan)), None]
        naive: dict[int | None, tuple[SourceMoney, ...]] = {}
        for place, key in zip((0, 1, 2, None), keys, strict=True):
            mine = [row for row in rows if row[3] == place]
            money = tuple(
                SourceMoney(source, conditional, total(mine, source, bids=conditional))
                for conditional in (False, True)
                for source in MoneySource
                if any(row[1:3] == (source, conditional) for row in mine)
            )
            if money:
                naive[key] = money
        assert queries.money_by_task(plan) == naive

    @settings(max_examples=30, deadline=None)
    @given(LINES)
    def test_by_programme_in_its_order(self, rows: list[Line]) -> None:
        found = [(p.name, p.amount) for p in queries.programs_with_amounts(budget(rows))]
        district = [r for r in rows if r[1] is MoneySource.DISTRICT]
        assert found == [
            ("먼저", total([r for r in district if r[4] == 1])),
            ("나중", total([r for r in district if r[4] == 0])),
        ]

    @settings(max_examples=20, deadline=None)
    @given(LINES, LINES)
    def test_plans_do_not_mix(self, rows: list[Line], others: list[Line]) -> None:
        budget(rows, 2019)
        budget(others, 2020)
        make_plan(2018)
        found = [
            (p.year, p.district, p.task_count) for p in queries.plans_with_sums(Plan.objects.all())
        ]
        district = MoneySource.DISTRICT
        assert found == [
            (2020, total(others, district), 3),
            (2019, total(rows, district), 3),
            (2018, 0, 0),
        ]


FIRST, LAST = date(YEAR - 1, 6, 1), date(YEAR + 1, 6, 30)
DAYS = st.none() | st.integers(0, (LAST - FIRST).days).map(lambda n: FIRST + timedelta(days=n))
PARTS = st.lists(st.tuples(DAYS, DAYS), max_size=4)
Span = tuple[date | None, date | None]


def in_order(span: Span) -> Span:
    """The same days, the first one first; an open end stays open."""
    starts, ends = span
    return (ends, starts) if starts and ends and ends < starts else span


def months_of(starts: date, ends: date) -> set[int]:
    """Month by month, each day looked at."""
    days = (starts + timedelta(days=n) for n in range((ends - starts).days + 1))
    return {day.month for day in days if day.year == YEAR}


class Months(TestCase):
    @settings(max_examples=50, deadline=None)
    @given(st.sets(st.integers(1, 12)), st.tuples(DAYS, DAYS).map(in_order), PARTS, PARTS)
    def test_stated_before_the_period_before_its_parts(
        self, stated: set[int], period: Span, steps: list[Span], milestones: list[Span]
    ) -> None:
        task = make_task(
            make_area(make_plan()), stated_months=sorted(stated), starts=period[0], ends=period[1]
        )
        for model, parts in ((TaskStep, steps), (Milestone, milestones)):
            for starts, ends in map(in_order, parts):
                model._default_manager.create(task=task, starts=starts, ends=ends)
        if period[0] and period[1]:
            derived = months_of(period[0], period[1])
        else:
            parts = [*map(in_order, steps), *map(in_order, milestones)]
            derived = set().union(*(months_of(a, b or a) for a, b in parts if a))
        (found,) = queries.month_chart(task.area.plan)
        assert found.stated == stated
        assert found.derived == (set() if stated else derived)
        state = "stated" if stated else "derived"
        shown = stated or derived
        assert found.months == tuple(state if m in shown else "none" for m in range(1, 13))


@pytest.mark.django_db
def test_district_money_no_task_names_is_told_apart() -> None:
    plan = make_plan()
    make_line(plan, task=make_task(make_area(plan)))
    make_line(plan, label="간담회")
    make_line(plan, source=MoneySource.CITY)
    make_line(plan, conditional=True)
    make_line(make_plan(2020))
    assert [line.label for line in queries.lines_without_task(plan)] == ["간담회"]
