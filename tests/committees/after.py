"""A meeting that was held, for what comes after it."""

from apps.accounts.models import User
from apps.committees import services
from apps.committees.enums import Verdict
from apps.committees.models import AgendaItem, Meeting
from apps.committees.services import Votes
from tests.committees.factories import SETTLED, make_committee, make_meeting, make_roster


def make_held(by: User) -> Meeting:
    """Closed, all 14 there: the first item carried, the second was voted down."""
    committee = make_committee()
    make_roster(committee)
    meeting = make_meeting(committee, "추진계획 심의", "위탁 연장", **SETTLED)
    services.call_meeting(meeting=meeting, by=by)
    services.attend_all(meeting=meeting, by=by)
    services.open_meeting(meeting=meeting, by=by)
    carried, rejected = meeting.items.all()
    decide(carried, Verdict.CARRIED, Votes(in_favor=14), by)
    decide(rejected, Verdict.REJECTED, Votes(against=14), by)
    services.close_meeting(meeting=meeting, by=by)
    meeting.refresh_from_db()
    return meeting


def decide(item: AgendaItem, verdict: Verdict, votes: Votes, by: User) -> None:
    services.decide(item=item, verdict=verdict, votes=votes, by=by)
