"""Adding, correcting and ending members."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.committees.enums import Appointment, MemberOffice
from apps.committees.models import Member
from tests.committees.factories import FORMED, make_committee, make_member
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
CHAIR = {
    "office": MemberOffice.CHAIR,
    "appointment": Appointment.EX_OFFICIO,
    "post": "부구청장",
    "name": "",
    "starts": "2015-11-09",
    "ends": "",
}


@pytest.mark.parametrize("who", ["admin", "officer", "secretary"])
def test_an_editor_adds_a_member(who: str, request: pytest.FixtureRequest, sign_in: SignIn) -> None:
    committee = make_committee()
    client = sign_in(request.getfixturevalue(who))
    url = reverse("committees:member_create", args=[committee.pk])
    assert "위원 추가" in client.get(url).content.decode()
    response = client.post(url, CHAIR, follow=True)
    assert "성명 미기재" in response.content.decode()
    member = committee.members.get()
    assert (member.title, member.post, member.ends) == ("위원장", "부구청장", None)


def test_a_second_chair_is_refused_beside_the_field(secretary: User, sign_in: SignIn) -> None:
    committee = make_committee()
    make_member(committee, office=MemberOffice.CHAIR, post="부구청장")
    url = reverse("committees:member_create", args=[committee.pk])
    response = sign_in(secretary).post(url, {**CHAIR, "post": "구청장"})
    form = response.context["form"]
    assert form.errors == {"office": ["그 기간에 위원장이 이미 있습니다."]}
    assert 'value="구청장"' in response.content.decode()
    assert committee.members.count() == 1


def test_a_term_that_ends_too_early_is_refused_beside_the_field(
    secretary: User, sign_in: SignIn
) -> None:
    url = reverse("committees:member_create", args=[make_committee().pk])
    response = sign_in(secretary).post(url, {**CHAIR, "ends": "2015-11-08"})
    assert response.context["form"].errors == {
        "ends": ["임기 만료일은 임기 시작일보다 앞설 수 없습니다."]
    }
    assert not Member.objects.exists()


def test_a_member_is_corrected(secretary: User, sign_in: SignIn) -> None:
    member = make_member(make_committee(), post="교수")
    url = reverse("committees:member_edit", args=[member.pk])
    assert 'value="교수"' in sign_in(secretary).get(url).content.decode()
    sign_in(secretary).post(url, {**CHAIR, "office": MemberOffice.MEMBER, "name": "라예시"})
    member.refresh_from_db()
    assert (member.name, member.title) == ("라예시", "위원(당연직)")


def test_the_roster_is_locked_before_the_member(secretary: User, sign_in: SignIn) -> None:
    """As every other change does it: else two of them stop each other."""
    url = reverse("committees:member_edit", args=[make_member(make_committee()).pk])
    client = sign_in(secretary)
    seen = client.get(url).context["form"]["seen"].value()
    with CaptureQueriesContext(connection) as asked:
        client.post(url, {**CHAIR, "seen": seen})
    locks = [row["sql"] for row in asked.captured_queries if "FOR NO KEY UPDATE" in row["sql"]]
    assert 'FROM "committees_committee"' in locks[0]
    assert 'FROM "committees_member"' in locks[1]


def test_a_member_leaves(secretary: User, sign_in: SignIn) -> None:
    member = make_member(make_committee())
    url = reverse("committees:member_end", args=[member.pk])
    assert "퇴임" in sign_in(secretary).get(url).content.decode()
    sign_in(secretary).post(
        url, {"ends": "2016-03-31", "leaving": "dismissed", "leaving_reason": "3회 불참"}
    )
    member.refresh_from_db()
    assert member.ends == date(2016, 3, 31)
    assert (member.leaving, member.leaving_reason) == ("dismissed", "3회 불참")
    terms = reverse("committees:member_terms", args=[member.committee_id])
    page = " ".join(sign_in(secretary).get(terms).content.decode().split())
    assert "해촉 (3회 불참)" in page


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("", "꼭 적어야 하는 칸입니다."),
        ("2015-11-08", "임기 만료일은 임기 시작일보다 앞설 수 없습니다."),
        ("2017-11-09", "임기 만료일보다 늦은 날에 물러날 수 없습니다."),
    ],
)
def test_a_wrong_last_day_is_refused(
    day: str, message: str, secretary: User, sign_in: SignIn
) -> None:
    member = make_member(make_committee(), ends=date(2017, 11, 8))
    url = reverse("committees:member_end", args=[member.pk])
    response = sign_in(secretary).post(url, {"ends": day, "leaving": "resigned"})
    assert response.context["form"].errors == {"ends": [message]}
    assert f'value="{day}"' in response.content.decode() or not day
    member.refresh_from_db()
    assert member.ends == date(2017, 11, 8)


@pytest.mark.parametrize("who", ["viewer", "clerk", "nobody"])
@pytest.mark.parametrize("name", ["member_create", "member_edit", "member_end"])
def test_others_change_no_member(
    who: str, name: str, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    member = make_member(make_committee())
    pk = member.committee_id if name == "member_create" else member.pk
    client = sign_in(request.getfixturevalue(who))
    url = reverse(f"committees:{name}", args=[pk])
    assert client.get(url).status_code == 403
    assert client.post(url, {**CHAIR, "ends": "2016-03-31"}).status_code == 403
    assert list(Member.objects.values_list("starts", "ends")) == [(FORMED, None)]


@pytest.mark.parametrize("name", ["member_create", "member_edit", "member_end"])
def test_a_member_that_is_not_there(name: str, secretary: User, sign_in: SignIn) -> None:
    url = reverse(f"committees:{name}", args=[404])
    assert sign_in(secretary).get(url).status_code == 404
