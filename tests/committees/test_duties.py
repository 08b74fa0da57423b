"""What is due for a secretary."""

from datetime import date, time

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.committees.duties import follow_ups_due, meetings_to_call, meetings_to_finish
from apps.committees.enums import Verdict
from apps.committees.models import FollowUp
from apps.committees.services import (
    attend_all,
    call_meeting,
    close_meeting,
    confirm_minutes,
    decide,
    draft_again,
    open_meeting,
)
from apps.core.registry import duty_sources
from tests.committees.factories import SETTLED, make_committee, make_meeting, make_member

pytestmark = pytest.mark.django_db
NEW_YEAR_EVE = date(2015, 12, 31)
HELD_ON, DAY_AFTER = date(2016, 1, 20), date(2016, 1, 21)


def test_the_portal_asks_this_app() -> None:
    assert meetings_to_call in duty_sources


def test_an_unsettled_meeting_of_next_month(secretary: User) -> None:
    meeting = make_meeting(make_committee(name="활성화위원회"))
    (duty,) = meetings_to_call(secretary, NEW_YEAR_EVE)
    assert duty.text == ("2016년 제1회 활성화위원회: 개최일, 시작 시각, 장소를 정해 주세요.")
    assert duty.url == reverse("committees:meeting", args=[meeting.pk])
    assert (duty.due, duty.tone) == (date(2016, 1, 31), "info")


def test_a_settled_meeting_of_this_month_waits_to_be_called(secretary: User) -> None:
    meeting = make_meeting(make_committee(), **SETTLED)
    (duty,) = meetings_to_call(secretary, date(2016, 1, 4))
    assert duty.text.endswith(": 소집해 주세요.")
    assert (duty.due, duty.tone) == (date(2016, 1, 20), "warning")
    call_meeting(meeting=meeting, by=secretary)
    assert list(meetings_to_call(secretary, date(2016, 1, 4))) == []


def test_what_is_in_the_way_of_a_call_is_told(secretary: User) -> None:
    body = make_committee()
    make_meeting(body, mode="written", held_on=SETTLED["held_on"])
    (duty,) = meetings_to_call(secretary, date(2016, 1, 4))
    assert "소집할 수 없습니다. 구성·의사 기준에 서면 심의를" in duty.text
    body.charters.update(allows_written=True)
    (duty,) = meetings_to_call(secretary, date(2016, 1, 4))
    assert "2016. 1. 20.(수)까지 회신받을 서면 회의입니다. 소집해 주세요." in duty.text


@pytest.mark.parametrize("today", [date(2015, 11, 30), date(2016, 2, 1)])
def test_other_months_are_not_due(today: date, secretary: User) -> None:
    make_meeting(make_committee())
    assert list(meetings_to_call(secretary, today)) == []


def test_a_meeting_is_told_of_until_its_minutes_are_confirmed(secretary: User) -> None:
    meeting = make_meeting(make_committee(decides_by_vote=False), **SETTLED)
    make_member(meeting.committee)
    call_meeting(meeting=meeting, by=secretary)
    attend_all(meeting=meeting, by=secretary)
    assert list(meetings_to_finish(secretary, HELD_ON)) == []
    assert "개의를 적거나 소집을 취소해 주세요." in _to_finish(secretary)
    open_meeting(meeting=meeting, by=secretary)
    assert "산회를 적어 주세요." in _to_finish(secretary)
    decide(item=meeting.items.get(), verdict=Verdict.HEARD, by=secretary)
    close_meeting(meeting=meeting, by=secretary)
    assert "회의록을 확정해 주세요." in _to_finish(secretary)
    draft_again(meeting=meeting, by=secretary)
    confirm_minutes(meeting=meeting, by=secretary)
    assert list(meetings_to_finish(secretary, DAY_AFTER)) == []


def _to_finish(by: User) -> str:
    (duty,) = meetings_to_finish(by, DAY_AFTER)
    assert duty.due == HELD_ON
    return duty.text


def test_what_is_beyond_a_few_is_counted(secretary: User, viewer: User) -> None:
    meeting = make_meeting(make_committee(), **SETTLED)
    call_meeting(meeting=meeting, by=secretary)
    for number in range(1, 9):
        FollowUp.objects.create(meeting=meeting, what=f"일 {number}", owner="과", due=NEW_YEAR_EVE)
    duties = list(follow_ups_due(secretary, DAY_AFTER))
    assert [duty.text.split("일: ")[-1] for duty in duties] == [
        *(f"일 {number} (과)" for number in range(1, 6)),
        "기한이 지났거나 다가온 회의 할 일이 3건 더 있습니다.",
    ]
    assert {duty.url for duty in duties} == {reverse("committees:meeting", args=[meeting.pk])}
    assert list(meetings_to_finish(viewer, DAY_AFTER)) == []


def test_only_secretaries_are_told(officer: User, viewer: User) -> None:
    make_meeting(make_committee(), starts_at=time(14, 0))
    assert list(meetings_to_call(officer, date(2016, 1, 4))) == []
    assert list(meetings_to_call(viewer, date(2016, 1, 4))) == []
