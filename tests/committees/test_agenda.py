"""회의자료: the agenda as a paper."""

from datetime import date
from io import BytesIO
from urllib.parse import quote

import pytest
from django.urls import reverse
from pypdf import PdfReader

from apps.accounts.models import User
from apps.committees.documents.agenda import agenda
from apps.committees.models import Meeting
from apps.documents.nodes import KeyFacts, Note, Table
from tests.committees.factories import SETTLED, make_committee, make_meeting, make_roster
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db


def facts(meeting: Meeting) -> dict[str, str]:
    return dict(next(node.pairs for node in agenda(meeting).nodes if isinstance(node, KeyFacts)))


def words(text: str) -> str:
    """Text without spaces and line ends, which a page sets as it needs."""
    return "".join(text.split())


def test_the_pdf_holds_every_item_and_member(viewer: User, sign_in: SignIn) -> None:
    committee = make_committee(name="사회적경제 활성화위원회")
    make_roster(committee)
    meeting = make_meeting(committee, "마을기업 보증금 지원연장", "통합지원센터 위탁 연장")
    meeting.items.update(summary="□ 제안이유\n○ 지원기간이 끝나 연장을 심의합니다.")
    response = sign_in(viewer).get(reverse("committees:meeting_agenda", args=[meeting.pk]))
    assert response.headers["Content-Type"] == "application/pdf"
    name = quote("2016년 제1회 사회적경제 활성화위원회 회의자료.pdf")
    assert response.headers["Content-Disposition"] == f"inline; filename*=utf-8''{name}"
    pages = [words(page.extract_text()) for page in PdfReader(BytesIO(response.content)).pages]
    text = "".join(pages)
    for post in committee.members.values_list("post", flat=True):
        assert words(post) in text
    assert text.count("성명미기재") == 13
    assert "재적14명중8명이상" in text
    assert "활성화조례제6조" in text
    assert "2016.1월중(일자미정)" in text
    assert "마을기업보증금지원연장" in pages[-2]
    assert "통합지원센터위탁연장" in pages[-1]
    assert "지원기간이끝나연장을심의합니다." in pages[-1]


def test_settled_facts_are_printed() -> None:
    committee = make_committee()
    make_roster(committee)
    printed = facts(make_meeting(committee, **SETTLED))
    assert printed["일시"] == "2016. 1. 20.(수) 14:00"
    assert printed["장소"] == "구청 3층 기획상황실"


def test_what_is_not_settled_is_printed_so() -> None:
    printed = facts(make_meeting(make_committee(), held_on=date(2016, 1, 20)))
    assert printed["일시"] == "2016. 1. 20.(수) (시각 미정)"
    assert printed["장소"] == "미정"


def test_a_committee_without_members_says_so() -> None:
    meeting = make_meeting(make_committee())
    assert "개의 정족수" not in facts(meeting)
    assert Note("재적위원이 없습니다.") in agenda(meeting).nodes


def test_a_body_without_votes_prints_no_quorum() -> None:
    committee = make_committee(decides_by_vote=False)
    make_roster(committee)
    meeting = make_meeting(committee)
    assert set(facts(meeting)) == {"일시", "장소", "회의 방식", "설치 근거"}
    note = next(node.text for node in agenda(meeting).nodes if isinstance(node, Note))
    assert note.endswith("위촉직 위원 9 (2016. 1. 1. 기준)")  # no charter, no seats


def test_the_roster_is_that_of_the_day_of_the_meeting() -> None:
    committee = make_committee()
    make_roster(committee)
    committee.members.filter(post="위촉위원 9").update(ends=date(2016, 1, 19))
    paper = agenda(make_meeting(committee, **SETTLED))
    roster = [node for node in paper.nodes if isinstance(node, Table)][1]
    assert len(roster.groups) == 13
    note = next(node.text for node in paper.nodes if isinstance(node, Note))
    assert note.startswith("재적 13명: 위원장 1, 부위원장 1, 당연직 위원 3, 위촉직 위원 8")
    assert "2016. 1. 20. 기준" in note
