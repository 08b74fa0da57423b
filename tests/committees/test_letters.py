"""Letters of appointment: numbered once, printed as often as wanted."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from pypdf import PdfReader

from apps.accounts.models import User
from apps.committees.documents.letters import letters
from apps.committees.enums import Appointment
from apps.committees.services import number_letters
from apps.documents.nodes import Certificate
from tests.committees.factories import FORMED, JANUARY, make_committee, make_member
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db


def test_a_letter_says_who_is_appointed_by_what_and_until_when() -> None:
    committee = make_committee(name="활성화위원회")
    committee.charters.update(composition_article="제6조")
    member = make_member(
        committee,
        post="대학 교수",
        name="나예시",
        ends=date(2017, 11, 8),
        letter_number="제2015-1호",
    )
    (letter,) = letters(committee, [member]).nodes
    assert letter == Certificate(
        title="위촉장",
        number="제2015-1호",
        facts=(
            ("소속·직위", "대학 교수"),
            ("성명", "나예시"),
            ("위촉기간", "2015. 11. 9. ~ 2017. 11. 8."),
        ),
        text=(
            "귀하를 「활성화 조례」 제6조에 따라 서울특별시 강북구 활성화위원회 "
            "위원으로 위촉합니다."
        ),
        day="2015년 11월 9일",
        signed="서울특별시 강북구청장",
    )


def test_who_was_appointed_before_any_charter_is_by_the_founding_article() -> None:
    committee = make_committee(basis="「활성화 조례」\n제6조")
    member = make_member(committee, name="나예시", starts=date(2015, 1, 1))
    (letter,) = letters(committee, [member]).nodes
    assert isinstance(letter, Certificate)
    assert letter.text.startswith("귀하를 「활성화 조례」 제6조에 따라")
    assert letter.number == "제        호"


def test_numbers_go_on_from_the_highest_of_the_year(secretary: User) -> None:
    committee, other = make_committee(), make_committee()
    make_member(committee, name="가예시", letter_number="제2015-7호", ends=date(2015, 12, 31))
    make_member(committee, name="나예시", letter_number="특별 위촉")
    make_member(other, name="가예시", letter_number="제2015-30호")
    make_member(committee, name="다예시", post="가")
    make_member(committee, name="라예시", post="나")
    make_member(committee, name="마예시", starts=JANUARY)
    make_member(committee, name="사예시", starts=date(2016, 11, 9))
    make_member(committee, name="")
    make_member(committee, name="바예시", appointment=Appointment.EX_OFFICIO)
    assert len(number_letters(committee=committee, on=JANUARY, by=secretary)) == 4
    numbers = dict(committee.members.values_list("name", "letter_number"))
    assert numbers == {
        "가예시": "제2015-7호",
        "나예시": "특별 위촉",
        "다예시": "제2015-8호",
        "라예시": "제2015-9호",
        "마예시": "제2016-1호",
        "사예시": "제2016-2호",
        "": "",
        "바예시": "",
    }
    assert number_letters(committee=committee, on=JANUARY, by=secretary) == []


def test_a_number_is_used_once_in_a_committee(secretary: User, sign_in: SignIn) -> None:
    committee = make_committee()
    make_member(committee, name="가예시", letter_number="제2015-7호")
    member = make_member(committee, name="나예시")
    url = reverse("committees:member_edit", args=[member.pk])
    data = {"office": 3, "appointment": 2, "post": "교수", "starts": FORMED}
    response = sign_in(secretary).post(url, {**data, "letter_number": "제2015-7호"})
    assert response.context["form"].errors == {"letter_number": ["이미 쓴 위촉장 번호입니다."]}
    assert 'value="제2015-7호"' in response.content.decode()


def test_the_secretary_numbers_and_prints_all_letters(secretary: User, sign_in: SignIn) -> None:
    committee = make_committee()
    for name in ("가예시", "나예시"):
        make_member(committee, name=name)
    make_member(committee, post="이름 없는 위원")
    client, url = sign_in(secretary), reverse("committees:letters", args=[committee.pk])
    assert "성명을 적지 않은 위원의 위촉장은 만들지 않습니다." in client.get(url).content.decode()
    number = reverse("committees:letters_number", args=[committee.pk])
    form = client.get(number).context["form"]
    keys = [key for key, _ in form.fields["members"].choices]
    assert [text for _, text in form.fields["members"].choices] == [
        "제2015-1호 가예시 (위촉위원 1)",
        "제2015-2호 나예시 (위촉위원 2)",
    ]
    assert "꼭 적어야 하는 칸입니다." in client.post(number, {"sent": 1}).content.decode()
    page = client.post(number, {"members": keys[:1]}, follow=True).content.decode()
    assert "위촉장 번호를 매겼습니다: 가예시 제2015-1호" in page
    assert "제2015-2호" not in page
    page = client.post(number, {"members": keys[1:]}, follow=True).content.decode()
    assert "나예시 제2015-2호" in page
    assert "번호 매기기" not in page
    answer = client.get(reverse("committees:letters_pdf", args=[committee.pk]))
    pages = [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]
    assert len(pages) == 2
    for number, name, text in zip("12", ("가예시", "나예시"), pages, strict=True):
        assert f"제2015-{number}호" in text
        assert name in text
        assert "위원으로" in text


def test_one_letter_as_a_file_to_edit(viewer: User, sign_in: SignIn) -> None:
    member = make_member(make_committee(), name="나예시", letter_number="제2015-1호")
    answer = sign_in(viewer).get(reverse("committees:letter_hwpx", args=[member.pk]))
    body = ZipFile(BytesIO(answer.content)).read("Contents/section0.xml").decode()
    for words in ("위  촉  장", "제2015-1호", "성명: 나예시", "서울특별시 강북구청장"):
        assert words in body


def test_there_is_no_letter_for_who_has_none(viewer: User, sign_in: SignIn) -> None:
    client, committee = sign_in(viewer), make_committee()
    official = make_member(committee, name="가예시", appointment=Appointment.EX_OFFICIO)
    unnamed = make_member(committee)
    for member in (official, unnamed):
        assert client.get(reverse("committees:letter_pdf", args=[member.pk])).status_code == 404
    assert client.get(reverse("committees:letters_pdf", args=[committee.pk])).status_code == 404


def test_a_reader_numbers_nothing(viewer: User, sign_in: SignIn) -> None:
    member = make_member(make_committee(), name="가예시")
    args = [member.committee_id]
    client, number = sign_in(viewer), reverse("committees:letters_number", args=args)
    page = client.get(reverse("committees:letters", args=args)).content.decode()
    assert number not in page
    assert client.post(number, {"members": [member.pk]}).status_code == 403
    member.refresh_from_db()
    assert member.letter_number == ""
