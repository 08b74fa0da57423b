"""What a committee decides stands on who was there, and on its rule; in the database too."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.committees import services
from apps.committees.enums import MeetingState, Portion, RecusalKind, RecusedCount, Verdict
from apps.committees.models import AgendaItem, Meeting, Member, Resolution
from apps.committees.queries import heads_of, opening, opening_heads
from apps.committees.quorum import Tally
from apps.committees.services import Votes
from tests.committees.factories import (
    FORMED,
    SETTLED,
    make_committee,
    make_meeting,
    make_member,
    make_roster,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(secretary: User) -> Meeting:
    """A called meeting of 14 members with two items to vote on."""
    committee = make_committee()
    make_roster(committee)
    meeting = make_meeting(committee, "보증금 지원연장", "위탁운영 연장", **SETTLED)
    services.call_meeting(meeting=meeting, by=secretary)
    return meeting


def _come(meeting: Meeting, count: int, by: User, **values: Any) -> list[Member]:
    here = list(meeting.committee.members.exclude(attendances__meeting=meeting)[:count])
    for member in here:
        services.attend(meeting=meeting, member=member, by=by, **values)
    return here


def _first(meeting: Meeting) -> AgendaItem:
    return meeting.items.get(order=1)


def _opened(meeting: Meeting, count: int, by: User) -> list[Member]:
    here = _come(meeting, count, by)
    services.open_meeting(meeting=meeting, by=by)
    return here


def test_seven_of_fourteen_do_not_open_and_are_told_why(meeting: Meeting, secretary: User) -> None:
    _come(meeting, 7, secretary)
    with pytest.raises(ValidationError) as refused:
        services.open_meeting(meeting=meeting, by=secretary)
    assert refused.value.messages == [
        "개의 불가: 재적 14명 중 7명 출석 (과반수 8명), 1명이 더 와야 합니다."
        " 근거: 「활성화 조례」 제9조"
    ]
    meeting.refresh_from_db()
    assert (meeting.state, meeting.opened_by) == (MeetingState.CALLED, None)


def test_nine_of_fourteen_open(meeting: Meeting, secretary: User) -> None:
    _come(meeting, 9, secretary)
    charter = meeting.committee.charter(meeting.roster_day)
    assert charter is not None
    said = opening(charter, opening_heads(meeting))
    assert said.sentence == "개의 가능: 재적 14명 중 9명 출석 (과반수 8명)"
    services.open_meeting(meeting=meeting, by=secretary)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.opened_by) == (MeetingState.OPENED, secretary)


def test_who_comes_late_or_leaves_early_counts_where_there(
    meeting: Meeting, secretary: User
) -> None:
    here = _opened(meeting, 8, secretary)
    _come(meeting, 2, secretary, from_item=2)
    services.attend(meeting=meeting, member=here[0], by=secretary, to_item=1)
    first, second = meeting.items.order_by("order")
    assert (heads_of(first), heads_of(second)) == (Tally(14, 8), Tally(14, 9))


@pytest.mark.parametrize(
    ("counts", "heads"),
    [(RecusedCount.LEFT_OUT, Tally(12, 7)), (RecusedCount.NOT_PRESENT, Tally(14, 7))],
)
def test_the_recused_are_out_as_the_rule_says(
    meeting: Meeting, secretary: User, counts: str, heads: Tally
) -> None:
    meeting.committee.charters.update(recused=counts)
    here = _opened(meeting, 8, secretary)
    absent = meeting.committee.members.exclude(pk__in=[member.pk for member in here])[0]
    item = _first(meeting)
    for member in (here[0], absent):
        services.recuse(
            item=item,
            member=member,
            kind=RecusalKind.WITHDRAWN,
            reason="지원받는 기업의 대표",
            by=secretary,
        )
    assert heads_of(item) == heads
    assert heads_of(meeting.items.get(order=2)) == Tally(14, 8)


def test_a_tie_and_abstentions_do_not_carry(meeting: Meeting, secretary: User) -> None:
    _opened(meeting, 8, secretary)
    for votes in (Votes(4, 4), Votes(4, 0, 4), Votes(0, 0, 8)):
        with pytest.raises(ValidationError, match="과반수 5명"):
            services.decide(
                item=_first(meeting), verdict=Verdict.CARRIED, votes=votes, by=secretary
            )
    assert not Resolution.objects.exists()


def test_five_of_eight_carry_and_cannot_be_rejected(meeting: Meeting, secretary: User) -> None:
    _opened(meeting, 8, secretary)
    item, votes = _first(meeting), Votes(5, 2, 1)
    with pytest.raises(ValidationError, match="가결: 출석 8명 중 찬성 5명"):
        services.decide(item=item, verdict=Verdict.REJECTED, votes=votes, by=secretary)
    row = services.decide(item=item, verdict=Verdict.CARRIED, votes=votes, by=secretary)
    assert (row.tally, row.citation) == (Tally(14, 8, 5, 2, 1), "「활성화 조례」 제9조")


def test_the_chair_breaks_a_tie_where_the_rule_lets_her(meeting: Meeting, secretary: User) -> None:
    _opened(meeting, 8, secretary)
    votes = Votes(4, 4, chair_in_favor=True)
    with pytest.raises(ValidationError, match="가부동수는 부결"):
        services.decide(item=_first(meeting), verdict=Verdict.CARRIED, votes=votes, by=secretary)
    meeting.committee.charters.update(chair_breaks_ties=True)
    row = services.decide(item=_first(meeting), verdict=Verdict.CARRIED, votes=votes, by=secretary)
    assert row.carried


def test_more_votes_than_heads_are_refused(meeting: Meeting, secretary: User) -> None:
    _opened(meeting, 8, secretary)
    with pytest.raises(ValidationError, match="출석한 위원 8명보다 많습니다"):
        services.decide(item=_first(meeting), verdict=Verdict.CARRIED, votes=Votes(9), by=secretary)


def test_attendance_under_a_decision_does_not_change(meeting: Meeting, secretary: User) -> None:
    here = _opened(meeting, 8, secretary)
    item = _first(meeting)
    services.decide(item=item, verdict=Verdict.CARRIED, votes=Votes(8), by=secretary)
    with pytest.raises(ValidationError, match="결과를 먼저 취소해 주세요: 보증금 지원연장"):
        services.stay_away(meeting=meeting, member=here[0], by=secretary)
    services.attend(meeting=meeting, member=here[0], by=secretary, to_item=1)
    services.undo_decision(item=item, by=secretary)
    services.stay_away(meeting=meeting, member=here[0], by=secretary)
    assert heads_of(item) == Tally(14, 7)


def test_who_has_left_the_committee_is_not_present(meeting: Meeting, secretary: User) -> None:
    gone = make_member(meeting.committee, post="전 위원", ends=FORMED)
    with pytest.raises(ValidationError, match="재임하는 이 위원회의 위원이 아닙니다"):
        services.attend(meeting=meeting, member=gone, by=secretary)


def test_a_meeting_closes_when_every_item_has_a_result(meeting: Meeting, secretary: User) -> None:
    _opened(meeting, 8, secretary)
    first, second = meeting.items.order_by("order")
    services.decide(item=first, verdict=Verdict.CARRIED, votes=Votes(8), by=secretary)
    with pytest.raises(ValidationError, match="‘위탁운영 연장’"):
        services.close_meeting(meeting=meeting, by=secretary)
    services.decide(item=second, verdict=Verdict.DEFERRED, by=secretary)
    services.close_meeting(meeting=meeting, by=secretary)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.closed_by) == (MeetingState.CLOSED, secretary)


def _row(item: AgendaItem, by: User, **values: Any) -> Resolution:
    """A resolution written past the services."""
    heads = heads_of(item)
    defaults = {
        "verdict": Verdict.CARRIED,
        "in_office": heads.in_office,
        "present": heads.present,
        "of": heads.present,
        "opening": Portion.MAJORITY,
        "carrying": Portion.MAJORITY,
        "decided_at": timezone.now(),
        "decided_by": by,
    }
    return Resolution(item=item, **{**defaults, **values})


@pytest.mark.parametrize(
    ("present", "values", "constraint"),
    [
        (8, {"in_favor": 4, "against": 4}, "resolution_carried_by_the_rule"),
        (8, {"in_favor": 5, "against": 4}, "resolution_no_more_votes_than_present"),
        (7, {"in_favor": 7}, "resolution_carried_by_the_rule"),
        (9, {"in_favor": 5, "carrying": Portion.TWO_THIRDS}, "resolution_carried_by_the_rule"),
        (8, {"in_favor": 4, "against": 4, "chair_in_favor": True}, "carried_by_the_rule"),
        (8, {"in_favor": 1, "carrying": Portion.FIXED}, "resolution_carried_by_the_rule"),
        (8, {"verdict": Verdict.AMENDED, "in_favor": 8}, "resolution_amended_says_how"),
        (8, {"present": 9, "of": 9, "in_favor": 9}, "기록된 재적은 14명, 출석은 8명"),
        (8, {"opening": "", "carrying": "", "in_favor": 8}, "resolution_carried_by_the_rule"),
    ],
)
def test_the_database_refuses_what_did_not_carry(
    meeting: Meeting, secretary: User, present: int, values: dict[str, Any], constraint: str
) -> None:
    _come(meeting, present, secretary)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        _row(_first(meeting), secretary, **values).save()


@pytest.mark.parametrize("whole", range(1, 15))
@pytest.mark.parametrize(
    ("portion", "count"),
    [
        (Portion.MAJORITY, None),
        (Portion.HALF, None),
        (Portion.TWO_THIRDS, None),
        (Portion.FIXED, 5),
    ],
)
def test_the_database_judges_as_python_does(
    meeting: Meeting, secretary: User, whole: int, portion: str, count: int | None
) -> None:
    """Every count in favor, by every rule: what carries is saved, what does not is refused."""
    _come(meeting, whole, secretary)
    charter = meeting.committee.charters.get()
    charter.opening, charter.opening_count = Portion.FIXED, 1
    charter.carrying, charter.carrying_count = portion, count
    for in_favor in range(whole + 1):
        legal = in_favor > 0 and charter.rule.carries(Tally(14, whole, in_favor))
        row = _row(
            _first(meeting),
            secretary,
            opening=Portion.FIXED,
            opening_count=1,
            carrying=portion,
            carrying_count=count,
            in_favor=in_favor,
        )
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            saved = False
        else:
            saved = True
            row.delete()
        assert saved is legal, in_favor


def test_a_meeting_called_in_writing_needs_a_charter_that_lets_it(secretary: User) -> None:
    committee = make_committee()
    make_roster(committee)
    meeting = make_meeting(committee, mode="written", held_on=SETTLED["held_on"])
    with pytest.raises(ValidationError, match="서면 심의를 할 수 있다고"):
        services.call_meeting(meeting=meeting, by=secretary)
    committee.charters.update(allows_written=True)
    services.call_meeting(meeting=meeting, by=secretary)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.starts_at) == (MeetingState.CALLED, None)
