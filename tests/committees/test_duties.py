"""What is due for a secretary."""

from datetime import date, time

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.committees.duties import meetings_to_call
from apps.committees.services import call_meeting
from apps.core.registry import duty_sources
from tests.committees.factories import SETTLED, make_committee, make_meeting

pytestmark = pytest.mark.django_db
NEW_YEAR_EVE = date(2015, 12, 31)


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


@pytest.mark.parametrize("today", [date(2015, 11, 30), date(2016, 2, 1)])
def test_other_months_are_not_due(today: date, secretary: User) -> None:
    make_meeting(make_committee())
    assert list(meetings_to_call(secretary, today)) == []


def test_only_secretaries_are_told(officer: User, viewer: User) -> None:
    make_meeting(make_committee(), starts_at=time(14, 0))
    assert list(meetings_to_call(officer, date(2016, 1, 4))) == []
    assert list(meetings_to_call(viewer, date(2016, 1, 4))) == []
