"""The yearly plan as one paper, Ⅰ to Ⅸ, from the records of plans and enterprises."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from apps.core.money import thousand
from apps.documents.nodes import (
    Cell,
    Column,
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
from apps.plans.enums import SectionKey
from apps.plans.models import FocusArea, Plan, PlanSection
from apps.reports.counts import count_nodes


def yearly_plan(plan: Plan) -> Document:
    """The 사회적경제 활성화 추진계획 of a year; every amount in it is summed from budget lines."""
    paper = _Paper(plan)
    nodes: list[Node] = [TitleBox()]
    if plan.purpose:
        nodes.append(Summary(plan.purpose))
    for number, chapter in enumerate(paper.chapters(), 1):
        if chapter.new_page:
            nodes.append(PageBreak())
        nodes += [Heading(1, chapter.title, roman(number)), *chapter.nodes]
    return Document(plan.title, plan.issuer, tuple(nodes))


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

    def chapters(self) -> Iterator[_Chapter]:
        """The nine chapters in the order of the paper; a plan always has all of them."""
        year = self.plan.year
        yield _Chapter(self._title(SectionKey.BASIS), self._text(SectionKey.BASIS))
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
        yield Table(
            columns=(Column(30, head=True), Column(70)),
            head=(),
            groups=(
                RowGroup.of(Row.of("비전", Cell(self.plan.vision, strong=True))),
                RowGroup.of(Row.of("목표", self.plan.goal)),
            ),
        )
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
        )

    def _tasks(self) -> Iterator[Node]:
        tasks = queries.tasks_of(self.plan).prefetch_related(
            "sections", "steps", "milestones", "lines"
        )
        area: FocusArea | None = None
        for task in tasks:
            if area is not None:
                yield PageBreak()
            if task.area != area:
                area = task.area
                yield Heading(2, area.title, f"{area.number}.")
            yield from plan_parts.task_nodes(task, self.money.get(task.pk, ()))

    def _months(self) -> Iterator[Node]:
        yield plan_parts.month_chart_node(self.plan, queries.month_chart(self.plan))

    def _budget(self) -> Iterator[Node]:
        yield plan_parts.labeled("일반회계", f"{thousand(self.totals.district)}천원 (구비)")
        yield plan_parts.program_table(
            queries.programs_with_amounts(self.plan), self.totals.district
        )
        if self.plan.budget_note:
            yield Note(self.plan.budget_note)

    def _requests(self) -> Iterator[Node]:
        for asked in self.plan.requests.all():
            yield plan_parts.labeled(asked.addressee, asked.body)
