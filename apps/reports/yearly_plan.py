"""The yearly plan as one paper, Ⅰ to Ⅸ, from the records of plans and enterprises."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from apps.documents.nodes import (
    Column,
    Contents,
    Document,
    Heading,
    Node,
    Note,
    Outline,
    PageBreak,
    Row,
    RowGroup,
    Summary,
    Table,
    TitleBox,
    roman,
)
from apps.plans import documents as plan_parts
from apps.plans import queries
from apps.plans.budget_tables import program_table
from apps.plans.enums import SectionKey
from apps.plans.models import FocusArea, Plan, PlanSection
from apps.plans.texts import Shown, filled
from apps.reports.counts import count_nodes
from apps.reports.money import all_sources, district_money, issued_on
from apps.reports.plan_summary import summary_nodes, vision_table


def yearly_plan(plan: Plan) -> Document:
    """The 사회적경제 활성화 추진계획 of a year; every amount in it is summed from budget lines."""
    return yearly_plan_with_figures(plan)[0]


def yearly_plan_with_figures(plan: Plan) -> tuple[Document, tuple[Shown, ...]]:
    """The plan's paper, and the figures its texts name as they were printed in it."""
    paper = _Paper(plan)
    nodes: list[Node] = [TitleBox(cover=True), Contents(), PageBreak(), *paper.summary()]
    for number, chapter in enumerate(paper.chapters(), 1):
        if chapter.new_page:
            nodes.append(PageBreak())
        nodes += [Heading(1, chapter.title, roman(number)), *chapter.nodes]
    document = Document(plan.title, plan.issuer, tuple(nodes), issued_on=issued_on(plan))
    return filled(document, plan)


@dataclass(frozen=True, slots=True)
class _Chapter:
    title: str
    nodes: Iterable[Node]
    new_page: bool = False


class _Paper:
    """The plan's records, read once, and a method a chapter."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.sections: dict[str, PlanSection] = {s.key: s for s in plan.sections.all()}
        self.areas: list[FocusArea] = list(queries.areas_with_tasks(plan))
        self.totals = queries.budget_totals(plan)
        self.money = queries.money_by_task(plan)
        self.tasks = tuple(
            queries.tasks_of(plan).prefetch_related("sections", "steps", "milestones", "lines")
        )

    def summary(self) -> Iterator[Node]:
        """The plan in one look, on a page of its own; then what it is for."""
        yield Heading(1, "요약")
        yield from summary_nodes(
            self.plan, self.areas, self.tasks, queries.sums_without_task(self.plan), self.totals
        )
        yield PageBreak()
        if self.plan.purpose:
            yield Summary(self.plan.purpose)

    def chapters(self) -> Iterator[_Chapter]:
        """The nine chapters in the order of the paper; a plan always has all of them."""
        year = self.plan.year
        yield _Chapter(self._title(SectionKey.BASIS), self._basis())
        yield _Chapter(self._title(SectionKey.DIRECTIONS), self._text(SectionKey.DIRECTIONS))
        yield _Chapter(self._title(SectionKey.ORGANIZATIONS), self._organizations())
        yield _Chapter(f"{year - 1}년 성과 및 발전과제", self._results())
        yield _Chapter(f"{year}년 추진방향", self._vision(), new_page=True)
        yield _Chapter(f"{year}년 분야별 추진계획", self._tasks(), new_page=True)
        yield _Chapter("사업별 추진일정", self._months(), new_page=True)
        yield _Chapter("소요예산", self._budget(), new_page=True)
        yield _Chapter("행정사항", self._requests())

    def _title(self, key: SectionKey) -> str:
        return self.sections[key].title if key in self.sections else key.label

    def _text(self, key: SectionKey) -> Iterator[Node]:
        section = self.sections.get(key)
        yield Outline.of(section.body) if section and section.body else Note("작성 중입니다.")

    def _basis(self) -> Iterator[Node]:
        yield from self._text(SectionKey.BASIS)
        if self.plan.basic:
            yield plan_parts.labeled("상위계획", str(self.plan.basic))

    def _organizations(self) -> Iterator[Node]:
        chart = self.sections.get(SectionKey.CHART)
        if chart and chart.body:
            yield plan_parts.organization_chart(chart)
        yield from self._text(SectionKey.ORGANIZATIONS)
        yield from count_nodes(self.plan)

    def _results(self) -> Iterator[Node]:
        for number, key in enumerate((SectionKey.RESULTS, SectionKey.OUTLOOK), 1):
            yield Heading(2, self._title(key), f"{number}.")
            yield from self._text(key)

    def _vision(self) -> Iterator[Node]:
        tasks = sum(len(area.tasks.all()) for area in self.areas)
        yield vision_table(self.plan)
        yield Table(
            columns=(Column(38, head=True), Column(62)),
            head=(Row.of(f"{len(self.areas)}대 중점분야", f"{tasks}개 전략과제"),),
            groups=tuple(
                RowGroup.of(
                    Row.of(
                        str(area),
                        "\n".join(f"{task.number}. {task.title}" for task in area.tasks.all()),
                    )
                )
                for area in self.areas
            ),
            caption="중점분야와 전략과제",
        )

    def _tasks(self) -> Iterator[Node]:
        area: FocusArea | None = None
        for task in self.tasks:
            if area is not None:
                yield PageBreak()
            if task.area != area:
                area = task.area
                yield Heading(2, area.title, f"{area.number}.")
            yield from plan_parts.task_nodes(task, self.money.get(task.pk, ()))

    def _months(self) -> Iterator[Node]:
        yield plan_parts.month_chart_node(self.plan, queries.month_chart(self.plan))

    def _budget(self) -> Iterator[Node]:
        yield district_money(self.plan)
        yield program_table(queries.programs_with_amounts(self.plan), self.totals.district)
        if self.plan.budget_note:
            yield Note(self.plan.budget_note)
        yield from all_sources(self.totals)

    def _requests(self) -> Iterator[Node]:
        for asked in self.plan.requests.all():
            yield plan_parts.labeled(asked.addressee, asked.body)
