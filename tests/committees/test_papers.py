"""The papers of a meeting, read back from the files."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from pypdf import PdfReader

from apps.accounts.models import User
from apps.committees import services
from apps.committees.documents.papers import PAPERS
from apps.committees.enums import RecusalKind, Verdict
from apps.committees.models import Meeting, Recusal
from tests.committees.factories import SETTLED, make_committee, make_meeting, make_roster
from tests.committees.held import held_meeting
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(secretary: User) -> Meeting:
    return held_meeting(secretary)


def prepared() -> Meeting:
    committee = make_committee()
    make_roster(committee)
    return make_meeting(committee, "보증금 지원연장", "위탁 연장", **SETTLED)


def pages(content: bytes) -> list[str]:
    """The words of each page, without spaces and line ends, which a page sets as it needs."""
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


def printed(sign_in: SignIn, user: User, meeting: Meeting, name: str) -> list[str]:
    response = sign_in(user).get(reverse("committees:paper_pdf", args=[meeting.pk, name]))
    assert response.headers["Content-Type"] == "application/pdf"
    return pages(response.content)


def test_every_member_in_office_signs_the_list(viewer: User, sign_in: SignIn) -> None:
    (text,) = printed(sign_in, viewer, prepared(), "signing")
    assert "참석자등록부" in text
    assert "2016.1.20.(수)14:00" in text
    for post in ("부구청장", "협의회장나예시", "당연직국장3", "위촉위원9"):
        assert post in text


def test_a_vote_sheet_for_each_member_and_item_but_the_recused(
    viewer: User, sign_in: SignIn
) -> None:
    meeting = prepared()
    away = meeting.committee.members.get(post="위촉위원 9")
    Recusal.objects.create(
        item=meeting.items.get(order=1), member=away, kind=RecusalKind.EXCLUDED, reason="당사자"
    )
    first, *sheets = printed(sign_in, viewer, meeting, "votes")
    assert "13장" in first
    assert "14장" in first
    assert [sheet.count("찬성반대기권") for sheet in sheets] == [4, 4, 4, 4, 4, 4, 3]
    own = [sheet for sheet in sheets if "위촉위원9" in sheet]
    assert len(own) == 1
    assert "위탁연장" in own[0]


def test_the_resolution_has_figures_article_and_who_signs(
    meeting: Meeting, viewer: User, sign_in: SignIn
) -> None:
    (page,) = printed(sign_in, viewer, meeting, "resolution")
    assert "마을기업보증금지원연장" in page
    assert "실적보고" not in page
    assert "원안과같이의결한다." in page
    assert "무효1376100" in page  # 재적 13, 출석 7, 찬성 6, 반대 1, 기권 0, 무효 0
    assert "「활성화조례」제9조" in page
    assert "회피:위원위촉위원3(지원받는기업의대표)" in page
    assert "위원장부구청장(서명)" in page
    assert "위촉위원3(서명)" not in page
    assert "위촉위원4(서명)" not in page


def test_without_the_chair_the_vice_chair_signs_in_the_chairs_stead(
    meeting: Meeting, viewer: User, sign_in: SignIn
) -> None:
    item = meeting.items.get(order=1)
    chair = meeting.committee.members.get(post="부구청장")
    by = User.objects.get(username="secretary")
    services.resume_meeting(meeting=meeting, by=by)
    item.resolution.delete()
    later = meeting.items.filter(order=2)
    services.correct_hours(meeting=meeting, member=chair, items=later, by=by)
    Recusal.objects.all().delete()
    services.decide(item=item, verdict=Verdict.DEFERRED, by=by)
    services.close_meeting(meeting=meeting, by=by)
    (page,) = printed(sign_in, viewer, meeting, "resolution")
    assert "위원장직무대행협의회장나예시(서명)" in page
    assert "부구청장" not in page


def test_the_notice_of_results_says_what_came_of_each_item(
    meeting: Meeting, viewer: User, sign_in: SignIn
) -> None:
    text = "".join(printed(sign_in, viewer, meeting, "results"))
    for said in (
        "원안가결",
        "접수",
        "찬성6명,반대1명",
        "연장통보",
        "2016.2.5.",
        "붙임의결서1부.끝.",
    ):
        assert said in text


def test_a_nameplate_for_each_member_reads_upright_from_both_sides(
    viewer: User, sign_in: SignIn
) -> None:
    plates = printed(sign_in, viewer, prepared(), "nameplates")
    assert len(plates) == 14
    assert plates[0].count("부구청장") == 2
    assert plates[1].count("부위원장(협의회장)나예시") == 2


def test_seats_are_taken_in_turn_from_the_head_of_the_table(viewer: User, sign_in: SignIn) -> None:
    (page,) = printed(sign_in, viewer, prepared(), "seating")
    plan = page[page.index("위원장부구청장") :]
    found = [plan.index(seat) for seat in ("부위원장협의회장", "국장1", "국장2", "위원9", "간사")]
    assert found == sorted(found)


def test_who_does_not_come_together_has_no_seats(viewer: User, sign_in: SignIn) -> None:
    meeting = prepared()
    Meeting.objects.filter(pk=meeting.pk).update(mode="remote")
    client = sign_in(viewer)
    address = reverse("committees:paper_pdf", args=[meeting.pk, "seating"])
    assert client.get(address).status_code == 404
    page = client.get(reverse("committees:papers", args=[meeting.pk])).content.decode()
    assert page.count("한자리에 모이는 회의에만 있습니다.") == 3


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_opens_in_hangul(
    meeting: Meeting, viewer: User, sign_in: SignIn, name: str
) -> None:
    response = sign_in(viewer).get(reverse("committees:paper_hwpx", args=[meeting.pk, name]))
    with ZipFile(BytesIO(response.content)) as file:
        assert "사회적경제 활성화위원회" in file.read("Contents/section0.xml").decode()


def test_what_has_not_happened_is_not_printed(viewer: User, sign_in: SignIn) -> None:
    meeting = prepared()
    client = sign_in(viewer)
    for name in ("resolution", "results", "minutes", "nothing"):
        address = reverse("committees:paper_pdf", args=[meeting.pk, name])
        assert client.get(address).status_code == 404
    page = client.get(reverse("committees:papers", args=[meeting.pk])).content.decode()
    assert page.count("산회한 뒤에 만들 수 있습니다.") == 3


def test_a_body_without_votes_has_no_papers_of_votes(viewer: User, sign_in: SignIn) -> None:
    meeting = make_meeting(make_committee(decides_by_vote=False), **SETTLED)
    client = sign_in(viewer)
    address = reverse("committees:paper_pdf", args=[meeting.pk, "votes"])
    assert client.get(address).status_code == 404
    page = client.get(reverse("committees:papers", args=[meeting.pk])).content.decode()
    assert "의결하지 않는 협의체에는 없습니다." in page
