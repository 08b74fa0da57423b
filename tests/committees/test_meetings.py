"""Preparing a meeting with its agenda on one page, and calling it."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.committees.enums import AgendaKind, MeetingState
from apps.committees.models import AgendaItem, Committee, Meeting
from apps.committees.queries import new_meeting
from apps.committees.services import call_meeting, save_meeting
from apps.core.forms import CHANGED_MEANWHILE
from tests.committees.factories import (
    JANUARY,
    SETTLED,
    make_committee,
    make_meeting,
    make_member,
    make_roster,
)
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
NO_ITEMS = "안건을 하나 이상 적어 주세요."
MEETING = {
    "mode": "in_person",
    "number": "1",
    "title": "상반기 정기회의",
    "month": "2016-01",
    "held_on": "",
    "starts_at": "",
    "place": "",
}


def filled(*rows: Mapping[str, Any], **values: str) -> dict[str, str]:
    """What the browser sends: the meeting's fields and ``rows`` of the agenda, saved ones first."""
    saved = sum("id" in row for row in rows)
    data = {**MEETING, **values}
    data |= {"items-TOTAL_FORMS": str(len(rows)), "items-INITIAL_FORMS": str(saved)}
    for index, row in enumerate(rows):
        data |= {f"items-{index}-kind": AgendaKind.DELIBERATION.value}
        data |= {f"items-{index}-{name}": str(value) for name, value in row.items()}
    return data


def create_url(committee: Committee) -> str:
    return reverse("committees:meeting_create", args=[committee.pk])


def edit_url(meeting: Meeting) -> str:
    return reverse("committees:meeting_edit", args=[meeting.pk])


def titles(meeting: Meeting) -> list[str]:
    return [item.title for item in meeting.items.all()]


@pytest.mark.parametrize("who", ["admin", "officer", "secretary"])
def test_an_editor_prepares_a_meeting(
    who: str, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    committee = make_committee()
    client = sign_in(request.getfixturevalue(who))
    assert len(client.get(create_url(committee)).context["editor"].agenda.forms) == 3
    rows = [
        {
            "title": "활성화계획 수립(안)",
            "summary": "□ 개요\n○ 4개년 계획",
            "kind": AgendaKind.ADVICE,
        },
        {"title": "센터 위탁 연장", "proposer": "일자리지원과장"},
        {},
    ]
    response = client.post(create_url(committee), filled(*rows), follow=True)
    assert "회의와 안건을 저장했습니다." in response.content.decode()
    meeting = committee.meetings.get()
    assert (meeting.month, meeting.held_on, meeting.state) == (JANUARY, None, MeetingState.DRAFT)
    items = list(meeting.items.values_list("order", "kind", "title", "proposer"))
    assert items == [
        (1, "advice", "활성화계획 수립(안)", ""),
        (2, "deliberation", "센터 위탁 연장", "일자리지원과장"),
    ]


def test_a_day_that_is_past_may_be_entered(secretary: User, sign_in: SignIn) -> None:
    committee = make_committee()
    values = {"held_on": "2016-01-20", "starts_at": "14:00", "place": "기획상황실"}
    sign_in(secretary).post(create_url(committee), filled({"title": "가"}, **values))
    meeting = committee.meetings.get()
    assert (meeting.held_on, meeting.starts_at) == (date(2016, 1, 20), time(14, 0))


@pytest.mark.parametrize("rows", [(), ({}, {}, {}), ({"kind": AgendaKind.REPORT, "order": 1},)])
def test_a_meeting_without_items_is_refused(
    rows: tuple[dict[str, Any], ...], secretary: User, sign_in: SignIn
) -> None:
    committee = make_committee()
    data = filled(*rows, title="임시회의", place="소회의실")
    response = sign_in(secretary).post(create_url(committee), data)
    page = response.content.decode()
    assert response.context["editor"].agenda.non_form_errors() == [NO_ITEMS]
    assert page.count(NO_ITEMS) == 2  # in the summary above and beside the agenda
    assert 'value="임시회의"' in page
    assert 'value="소회의실"' in page
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("field", "values", "message"),
    [
        ("title", {"title": ""}, "꼭 적어야 하는 칸입니다."),
        ("month", {"month": "1월"}, "월은 2016-01처럼 적어 주세요."),
        ("held_on", {"held_on": "2016-02-01"}, "개최일이 개최 월 안에 있지 않습니다."),
        ("held_on", {"held_on": "2016-02-30"}, "날짜는 2016-01-31처럼 적어 주세요."),
        ("starts_at", {"starts_at": "오후"}, "시각은 14:00처럼 적어 주세요."),
        ("number", {"number": "7"}, "그해에 같은 회차의 회의가 이미 있습니다."),
    ],
)
def test_a_bad_field_keeps_the_form(
    field: str, values: dict[str, str], message: str, secretary: User, sign_in: SignIn
) -> None:
    committee = make_committee()
    make_meeting(committee, number=7, month=date(2016, 9, 1))
    data = filled({"title": "마을기업 지원", "summary": "□ 설명"}, **values)
    response = sign_in(secretary).post(create_url(committee), data)
    page = response.content.decode()
    assert response.context["editor"].form.errors == {field: [message]}
    assert 'value="마을기업 지원"' in page
    assert "□ 설명" in page
    assert committee.meetings.count() == 1


def test_an_item_needs_a_title(secretary: User, sign_in: SignIn) -> None:
    response = sign_in(secretary).post(
        create_url(make_committee()), filled({"title": "가"}, {"summary": "제목을 잊은 설명"})
    )
    agenda = response.context["editor"].agenda
    assert agenda.errors == [{}, {"title": ["꼭 적어야 하는 칸입니다."]}]
    assert "안건 2 안건명" in response.content.decode()
    assert "제목을 잊은 설명" in response.content.decode()
    assert not Meeting.objects.exists()


def test_another_row_keeps_what_is_typed_and_saves_nothing(
    secretary: User, sign_in: SignIn
) -> None:
    data = {**filled({"title": "가"}, {"summary": "쓰다 만 설명"}, title=""), "add_row": "1"}
    response = sign_in(secretary).post(create_url(make_committee()), data)
    page = response.content.decode()
    assert len(response.context["editor"].agenda.forms) == 3
    assert 'value="가"' in page
    assert "쓰다 만 설명" in page
    assert "꼭 적어야" not in page
    assert not Meeting.objects.exists()


def test_a_form_whose_row_count_is_broken_is_refused(secretary: User, sign_in: SignIn) -> None:
    data = {**filled({"title": "가"}), "items-TOTAL_FORMS": "많음", "add_row": "1"}
    client = sign_in(secretary)
    assert client.post(create_url(make_committee()), data).status_code == 200
    del data["add_row"]
    assert client.post(create_url(make_committee()), data).status_code == 200
    assert not Meeting.objects.exists()


def test_items_are_ordered_by_their_numbers(secretary: User, sign_in: SignIn) -> None:
    committee = make_committee()
    rows: list[dict[str, Any]] = [
        {"title": "끝", "order": ""},
        {"title": "둘", "order": 2},
        {"title": "하나", "order": 1},
    ]
    sign_in(secretary).post(create_url(committee), filled(*rows))
    assert titles(committee.meetings.get()) == ["하나", "둘", "끝"]


def test_an_agenda_is_changed_in_place(secretary: User, sign_in: SignIn) -> None:
    meeting = make_meeting(make_committee(), "가", "나", "다")
    first, second, third = meeting.items.all()
    page = sign_in(secretary).get(edit_url(meeting))
    assert len(page.context["editor"].agenda.forms) == 4
    rows: list[dict[str, Any]] = [
        {"id": first.pk, "meeting": meeting.pk, "title": "가 (수정)", "order": 3},
        {"id": second.pk, "meeting": meeting.pk, "title": "나", "order": 2, "DELETE": "on"},
        {"id": third.pk, "meeting": meeting.pk, "title": "다", "order": 1},
        {"title": "라", "order": ""},
    ]
    sign_in(secretary).post(edit_url(meeting), filled(*rows))
    kept = list(meeting.items.values_list("pk", "title"))
    assert kept[:2] == [(third.pk, "다"), (first.pk, "가 (수정)")]
    assert titles(meeting) == ["다", "가 (수정)", "라"]
    assert not AgendaItem.objects.filter(pk=second.pk).exists()


def test_the_last_item_cannot_be_removed(secretary: User, sign_in: SignIn) -> None:
    meeting = make_meeting(make_committee(), "가")
    row = {"id": meeting.items.get().pk, "meeting": meeting.pk, "title": "가", "DELETE": "on"}
    response = sign_in(secretary).post(edit_url(meeting), filled(row))
    assert NO_ITEMS in response.content.decode()
    assert titles(meeting) == ["가"]


def test_items_of_another_meeting_stay_there(secretary: User, sign_in: SignIn) -> None:
    committee = make_committee()
    mine, other = make_meeting(committee, "가"), make_meeting(committee, "남의 안건")
    row = {"id": other.items.get().pk, "meeting": mine.pk, "title": "빼앗은 안건"}
    sign_in(secretary).post(edit_url(mine), filled(row))
    assert titles(other) == ["남의 안건"]


def test_an_item_added_meanwhile_stays(secretary: User, sign_in: SignIn) -> None:
    meeting = make_meeting(make_committee(), "가")
    row = {"id": meeting.items.get().pk, "meeting": meeting.pk, "title": "가 (수정)"}
    AgendaItem.objects.create(meeting=meeting, order=2, title="그사이 더한 안건")
    sign_in(secretary).post(edit_url(meeting), filled(row, {"title": "나"}))
    assert titles(meeting) == ["가 (수정)", "나", "그사이 더한 안건"]


def test_an_item_removed_meanwhile_is_told(secretary: User, sign_in: SignIn) -> None:
    meeting = make_meeting(make_committee(), "가", "나")
    row = {"id": meeting.items.get(title="나").pk, "meeting": meeting.pk, "title": "나 (수정)"}
    meeting.items.filter(title="나").delete()
    response = sign_in(secretary).post(edit_url(meeting), filled(row))
    assert "안건 1: " in response.content.decode()
    assert titles(meeting) == ["가"]


def test_the_next_number_of_the_year_is_proposed() -> None:
    committee = make_committee()
    assert new_meeting(committee, date(2016, 5, 31)).number == 1
    make_meeting(committee, number=4)
    proposed = new_meeting(committee, date(2016, 5, 31))
    assert (proposed.number, proposed.month) == (5, date(2016, 5, 1))
    assert new_meeting(committee, date(2017, 1, 1)).number == 1


@pytest.mark.parametrize("who", ["secretary", "viewer"])
def test_the_page_shows_quorum_and_agenda(
    who: str, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    committee = make_committee()
    make_roster(committee)
    make_member(committee, starts=date(2016, 1, 21))
    meeting = make_meeting(committee, "보증금 지원연장", "센터 위탁 연장", **SETTLED)
    url = reverse("committees:meeting", args=[meeting.pk])
    page = sign_in(request.getfixturevalue(who)).get(url).content.decode()
    assert "재적 14명, 개의 8명 이상" in page
    assert "8명이 출석하면 5명 이상" in page
    assert "2016. 1. 20.(수) 14:00" in page
    assert page.index("보증금 지원연장") < page.index("센터 위탁 연장")


def test_a_body_without_votes_has_no_quorum(viewer: User, sign_in: SignIn) -> None:
    committee = make_committee(decides_by_vote=False)
    make_roster(committee)
    url = reverse("committees:meeting", args=[make_meeting(committee).pk])
    assert "정족수" not in sign_in(viewer).get(url).content.decode()


def test_a_settled_meeting_is_called(secretary: User, sign_in: SignIn) -> None:
    meeting = make_meeting(make_committee(), **SETTLED)
    url = reverse("committees:meeting_call", args=[meeting.pk])
    page = sign_in(secretary).post(url, follow=True).content.decode()
    meeting.refresh_from_db()
    assert "회의를 소집했습니다." in page
    assert (meeting.state, meeting.called_by) == (MeetingState.CALLED, secretary)
    assert meeting.called_at is not None
    again = sign_in(secretary).post(url, follow=True).content.decode()
    assert "이미 소집한 회의입니다." in again


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"held_on": None, "starts_at": None}, "소집하려면 개최일, 시작 시각을 먼저 정해 주세요."),
        ({"place": ""}, "소집하려면 장소를 먼저 정해 주세요."),
    ],
)
def test_an_unsettled_meeting_is_not_called(
    values: dict[str, Any], message: str, secretary: User, sign_in: SignIn
) -> None:
    meeting = make_meeting(make_committee(), **{**SETTLED, **values})
    url = reverse("committees:meeting_call", args=[meeting.pk])
    assert message in sign_in(secretary).post(url, follow=True).content.decode()
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.DRAFT


def test_a_meeting_without_an_item_is_not_called(secretary: User, sign_in: SignIn) -> None:
    meeting = make_meeting(make_committee(), **SETTLED)
    meeting.items.all().delete()
    url = reverse("committees:meeting_call", args=[meeting.pk])
    page = sign_in(secretary).post(url, follow=True).content.decode()
    assert NO_ITEMS in page
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.DRAFT


def test_a_called_meeting_keeps_its_place_on_the_form(secretary: User, sign_in: SignIn) -> None:
    meeting = make_meeting(make_committee(), **SETTLED)
    client = sign_in(secretary)
    client.post(reverse("committees:meeting_call", args=[meeting.pk]))
    assert "위원에게 다시 알려 주세요" in client.get(edit_url(meeting)).content.decode()
    row = {"id": meeting.items.get().pk, "meeting": meeting.pk, "title": "가"}
    values = {"held_on": "2016-01-20", "starts_at": "14:00"}
    response = client.post(edit_url(meeting), filled(row, **values))
    assert "소집한 회의의 개최일, 시작 시각, 장소는 비울 수 없습니다." in response.content.decode()
    meeting.refresh_from_db()
    assert meeting.place == SETTLED["place"]


def test_a_meeting_called_meanwhile_stays_called(secretary: User) -> None:
    meeting = make_meeting(make_committee(), **SETTLED)
    stale = Meeting.objects.get(pk=meeting.pk)
    call_meeting(meeting=meeting, by=secretary)
    stale.title = "임시회의"
    save_meeting(meeting=stale, items=list(stale.items.all()), by=secretary)
    meeting.refresh_from_db()
    assert (meeting.title, meeting.state) == ("임시회의", MeetingState.CALLED)
    assert (meeting.called_by, meeting.called_at is None) == (secretary, False)


def test_two_people_do_not_save_over_each_other(
    secretary: User, officer: User, sign_in: SignIn
) -> None:
    meeting = make_meeting(make_committee(), "가")
    client = sign_in(secretary)
    opened = client.get(edit_url(meeting))
    editor = opened.context["editor"]
    row = {"id": meeting.items.get().pk, "meeting": meeting.pk, "seen": seen(editor.agenda[0])}
    assert opened.content.decode().count(">Seen<") == 0
    first = filled({**row, "title": "먼저 고친 안건"}, title="먼저 고친 회의")
    sign_in(officer).post(edit_url(meeting), {**first, "seen": seen(editor.form)})
    late = filled({**row, "title": "나중 안건"}, title="나중 회의")
    page = client.post(edit_url(meeting), {**late, "seen": seen(editor.form)}).content.decode()
    assert f"<li>{CHANGED_MEANWHILE}" in page
    assert f"<li>안건 1: {CHANGED_MEANWHILE}" in page
    assert 'value="나중 회의"' in page
    assert 'value="나중 안건"' in page
    meeting.refresh_from_db()
    assert (meeting.title, titles(meeting)) == ("먼저 고친 회의", ["먼저 고친 안건"])


def seen(form: Any) -> str:
    return str(form["seen"].value())


def test_calling_is_not_reading(secretary: User, sign_in: SignIn) -> None:
    meeting = make_meeting(make_committee(), **SETTLED)
    url = reverse("committees:meeting_call", args=[meeting.pk])
    assert sign_in(secretary).get(url).status_code == 405
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.DRAFT


@pytest.mark.parametrize("who", ["viewer", "clerk", "nobody"])
def test_others_change_no_meeting(
    who: str, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    meeting = make_meeting(make_committee(), "가", **SETTLED)
    client = sign_in(request.getfixturevalue(who))
    data = filled({"title": "나"}, number="2")
    call = reverse("committees:meeting_call", args=[meeting.pk])
    for url in (create_url(meeting.committee), edit_url(meeting), call):
        assert client.post(url, data).status_code == 403
    assert Meeting.objects.get().state == MeetingState.DRAFT
    assert titles(meeting) == ["가"]


def test_clerks_read_no_meeting(clerk: User, sign_in: SignIn) -> None:
    meeting = make_meeting(make_committee())
    assert not Meeting.objects.visible_to(clerk).exists()
    for name in ("meeting", "meeting_agenda"):
        url = reverse(f"committees:{name}", args=[meeting.pk])
        assert sign_in(clerk).get(url).status_code == 403


@pytest.mark.parametrize("name", ["meeting_create", "meeting_edit", "meeting", "meeting_agenda"])
def test_a_meeting_that_is_not_there(name: str, secretary: User, sign_in: SignIn) -> None:
    url = reverse(f"committees:{name}", args=[404])
    assert sign_in(secretary).get(url).status_code == 404


class TestDeleting:
    def test_a_draft_goes_with_its_agenda(self, secretary: User, sign_in: SignIn) -> None:
        meeting = make_meeting(make_committee(), "보증금 연장")
        client, url = sign_in(secretary), reverse("committees:meeting_delete", args=[meeting.pk])
        assert "이 회의와 안건을 삭제할까요?" in client.get(url).text
        page = client.post(url, follow=True)
        assert "회의를 삭제했습니다" in page.text
        assert not Meeting.objects.exists()

    def test_a_called_meeting_stays(self, secretary: User, sign_in: SignIn) -> None:
        meeting = make_meeting(
            make_committee(),
            "보증금 연장",
            month=date(2016, 1, 1),
            held_on=date(2016, 1, 28),
            starts_at=time(14, 0),
            place="회의실",
        )
        call_meeting(meeting=meeting, by=secretary)
        url = reverse("committees:meeting_delete", args=[meeting.pk])
        page = sign_in(secretary).post(url, follow=True)
        assert "이미 소집한 회의는 삭제할 수 없습니다." in page.text
        assert Meeting.objects.get().is_called
