"""The agenda's order, written and remote meetings, the call taken back, what members are sent."""

from datetime import date, time
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from apps.accounts.models import User
from apps.committees import services
from apps.committees.enums import MeetingMode, MeetingState
from apps.committees.ics import LINE, calendar_of
from apps.committees.models import Charter, Host, Meeting
from apps.committees.ordering import moved
from apps.committees.queries import course, next_step
from tests.committees.factories import SETTLED, make_committee, make_meeting, make_roster
from tests.committees.test_meetings import create_url, edit_url, filled, titles
from tests.committees.test_uploads import at, open_it
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
WRITTEN = {"mode": MeetingMode.WRITTEN, "held_on": date(2016, 1, 20)}


class TestOrder:
    def test_items_are_moved_by_button_and_by_drag(self, secretary: User, sign_in: SignIn) -> None:
        meeting = make_meeting(make_committee(), "가", "나", "다")
        client, (_, _, last) = sign_in(secretary), meeting.items.all()
        assert "안건 순서" in client.get(at("meeting", meeting)).text
        answer = client.post(at("item_move", last), {"way": "up"})
        assert answer.headers["Location"] == f"{at('meeting', meeting)}#item-{last.pk}-up"
        assert titles(meeting) == ["가", "다", "나"]
        client.post(at("item_move", last), {"to": "1"})
        assert titles(meeting) == ["다", "가", "나"]
        client.post(at("item_move", last), {"way": "down"})
        assert titles(meeting) == ["가", "다", "나"]
        assert [item.order for item in meeting.items.all()] == [1, 2, 3]

    @pytest.mark.parametrize("data", [{}, {"to": "-1"}, {"to": "²"}, {"way": "down"}])
    def test_a_place_that_is_not_there(
        self, data: dict[str, str], secretary: User, sign_in: SignIn
    ) -> None:
        meeting = make_meeting(make_committee(), "가", "나")
        item = meeting.items.get(title="나")
        page = sign_in(secretary).post(at("item_move", item), data, follow=True)
        said = "이미 맨 아래에 있습니다." if "way" in data else "옮길 자리를 알 수 없습니다."
        assert said in page.text
        assert titles(meeting) == ["가", "나"]

    def test_an_opened_meeting_keeps_its_order(self, secretary: User, sign_in: SignIn) -> None:
        meeting = make_meeting(make_committee(), "가", "나")
        open_it(meeting, secretary)
        client = sign_in(secretary)
        assert "안건 순서" not in client.get(at("meeting", meeting)).text
        item = meeting.items.get(title="나")
        page = client.post(at("item_move", item), {"way": "up"}, follow=True)
        assert "개의한 회의의 안건은 고칠 수 없습니다." in page.text
        assert titles(meeting) == ["가", "나"]

    def test_a_viewer_moves_nothing(self, viewer: User, sign_in: SignIn) -> None:
        meeting = make_meeting(make_committee(), "가", "나")
        item = meeting.items.get(title="나")
        assert sign_in(viewer).post(at("item_move", item), {"way": "up"}).status_code == 403
        assert titles(meeting) == ["가", "나"]

    @given(keys=st.lists(st.integers(), min_size=1, unique=True), data=st.data())
    def test_a_move_loses_nobody(self, keys: list[int], data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(keys))
        to = data.draw(st.integers(0, len(keys) + 2))
        order = moved(keys, key, to=str(to))
        assert order.index(key) == min(max(to, 1), len(keys)) - 1
        assert [each for each in order if each != key] == [each for each in keys if each != key]


class TestModes:
    def test_a_written_meeting_has_a_last_day_only(self, secretary: User, sign_in: SignIn) -> None:
        committee = make_committee()
        data = filled(
            {"title": "가"},
            mode="written",
            held_on="2016-01-20",
            starts_at="14:00",
            place="회의실",
        )
        page = sign_in(secretary).post(create_url(committee), data, follow=True).text
        meeting = committee.meetings.get()
        assert (meeting.held_on, meeting.starts_at, meeting.place) == (date(2016, 1, 20), None, "")
        assert "2016. 1. 20.(수)까지 서면으로 회신" in page
        assert "장소</dt>" not in page

    def test_only_a_body_that_may_is_called_in_writing(
        self, secretary: User, sign_in: SignIn
    ) -> None:
        meeting = make_meeting(make_committee(), **WRITTEN)
        client = sign_in(secretary)
        refused = "구성·의사 기준에 서면 심의를 할 수 있다고 되어 있지 않습니다."
        page = client.get(at("meeting", meeting)).text
        assert refused in page
        assert at("meeting_call", meeting) not in page
        assert refused in client.post(at("meeting_call", meeting), follow=True).text
        Charter.objects.update(allows_written=True)
        client.post(at("meeting_call", meeting))
        meeting.refresh_from_db()
        assert meeting.state == MeetingState.CALLED

    def test_a_mode_there_is_none_of_is_refused(self, secretary: User, sign_in: SignIn) -> None:
        committee = make_committee()
        answer = sign_in(secretary).post(create_url(committee), filled({"title": "가"}, mode="x"))
        assert list(answer.context["editor"].form.errors) == ["mode"]
        assert not committee.meetings.exists()

    def test_a_round_table_names_its_host(self, secretary: User, sign_in: SignIn) -> None:
        table, client = make_committee(decides_by_vote=False), sign_in(secretary)
        Host.objects.create(committee=table, order=1, name="도봉구")
        assert '<option value="도봉구">' in client.get(create_url(table)).text
        client.post(create_url(table), filled({"title": "가"}, host="도봉구"))
        meeting = table.meetings.get()
        assert meeting.host == "도봉구"
        assert "도봉구" in client.get(at("meeting", meeting)).text
        assert 'name="host"' not in client.get(create_url(make_committee())).text


class TestCourse:
    def test_the_way_is_shown_with_when_and_by_whom(self, secretary: User, sign_in: SignIn) -> None:
        committee = make_committee()
        make_roster(committee)
        meeting = make_meeting(committee, **SETTLED)
        client = sign_in(secretary)
        assert "‘소집’을 눌러 주세요." in client.get(at("meeting", meeting)).text
        client.post(at("meeting_call", meeting))
        page = client.get(at("meeting", meeting))
        meeting.refresh_from_db()
        stages = page.context["course"]
        assert [stage.state for stage in stages] == ["done", "now", "later", "later", "later"]
        assert (stages[1].at, stages[1].by) == (meeting.called_at, secretary)
        assert "8명 이상이 출석해야 개의합니다." in page.text

    def test_what_hinders_a_call_is_the_next_step(self) -> None:
        committee = make_committee()
        meeting = make_meeting(committee)
        assert next_step(meeting).startswith("소집하려면 개최일, 시작 시각, 장소를")
        settled = make_meeting(committee, **SETTLED)
        settled.items.all().delete()
        assert next_step(settled) == "소집하려면 안건을 하나 이상 적어 주세요."
        Charter.objects.all().delete()
        assert "구성·의사 기준이 없습니다" in next_step(settled)

    def test_items_without_a_result_are_counted(self, secretary: User) -> None:
        meeting = make_meeting(make_committee(), "가", "나")
        open_it(meeting, secretary)
        meeting.refresh_from_db()
        assert next_step(meeting) == "결과를 적지 않은 안건이 2건입니다."
        assert [stage.state for stage in course(meeting)].index("now") == 2


class TestWithdraw:
    def test_a_call_is_taken_back_after_asking(self, secretary: User, sign_in: SignIn) -> None:
        meeting = make_meeting(make_committee(), **SETTLED)
        services.call_meeting(meeting=meeting, by=secretary)
        client = sign_in(secretary)
        assert at("meeting_withdraw", meeting) in client.get(at("meeting", meeting)).text
        assert "소집을 취소할까요?" in client.get(at("meeting_withdraw", meeting)).text
        assert Meeting.objects.get().is_called
        said = client.post(at("meeting_withdraw", meeting), follow=True).text
        assert "소집을 취소했습니다." in said
        meeting.refresh_from_db()
        assert (meeting.state, meeting.called_at) == (MeetingState.DRAFT, None)

    def test_an_opened_meeting_stays_called(self, secretary: User, sign_in: SignIn) -> None:
        meeting = make_meeting(make_committee())
        open_it(meeting, secretary)
        said = sign_in(secretary).post(at("meeting_withdraw", meeting), follow=True).text
        assert "소집한 회의만 소집을 취소할 수 있습니다." in said
        assert Meeting.objects.get().state == MeetingState.OPENED

    def test_an_opened_meeting_is_not_changed_on_the_form(
        self, secretary: User, sign_in: SignIn
    ) -> None:
        meeting = make_meeting(make_committee(), "가")
        open_it(meeting, secretary)
        row = {"id": meeting.items.get().pk, "meeting": meeting.pk, "title": "나"}
        values = {"held_on": "2016-01-20", "starts_at": "14:00", "place": "회의실"}
        answer = sign_in(secretary).post(edit_url(meeting), filled(row, **values))
        assert "개의한 회의의 안건은 고칠 수 없습니다." in answer.text
        assert titles(meeting) == ["가"]


class TestNotice:
    def test_it_says_to_whom_when_where_what_and_how_many(
        self, viewer: User, sign_in: SignIn
    ) -> None:
        committee = make_committee()
        make_roster(committee)
        meeting = make_meeting(committee, "보증금 지원연장", **SETTLED)
        answer = sign_in(viewer).get(at("notice_pdf", meeting))
        sheets = PdfReader(BytesIO(answer.content)).pages
        text = "".join("".join(sheet.extract_text() for sheet in sheets).split())
        for words in (
            "개최통지",
            "위원14명",
            "2016.1.20.(수)14:00",
            "구청3층기획상황실",
            "보증금지원연장",
            "재적14명중8명이상",
            "부구청장",
            "끝.",
        ):
            assert words in text

    def test_a_written_one_asks_for_answers(self, viewer: User, sign_in: SignIn) -> None:
        meeting = make_meeting(make_committee(), **WRITTEN)
        answer = sign_in(viewer).get(at("notice_hwpx", meeting))
        with ZipFile(BytesIO(answer.content)) as file:
            text = file.read("Contents/section0.xml").decode()
        assert "2016. 1. 20.(수)까지 의견을 보내 주시기 바랍니다." in text
        assert "장소" not in text

    def test_a_draft_prints_what_is_not_settled(self, viewer: User, sign_in: SignIn) -> None:
        answer = sign_in(viewer).get(at("notice_hwpx", make_meeting(make_committee())))
        with ZipFile(BytesIO(answer.content)) as file:
            text = file.read("Contents/section0.xml").decode()
        assert "일자 미정" in text


def event_of(content: bytes) -> dict[str, str]:
    """The properties of the event, unfolded, as a calendar reads them."""
    text = content.decode().replace("\r\n ", "")
    event = text.split("BEGIN:VEVENT\r\n")[1].split("END:VEVENT")[0]
    return dict(line.split(":", 1) for line in event.splitlines())


class TestCalendar:
    def test_a_calendar_takes_it_in(self, viewer: User, sign_in: SignIn) -> None:
        place = "구청; 3층, 회의실 \\ 본관"
        meeting = make_meeting(make_committee(), "연장, 심의", **{**SETTLED, "place": place})
        answer = sign_in(viewer).get(at("meeting_calendar", meeting))
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer["Content-Disposition"].endswith(".ics")
        lines = answer.content.split(b"\r\n")
        assert (lines[0], lines[-2:]) == (b"BEGIN:VCALENDAR", [b"END:VCALENDAR", b""])
        assert b"\n" not in answer.content.replace(b"\r\n", b"")
        assert max(map(len, lines)) <= LINE
        event = event_of(answer.content)
        assert event["DTSTART;TZID=Asia/Seoul"] == "20160120T140000"
        assert event["LOCATION"] == "구청\\; 3층\\, 회의실 \\\\ 본관"
        assert event["DESCRIPTION"].endswith("안건\\n1. [심의] 연장\\, 심의")
        assert event["STATUS"] == "TENTATIVE"

    def test_a_later_file_takes_the_place_of_an_earlier(self, secretary: User) -> None:
        meeting = make_meeting(make_committee(), **SETTLED)
        before = event_of(calendar_of(meeting))
        services.call_meeting(meeting=meeting, by=secretary)
        meeting.refresh_from_db()
        meeting.starts_at = time(15, 0)
        services.save_meeting(meeting=meeting, items=list(meeting.items.all()), by=secretary)
        after = event_of(calendar_of(meeting))
        assert after["UID"] == before["UID"]
        assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
        assert after["DTSTART;TZID=Asia/Seoul"] == "20160120T150000"
        assert after["STATUS"] == "CONFIRMED"
        other = make_meeting(make_committee(), **SETTLED)
        assert event_of(calendar_of(other))["UID"] != after["UID"]

    def test_a_withdrawn_call_ends_it_in_the_calendars(
        self, secretary: User, sign_in: SignIn
    ) -> None:
        meeting = make_meeting(make_committee(), **SETTLED)
        services.call_meeting(meeting=meeting, by=secretary)
        called = event_of(calendar_of(meeting))
        client = sign_in(secretary)
        page = client.post(at("meeting_withdraw", meeting), follow=True).text
        assert f'<a href="{at("meeting_calendar", meeting)}">소집 취소 달력 파일(ics)</a>' in page
        answer = client.get(at("meeting_calendar", meeting)).content
        event = event_of(answer)
        assert b"\r\nMETHOD:CANCEL\r\n" in answer
        assert (event["STATUS"], event["UID"]) == ("CANCELLED", called["UID"])
        Meeting.objects.update(held_on=None, starts_at=None, place="")
        last = event_of(client.get(at("meeting_calendar", meeting)).content)
        assert int(last["SEQUENCE"]) > int(event["SEQUENCE"]) > int(called["SEQUENCE"])
        assert (last["STATUS"], "LOCATION" in last) == ("CANCELLED", False)
        Meeting.objects.update(**SETTLED)
        meeting.refresh_from_db()
        services.call_meeting(meeting=meeting, by=secretary)
        meeting.refresh_from_db()
        again = calendar_of(meeting)
        assert b"METHOD" not in again
        assert event_of(again)["STATUS"] == "CONFIRMED"

    def test_a_written_one_is_a_day(self) -> None:
        event = event_of(calendar_of(make_meeting(make_committee(), **WRITTEN)))
        assert event["DTSTART;VALUE=DATE"] == "20160120"
        assert event["SUMMARY"].endswith("서면 회신 기한")
        assert "LOCATION" not in event

    def test_there_is_none_before_day_and_time(self, viewer: User, sign_in: SignIn) -> None:
        meeting = make_meeting(make_committee())
        client = sign_in(viewer)
        assert client.get(at("meeting_calendar", meeting)).status_code == 404
        assert at("meeting_calendar", meeting) not in client.get(at("meeting", meeting)).text
        with pytest.raises(ValueError, match="일시를 정하지 않은"):
            calendar_of(meeting)

    @pytest.mark.parametrize("title", ["가" * 100, "\x07종\r\n소리", "🌱" * 50, "가a" * 45])
    def test_no_letter_is_torn_and_none_that_is_not_allowed(self, title: str) -> None:
        meeting = make_meeting(make_committee(), title=title, **SETTLED)
        content = calendar_of(meeting)
        assert all(len(line) <= LINE and line.decode() for line in content.split(b"\r\n")[:-1])
        said = title.replace("\x07", "").replace("\r\n", "\\n")
        assert event_of(content)["SUMMARY"].endswith(said)


@pytest.mark.parametrize(
    "name",
    ["meeting_withdraw", "notice_pdf", "meeting_calendar", "attachments", "attachment_delete"],
)
def test_what_is_not_there(name: str, secretary: User, sign_in: SignIn) -> None:
    url = reverse(f"committees:{name}", args=[404])
    assert sign_in(secretary).get(url).status_code == 404
