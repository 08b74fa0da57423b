"""Rolling a plan as a whole: its own record, sections, areas, money and requests."""

import re

from django.db.models import Q

from apps.accounts.models import Department
from apps.core.money import comma
from apps.core.templatetags.office import kdate
from apps.plans.enums import LOOKING_BACK, RollOutcome, SectionKey
from apps.plans.models import (
    BasicPlan,
    BudgetLine,
    BudgetProgram,
    Completion,
    DepartmentRequest,
    FocusArea,
    Plan,
    PlanSection,
    Task,
)
from apps.plans.results import TO_WRITE, draft_results
from apps.plans.rollover.proposal import (
    BUDGET,
    OVERVIEW,
    REQUESTS,
    SECTIONS,
    Choices,
    Notes,
    Proposal,
)
from apps.plans.rollover.rules import Years, same_day
from apps.plans.rollover.tasks import TaskRoll, reason_to_drop, tasks_to_roll
from apps.plans.rollover.texts import Mover

#: A chapter of the old paper, which a note to a line of money speaks of.
_OLD_PAPER = re.compile(r"[Ⅰ-Ⅻ]")


def propose(plan: Plan, year: int, choices: Choices | None = None) -> Proposal:
    """The plan of ``year`` that rolling ``plan`` gives, with its account; nothing is saved.

    ``year`` is later than the plan's own, else ``ValueError``.
    """
    if year <= plan.year:
        raise ValueError("a plan is rolled to a later year")
    years = Years(plan.year, year)
    new = Plan(year=year, rolled_from=plan, issuer=plan.issuer)
    proposal = Proposal(plan, years, choices or Choices(), new, Notes(new))
    of_the_plan = Q(milestone__task__area__plan=plan) | Q(step__task__area__plan=plan)
    proposal.any_completion = Completion.objects.filter(of_the_plan).exists()
    mover = Mover(years)
    _overview(proposal, mover)
    _sections(proposal, mover)
    _tasks(proposal)
    _money(proposal, mover)
    _requests(proposal, mover)
    proposal.notes.tell_kept(SECTIONS)
    return proposal


def _overview(proposal: Proposal, mover: Mover) -> None:
    old, new, notes = proposal.source, proposal.plan, proposal.notes
    for name in ("title", "purpose", "vision", "goal", "budget_note"):
        label = str(Plan._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # a column
        setattr(new, name, notes.told(mover.text(getattr(old, name)), f"{OVERVIEW} {label}"))
    if old.counted_on:
        new.counted_on = same_day(old.counted_on, proposal.years.shift)
        days = (kdate(old.counted_on), kdate(new.counted_on))
        notes.add(RollOutcome.MOVED, f"{OVERVIEW} 조직 현황 기준일", *days, "같은 날, 새 해")
    if old.source:
        reason = "새 계획은 옮긴 자료가 아님"
        notes.add(RollOutcome.EMPTIED, f"{OVERVIEW} 자료 출처", old.source, "", reason)
    new.basic = BasicPlan.objects.filter(first_year__lte=new.year, last_year__gte=new.year).first()
    if new.basic:
        notes.add(RollOutcome.CARRIED, f"{OVERVIEW} 기본계획", after=str(new.basic))
    elif old.basic:
        reason = "새 해를 다루는 기본계획이 없음"
        notes.add(RollOutcome.OPEN, f"{OVERVIEW} 기본계획", str(old.basic), "", reason)
    printed = old.printed_names.count()
    if printed:
        reason = "발간된 지난 문서에 실린 그대로의 이름이라 새 계획의 것이 아님"
        notes.add(RollOutcome.DROPPED, f"{OVERVIEW} 인쇄된 이름", f"{printed}건", "", reason)
    if not proposal.any_completion:
        reason = "끝난 기록이 하나도 없어 미완료를 가리지 못함: 과제마다 확인"
        notes.add(RollOutcome.OPEN, f"{OVERVIEW} 추진 상황", str(old), "", reason)


def _sections(proposal: Proposal, mover: Mover) -> None:
    for old in proposal.source.sections.all():
        new = PlanSection(plan=proposal.plan, key=old.key)
        if old.key in LOOKING_BACK:
            _looking_back(old, new, proposal)
        else:
            place = f"{SECTIONS} {old.title}"
            new.title = proposal.notes.told(mover.text(old.title), place)
            new.body = proposal.notes.told(mover.text(old.body), place)
        proposal.sections.append(new)


def _looking_back(old: PlanSection, new: PlanSection, proposal: Proposal) -> None:
    """What looks back on a year is not carried: results are drafted, the rest is to be written."""
    years = proposal.years
    back = Mover(Years(years.old - 1, years.new - 1))
    new.title = proposal.notes.told(back.text(old.title), f"{SECTIONS} {old.title}")
    last = years.new - 1
    if old.key == SectionKey.RESULTS:
        new.body = draft_results(proposal.plan) or f"○ ({last}년 실적을 {TO_WRITE}"
        reason = f"지난해를 돌아보는 장: {last}년 기록에서 초안을 다시 만듦"
    else:
        parts = (f"{last}년 사업 추진상 한계", f"{years.new}년 발전과제")
        new.body = "\n".join(f"□ {part}\n○ ({TO_WRITE}" for part in parts)
        reason = "지난해를 돌아보고 새로 적는 장"
    lines = len(old.body.splitlines())
    words = (f"{old.title} ({lines}줄)", f"{new.title} ({len(new.body.splitlines())}줄)")
    proposal.notes.add(RollOutcome.EMPTIED, f"{SECTIONS} {new.title}", *words, reason)


def _tasks(proposal: Proposal) -> None:
    old_tasks = list(tasks_to_roll(proposal.source))
    for task in old_tasks:
        if reason := reason_to_drop(task, proposal.years, proposal.plan.basic is not None):
            proposal.proposed[task.pk] = reason
    proposal.left_behind = [task.title for task in old_tasks if proposal.drops(task)]
    rolls = []
    for area in proposal.source.areas.all():
        of_the_area = [task for task in old_tasks if task.area_id == area.pk]
        rolls += _area(area, of_the_area, proposal)
    _departments(rolls, proposal)


def _area(area: FocusArea, tasks: list[Task], proposal: Proposal) -> list[TaskRoll]:
    """The area and its tasks, numbered anew; those left behind are told first."""
    moved = Mover(proposal.years).text(area.title)
    title = proposal.notes.told(moved, f"중점분야 {area.number}")
    new = FocusArea(plan=proposal.plan, number=area.number, title=title)
    proposal.areas.append(new)
    for task in tasks:
        if proposal.drops(task):
            _dropped(task, proposal)
    carried = [task for task in tasks if not proposal.drops(task)]
    rolls = [TaskRoll(task, new, number, proposal) for number, task in enumerate(carried, 1)]
    for roll in rolls:
        proposal.tasks[roll.source.pk] = roll.run()
    if tasks and not carried:
        proposal.notes.add(RollOutcome.OPEN, f"중점분야 {area}", reason="남은 과제가 없음")
    return rolls


def _departments(rolls: list[TaskRoll], proposal: Proposal) -> None:
    """The departments of the tasks; one note for each that does not live to see the new year."""
    year = proposal.years.new
    of_the_year = {d.name: d for d in Department.objects.in_year(year)}
    ended: dict[str, list[str]] = {}
    for roll in rolls:
        for department in roll.departments(of_the_year):
            ended.setdefault(department.name, []).append(roll.task.code)
    for name, codes in ended.items():
        reason = f"{year}년에는 없는 부서: 추진부서와 글 속의 부서 이름을 확인"
        words = f"과제 {', '.join(codes)}"
        proposal.notes.add(RollOutcome.OPEN, f"추진부서 {name}", words, words, reason)


def _dropped(task: Task, proposal: Proposal) -> None:
    reason = proposal.proposed.get(task.pk, "담당자가 옮기지 않기로 함")
    proposal.notes.add(RollOutcome.DROPPED, f"과제 {task.code}", str(task), "", reason)


def _money(proposal: Proposal, mover: Mover) -> None:
    notes = proposal.notes
    for program in proposal.source.programs.all():
        place = f"{BUDGET} 세부사업 {program.name}"
        proposal.programs[program.pk] = BudgetProgram(
            plan=proposal.plan,
            name=notes.told(mover.text(program.name), place),
            works=notes.told(mover.text(program.works), place),
            position=program.position,
        )
    for line in proposal.source.lines.select_related("task__area"):
        if line.task_id and line.task_id not in proposal.tasks:
            reason = "과제를 옮기지 않음"
            notes.add(RollOutcome.DROPPED, _place(line), _amount(line), "", reason)
        else:
            proposal.lines.append(_line(line, proposal, mover))
    if proposal.choices.keep_amounts:
        firm = sum(line.amount for line in proposal.lines if not line.conditional)
        extra = sum(line.amount for line in proposal.lines if line.conditional)
        words = f"{len(proposal.lines)}건, 확정·예상 {comma(firm)}원"
        words += f", 선정 시 {comma(extra)}원" if extra else ""
        notes.add(RollOutcome.CARRIED, BUDGET, words, words, "금액을 그대로 두기로 함")


def _line(old: BudgetLine, proposal: Proposal, mover: Mover) -> BudgetLine:
    place, keep = _place(old), proposal.choices.keep_amounts
    note = proposal.notes.told(mover.text(old.note), place)
    if old.derived:
        reason = "지난 계획의 합계에서 도출한 금액: 새 계획의 근거를 정할 것"
        proposal.notes.add(RollOutcome.OPEN, place, f"{_amount(old)} · {note}", "", reason)
        note = ""
    elif note and _OLD_PAPER.search(note):
        reason = "지난 문서의 장을 두고 적은 비고라 새 계획에는 맞지 않음"
        proposal.notes.add(RollOutcome.EMPTIED, f"{place} 비고", note, "", reason)
        note = ""
    if not keep:
        proposal.notes.add(RollOutcome.EMPTIED, place, _amount(old), "0원", "금액은 비우기로 함")
    return BudgetLine(
        plan=proposal.plan,
        program=proposal.programs[old.program_id] if old.program_id else None,
        task=proposal.tasks[old.task_id] if old.task_id else None,
        label=proposal.notes.told(mover.text(old.label), place),
        source=old.source,
        account=old.account,
        amount=old.amount if keep else 0,
        conditional=old.conditional,
        note=note,
        position=old.position,
    )


def _place(line: BudgetLine) -> str:
    task = f"과제 {line.task.code} " if line.task else ""
    return f"{BUDGET} {task}{line.label} ({line.get_source_display()})"


def _amount(line: BudgetLine) -> str:
    return f"{comma(line.amount)}원" + (" (선정 시)" if line.conditional else "")


def _requests(proposal: Proposal, mover: Mover) -> None:
    gone = set(Department.objects.values_list("name", flat=True)) - set(
        Department.objects.in_year(proposal.years.new).values_list("name", flat=True)
    )
    for old in proposal.source.requests.prefetch_related("deliveries__department"):
        place = f"{REQUESTS} {old.addressee}"
        body = proposal.notes.told(mover.text(old.body), place)
        due = same_day(old.due, proposal.years.shift) if old.due else None
        proposal.requests.append(
            DepartmentRequest(
                plan=proposal.plan,
                addressee=old.addressee,
                body=body,
                due=due,
                position=old.position,
            )
        )
        if old.due and due:
            days = (kdate(old.due), kdate(due))
            proposal.notes.add(RollOutcome.MOVED, place, *days, "기한은 같은 날, 새 해")
        if old.addressee in gone:
            reason = f"{proposal.years.new}년에는 없는 부서: 요청할 부서를 확인"
            proposal.notes.add(RollOutcome.OPEN, place, old.addressee, "", reason)
        _unsettled(old, place, proposal)
    if proposal.requests:
        words = f"{len(proposal.requests)}건"
        proposal.notes.add(RollOutcome.CARRIED, REQUESTS, words, words)


def _unsettled(old: DepartmentRequest, place: str, proposal: Proposal) -> None:
    """What departments were asked and have not answered, or the office has not settled."""
    waiting = [d for d in old.deliveries.all() if d.settled_at is None]
    for reason, rows in (
        ("회신을 받지 못함", [d for d in waiting if d.answered_at is None]),
        ("회신을 받고 처리를 마치지 않음", [d for d in waiting if d.answered_at]),
    ):
        if rows:
            names = ", ".join(str(d.department) for d in rows)
            proposal.notes.add(RollOutcome.OPEN, place, names, "", reason)
