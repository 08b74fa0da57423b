"""The meeting room: ticks, votes and results, each a form of its own, told by the rule."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.committees import services
from apps.committees.documents.resolution import resolutions
from apps.committees.documents.results import results
from apps.committees.enums import AgendaKind, MeetingState, RecusalKind, Verdict
from apps.committees.models import (
    Absence,
    AgendaItem,
    Attendance,
    Meeting,
    Member,
    Recusal,
    Resolution,
)
from apps.committees.quorum import Tally
from tests.committees.factories import (
    SETTLED,
    make_committee,
    make_meeting,
    make_member,
    make_roster,
)
from tests.conftest import SignIn
from tests.enterprises.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(secretary: User) -> Meeting:
    """A called meeting of 14 members: two items to vote on, one to hear."""
    committee = make_committee()
    make_roster(committee)
    meeting = make_meeting(committee, "보증금 지원연장", "위탁운영 연장", "구매 실적", **SETTLED)
    meeting.items.filter(order=3).update(kind=AgendaKind.REPORT)
    services.call_meeting(meeting=meeting, by=secretary)
    return meeting


@pytest.fixture
def client(secretary: User, sign_in: SignIn) -> Client:
    return sign_in(secretary)


def _url(name: str, *args: int) -> str:
    return reverse(f"committees:{name}", args=args)


def _room(client: Client, meeting: Meeting) -> str:
    return client.get(_url("room", meeting.pk)).content.decode()


def _tick(client: Client, meeting: Meeting, member: Member, **values: object) -> Any:
    data = {"seat": "here", **values}
    return client.post(_url("room_seat", meeting.pk, member.pk), data, follow=True)


def _move(client: Client, meeting: Meeting, move: str) -> str:
    address = _url("room_move", meeting.pk)
    return client.post(address, {"move": move}, follow=True).content.decode()


def _item(meeting: Meeting, order: int = 1) -> AgendaItem:
    return meeting.items.get(order=order)


def _decide(client: Client, item: AgendaItem, **values: object) -> str:
    data = {"verdict": "carried", **values}
    return client.post(_url("room_decide", item.pk), data, follow=True).content.decode()


def _opened(client: Client, meeting: Meeting, count: int = 8) -> list[Member]:
    here = list(meeting.committee.members.all()[:count])
    for member in here:
        _tick(client, meeting, member)
    _move(client, meeting, "open")
    return here


def _state(meeting: Meeting) -> str:
    return Meeting.objects.values_list("state", flat=True).get(pk=meeting.pk)


def test_ticks_count_up_to_the_quorum_and_open(client: Client, meeting: Meeting) -> None:
    members = list(meeting.committee.members.all())
    for member in members[:7]:
        _tick(client, meeting, member)
    short = "개의 불가: 재적 14명 중 7명 출석 (과반수 8명), 1명이 더 와야 합니다"
    assert short in _room(client, meeting)
    assert f"{short}. 근거: 「활성화 조례」 제9조" in _move(client, meeting, "open")
    assert _state(meeting) == MeetingState.CALLED
    _tick(client, meeting, members[7])
    _tick(client, meeting, members[8])
    page = _room(client, meeting)
    assert "개의 가능: 재적 14명 중 9명 출석 (과반수 8명)" in page
    assert "근거: 「활성화 조례」 제9조" in page
    _tick(client, meeting, members[8], seat="away")
    assert "재적 14명 중 8명 출석" in _room(client, meeting)
    assert "개의를 기록했습니다." in _move(client, meeting, "open")
    assert _state(meeting) == MeetingState.OPENED


def test_everybody_at_once_leaves_the_late_late(client: Client, meeting: Meeting) -> None:
    late = meeting.committee.members.all()[3]
    rest = [_item(meeting, order).pk for order in (2, 3)]
    _tick(client, meeting, late, seat="hours", items=rest)
    client.post(_url("room_everybody", meeting.pk))
    assert meeting.attendances.count() == 14
    assert Absence.objects.get().member == late
    assert "개의 가능: 재적 14명 중 13명 출석" in _room(client, meeting)


def test_what_is_sent_twice_is_recorded_once(client: Client, meeting: Meeting) -> None:
    """A lost answer: the tablet sends everything again."""
    for _ in range(2):
        here = _opened(client, meeting)
    item = _item(meeting)
    refused = {"member": here[0].pk, "kind": RecusalKind.WITHDRAWN.value, "reason": "대표"}
    for _ in range(2):
        client.post(_url("room_recuse", item.pk), refused)
    for _ in range(2):
        said = _decide(client, item, in_favor=6, against=1)
        assert "결과를 기록했습니다" in said
        assert "alert--error" not in said
    assert Recusal.objects.count() == Resolution.objects.count() == 1
    for _ in range(2):
        seen = {"seen": Resolution.objects.values_list("pk", flat=True).first() or 0}
        said = client.post(_url("room_undo", item.pk), seen, follow=True).content.decode()
        assert "결과를 취소했습니다" in said
    assert not Resolution.objects.exists()


def test_hours_that_cannot_be_are_told_in_the_row(client: Client, meeting: Meeting) -> None:
    member = meeting.committee.members.all()[0]
    last = _item(meeting, 3).pk
    page = _tick(client, meeting, member, seat="hours", items=[last], came_at="14:70").content
    assert 'value="14:70"' in page.decode()
    assert _ticked(page.decode()) == [str(last)]
    assert not Attendance.objects.exists()
    elsewhere = make_meeting(meeting.committee, "다른 회의의 안건").items.get()
    page = _tick(client, meeting, member, seat="hours", items=[elsewhere.pk]).content
    assert "올바르게 선택해 주세요" in page.decode()
    assert not Attendance.objects.exists()


def _ticked(page: str) -> list[str]:
    return re.findall(r'<input type="checkbox"[^>]*value="(\d+)"[^>]*checked', page)


def test_who_comes_after_a_decision_comes_for_what_is_left(
    client: Client, meeting: Meeting
) -> None:
    here = _opened(client, meeting)
    _decide(client, _item(meeting), in_favor=8)
    page = _room(client, meeting)
    assert "지금부터 출석" in page
    assert page.count('value="gone"') == 8
    late = meeting.committee.members.exclude(pk__in=[member.pk for member in here])[0]
    _tick(client, meeting, late)
    _tick(client, meeting, here[0], seat="gone")
    page = _room(client, meeting)
    assert "안건 2부터 참석" in page
    assert "안건 1까지 참석" in page
    assert "다시 들어옴" in page
    _tick(client, meeting, here[1], seat="gone")
    page = _room(client, meeting)
    assert "의결 불가: 재적 14명 중 7명 출석 (과반수 8명), 1명이 더 와야 합니다" in page
    assert "의결 불가" in _decide(client, _item(meeting, 2), in_favor=7)
    assert "‘보류’로 적어 주세요" in _decide(
        client, _item(meeting, 2), in_favor=0, against=7, verdict="rejected"
    )
    assert "결과를 기록했습니다" in _decide(client, _item(meeting, 2), verdict="deferred")


@pytest.mark.parametrize(
    ("late", "held_on", "clock"),
    [
        (timedelta(minutes=5), date(2016, 1, 20), time(14, 20)),
        (timedelta(minutes=-5), date(2016, 1, 20), time(14, 25)),
        (timedelta(minutes=5), date(2016, 1, 19), None),
    ],
)
def test_a_tick_that_comes_late_was_made_when_the_tablet_says(
    late: timedelta,
    held_on: date,
    clock: time | None,
    client: Client,
    meeting: Meeting,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Never in the future; what is recorded on another day has no hour by itself."""
    arrives = datetime(2016, 1, 20, 5, 25, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: arrives)
    Meeting.objects.update(held_on=held_on)
    member = _opened(client, meeting, 9)[-1]
    _tick(client, meeting, member, seat="away")
    _decide(client, _item(meeting), in_favor=8)
    tapped = int((arrives - late).timestamp() * 1000)
    _tick(client, meeting, member, tapped=tapped)
    assert Attendance.objects.get(member=member).came_at == clock


def test_the_votes_typed_say_what_may_be_chosen(client: Client, meeting: Meeting) -> None:
    _opened(client, meeting)
    item = _item(meeting)
    votes = {"in_favor": 4, "against": 3, "abstained": 1, "check": "on", "verdict": "carried"}
    address = _url("room_decide", item.pk)
    part = client.post(address, votes, headers={"HX-Request": "true"})
    judgement = part.context["judgement"]
    assert judgement.allowed == [Verdict.REJECTED, Verdict.DEFERRED]
    said = part.content.decode()
    assert "부결: 출석 8명 중 찬성 4명 (과반수 5명)" in said
    assert "<html" not in said
    assert "checked" not in said
    votes |= {"in_favor": 5, "abstained": 0}
    page = client.post(address, votes)
    assert page.context["judgement"].allowed == [
        Verdict.CARRIED,
        Verdict.AMENDED,
        Verdict.DEFERRED,
    ]
    assert "가결: 출석 8명 중 찬성 5명 (과반수 5명)" in page.content.decode()
    votes["in_favor"] = 9
    part = client.post(address, votes, headers={"HX-Request": "true"})
    assert "표가 출석한 위원 8명보다 많습니다." in part.content.decode()
    assert not Resolution.objects.exists()


def test_a_refused_result_keeps_what_was_typed(client: Client, meeting: Meeting) -> None:
    _opened(client, meeting)
    page = _decide(client, _item(meeting), in_favor=4, against=4, text="조건을 붙임")
    assert "부결: 출석 8명 중 찬성 4명 (과반수 5명), 가부동수는 부결. 근거" in page
    assert 'value="4"' in page
    assert "조건을 붙임</textarea>" in page
    assert "찬성·반대·기권·무효가 모두 0표입니다" in _decide(
        client, _item(meeting), verdict="rejected"
    )
    assert not Resolution.objects.exists()


def test_no_objection_is_everybody_in_favor(client: Client, meeting: Meeting) -> None:
    here = _opened(client, meeting, 9)
    item = _item(meeting)
    refused = {"member": here[0].pk, "kind": RecusalKind.EXCLUDED.value, "reason": "당사자"}
    client.post(_url("room_recuse", item.pk), refused)
    client.post(_url("room_decide", item.pk), {"unanimous": "1", "text": "원안대로 의결한다"})
    row = Resolution.objects.get()
    assert (row.tally, row.verdict) == (Tally(13, 8, 8), Verdict.CARRIED)
    assert row.text == "원안대로 의결한다"


def test_a_recusal_needs_its_reason_and_can_be_taken_back(client: Client, meeting: Meeting) -> None:
    here = _opened(client, meeting)
    item = _item(meeting)
    refused = {"member": here[0].pk, "kind": RecusalKind.WITHDRAWN.value, "reason": ""}
    page = client.post(_url("room_recuse", item.pk), refused).content.decode()
    assert "꼭 적어야 하는 칸입니다." in page
    assert not Recusal.objects.exists()
    refused["reason"] = "지원받는 기업의 대표"
    client.post(_url("room_recuse", item.pk), refused)
    assert "회피: 부구청장 (지원받는 기업의 대표)" in _room(client, meeting)
    client.post(_url("room_rejoin", item.pk, here[0].pk))
    assert not Recusal.objects.exists()


def test_a_result_recorded_meanwhile_stands_and_is_told(
    client: Client, meeting: Meeting, officer: User
) -> None:
    _opened(client, meeting)
    item = _item(meeting)
    first = services.decide(item=item, verdict=Verdict.CARRIED, votes=services.Votes(8), by=officer)
    page = _decide(client, item, verdict="deferred", in_favor=2)
    assert "결과가 먼저 ‘원안가결’로 기록되어 있어" in page
    assert "보류, 찬성 2 · 반대 0 · 기권 0 · 무효 0" in page
    assert "결과를 기록했습니다" not in page
    services.undo_decision(item=item, by=officer)
    services.decide(item=item, verdict=Verdict.DEFERRED, by=officer)
    stale = client.post(_url("room_undo", item.pk), {"seen": first.pk}, follow=True)
    assert "그사이에 다른 결과가 기록되어" in stale.content.decode()
    assert Resolution.objects.get().verdict == Verdict.DEFERRED


def test_items_in_any_order_then_closed_and_opened_again(client: Client, meeting: Meeting) -> None:
    _opened(client, meeting)
    second = _item(meeting, 2)
    page = client.get(_url("room", meeting.pk), {"item": second.pk})
    assert page.context["room"].current == second
    _decide(client, second, in_favor=8)
    assert "결과를 적지 않은 안건이 있습니다" in _move(client, meeting, "close")
    _decide(client, _item(meeting), in_favor=8)
    heard = _item(meeting, 3)
    assert "표결하지" not in _decide(client, heard, verdict="heard", text="분기마다 보고할 것")
    done = _room(client, meeting)
    assert "안건 3건의 결과를 모두 적었습니다. ‘산회’를 눌러 주세요" in done
    assert "개의 가능" not in done
    assert "산회를 기록했습니다." in _move(client, meeting, "close")
    assert _state(meeting) == MeetingState.CLOSED
    assert "분기마다 보고할 것" in _room(client, meeting)
    assert "회의를 다시 열었습니다." in _move(client, meeting, "resume")
    assert _state(meeting) == MeetingState.OPENED


def test_a_body_without_votes_hears_its_items(client: Client, secretary: User) -> None:
    committee = make_committee(decides_by_vote=False)
    make_member(committee)
    meeting = make_meeting(committee, "공동 홍보", **SETTLED)
    meeting.items.update(kind=AgendaKind.DISCUSSION)
    services.call_meeting(meeting=meeting, by=secretary)
    _opened(client, meeting, 1)
    page = _room(client, meeting)
    assert "정족수를 따지지 않습니다" in page
    assert "과반수" not in page
    assert "찬성" not in page
    _decide(client, _item(meeting), verdict="heard", text="5월에 함께 열기로 함")
    assert Resolution.objects.get().verdict == Verdict.HEARD


def test_a_meeting_in_writing_counts_the_answers(client: Client, secretary: User) -> None:
    committee = make_committee()
    committee.charters.update(allows_written=True)
    make_roster(committee)
    meeting = make_meeting(committee, mode="written", held_on=SETTLED["held_on"])
    services.call_meeting(meeting=meeting, by=secretary)
    page = _room(client, meeting)
    assert "회신한 위원" in page
    assert "늦게 옴" not in page
    _opened(client, meeting, 9)
    _decide(client, _item(meeting), in_favor=7, against=2)
    assert Resolution.objects.get().tally == Tally(14, 9, 7, 2)


@pytest.mark.parametrize("mode", ["in_person", "written"])
def test_nothing_is_opened_before_its_day(
    mode: str, client: Client, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In writing all may have answered early."""
    meeting.committee.charters.update(allows_written=True)
    Meeting.objects.update(mode=mode)
    before = datetime(2016, 1, 19, 5, 0, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: before)
    written = mode == "written"
    why = "회신 기한(1. 20.) 전에는" if written else "회의 날(1. 20.) 전에는 개의할 수 없습니다."
    here = _opened(client, meeting, 13)
    assert why in _room(client, meeting)
    assert why in _move(client, meeting, "open")
    last = meeting.committee.members.exclude(pk__in=[member.pk for member in here]).get()
    _tick(client, meeting, last)
    _move(client, meeting, "open")
    assert _state(meeting) == (MeetingState.OPENED if written else MeetingState.CALLED)
    monkeypatch.setattr(timezone, "now", lambda: before + timedelta(days=1))
    if not written:
        tapped = {"move": "open", "tapped": int((before + timedelta(hours=20)).timestamp() * 1000)}
        client.post(_url("room_move", meeting.pk), tapped)
        opened = Meeting.objects.get(pk=meeting.pk).opened_at
        assert opened == before + timedelta(hours=20)


def test_who_left_before_coming_is_told_beside_the_hour(client: Client, meeting: Meeting) -> None:
    hours = {"items": [_item(meeting).pk], "came_at": "15:00", "left_at": "14:30"}
    page = _tick(client, meeting, meeting.committee.members.all()[0], seat="hours", **hours)
    assert page.context["form"].errors == {"left_at": ["나간 시각이 들어온 시각보다 앞섭니다."]}
    assert not Attendance.objects.exists()


def test_who_only_reads_sees_no_buttons(
    client: Client, meeting: Meeting, viewer: User, clerk: User, sign_in: SignIn
) -> None:
    _opened(client, meeting)
    reader = sign_in(viewer)
    page = reader.get(_url("room", meeting.pk)).content.decode()
    assert "의결 가능: 재적 14명 중 8명 출석 (과반수 8명)" in page
    assert 'name="present"' not in page
    assert 'name="verdict"' not in page
    member = meeting.committee.members.all()[9]
    assert _tick(reader, meeting, member).status_code == 403
    assert sign_in(clerk).get(_url("room", meeting.pk)).status_code == 403
    assert meeting.attendances.count() == 8


def test_a_stranger_to_the_committee_has_no_seat(client: Client, meeting: Meeting) -> None:
    elsewhere = make_member(make_committee())
    assert _tick(client, meeting, elsewhere).status_code == 404
    assert client.post(_url("room_move", 0), {"move": "open"}).status_code == 404
    assert client.post(_url("room_decide", 0), {}).status_code == 404


@pytest.mark.parametrize("name", ["room", "meeting"])
def test_more_members_and_items_ask_no_more(name: str, client: Client, secretary: User) -> None:
    """One item and one who came, or three; with papers, recusals and results."""

    def asked(count: int) -> int:
        committee = make_committee(decides_by_vote=False)
        meeting = make_meeting(committee, *(f"안건 {each}" for each in range(count)), **SETTLED)
        services.call_meeting(meeting=meeting, by=secretary)
        items = list(meeting.items.all())
        services.attend(meeting=meeting, member=make_member(committee), by=secretary)
        for item in items:
            member = make_member(committee)
            services.attach(item=item, name="자료.hwp", content=b"hwp", by=secretary)
            services.attend(meeting=meeting, member=member, by=secretary)
            kind = RecusalKind.WITHDRAWN
            services.recuse(item=item, member=member, kind=kind, reason="대표", by=secretary)
        services.open_meeting(meeting=meeting, by=secretary)
        for item in items[name == "room" :]:  # in the room the first is called
            services.decide(item=item, verdict=Verdict.HEARD, by=secretary)
        if name == "meeting":
            services.close_meeting(meeting=meeting, by=secretary)
        return queries_of(client, _url(name, meeting.pk))

    assert asked(1) == asked(3)


def test_the_chair_decides_a_tie_only_where_the_rule_lets_her(
    client: Client, meeting: Meeting
) -> None:
    _opened(client, meeting)
    tie = {"in_favor": 4, "against": 4, "chair_in_favor": "on"}
    assert "위원장이 찬성으로 결정" not in _room(client, meeting)
    assert "가부동수는 부결" in _decide(client, _item(meeting), **tie)
    meeting.committee.charters.update(chair_breaks_ties=True)
    assert "위원장이 찬성으로 결정" in _room(client, meeting)
    assert "결과를 기록했습니다" in _decide(client, _item(meeting), **tie)
    assert "가부동수, 위원장 찬성" in _room(client, meeting)


def test_a_written_meeting_from_its_deadline_to_its_minutes(
    client: Client, secretary: User, sign_in: SignIn
) -> None:
    """서면 심의: the answers are the attendance, and all goes on as in a room."""
    committee = make_committee()
    committee.charters.update(allows_written=True)
    make_roster(committee)
    meeting = make_meeting(committee, mode="written", held_on=SETTLED["held_on"])
    called = client.post(_url("meeting_call", meeting.pk), follow=True).content.decode()
    assert "회신 기한" in called
    assert "2016. 1. 20.(수)까지 위원의 회신을 받아 주세요. 8명 이상이 회신해야" in called
    page = _room(client, meeting)
    assert "서면 회의는 회신한 위원을 출석으로 봅니다." in page
    assert "늦게 옴" not in page
    here = list(committee.members.all()[:8])
    for member in here[:7]:
        _tick(client, meeting, member)
    assert "1명이 더 회신해야 합니다" in _move(client, meeting, "open")
    _tick(client, meeting, here[7])
    page = _room(client, meeting)
    assert "의결 가능: 재적 14명 중 8명 회신 (과반수 8명)" in page
    assert "의결을 시작했습니다." in _move(client, meeting, "open")
    assert "표가 회신한 위원 8명보다 많습니다." in _decide(client, _item(meeting), in_favor=9)
    said = _decide(client, _item(meeting), in_favor=4, against=4, verdict="carried")
    assert "부결: 회신 8명 중 찬성 4명 (과반수 5명), 가부동수는 부결" in said
    _decide(client, _item(meeting), in_favor=5, against=2, abstained=1)
    assert Resolution.objects.get().tally == Tally(14, 8, 5, 2, 1)
    assert "‘의결 마침’을" in _room(client, meeting)
    _move(client, meeting, "close")
    draft = client.get(_url("minutes_edit", meeting.pk)).content.decode()
    assert "재적위원 14명 중 8명 회신" in draft
    assert "○ 회신 기간: " in draft
    assert "~ 2016. 1. 20." in draft
    assert "○ 의결일: " in draft
    for word in ("개의", "산회", "출석", "결석"):
        assert word not in draft.split("<textarea")[1].split("</textarea>")[0]
    client.post(_url("minutes_draft", meeting.pk))
    client.post(_url("minutes_confirm", meeting.pk))
    assert _state(meeting) == MeetingState.CONFIRMED
    meeting.refresh_from_db()
    for paper in map(str, (results(meeting), resolutions(meeting))):
        assert "회신 기간" in paper
        assert "의결일" in paper
        assert "출석" not in paper
