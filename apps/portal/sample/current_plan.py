"""An invented plan of the current year: the real one rolled by rule, then made an invention."""

import re
from datetime import date

from apps.accounts.models import Department, User
from apps.core.history import service
from apps.plans.enums import RollOutcome, SectionKey
from apps.plans.models import (
    BasicPlan,
    Milestone,
    Plan,
    RollNote,
    Task,
    TaskDepartment,
    TaskSection,
    TaskStep,
)
from apps.plans.rollover import Proposal, propose
from apps.portal.sample.office import OWN, REAL, invented

#: The invented year has a tenth more money, in whole 천원.
RISE = 110
#: Tasks whose months the office has set; the others' are derived from their period.
STATED = {"3-1": [3, 6, 9, 12], "4-1": [5, 6, 7, 8, 10, 11, 12], "5-2": [1, 9]}
CENTER = "사회적경제 통합지원센터 운영"
HEARD = "사회적경제기업 제품 공공구매 실적 보고 등"


@service
def load(*, plan: Plan, today: date, by: User) -> Plan:
    """``plan`` rolled to the year of ``today``; what looks back is left to be written."""
    year = today.year
    _basic(plan, year)
    proposal = propose(plan, year)
    _head(proposal, year)
    _parts(proposal)
    for task in proposal.tasks.values():
        _task(task, year)
    for line in proposal.lines:
        line.amount = line.amount * RISE // 100_000 * 1000
        line.note = line.note if line.conditional else ""
    for asked in proposal.requests:
        if not asked.addressee.startswith("전"):
            asked.addressee = invented("기획예산과")
    return proposal.save()


def _basic(plan: Plan, year: int) -> None:
    """An invented plan of four years, of which this is the second."""
    BasicPlan.objects.create(
        title=invented("사회적경제 활성화 기본계획"),
        first_year=year - 1,
        last_year=year + 2,
        vision=plan.vision,
        goal=plan.goal,
        body="""□ 지어낸 기본계획임
○ 첫째 해: 현황조사와 기반 마련
○ 둘째·셋째 해: 분야별 과제 추진
○ 넷째 해: 평가와 다음 기본계획 수립""",
        source="지어낸 계획",
    )


#: What a person writes from the year's records is not invented.
WRITTEN: dict[str, str] = {
    SectionKey.ORGANIZATIONS: """□ 사회적경제기업: 사회적기업, 마을기업, 협동조합, 자활기업
○ 기업 수는 등록부의 지정 이력에서 아래와 같이 계산함""",
    SectionKey.RESULTS: """□ 지난해 실적은 지어내지 않음
○ 담당자가 기록을 보고 적는 자리임""",
    SectionKey.OUTLOOK: """□ 한계와 발전과제는 지어내지 않음
○ 담당자가 지난해 실적을 돌아보고 적는 자리임""",
}


def _head(proposal: Proposal, year: int) -> None:
    new = proposal.plan
    new.title = invented(new.title)
    new.issuer = invented(OWN)
    new.purpose = f"2016년 계획을 본떠 지어낸 {year}년 예시 계획임."
    new.counted_on = date(year, 1, 1)
    for section in proposal.sections:
        chart = section.body.replace("강북구 일자리지원과 (사회적일자리팀)", invented(OWN))
        section.body = WRITTEN.get(section.key) or chart
    reason = "옮긴 뒤 금액을 10% 올리고, 이름과 지난 일을 적은 글을 예시로 바꿈"
    note = RollNote(plan=new, outcome=RollOutcome.OPEN, place="예시 계획", reason=reason)
    proposal.notes.rows.insert(0, note)


def _parts(proposal: Proposal) -> None:
    own = Department.objects.get(name=invented(OWN))
    past = _past(proposal)
    for part in proposal.parts:
        if isinstance(part, TaskDepartment):
            part.department = own
        elif isinstance(part, TaskSection):
            lines = [line for line in part.body.splitlines() if line.strip() not in past]
            part.body = "\n".join(map(_raised, lines))
        elif isinstance(part, TaskStep):
            part.actor = part.actor.replace(REAL[0], invented(OWN))
        elif isinstance(part, Milestone) and "활성화계획" in part.text:
            part.text = HEARD


def _past(proposal: Proposal) -> set[str]:
    """Lines that only a person could bring up to date; an invention leaves them out."""
    notes = proposal.notes.rows
    return {n.before for n in notes if n.outcome == RollOutcome.OPEN and n.before == n.after}


def _task(task: Task, year: int) -> None:
    task.stated_months = STATED.get(task.code, [])
    task.bases = task.bases.replace(f"{year}년도 ", "")
    if task.title == CENTER:
        task.period = f"{year - 1}. 11. 20. ~ {year}. 10. 31."
        task.starts, task.ends = date(year - 1, 11, 20), date(year, 10, 31)


def _raised(line: str) -> str:
    """Amounts a text states, raised as the budget's lines are."""
    return re.sub(
        r"([\d,]+)천원", lambda m: f"{int(m[1].replace(',', '')) * RISE // 100:,}천원", line
    )
