"""What a committee decides stands on who was there, and on its rule; in the database too."""

from datetime import date, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.committees import services
from apps.committees.enums import (
    AgendaKind,
    CarryingBase,
    MeetingState,
    MemberOffice,
    Portion,
    RecusalKind,
    RecusedCount,
    Verdict,
)
from apps.committees.models import Absence, AgendaItem, Meeting, Member, Resolution
from apps.committees.queries import heads_of, opening, opening_heads
from apps.committees.queries.attendance import attendances_of, hours_of
from apps.committees.queries.heads import refusal
from apps.committees.quorum import Tally
from apps.committees.services import Votes
from tests.committees.factories import (
    FORMED,
    JANUARY,
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


def test_who_comes_late_or_leaves_counts_where_there_in_whatever_order(
    meeting: Meeting, secretary: User
) -> None:
    """Item 2 is taken first: who comes after it was there for item 1 only, who goes for item 2."""
    here = _opened(meeting, 9, secretary)
    first, second = meeting.items.order_by("order")
    services.decide(item=second, verdict=Verdict.CARRIED, votes=Votes(9), by=secretary)
    (late, _) = _come(meeting, 2, secretary, at=time(14, 25))
    services.leave(meeting=meeting, member=here[0], at=time(15, 10), by=secretary)
    assert (heads_of(first), heads_of(second)) == (Tally(14, 10), Tally(14, 9))
    items = list(meeting.items.prefetch_related("absences"))
    told = {row.member: hours_of(row, items) for row in attendances_of(meeting)}
    assert told[late] == "안건 1만 참석, 14:25 들어옴"
    assert told[here[0]] == "안건 2만 참석, 15:10 나감"
    assert told[here[1]] == ""


def test_who_steps_out_and_comes_back(meeting: Meeting, secretary: User) -> None:
    here = _opened(meeting, 9, secretary)
    first, second = meeting.items.order_by("order")
    services.decide(item=first, verdict=Verdict.CARRIED, votes=Votes(9), by=secretary)
    services.leave(meeting=meeting, member=here[0], at=time(15, 10), by=secretary)
    assert heads_of(second) == Tally(14, 8)
    services.attend(meeting=meeting, member=here[0], at=time(15, 20), by=secretary)
    assert (heads_of(first), heads_of(second)) == (Tally(14, 9), Tally(14, 9))
    assert not Absence.objects.exists()
    services.correct_hours(meeting=meeting, member=here[0], items=[first], by=secretary)
    assert heads_of(second) == Tally(14, 8)
    with pytest.raises(ValidationError, match="결과를 먼저 취소해 주세요: 보증금 지원연장"):
        services.correct_hours(meeting=meeting, member=here[0], items=[second], by=secretary)


def test_a_tick_of_one_who_holds_no_seat_that_day_counts_for_nothing(
    meeting: Meeting, secretary: User
) -> None:
    *_, gone = _come(meeting, 8, secretary)
    services.end_member(member=gone, on=date(2016, 1, 19), by=secretary)
    assert opening_heads(meeting) == Tally(13, 7)
    services.open_meeting(meeting=meeting, by=secretary)
    assert [row.member for row in attendances_of(meeting)].count(gone) == 0
    assert heads_of(_first(meeting)) == Tally(13, 7)


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
    services.leave(meeting=meeting, member=here[0], by=secretary)
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
    """A resolution written past the services, by the rule of the day unless told otherwise."""
    heads, charter = heads_of(item), item.meeting.committee.charters.get()
    defaults = {
        "verdict": Verdict.CARRIED,
        "in_office": heads.in_office,
        "present": heads.present,
        "of": heads.in_office if charter.rule.of_office else heads.present,
        "opening": charter.opening,
        "opening_count": charter.opening_count,
        "carrying": charter.carrying,
        "carrying_count": charter.carrying_count,
        "chair_breaks_ties": charter.chair_breaks_ties,
        "decided_at": timezone.now(),
        "decided_by": by,
    }
    return Resolution(item=item, **{**defaults, **values})


@pytest.mark.parametrize(
    ("present", "values", "constraint"),
    [
        (8, {"in_favor": 5, "against": 4}, "resolution_no_more_votes_than_present"),
        (7, {"in_favor": 7}, "resolution_carried_by_the_rule"),
        (7, {"verdict": Verdict.HEARD}, "심의 안건은 접수로"),
        (8, {"verdict": Verdict.AMENDED, "in_favor": 8}, "resolution_amended_says_how"),
        (8, {"present": 9, "of": 9, "in_favor": 9}, "기록된 재적은 14명, 출석은 8명"),
    ],
)
def test_the_database_refuses_what_did_not_carry(
    meeting: Meeting, secretary: User, present: int, values: dict[str, Any], constraint: str
) -> None:
    _come(meeting, present, secretary)
    _open_anyhow(meeting, secretary)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        _row(_first(meeting), secretary, **values).save()


@pytest.mark.parametrize(
    "rule",
    [
        {"carrying": Portion.MAJORITY},
        {"carrying": Portion.HALF},
        {"carrying": Portion.TWO_THIRDS},
        {"carrying": Portion.FIXED, "carrying_count": 5},
        {"carrying": Portion.MAJORITY, "chair_breaks_ties": True},
        {"carrying": Portion.MAJORITY, "carrying_of": CarryingBase.IN_OFFICE},
        {"opening": Portion.MAJORITY, "opening_count": None},
        {"opening": Portion.TWO_THIRDS, "opening_count": None, "carrying": Portion.HALF},
    ],
)
def test_the_database_judges_as_python_does(
    meeting: Meeting, secretary: User, rule: dict[str, Any]
) -> None:
    """Every count for and against: what carries is saved, what does not is refused."""
    loose = {"opening": Portion.FIXED, "opening_count": 1}
    meeting.committee.charters.update(**{**loose, **rule})
    charter = meeting.committee.charters.get()
    item = _first(meeting)
    _open_anyhow(meeting, secretary)
    for whole in range(1, 15):
        _come(meeting, 1, secretary)
        for in_favor in range(1, whole + 1):
            tally = Tally(14, whole, in_favor, whole - in_favor)
            row = _row(item, secretary, in_favor=in_favor, against=whole - in_favor)
            row.chair_in_favor = charter.chair_breaks_ties
            legal = charter.rule.carries(tally, chair_in_favor=row.chair_in_favor)
            assert _saves(row) is legal, tally


def _open_anyhow(meeting: Meeting, by: User) -> None:
    """Opened past the services, however many are there."""
    now = timezone.now()
    Meeting.objects.filter(pk=meeting.pk).update(
        state=MeetingState.OPENED, opened_at=now, opened_by=by
    )


def _saves(row: Resolution) -> bool:
    """Whether the database takes the row; it is taken back."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return False
    row.delete()
    return True


def test_a_rule_of_its_own_a_report_and_a_late_result_are_refused(
    meeting: Meeting, secretary: User
) -> None:
    """The database holds a result to the charter, the kind of item and the open meeting."""
    _come(meeting, 8, secretary)
    first, second = meeting.items.order_by("order")
    AgendaItem.objects.filter(pk=second.pk).update(kind=AgendaKind.REPORT)
    report = meeting.items.get(order=2)
    with pytest.raises(IntegrityError, match="개의한 회의에서만"), transaction.atomic():
        _row(first, secretary, in_favor=8).save()
    services.open_meeting(meeting=meeting, by=secretary)
    own = {"carrying": Portion.FIXED, "carrying_count": 1}
    with pytest.raises(IntegrityError, match="다른 기준으로"), transaction.atomic():
        _row(first, secretary, in_favor=1, against=7, **own).save()
    with pytest.raises(IntegrityError, match="표결하지 않는 안건"), transaction.atomic():
        _row(report, secretary, in_favor=8).save()
    with pytest.raises(ValidationError, match="표결하지 않는 안건"):
        services.decide_unanimously(item=report, by=secretary)
    services.decide_unanimously(item=first, by=secretary)
    services.decide(item=report, verdict=Verdict.HEARD, by=secretary)
    services.close_meeting(meeting=meeting, by=secretary)
    other = make_meeting(meeting.committee, "다른 안건").items.get()
    for change in (
        lambda: meeting.attendances.update(meeting=other.meeting),
        lambda: Resolution.objects.filter(item=first).update(item=other),
        lambda: Resolution.objects.filter(item=first).update(citation="다른 조례"),
        lambda: Resolution.objects.filter(item=first).update(in_favor=7, against=1),
        lambda: Resolution.objects.filter(item=first).delete(),
        lambda: AgendaItem.objects.filter(pk=first.pk).update(title="다른 안건"),
        lambda: meeting.attendances.all().delete(),
        lambda: Meeting.objects.filter(pk=meeting.pk).update(held_on=FORMED, month=JANUARY),
        lambda: Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.DRAFT),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_nothing_is_heard_with_nobody_in_the_room(meeting: Meeting, secretary: User) -> None:
    here = _opened(meeting, 8, secretary)
    first, second = meeting.items.order_by("order")
    services.decide(item=first, verdict=Verdict.CARRIED, votes=Votes(8), by=secretary)
    for member in here[:2]:
        services.leave(meeting=meeting, member=member, by=secretary)
    charter = meeting.committee.charters.get()
    report = AgendaItem(meeting=meeting, kind=AgendaKind.REPORT)
    assert "2명이 더 와야" in refusal(report, Verdict.HEARD, charter, heads_of(second))


def test_a_casting_vote_needs_somebody_in_the_chair(meeting: Meeting, secretary: User) -> None:
    meeting.committee.charters.update(chair_breaks_ties=True)
    chairs = [MemberOffice.CHAIR, MemberOffice.VICE_CHAIR]
    for member in meeting.committee.members.exclude(office__in=chairs)[:8]:
        services.attend(meeting=meeting, member=member, by=secretary)
    services.open_meeting(meeting=meeting, by=secretary)
    votes = Votes(4, 4, chair_in_favor=True)
    with pytest.raises(ValidationError, match="위원장도 부위원장도 없어"):
        services.decide(item=_first(meeting), verdict=Verdict.CARRIED, votes=votes, by=secretary)
    charter = meeting.committee.charters.get()
    charter.carrying = Portion.TWO_THIRDS
    with pytest.raises(ValidationError, match="출석위원 과반수로 의결할 때에만"):
        charter.full_clean()


def test_how_the_recused_counted_stands_as_long_as_the_result(
    meeting: Meeting, secretary: User
) -> None:
    here = _opened(meeting, 9, secretary)
    services.recuse(
        item=_first(meeting),
        member=here[0],
        kind=RecusalKind.WITHDRAWN,
        reason="지원받는 기업의 대표",
        by=secretary,
    )
    services.decide(item=_first(meeting), verdict=Verdict.CARRIED, votes=Votes(8), by=secretary)
    charters = meeting.committee.charters
    with pytest.raises(IntegrityError, match="적용 기간을 확인"), transaction.atomic():
        charters.update(recused=RecusedCount.NOT_PRESENT)
    make_member(meeting.committee, post="새 위원", starts=date(2030, 1, 1))
    with pytest.raises(IntegrityError, match="임기를 확인"), transaction.atomic():
        make_member(meeting.committee, post="그날의 위원")


def test_a_body_keeps_its_way_of_deciding_until_the_minutes_stand(
    meeting: Meeting, secretary: User
) -> None:
    _opened(meeting, 8, secretary)
    committee = meeting.committee
    committee.decides_by_vote = False
    with pytest.raises(ValidationError, match="확정하지 않은 회의가 있습니다"):
        services.save_committee(committee=committee, by=secretary)


def test_minutes_written_before_the_meeting_went_on_are_not_confirmed(
    meeting: Meeting, secretary: User
) -> None:
    _opened(meeting, 8, secretary)
    for item in meeting.items.all():
        services.decide_unanimously(item=item, by=secretary)
    services.close_meeting(meeting=meeting, by=secretary)
    services.draft_again(meeting=meeting, by=secretary)
    services.resume_meeting(meeting=meeting, by=secretary)
    services.undo_decision(item=_first(meeting), by=secretary)
    services.decide(item=_first(meeting), verdict=Verdict.REJECTED, votes=Votes(1, 7), by=secretary)
    services.close_meeting(meeting=meeting, by=secretary)
    with pytest.raises(ValidationError, match="회의록을 쓴 뒤에 회의를 다시 열었습니다"):
        services.confirm_minutes(meeting=meeting, by=secretary)
    services.draft_again(meeting=meeting, by=secretary)
    services.confirm_minutes(meeting=meeting, by=secretary)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CONFIRMED


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
