"""What the database itself refuses."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.committees.enums import MeetingState, MemberOffice
from apps.committees.models import AgendaItem, Meeting, Member
from tests.committees.factories import (
    FORMED,
    JANUARY,
    SETTLED,
    make_committee,
    make_meeting,
    make_member,
)

pytestmark = pytest.mark.django_db


def test_one_chair_at_a_time() -> None:
    committee = make_committee()
    chair = {"office": MemberOffice.CHAIR}
    make_member(committee, **chair, ends=date(2016, 1, 31))
    make_member(committee, **chair, starts=date(2016, 2, 1))
    make_member(make_committee(), **chair)
    with pytest.raises(IntegrityError, match="member_one_chair_at_a_time"):
        make_member(committee, **chair, ends=FORMED)


def test_many_plain_members_at_a_time() -> None:
    committee = make_committee()
    for _ in range(3):
        make_member(committee)
    assert committee.members.in_office(FORMED).count() == 3


def test_a_named_member_holds_one_seat() -> None:
    committee = make_committee()
    make_member(committee, post="대학 교수", name="다예시")
    make_member(committee, post="시민단체 대표", name="다예시")
    with pytest.raises(IntegrityError, match="member_holds_one_seat_at_a_time"):
        make_member(committee, post="대학 교수", name="다예시", starts=JANUARY)


def test_a_term_does_not_end_before_it_starts() -> None:
    with pytest.raises(IntegrityError, match="member_ends_after_it_starts"):
        make_member(make_committee(), ends=date(2015, 11, 8))


def test_numbers_begin_anew_each_year() -> None:
    committee = make_committee()
    make_meeting(committee, number=1)
    make_meeting(committee, number=1, month=date(2017, 1, 1))
    make_meeting(make_committee(), number=1)
    with pytest.raises(IntegrityError, match="meeting_number_once_a_year"):
        make_meeting(committee, number=1, month=date(2016, 9, 1))


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("meeting_month_is_its_first_day", {"month": date(2016, 1, 2)}),
        ("meeting_held_in_its_month", {"held_on": date(2016, 2, 1)}),
        ("meeting_held_in_its_month", {"held_on": date(2015, 1, 20)}),
        ("meeting_number_from_one", {"number": 0}),
        ("meeting_stamped_up_to_its_state", {"state": MeetingState.CALLED, **SETTLED}),
        ("meeting_stamped_up_to_its_state", {"called_at": timezone.now()}),
        ("meeting_stamped_up_to_its_state", {"state": "held", **SETTLED}),
    ],
)
def test_a_meeting_the_database_refuses(constraint: str, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        make_meeting(make_committee(), **values)


@pytest.mark.parametrize("missing", [{"held_on": None}, {"starts_at": None}, {"place": ""}])
def test_a_called_meeting_keeps_its_time_and_place(
    secretary: User, missing: dict[str, Any]
) -> None:
    meeting = make_meeting(make_committee(), **SETTLED)
    called = {"state": MeetingState.CALLED, "called_at": timezone.now(), "called_by": secretary}
    Meeting.objects.filter(pk=meeting.pk).update(**called)
    with pytest.raises(IntegrityError, match="meeting_called_with_time_and_place"):
        Meeting.objects.filter(pk=meeting.pk).update(**missing)


def test_items_may_swap_places_but_not_share_one() -> None:
    meeting = make_meeting(make_committee(), "가", "나")
    first, second = meeting.items.all()
    with transaction.atomic():
        AgendaItem.objects.filter(pk=first.pk).update(order=2)
        AgendaItem.objects.filter(pk=second.pk).update(order=1)
    assert [item.title for item in meeting.items.all()] == ["나", "가"]
    AgendaItem.objects.filter(pk=first.pk).update(order=1)
    with pytest.raises(IntegrityError, match="agenda_item_order_once"):
        connection.check_constraints()


def test_an_item_is_numbered_from_one() -> None:
    with pytest.raises(IntegrityError, match="agenda_item_order_from_one"):
        AgendaItem.objects.create(meeting=make_meeting(make_committee()), order=0, title="가")


@pytest.mark.parametrize(
    ("day", "present"),
    [(date(2015, 11, 8), 0), (FORMED, 1), (date(2016, 1, 31), 1), (date(2016, 2, 1), 0)],
)
def test_in_office_from_the_first_to_the_last_day(day: date, present: int) -> None:
    member = make_member(make_committee(), ends=date(2016, 1, 31))
    assert member.committee.members.in_office(day).count() == present


def test_what_nobody_can_choose_the_database_refuses() -> None:
    meeting = make_meeting(make_committee(), "가")
    member = make_member(meeting.committee)
    for rows, values in (
        (Member.objects.filter(pk=member.pk), {"office": 9}),
        (Member.objects.filter(pk=member.pk), {"appointment": 9}),
        (meeting.items.all(), {"kind": "vote"}),
    ):
        with pytest.raises(IntegrityError, match="_is_known"), transaction.atomic():
            rows.update(**values)
