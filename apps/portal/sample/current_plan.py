"""An invented plan of the current year, made from the real one by moving its years."""

import re
from calendar import SATURDAY
from datetime import date

from apps.accounts.models import Department, User
from apps.core.dates import month_end, nth_weekday
from apps.core.history import service
from apps.plans.enums import SectionKey
from apps.plans.models import (
    BudgetLine,
    BudgetProgram,
    DepartmentRequest,
    FocusArea,
    Milestone,
    Plan,
    PlanSection,
    Task,
    TaskSection,
    TaskStep,
)
from apps.portal.sample.office import OWN, invented

#: The invented year has a tenth more money, in whole 천원.
RISE = 110
MARKET = "꿈의 장터 연계 사회적경제 장터"
#: Tasks whose months the office has set; the others' are derived from their period.
STATED = {"3-1": [3, 6, 9, 12], "4-1": [5, 6, 7, 8, 10, 11, 12], "5-2": [1, 9]}


@service
def load(*, plan: Plan, today: date, by: User) -> Plan:
    """A plan like ``plan`` for the year of ``today``; what looks back is left to be written."""
    shift = _Shift(plan.year, today.year)
    copy = Plan.objects.create(
        year=today.year,
        title=invented(f"{today.year}년도 사회적경제 활성화 추진계획"),
        issuer=invented(OWN),
        purpose=f"2016년 계획을 본떠 지어낸 {today.year}년 예시 계획임.",
        vision=plan.vision,
        goal=plan.goal,
        counted_on=date(today.year, 1, 1),
        budget_note=plan.budget_note,
    )
    for section in plan.sections.all():
        PlanSection.objects.create(
            plan=copy,
            key=section.key,
            title=shift.text(section.title),
            body=WRITTEN.get(section.key) or shift.text(section.body),
        )
    for asked in plan.requests.all():
        DepartmentRequest.objects.create(
            plan=copy,
            addressee=shift.department(asked.addressee),
            body=asked.body,
            position=asked.position,
        )
    programs = {
        program.name: BudgetProgram.objects.create(
            plan=copy, name=program.name, works=program.works, position=program.position
        )
        for program in plan.programs.all()
    }
    tasks: dict[str, Task] = {}
    for source in plan.areas.all():
        area = FocusArea.objects.create(plan=copy, number=source.number, title=source.title)
        tasks |= {task.code: _task(task, area, shift) for task in source.tasks.all()}
    BudgetLine.objects.bulk_create(
        BudgetLine(
            plan=copy,
            program=programs[line.program.name] if line.program else None,
            task=tasks[line.task.code] if line.task else None,
            label=line.label,
            source=line.source,
            amount=line.amount * RISE // 100_000 * 1000,
            conditional=line.conditional,
            note=line.note if line.conditional else "",
            position=line.position,
        )
        for line in plan.lines.select_related("program", "task__area")
    )
    return copy


#: What a person writes from the year's records is not invented.
WRITTEN: dict[str, str] = {
    SectionKey.ORGANIZATIONS: """□ 사회적경제기업: 사회적기업, 마을기업, 협동조합, 자활기업
○ 기업 수는 등록부의 지정 이력에서 아래와 같이 계산함""",
    SectionKey.RESULTS: """□ 지난해 실적은 지어내지 않음
○ 담당자가 기록을 보고 적는 자리임""",
    SectionKey.OUTLOOK: """□ 한계와 발전과제는 지어내지 않음
○ 담당자가 지난해 실적을 돌아보고 적는 자리임""",
}


class _Shift:
    """Years moved from one plan's to the other's; the months stay."""

    def __init__(self, old: int, new: int) -> None:
        self.years = new - old
        days = (nth_weekday(new, month, SATURDAY, 4) for month in (4, 5, 6, 9, 10, 11))
        self.markets = ", ".join(f"{day.month}/{day.day}" for day in days)

    def text(self, text: str) -> str:
        """Every year moves, so that what the plan says of its past and future still agrees."""
        moved = re.sub(r"20[12][0-9]", lambda year: str(int(year[0]) + self.years), text)
        moved = re.sub(r"([\d,]+)천원", _raised, moved)
        moved = moved.replace("4/23, 5/28, 6/25, 9/24, 10/22, 11/12", self.markets)
        return moved.replace("강북구 일자리지원과 (사회적일자리팀)", invented(OWN))

    def day(self, day: date | None) -> date | None:
        if day is None:
            return None
        first = day.replace(year=day.year + self.years, day=1)
        return month_end(first) if day == month_end(day) else first.replace(day=min(day.day, 28))

    def department(self, name: str) -> str:
        return name if name.startswith("전") else invented("기획예산과")


def _raised(stated: re.Match[str]) -> str:
    """An amount a text states, raised as the budget's lines are."""
    return f"{int(stated[1].replace(',', '')) * RISE // 100:,}천원"


def _task(task: Task, area: FocusArea, shift: _Shift) -> Task:
    copy = Task.objects.create(
        area=area,
        number=task.number,
        title=shift.text(task.title),
        purpose=shift.text(task.purpose),
        bases=task.bases.replace("2016년도 ", ""),
        period=shift.text(task.period),
        starts=shift.day(task.starts),
        ends=shift.day(task.ends),
        stated_months=STATED.get(task.code, []),
        method=shift.text(task.method),
        condition=task.condition,
        effects=task.effects,
        budget_text=task.budget_text,
    )
    copy.departments.set(Department.objects.filter(name=invented(OWN)))
    for section in task.sections.all():
        TaskSection.objects.create(
            task=copy,
            position=section.position,
            title=shift.text(section.title),
            body=shift.text(section.body),
            table=[[shift.text(cell) for cell in row] for row in section.table],
            table_unit=section.table_unit,
        )
    for step in task.steps.all():
        TaskStep.objects.create(
            task=copy,
            position=step.position,
            title=step.title,
            detail=shift.text(step.detail),
            actor=step.actor,
            when=shift.text(step.when),
            starts=shift.day(step.starts),
            ends=shift.day(step.ends),
        )
    for line in task.milestones.all():
        starts, ends, when = shift.day(line.starts), shift.day(line.ends), shift.text(line.when)
        if line.text == MARKET and starts:
            starts = ends = nth_weekday(starts.year, starts.month, SATURDAY, 4)
            when = f"{starts.month}/{starts.day}"
        Milestone.objects.create(
            task=copy,
            position=line.position,
            text=shift.text(line.text),
            when=when,
            starts=starts,
            ends=ends,
        )
    return copy
