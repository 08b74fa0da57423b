"""The invented committee's year: a meeting held to the end, one called for soon, one in the making.

What is done on the day is done by the services, as a secretary would; only the moments are set to
those of the invented day.
"""

from datetime import date, datetime, time, timedelta

from apps.accounts.models import User
from apps.committees.enums import AgendaKind, Verdict
from apps.committees.models import AgendaItem, Committee, FollowUp, Meeting, Resolution
from apps.committees.queries import new_meeting
from apps.committees.queries.allowances import budget_lines
from apps.committees.services import (
    Votes,
    attach,
    attend,
    call_meeting,
    close_meeting,
    confirm_minutes,
    decide,
    draft_again,
    hear_plan,
    open_meeting,
    pay_allowances,
    save_follow_up,
    save_meeting,
)
from apps.documents.enums import FileFormat
from apps.documents.making import RENDERERS
from apps.documents.nodes import Document, Heading, Outline, TitleBox
from apps.plans.models import Plan
from apps.portal.sample.office import invented, moment

BEGINS = time(14, 0)
ROOM = "구청 4층 기획상황실"
VOTES = (Votes(in_favor=12, abstained=1), Votes(in_favor=11, against=2))


def load(*, committee: Committee, today: date, by: User) -> None:
    year = today.year
    day = date(year, 1, 28)
    first = _called(committee, day, _january(year), by)
    if day < today:
        _hold(first, by)
        _after(first, today, by)
    soon = today + timedelta(days=9)
    soon += timedelta(days=max(7 - soon.weekday(), 0) if soon.weekday() > 4 else 0)
    _called(committee, soon, _report(), by)
    next_month = (soon.replace(day=1) + timedelta(days=32)).replace(day=1)
    draft = new_meeting(committee, next_month)
    draft.title = f"{next_month.year}년 임시회의"
    save_meeting(meeting=draft, items=_report(), by=by)


def _january(year: int) -> list[AgendaItem]:
    vote = AgendaKind.DELIBERATION
    plan = f"{year}년도 사회적경제 활성화 추진계획(안)"
    deposit = f"{year}년 마을기업 공간임대보증금 지원연장"
    return [
        _item(vote, plan, "○ 분야별 과제와 예산의 적정성"),
        _item(vote, deposit, "○ 두 기업의 보증금 지원 연장 여부"),
        *_report(),
    ]


def _report() -> list[AgendaItem]:
    text = "○ 부서별 목표와 실적\n- 부진 부서의 만회 대책"
    return [_item(AgendaKind.REPORT, "사회적경제기업 제품 공공구매 실적", text)]


def _item(kind: AgendaKind, title: str, summary: str) -> AgendaItem:
    proposer = invented("사회적경제과")
    return AgendaItem(kind=kind, title=title, summary=summary, proposer=proposer)


def _called(committee: Committee, day: date, items: list[AgendaItem], by: User) -> Meeting:
    meeting = new_meeting(committee, day)
    meeting.title = f"{day.year}년 제{meeting.number}차 정기회의"
    meeting.held_on, meeting.starts_at, meeting.place = day, BEGINS, ROOM
    save_meeting(meeting=meeting, items=items, by=by)
    paper = RENDERERS[FileFormat.PDF](
        Document(
            title=f"{items[0].title} 검토자료",
            issuer=invented("사회적경제과"),
            nodes=(TitleBox(), Heading(1, "검토 내용", "1."), Outline.of(items[0].summary)),
        )
    )
    name = invented("검토자료") + ".pdf"
    attach(item=meeting.items.earliest("order"), name=name, content=paper, by=by)
    call_meeting(meeting=meeting, by=by)
    return meeting


def _hold(meeting: Meeting, by: User) -> None:
    """All but the last of the roster came; both motions carried and the report was heard."""
    roster = list(meeting.committee.members.in_office(meeting.roster_day))
    for member in roster[:-1]:
        attend(meeting=meeting, member=member, by=by)
    open_meeting(meeting=meeting, at=moment(meeting.roster_day, BEGINS.hour), by=by)
    *motions, report = meeting.items.order_by("order")
    for item, votes in zip(motions, VOTES, strict=True):
        decide(item=item, verdict=Verdict.CARRIED, votes=votes, by=by)
    decide(item=report, verdict=Verdict.HEARD, by=by)
    _timed(meeting, by)


def _timed(meeting: Meeting, by: User) -> None:
    """The moments of the invented day, and its minutes, which tell them."""
    day = meeting.roster_day
    opened = moment(day, BEGINS.hour)
    Resolution.objects.filter(item__meeting=meeting).update(decided_at=opened + timedelta(hours=1))
    close_meeting(meeting=meeting, at=opened + timedelta(minutes=90), by=by)
    rows = Meeting.objects.filter(pk=meeting.pk)
    rows.update(called_at=moment(day - timedelta(days=14)))
    meeting.refresh_from_db()
    save_follow_up(
        follow_up=FollowUp(
            meeting=meeting,
            item=meeting.items.get(order=2),
            what="심의 결과를 두 기업에 통지",
            owner=invented("사회적경제과"),
            due=day + timedelta(days=7),
        ),
        by=by,
    )
    draft_again(meeting=meeting, by=by)
    at = datetime.combine(day, time(17), opened.tzinfo)
    confirm_minutes(meeting=meeting, at=at, by=by)


def _after(meeting: Meeting, today: date, by: User) -> None:
    """The plan is tied to its item, the members are paid, one thing is done and one is not."""
    hear_plan(plan=Plan.objects.get(year=today.year), item=meeting.items.get(order=1), by=by)
    paid = min(meeting.roster_day + timedelta(days=5), today)
    line = budget_lines(today.year).get(label__contains="위원회")
    pay_allowances(meeting=meeting, line=line, spent_on=paid, by=by)
    sent = meeting.follow_ups.get()
    sent.done_on = paid
    save_follow_up(follow_up=sent, by=by)
    save_follow_up(
        follow_up=FollowUp(
            meeting=meeting,
            item=meeting.items.get(order=3),
            what="부진 부서의 만회 대책을 다음 회의에 보고",
            owner=invented("사회적경제과"),
            due=today + timedelta(days=7),
        ),
        by=by,
    )
