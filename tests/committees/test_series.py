"""Bodies that meet by a rhythm: what is missing, whose turn it is, what is to be done (R37)."""

from datetime import date, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.committees import services
from apps.committees.duties import follow_ups_due, meetings_missed
from apps.committees.enums import Rhythm
from apps.committees.models import Committee, FollowUp, Meeting
from apps.committees.queries import new_meeting
from apps.committees.queries.series import Turns, next_host, series
from tests.committees.factories import SETTLED, make_committee, make_meeting, make_member
from tests.conftest import SignIn

FOUR = ("도봉구", "성북구", "노원구", "강북구")
MAY, JUNE = date(2016, 5, 2), date(2016, 6, 7)


@pytest.fixture
def body(secretary: User) -> Committee:
    """A quarterly round table of four districts."""
    body = make_committee(name="간담회", decides_by_vote=False, rhythm=Rhythm.QUARTERLY)
    services.order_hosts(committee=body, names=FOUR, by=secretary)
    make_member(body, starts=date(2015, 1, 1))
    return body


def _held(body: Committee, on: date, by: User, **values: Any) -> Meeting:
    day = {"month": on.replace(day=1), "held_on": on, "starts_at": time(14), "place": "구청"}
    meeting = make_meeting(body, **{**day, **values})
    services.call_meeting(meeting=meeting, by=by)
    services.attend_all(meeting=meeting, by=by)
    services.open_meeting(meeting=meeting, by=by)
    return meeting


@pytest.mark.django_db
def test_a_year_says_what_was_held_what_is_missing_and_whose_turn_it_is(
    body: Committee, secretary: User
) -> None:
    _held(body, date(2016, 2, 3), secretary, host="성북구")
    year = series(body, 2016, date(2016, 8, 1))
    assert [(slot.label, slot.word, slot.host) for slot in year] == [
        ("1분기", "개최", "성북구"),
        ("2분기", "회의 기록 없음", "노원구"),
        ("3분기", "열 차례", "강북구"),
        ("4분기", "-", "도봉구"),
    ]
    assert [slot.tone for slot in year[:3]] == ["success", "danger", "warning"]


@pytest.mark.django_db
def test_a_meeting_that_was_only_prepared_was_not_held(body: Committee, secretary: User) -> None:
    make_meeting(body, month=date(2016, 2, 1))
    called = make_meeting(body, **{**SETTLED, "month": date(2016, 6, 1), "held_on": JUNE})
    services.call_meeting(meeting=called, by=secretary)
    first, second, *_ = series(body, 2016, MAY)
    assert (first.word, second.word) == ("열리지 않음", "예정")
    assert second.meetings == (called,)
    assert series(body, 2016, date(2016, 7, 1))[1].word == "열리지 않음"
    services.attend_all(meeting=called, by=secretary)
    services.open_meeting(meeting=called, by=secretary)
    assert series(body, 2016, JUNE)[1].word == "개최"


@pytest.mark.django_db
def test_no_month_is_missing_before_the_body_was_formed(secretary: User) -> None:
    body = make_committee(decides_by_vote=False, rhythm=Rhythm.MONTHLY, formed_on=date(2016, 2, 10))
    missing = [slot.label for slot in series(body, 2016, MAY) if slot.missing]
    assert missing == ["2월", "3월", "4월"]


@pytest.mark.django_db
def test_the_next_host_is_proposed(body: Committee, secretary: User) -> None:
    assert new_meeting(body, MAY).host == "도봉구"
    make_meeting(body, host="강북구")
    assert next_host(body) == "도봉구"
    assert new_meeting(make_committee(), MAY).host == ""


@given(st.lists(st.text(min_size=1), min_size=1, unique=True), st.integers(1, 40))
def test_everybody_has_a_turn_before_anybody_has_a_second(names: list[str], count: int) -> None:
    turns, took = Turns(names, ""), []
    for _ in range(count):
        took.append(turns.next())
        turns.took(took[-1])
    assert took == [names[place % len(names)] for place in range(count)]


@pytest.mark.django_db
def test_hosts_are_put_in_order(body: Committee, secretary: User, sign_in: SignIn) -> None:
    url = reverse("committees:hosts", args=[body.pk])
    page = sign_in(secretary).post(url, {"hosts": "강북구\n노원구\n\n중랑구"}, follow=True)
    assert list(body.hosts.values_list("name", flat=True)) == ["강북구", "노원구", "중랑구"]
    assert "강북구 →" in " ".join(page.content.decode().split())


@pytest.mark.django_db
def test_a_host_named_twice_is_told(body: Committee, secretary: User, sign_in: SignIn) -> None:
    url = reverse("committees:hosts", args=[body.pk])
    page = sign_in(secretary).post(url, {"hosts": "강북구\n강북구"})
    assert "두 번 적은 기관이 있습니다: 강북구" in page.content.decode()
    page = sign_in(secretary).post(url, {"hosts": "가" * 51})
    assert "50자까지" in page.content.decode()
    assert body.hosts.count() == 4
    with pytest.raises(ValidationError):
        services.order_hosts(committee=body, names=("가", "가"), by=secretary)


@pytest.mark.django_db
def test_the_page_of_a_body_flags_what_is_missing(
    body: Committee, viewer: User, sign_in: SignIn
) -> None:
    page = sign_in(viewer).get(reverse("committees:detail", args=[body.pk]), {"on": "2016-12-31"})
    text = page.content.decode()
    assert text.count('<span class="badge badge--danger">회의 기록 없음</span>') == 4
    assert reverse("committees:hosts", args=[body.pk]) not in text


@pytest.mark.django_db
def test_a_missing_quarter_is_due_for_the_secretary(
    body: Committee, secretary: User, officer: User
) -> None:
    assert list(meetings_missed(secretary, MAY)) == []  # rests: nothing prepared for long
    _held(body, date(2015, 11, 3), secretary)
    (duty,) = meetings_missed(secretary, MAY)
    assert duty.text == "간담회: 1분기 회의가 열리지 않았습니다."
    assert duty.url.startswith(reverse("committees:detail", args=[body.pk]))
    assert list(meetings_missed(officer, MAY)) == []


@pytest.mark.django_db
def test_a_follow_up_from_writing_to_done(secretary: User, sign_in: SignIn) -> None:
    meeting = make_meeting(make_committee(), **SETTLED)
    client = sign_in(secretary)
    client.post(
        reverse("committees:follow_up_create", args=[meeting.pk]),
        {"what": "결과 통지", "owner": "일자리과", "due": "2016-02-01", "item": ""},
    )
    row = FollowUp.objects.get()
    (duty,) = follow_ups_due(secretary, date(2016, 2, 2))
    assert duty.text.endswith("할 일: 결과 통지 (일자리과)")
    assert list(follow_ups_due(secretary, date(2016, 2, 1))) == []
    there = reverse("committees:detail", args=[meeting.committee_id])
    assert "마치지 않은 할 일" in client.get(there).content.decode()
    client.post(
        reverse("committees:follow_up_edit", args=[row.pk]),
        {"what": "결과 통지", "owner": "일자리과", "due": "2016-02-01", "done_on": "2016-02-03"},
    )
    assert list(follow_ups_due(secretary, date(2016, 3, 1))) == []
    assert "마치지 않은 할 일" not in client.get(there).content.decode()
    client.post(reverse("committees:follow_up_delete", args=[row.pk]))
    assert not FollowUp.objects.exists()


@pytest.mark.django_db
def test_a_follow_up_without_an_owner_keeps_what_was_typed(
    secretary: User, viewer: User, sign_in: SignIn
) -> None:
    meeting = make_meeting(make_committee())
    url = reverse("committees:follow_up_create", args=[meeting.pk])
    text = sign_in(secretary).post(url, {"what": "결과 통지", "owner": ""}).content.decode()
    assert "꼭 적어야 하는 칸입니다." in text
    assert 'value="결과 통지"' in text
    assert sign_in(viewer).get(url).status_code == 403
    assert not FollowUp.objects.exists()


@pytest.mark.django_db
def test_a_follow_up_is_of_an_item_of_its_meeting(secretary: User) -> None:
    meeting, other = make_meeting(make_committee()), make_meeting(make_committee())
    row = FollowUp(meeting=meeting, item=other.items.get(), what="결과 통지", owner="일자리과")
    with pytest.raises(ValidationError, match="이 회의의 안건이 아닙니다"):
        services.save_follow_up(follow_up=row, by=secretary)
    assert not FollowUp.objects.exists()


@pytest.mark.django_db
def test_the_first_of_many_follow_ups_and_all_on_wish(viewer: User, sign_in: SignIn) -> None:
    meeting = make_meeting(make_committee())
    FollowUp.objects.bulk_create(
        FollowUp(meeting=meeting, what=f"일 {number:02}", owner="과") for number in range(1, 12)
    )
    url, client = reverse("committees:detail", args=[meeting.committee_id]), sign_in(viewer)
    first, whole = client.get(url).content.decode(), client.get(url, {"all": 1}).content.decode()
    assert ("일 10" in first, "일 11" in first, "일 11" in whole) == (True, False, True)
    assert ("모두 보기" in first, "모두 보기" in whole) == (True, False)
