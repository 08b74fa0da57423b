"""A meeting that was held: nine of fourteen came, one late, one recused from the first item."""

from datetime import UTC, date, datetime

from apps.accounts.models import User
from apps.committees import services
from apps.committees.enums import AgendaKind, RecusalKind, Verdict
from apps.committees.models import FollowUp, Meeting
from apps.committees.services import Votes
from tests.committees.factories import SETTLED, make_committee, make_meeting, make_roster


def opened_meeting(by: User) -> Meeting:
    """Opened at 14:00 on 20 January 2016 with an item to vote on and one to hear."""
    committee = make_committee(name="사회적경제 활성화위원회")
    make_roster(committee)
    meeting = make_meeting(committee, "마을기업 보증금 지원연장", "2015년 실적 보고", **SETTLED)
    meeting.items.filter(order=2).update(kind=AgendaKind.REPORT)
    services.call_meeting(meeting=meeting, by=by)
    members = list(committee.members.all())
    for member in members[:8]:
        services.attend(meeting=meeting, member=member, by=by)
    services.open_meeting(meeting=meeting, by=by)
    late = meeting.items.filter(order=2)
    services.correct_hours(meeting=meeting, member=members[8], items=late, by=by)
    services.recuse(
        item=meeting.items.get(order=1),
        member=members[7],
        kind=RecusalKind.WITHDRAWN,
        reason="지원받는 기업의 대표",
        by=by,
    )
    meeting.refresh_from_db()
    return meeting


def held_meeting(by: User) -> Meeting:
    """The same, decided and closed at 15:30, with something to do."""
    meeting = opened_meeting(by)
    first, second = meeting.items.order_by("order")
    services.decide(item=first, verdict=Verdict.CARRIED, votes=Votes(6, 1), by=by)
    services.decide(item=second, verdict=Verdict.HEARD, by=by)
    services.close_meeting(meeting=meeting, by=by)
    FollowUp.objects.create(
        meeting=meeting, item=first, what="연장 통보", owner="일자리지원과", due=date(2016, 2, 5)
    )
    Meeting.objects.filter(pk=meeting.pk).update(
        opened_at=datetime(2016, 1, 20, 5, 0, tzinfo=UTC),
        closed_at=datetime(2016, 1, 20, 6, 30, tzinfo=UTC),
    )
    meeting.refresh_from_db()
    return meeting
