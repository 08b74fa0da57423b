"""Where the year's cycle is, and what of it is whose turn now (plan 3-1).

Survey → targets → their notice → every month entered → closed and notified.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from apps.accounts.models import Department, User
from apps.accounts.querysets import OVERSEERS
from apps.core.money import thousand
from apps.documents.models import IssuedDocument
from apps.procurement.access import visible_departments
from apps.procurement.editions import TARGETS, last_edition
from apps.procurement.enums import MonthState
from apps.procurement.models import DemandSurvey, DepartmentTarget
from apps.procurement.queries.due import target_month
from apps.procurement.queries.months import MonthLine, months_of
from apps.procurement.queries.standing import Progress, annual_target, standing

ENTERED = (MonthState.REPORTED, MonthState.CLOSED, MonthState.REOPENED, MonthState.NONE)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the cycle: ``state`` is done, now or next."""

    label: str
    note: str
    state: str
    url: str

    @property
    def word(self) -> str:
        return {"done": "완료", "now": "지금", "next": "다음"}[self.state]


@dataclass(frozen=True, slots=True)
class Action:
    """The one thing to do now."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Cycle:
    """The year for one department, or for the whole office (``department`` is ``None``)."""

    year: int
    department: Department | None
    steps: tuple[Step, ...]
    months: tuple[tuple[MonthLine, str], ...]
    total: Progress
    action: Action | None

    @property
    def title(self) -> str:
        return f"{self.year}년 공공구매 어디까지 왔나"

    @property
    def note(self) -> str:
        return str(self.department or "구 전체")

    @property
    def standing(self) -> str:
        """How far from the target, in words."""
        bought = f"구매액 {thousand(self.total.bought)}천원"
        if self.total.target is None:
            return f"{bought}, 목표는 아직 정하지 않음"
        if self.total.surplus:
            rest = f"{thousand(self.total.surplus)}천원 초과"
        else:
            rest = f"남은 금액 {thousand(self.total.remaining or 0)}천원"
        return f"{bought} / 목표 {thousand(self.total.target)}천원, {rest}"


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of the year, read once."""

    year: int
    today: date
    department: Department | None
    survey: DemandSurvey | None
    answered: int
    silent: int
    targeted: int
    notice: IssuedDocument | None
    months: list[MonthLine]
    december: list[MonthLine]
    asking: bool

    @property
    def asked(self) -> bool:
        """Whether the survey has nothing more to say: all have answered, or targets are set."""
        return bool(self.survey and not self.silent) or self.targeted > 0

    @property
    def pending(self) -> list[MonthLine]:
        """The months there may be something to do about; in January last December comes first."""
        return [*self.december, *self.months]

    def over(self) -> list[MonthLine]:
        """The months that are over, or begun and entered."""
        running = (MonthState.AHEAD, MonthState.RUNNING)
        return [line for line in self.months if line.state not in running]


def cycle_of(user: User, today: date) -> Cycle | None:
    """The year's cycle as it concerns ``user``; ``None`` for who has no part in it."""
    if user.has_role(*OVERSEERS):
        department = None
    else:
        department = visible_departments(user).first()
        if department is None:
            return None
    facts = _facts(today, department)
    states = _states(facts)
    urls = _urls(facts, official=user.is_official)
    return Cycle(
        year=facts.year,
        department=department,
        steps=tuple(
            Step(label, note, state, url)
            for (label, note), state, url in zip(_notes(facts), states, urls, strict=True)
        ),
        months=tuple((line, _month_url(facts, line)) for line in facts.months),
        total=standing(facts.year, annual_target(facts.year), department).total,
        action=next(_actions(facts, user), None),
    )


def _facts(today: date, department: Department | None) -> _Facts:
    year = today.year
    survey = DemandSurvey.objects.filter(year=year).first()
    asked = Department.objects.in_year(year)
    targets = DepartmentTarget.objects.filter(year=year)
    if department is not None:
        asked, targets = asked.filter(pk=department.pk), targets.filter(department=department)
    answers = asked.filter(pk__in=survey.responses.values("department")) if survey else asked.none()
    count, answered, month = asked.count(), answers.count(), target_month(year, today)
    return _Facts(
        year=year,
        today=today,
        department=department,
        survey=survey,
        answered=answered,
        silent=count - answered,
        targeted=targets.count(),
        notice=last_edition(year, TARGETS),
        months=months_of(year, today, department),
        december=months_of(year - 1, today, department)[11:] if today.month == 1 else [],
        asking=month is not None and today >= month,
    )


def _states(facts: _Facts) -> list[str]:
    """The first step that is not done is now; the months go on beside the steps before them."""
    done = [
        facts.asked,
        facts.targeted > 0,
        facts.notice is not None,
        all(line.state in ENTERED for line in facts.months),
        all(line.state == MonthState.CLOSED and not line.to_tell for line in facts.months),
    ]
    first = done[:3].index(False) if not all(done[:3]) else None
    states = ["done" if each else "next" for each in done]
    if first is not None:
        states[first] = "now"
    if not done[3]:
        states[3] = "now"
    if not done[4] and any(_to_close(line) for line in facts.months):
        states[4] = "now"
    return states


def _to_close(line: MonthLine) -> bool:
    """Whether an official has something to do about the month: close it, or tell its results."""
    return line.state in (MonthState.REPORTED, MonthState.REOPENED) or line.to_tell


def _notes(facts: _Facts) -> Iterator[tuple[str, str]]:
    own = facts.department is not None
    if facts.survey is None:
        asked = "보내지 않음"
    elif own:
        asked = "회신함" if facts.answered else f"{_day(facts.survey.due)}까지 회신"
    else:
        asked = f"{facts.answered}/{facts.answered + facts.silent} 부서 회신"
    yield "수요조사", asked
    given = "정함" if own else f"{facts.targeted}개 부서"
    yield "목표 설정", given if facts.targeted else "정하지 않음"
    yield "목표 통보", _day(facts.notice.issued_at.date()) if facts.notice else "통보 전"
    yield "매월 입력", _entered(facts)
    closed = [line for line in facts.months if line.closing]
    told = [line.label for line in closed if line.told]
    sent = f"{told[-1]}까지 통보" if told else "통보 전"
    yield "마감·통보", f"마감 {len(closed)}개월, {sent}"


def _entered(facts: _Facts) -> str:
    """How many months are entered; those closed while somebody had not entered are told apart."""
    over = facts.over()
    if not over:
        return "이달부터"
    left = [line for line in over if line.closing and line.missing]
    done = [line for line in over if line.state in ENTERED and line not in left]
    note = f"{len(done)}/{len(over)}개월 완료"
    how = "입력 완료 없이" if facts.department else "미입력 부서를 두고"
    return f"{note}, {len(left)}개월은 {how} 마감" if left else note


def _day(day: date) -> str:
    return f"{day.month}. {day.day}."


def _urls(facts: _Facts, *, official: bool) -> Iterator[str]:
    papers = reverse("procurement:papers", args=[facts.year])
    notice = reverse("procurement:paper", args=[facts.year, TARGETS])
    if facts.department is not None:
        own = [facts.year, facts.department.pk]
        yield reverse("procurement:survey_answer", args=own)
        yield reverse("procurement:standing", args=own)
        yield notice if facts.notice else ""
        yield reverse("procurement:own_months", args=own)
        yield papers
        return
    yield reverse("procurement:survey", args=[facts.year])
    yield reverse(f"procurement:{'targets' if official else 'district'}", args=[facts.year])
    yield notice if facts.targeted else ""
    yield reverse("procurement:months", args=[facts.year])
    yield papers


def _month_url(facts: _Facts, line: MonthLine) -> str:
    if facts.department is None:
        return reverse("procurement:month", args=[line.month.year, line.month.month])
    return reverse("procurement:own_months", args=[line.month.year, facts.department.pk])


def _actions(facts: _Facts, user: User) -> Iterator[Action]:
    """What is the person's to do, the most pressing first."""
    if facts.department is not None:
        yield from _clerks_actions(facts, facts.department)
    elif user.is_official:
        yield from _officials_actions(facts)
    else:
        yield Action("구 전체 현황 보기", reverse("procurement:district", args=[facts.year]))


def _clerks_actions(facts: _Facts, department: Department) -> Iterator[Action]:
    for line in facts.pending:
        if line.state == MonthState.REOPENED:
            yield Action(f"{line.label} 정정하고 다시 마감하기", _month_url(facts, line))
    own = [facts.year, department.pk]
    if facts.survey and facts.silent and not facts.targeted:
        yield Action("수요조사 회신하기", reverse("procurement:survey_answer", args=own))
    for line in facts.pending:
        if line.state == MonthState.DUE:
            yield Action(f"{line.label} 구매실적 입력하기", _month_url(facts, line))
    yield Action("구매실적 등록", reverse("procurement:create", args=[facts.year]))


def _officials_actions(facts: _Facts) -> Iterator[Action]:
    year = [facts.year]
    if facts.survey is None and not facts.targeted and facts.asking:
        yield Action("수요조사 시작하기", reverse("procurement:survey_edit", args=year))
    if not facts.targeted and facts.asked:
        yield Action("구매 목표 정하기", reverse("procurement:targets", args=year))
    if facts.targeted and facts.notice is None:
        paper = reverse("procurement:paper", args=[facts.year, TARGETS])
        yield Action("구매 목표 통보하기", paper)
    for line in facts.pending:
        yield from _month_actions(facts, line)
    yield Action("구 전체 현황 보기", reverse("procurement:district", args=year))


def _month_actions(facts: _Facts, line: MonthLine) -> Iterator[Action]:
    match line.to_do(facts.today):
        case "close":
            yield Action(f"{line.label} 마감하기", _month_url(facts, line))
        case "remind":
            yield Action(f"{line.label} 미입력 부서 {line.missing}곳 보기", _month_url(facts, line))
        case "tell":
            notice = reverse("procurement:paper", args=[line.month.year, line.notice])
            yield Action(f"{line.label} 실적 통보하기", notice)
