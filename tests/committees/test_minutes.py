"""Minutes: drafted from what happened, written, confirmed, and then left alone."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from apps.accounts.models import User
from apps.committees import services
from apps.committees.enums import MeetingState
from apps.committees.models import Meeting, Minutes
from apps.committees.queries.minutes import draft_of, next_minutes, previous_minutes
from apps.committees.services.minutes import TOO_EARLY, WENT_ON
from tests.committees.factories import make_meeting
from tests.committees.held import held_meeting, opened_meeting
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(secretary: User) -> Meeting:
    return held_meeting(secretary)


def at(name: str, meeting: Meeting) -> str:
    return reverse(f"committees:{name}", args=[meeting.pk])


def typed(text: str, meeting: Meeting) -> dict[str, str]:
    """As the form sends it that was opened after the meeting was closed."""
    assert meeting.closed_at
    return {"text": text, "closed_at": meeting.closed_at.isoformat()}


def test_the_draft_tells_what_happened(meeting: Meeting) -> None:
    lines = draft_of(meeting).splitlines()
    for line in (
        "○ 일시: 2016. 1. 20. 14:00 개의, 15:30 산회",
        "○ 재적위원 14명 중 9명 출석",
        "○ 진행: 위원장 부구청장",
        "- 위원 위촉위원 4(안건 2부터 참석)",
        "- 위원 위촉위원 9",
        "○ 안건 1. 마을기업 보증금 지원연장(심의)",
        "- 회피: 위원 위촉위원 3(지원받는 기업의 대표)",
        "- 결과: 원안가결(재적 13명, 출석 7명 / 찬성 6명, 반대 1명, 기권 0명, 무효 0명)",
        "- 근거: 「활성화 조례」 제9조",
        "- 주문: 원안과 같이 의결한다.",
        "- 결과: 접수(재적 14명, 출석 9명)",
        "○ 연장 통보(일자리지원과, 2016. 2. 5.까지)",
    ):
        assert line in lines
    heard = lines[lines.index("- 결과: 접수(재적 14명, 출석 9명)") :]
    assert not [line for line in heard if line.startswith(("- 주문", "- 근거"))]
    assert lines.index("- 위원 위촉위원 9") > lines.index("○ 결석위원")


def test_the_secretary_writes_on_from_the_draft(
    meeting: Meeting, secretary: User, sign_in: SignIn
) -> None:
    client = sign_in(secretary)
    form = client.get(at("minutes_edit", meeting)).context["form"]
    assert form["text"].value() == draft_of(meeting)
    client.post(at("minutes_edit", meeting), typed("□ 회의 개요\n○ 고친 글", meeting))
    assert Minutes.objects.get().text == "□ 회의 개요\r\n○ 고친 글".replace("\r", "")
    assert "고친 글" in client.get(at("minutes", meeting)).content.decode()


def test_an_empty_text_is_refused_beside_its_field(
    meeting: Meeting, secretary: User, sign_in: SignIn
) -> None:
    response = sign_in(secretary).post(at("minutes_edit", meeting), typed(" ", meeting))
    assert response.context["form"].errors["text"] == ["꼭 적어야 하는 칸입니다."]
    assert not Minutes.objects.exists()


@pytest.mark.parametrize("written", [True, False])
def test_a_text_from_before_the_meeting_went_on_is_not_saved_unseen(
    meeting: Meeting, secretary: User, sign_in: SignIn, *, written: bool
) -> None:
    client, url = sign_in(secretary), at("minutes_edit", meeting)
    if written:
        Minutes.objects.create(meeting=meeting, text="○ 앞 글")
    values = {
        "text": "○ 늦은 글",
        "closed_at": client.get(url).context["form"]["closed_at"].value(),
    }
    services.resume_meeting(meeting=meeting, by=secretary)
    going_on = client.post(url, values).content.decode()
    assert (TOO_EARLY in going_on, "○ 늦은 글" in going_on) == (True, True)
    services.close_meeting(meeting=meeting, by=secretary)
    page = client.post(url, values)
    assert page.context["form"].errors == {"closed_at": [WENT_ON]}
    assert "○ 늦은 글" in page.content.decode()
    assert not Minutes.objects.exclude(text="○ 앞 글", outdated=True).exists()
    client.post(url, {**values, "closed_at": page.context["form"]["closed_at"].value()})
    assert Minutes.objects.values_list("text", "outdated").get() == ("○ 늦은 글", False)


def test_drafting_again_warns_then_replaces_what_was_typed(
    meeting: Meeting, secretary: User, sign_in: SignIn
) -> None:
    client = sign_in(secretary)
    Minutes.objects.create(meeting=meeting, text="직접 적은 글")
    asked = client.get(at("minutes_draft", meeting)).content.decode()
    assert "직접 적은 회의록이 모두 지워지고" in asked
    assert Minutes.objects.get().text == "직접 적은 글"
    client.post(at("minutes_draft", meeting))
    assert Minutes.objects.get().text == draft_of(meeting)


def test_confirmed_minutes_stand_in_the_database_too(
    meeting: Meeting, secretary: User, sign_in: SignIn
) -> None:
    client = sign_in(secretary)
    client.post(at("minutes_confirm", meeting))
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CLOSED  # nothing is saved yet
    client.post(at("minutes_edit", meeting), typed("○ 확정할 글", meeting))
    asked = client.get(at("minutes_confirm", meeting)).content.decode()
    assert "확정은 되돌릴 수 없습니다." in asked
    client.post(at("minutes_confirm", meeting))
    meeting.refresh_from_db()
    assert (meeting.state, meeting.confirmed_by) == (MeetingState.CONFIRMED, secretary)
    row = Minutes.objects.get()
    row.text = "다른 글"
    with pytest.raises(ValidationError, match="확정한 회의록"):
        services.save_minutes(minutes=row, closed_at=meeting.closed_at, by=secretary)
    with pytest.raises(IntegrityError, match="확정한 회의록"), transaction.atomic():
        Minutes.objects.update(text="다른 글")
    client.post(at("minutes_draft", meeting))
    assert Minutes.objects.get().text == "○ 확정할 글"
    page = client.get(at("minutes", meeting)).content.decode()
    assert "다시 만들기" not in page
    assert client.get(at("minutes_edit", meeting)).headers["Location"] == at("minutes", meeting)


def test_minutes_are_not_written_while_the_meeting_goes_on(secretary: User) -> None:
    meeting = opened_meeting(secretary)
    early = Minutes(meeting=meeting, text="이른 글")
    with pytest.raises(ValidationError, match="산회한 뒤에"):
        services.save_minutes(minutes=early, closed_at=None, by=secretary)
    assert not Minutes.objects.exists()


def test_a_reader_reads_and_does_not_write(meeting: Meeting, viewer: User, sign_in: SignIn) -> None:
    client = sign_in(viewer)
    assert "회의록 쓰기" not in client.get(at("minutes", meeting)).content.decode()
    for name in ("minutes_edit", "minutes_draft", "minutes_confirm"):
        assert client.post(at(name, meeting), {"text": "글"}).status_code == 403
    assert not Minutes.objects.exists()


def test_minutes_lead_to_those_before_and_after(
    meeting: Meeting, viewer: User, sign_in: SignIn
) -> None:
    Minutes.objects.create(meeting=meeting, text="○ 앞 회의록")
    day = date(2016, 1, 28)
    later = make_meeting(meeting.committee, number=2, held_on=day)
    assert (previous_minutes(later), next_minutes(later)) == (meeting, None)
    assert f"○ 전차 회의록: {meeting}" in draft_of(later)
    page = sign_in(viewer).get(at("minutes", later)).content.decode()
    assert at("minutes", meeting) in page
    Minutes.objects.create(meeting=later, text="○ 뒤 회의록")
    assert (previous_minutes(meeting), next_minutes(meeting)) == (None, later)


def test_a_meeting_not_opened_yet_has_no_draft(
    meeting: Meeting, secretary: User, sign_in: SignIn
) -> None:
    client = sign_in(secretary)
    later = make_meeting(meeting.committee, number=2)
    page = client.get(at("minutes", later)).content.decode()
    assert "아직 개의하지 않은 회의입니다." in page
    assert "결석위원" not in page
    assert client.get(at("minutes_edit", later)).headers["Location"] == at("minutes", later)
    going_on = client.get(at("minutes", meeting)).content.decode()
    assert "결석위원" in going_on
