"""The list of committees, and a committee's page."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.committees.enums import MemberOffice
from apps.committees.models import Committee
from apps.committees.queries import Composition
from tests.committees.factories import (
    JANUARY,
    make_committee,
    make_meeting,
    make_member,
    make_roster,
)
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
LIST = reverse("committees:list")


@pytest.mark.parametrize("who", ["admin", "officer", "secretary", "viewer"])
def test_readers_find_committees_by_name(
    who: str, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    make_committee(name="활성화위원회")
    make_committee(name="실무협력회의")
    client = sign_in(request.getfixturevalue(who))
    assert len(client.get(LIST).context["page"].object_list) == 2
    found = client.get(LIST, {"q": "활성화"}).context["page"].object_list
    assert [committee.name for committee in found] == ["활성화위원회"]


@pytest.mark.parametrize("who", ["clerk", "nobody"])
def test_others_see_no_committee(who: str, request: pytest.FixtureRequest, sign_in: SignIn) -> None:
    committee = make_committee()
    client = sign_in(request.getfixturevalue(who))
    assert client.get(LIST).status_code == 403
    assert client.get(reverse("committees:detail", args=[committee.pk])).status_code == 403
    user: User = request.getfixturevalue(who)
    assert not Committee.objects.visible_to(user).exists()


def test_an_office_without_committees_is_told_what_to_do(viewer: User, sign_in: SignIn) -> None:
    assert "위원회가 없습니다" in sign_in(viewer).get(LIST).content.decode()


def test_counts_are_of_the_day_and_its_year() -> None:
    committee = make_committee()
    make_roster(committee)
    make_member(committee, ends=date(2015, 12, 31))
    make_meeting(committee)
    make_meeting(committee, month=date(2016, 9, 1))
    make_meeting(committee, month=date(2017, 1, 1))
    counts = vars(Committee.objects.with_counts(JANUARY).get())
    assert (counts["in_office"], counts["meetings_in_year"]) == (14, 2)


def test_the_page_shows_the_roster_of_a_day(viewer: User, sign_in: SignIn) -> None:
    committee = make_committee()
    make_roster(committee)
    member = make_member(committee, post="떠난 위원", ends=date(2015, 12, 31))
    url = reverse("committees:detail", args=[committee.pk])
    before = sign_in(viewer).get(url, {"on": "2015-12-31"})
    after = sign_in(viewer).get(url, {"on": "2016-01-01"})
    assert before.context["counts"] == Composition(1, 1, 3, 10, committee.charters.get())
    assert before.context["counts"].surplus == "위촉직 위원 1명"
    assert "위원이 정원보다 많습니다: 위촉직 위원 1명." in before.content.decode()
    assert after.context["counts"] == Composition(1, 1, 3, 9, committee.charters.get())
    assert after.context["counts"].vacancies == 0
    assert member.post in before.content.decode()
    assert member.post not in after.content.decode()


def test_vice_chairs_are_counted_against_the_charter(viewer: User, sign_in: SignIn) -> None:
    committee = make_committee()
    make_roster(committee)
    make_member(committee, office=MemberOffice.VICE_CHAIR, post="부위원장 둘째")
    url = reverse("committees:detail", args=[committee.pk])
    one = sign_in(viewer).get(url, {"on": "2016-01-01"}).content.decode()
    assert "위원이 정원보다 많습니다: 부위원장 1명." in one
    committee.charters.update(vice_chairs=2)
    two = sign_in(viewer).get(url, {"on": "2016-01-01"})
    assert "위원이 정원보다 많습니다" not in two.content.decode()
    assert (two.context["counts"].seats, two.context["counts"].vacancies) == (15, 0)


def test_empty_seats_are_counted(viewer: User, sign_in: SignIn) -> None:
    committee = make_committee()
    make_roster(committee)
    committee.members.filter(office=MemberOffice.VICE_CHAIR).update(ends=date(2015, 12, 31))
    url = reverse("committees:detail", args=[committee.pk])
    make_member(committee)  # one appointed too many does not fill the seat of the vice chair
    response = sign_in(viewer).get(url, {"on": "2016-01-01"})
    counts = response.context["counts"]
    assert (counts.total, counts.seats, counts.vacancies) == (14, 14, 1)
    assert "결원이 있습니다: 부위원장 1명." in response.content.decode()


def test_a_day_that_is_none_is_said_beside_the_field(viewer: User, sign_in: SignIn) -> None:
    url = reverse("committees:detail", args=[make_committee().pk])
    page = sign_in(viewer).get(url, {"on": "어제"}).content.decode()
    assert "날짜는 2016-01-31처럼 적어 주세요." in page
    assert "재적위원이 없습니다" in page


def test_only_editors_are_offered_to_edit(viewer: User, secretary: User, sign_in: SignIn) -> None:
    committee = make_committee()
    make_roster(committee)
    url = reverse("committees:detail", args=[committee.pk])
    assert "회의 준비" in sign_in(secretary).get(url).content.decode()
    page = sign_in(viewer).get(url, {"on": "2016-01-01"}).content.decode()
    assert "회의 준비</a>" not in page
    assert "수정" not in page


def test_a_committee_that_is_not_there(viewer: User, sign_in: SignIn) -> None:
    assert sign_in(viewer).get(reverse("committees:detail", args=[404])).status_code == 404


def test_lists_ask_as_much_for_one_row_as_for_three(viewer: User, sign_in: SignIn) -> None:
    committee = make_committee()
    make_meeting(committee)
    make_member(committee)
    urls = [LIST, reverse("committees:detail", args=[committee.pk])]
    client = sign_in(viewer)

    def counts() -> list[int]:
        result = []
        for url in urls:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(url)
            result.append(len(queries))
        return result

    counts()  # what is asked once a process is not counted
    one = counts()
    for _ in range(2):
        make_committee()
        make_meeting(committee)
        make_member(committee)
    assert counts() == one
