"""An invented round table of today: months it met in, one it missed, and what is still to be done.

What is done on the day is done by the services, as a secretary would; only the moments are set to
those of the invented days.
"""

from datetime import date, time, timedelta

from apps.accounts.models import User
from apps.committees.enums import AgendaKind, Appointment, Rhythm, Sex, Verdict
from apps.committees.models import AgendaItem, Committee, FollowUp, Meeting, Member, Resolution
from apps.committees.queries import new_meeting
from apps.committees.services import (
    attend_all,
    call_meeting,
    close_meeting,
    confirm_minutes,
    decide,
    draft_again,
    open_meeting,
    order_hosts,
    save_follow_up,
    save_meeting,
)
from apps.core.history import service
from apps.portal.sample.office import OWN, invented, moment

BEGINS = 15
MEMBERS = (
    ("사회적경제과장", "한과장", Sex.FEMALE),
    ("통합지원센터장", "서센터장", Sex.MALE),
    ("사회적경제협의회 사무국장", "권국장", Sex.FEMALE),
    ("대학 산학협력단 팀장", "안팀장", Sex.MALE),
)
HOSTS = ("구청", "통합지원센터", "사회적경제협의회", "대학 산학협력단")
#: What was talked about, and what somebody took on; in the months before this one, the last last.
#: None is a month nobody met in.
MONTHS = (
    ("꿈의 장터 참여기업 모집", "참여기업 모집 공고"),
    ("공공구매 상담회 준비", "상담회 참여 부서 조사"),
    None,
    ("마을기업 판로 지원", "온라인몰 입점 안내"),
    ("사회적경제 교육과정 개편", "교육 수요조사 결과 정리"),
    ("다음 해 공동사업 발굴", "공동사업 제안서 작성"),
)
WEDNESDAY = 2


@service
def load(*, today: date, by: User) -> None:
    """The body met in five of the last six months; two things of the last meeting are not done."""
    months = [_back(today, back) for back in range(len(MONTHS), 0, -1)]
    body = Committee.objects.create(
        name=invented("민관학 실무협력회의"),
        basis="사회적경제 활성화 추진계획 과제 5-1",
        formed_on=months[0],
        decides_by_vote=False,
        rhythm=Rhythm.MONTHLY,
        note="지어낸 협의체",
    )
    order_hosts(committee=body, names=[invented(name) for name in HOSTS], by=by)
    Member.objects.bulk_create(
        Member(
            committee=body,
            appointment=Appointment.EX_OFFICIO,
            is_official=number == 0,
            post=post,
            name=invented(name),
            sex=sex,
            starts=months[0],
        )
        for number, (post, name, sex) in enumerate(MEMBERS)
    )
    for month, talk in zip(months, MONTHS, strict=True):
        if talk:
            last = _met(body, _second_wednesday(month), *talk, by=by)
    last.follow_ups.update(done_on=None, due=today + timedelta(days=5))
    _owed(last, "지난 공동사업의 결과를 회원 기관에 공유", today - timedelta(days=3), by)


def _back(today: date, months: int) -> date:
    """The first day of the month so many months before that of ``today``."""
    whole = today.year * 12 + today.month - 1 - months
    return date(whole // 12, whole % 12 + 1, 1)


def _second_wednesday(month: date) -> date:
    return month + timedelta(days=(WEDNESDAY - month.weekday()) % 7 + 7)


def _met(body: Committee, day: date, topic: str, task: str, *, by: User) -> Meeting:
    """Called, held with everybody there, written down; what was taken on was done in time."""
    meeting = new_meeting(body, day)
    meeting.title = f"{day.month}월 정기회의"
    meeting.held_on, meeting.starts_at = day, time(BEGINS)
    meeting.place = f"{meeting.host} 회의실"
    item = AgendaItem(kind=AgendaKind.DISCUSSION, title=topic, summary="○ 기관별 의견과 역할 나눔")
    item.proposer = meeting.host
    save_meeting(meeting=meeting, items=[item], by=by)
    call_meeting(meeting=meeting, by=by)
    attend_all(meeting=meeting, by=by)
    open_meeting(meeting=meeting, at=moment(day, BEGINS), by=by)
    decide(item=meeting.items.get(), verdict=Verdict.HEARD, by=by)
    Resolution.objects.filter(item__meeting=meeting).update(decided_at=moment(day, BEGINS))
    close_meeting(meeting=meeting, at=moment(day, BEGINS + 1), by=by)
    called = moment(day - timedelta(days=7))
    Meeting.objects.filter(pk=meeting.pk).update(called_at=called)
    meeting.refresh_from_db()
    _owed(meeting, task, day + timedelta(days=14), by, done_on=day + timedelta(days=10))
    draft_again(meeting=meeting, by=by)
    confirm_minutes(meeting=meeting, at=moment(day + timedelta(days=1)), by=by)
    return meeting


def _owed(
    meeting: Meeting, what: str, due: date, by: User, *, done_on: date | None = None
) -> FollowUp:
    row = FollowUp(meeting=meeting, what=what, owner=invented(OWN), due=due, done_on=done_on)
    return save_follow_up(follow_up=row, by=by)
