"""Founding and correcting a committee, and by what it is composed and decides."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.accounts.models import User
from apps.committees.models import Charter, Committee
from apps.committees.services import delete_charter, save_charter
from tests.committees.factories import FORMED, make_charter, make_committee, make_member
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
CREATE = reverse("committees:create")
FOUNDED = {
    "name": "마을기업 심사위원회",
    "basis": "마을기업 조례 제7조",
    "formed_on": "2016-02-01",
    "decides_by_vote": "on",
    "rhythm": "none",
    "note": "",
}
NEW_YEAR = date(2017, 1, 1)


def charter_data(committee: Committee, **values: Any) -> dict[str, Any]:
    """What the form of a new charter sends: 12 = 1 + 1 + 2 + 8, opened by two thirds."""
    return {
        "starts": "2017-01-01",
        "statute": committee.charters.all()[0].statute_id,
        "composition_article": "제6조",
        "vice_chairs": 2,
        "ex_officio": 2,
        "appointed": 8,
        "voting_article": "제10조",
        "opening": "two_thirds",
        "opening_count": "",
        "carrying": "majority",
        "carrying_count": "",
        "carrying_of": "present",
        "recused": "left_out",
        **values,
    }


def periods(committee: Committee) -> list[tuple[date, date | None]]:
    return list(committee.charters.order_by("starts").values_list("starts", "ends"))


@pytest.mark.parametrize("who", ["admin", "officer", "secretary"])
def test_an_editor_founds_a_committee(
    who: str, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    client = sign_in(request.getfixturevalue(who))
    assert "위원회 추가" in client.get(reverse("committees:list")).content.decode()
    page = client.post(CREATE, FOUNDED, follow=True).content.decode()
    committee = Committee.objects.get()
    assert (committee.name, committee.formed_on) == (FOUNDED["name"], date(2016, 2, 1))
    assert "위원회를 저장했습니다: 마을기업 심사위원회" in page
    assert "구성·의사 기준이 없습니다" in page


def test_a_name_that_is_taken_is_said_beside_it(secretary: User, sign_in: SignIn) -> None:
    make_committee(name=FOUNDED["name"])
    response = sign_in(secretary).post(CREATE, FOUNDED)
    assert "name" in response.context["form"].errors
    assert "마을기업 조례 제7조" in response.content.decode()
    assert Committee.objects.count() == 1


def test_a_committee_is_corrected(secretary: User, sign_in: SignIn) -> None:
    committee = make_committee(note="옛 비고")
    url = reverse("committees:edit", args=[committee.pk])
    assert "옛 비고" in sign_in(secretary).get(url).content.decode()
    sign_in(secretary).post(url, {**FOUNDED, "rhythm": "monthly", "decides_by_vote": ""})
    committee.refresh_from_db()
    assert (committee.rhythm, committee.decides_by_vote) == ("monthly", False)


def test_only_an_empty_committee_is_removed(secretary: User, sign_in: SignIn) -> None:
    kept, mistaken = make_committee(), make_committee()
    make_member(kept)
    client = sign_in(secretary)
    for committee in (kept, mistaken):
        url = reverse("committees:delete", args=[committee.pk])
        assert "삭제할까요?" in client.get(url).content.decode()
        page = client.post(url, follow=True).content.decode()
        said = "위원이나 회의가 있는 위원회는 삭제할 수 없습니다." in page
        assert said == (committee == kept)
    assert list(Committee.objects.all()) == [kept]
    assert Charter.objects.get().committee == kept


def test_a_new_charter_ends_the_one_before_it(secretary: User, sign_in: SignIn) -> None:
    committee = make_committee()
    url = reverse("committees:charter_create", args=[committee.pk])
    client = sign_in(secretary)
    assert client.get(url).context["form"]["appointed"].value() == 9
    page = client.post(url, charter_data(committee), follow=True).content.decode()
    assert periods(committee) == [(FORMED, date(2016, 12, 31)), (NEW_YEAR, None)]
    assert "재적위원 3분의 2 이상 출석으로 개의, 출석위원 과반수 찬성으로 의결" in page
    assert "위원장 1명, 부위원장 2명, 당연직 2명, 위촉직 8명" in page
    assert "2015. 11. 9. ~ 2016. 12. 31." in page


def test_a_charter_between_two_others_ends_where_the_next_starts(secretary: User) -> None:
    committee = make_committee()
    first = committee.charters.get()
    save_charter(charter=_like(first, date(2018, 1, 1)), by=secretary)
    save_charter(charter=_like(first, NEW_YEAR), by=secretary)
    assert periods(committee) == [
        (FORMED, date(2016, 12, 31)),
        (NEW_YEAR, date(2017, 12, 31)),
        (date(2018, 1, 1), None),
    ]


@pytest.mark.parametrize("day", [date(2016, 7, 1), date(2017, 7, 1)])
def test_the_charter_before_follows_a_corrected_start(day: date, secretary: User) -> None:
    committee = make_committee()
    second = save_charter(charter=_like(committee.charters.get(), NEW_YEAR), by=secretary)
    second.starts = day
    save_charter(charter=second, by=secretary)
    (_, before), (starts, ends) = periods(committee)
    assert (before, starts, ends) == (date(day.year, 6, 30), day, None)


def test_a_charter_does_not_leap_over_its_neighbour(secretary: User, sign_in: SignIn) -> None:
    committee = make_committee()
    second = save_charter(charter=_like(committee.charters.get(), NEW_YEAR), by=secretary)
    url = reverse("committees:charter_edit", args=[second.pk])
    response = sign_in(secretary).post(url, charter_data(committee, starts="2015-11-09"))
    assert response.context["form"].errors == {
        "starts": ["앞뒤 기준의 적용 시작일을 넘어 옮길 수 없습니다."]
    }
    assert periods(committee) == [(FORMED, date(2016, 12, 31)), (NEW_YEAR, None)]


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"starts": "2015-11-09"}, "starts", "적용 기간이 다른 기준과 겹칩니다."),
        (
            {"opening": "fixed"},
            "opening_count",
            "‘정한 인원 이상’일 때만, 1명 이상으로 적습니다.",
        ),
        (
            {"carrying_count": "3"},
            "carrying_count",
            "‘정한 인원 이상’일 때만, 1명 이상으로 적습니다.",
        ),
        ({"starts": ""}, "starts", "꼭 적어야 하는 칸입니다."),
    ],
)
def test_a_charter_that_is_none_is_refused_beside_the_field(
    values: dict[str, Any], field: str, message: str, secretary: User, sign_in: SignIn
) -> None:
    committee = make_committee()
    url = reverse("committees:charter_create", args=[committee.pk])
    response = sign_in(secretary).post(url, charter_data(committee, **values))
    assert response.context["form"].errors == {field: [message]}
    assert 'value="제10조"' in response.content.decode()
    assert periods(committee) == [(FORMED, None)]


def test_the_charter_before_goes_on_where_one_is_removed(secretary: User, sign_in: SignIn) -> None:
    committee = make_committee()
    second = save_charter(charter=_like(committee.charters.get(), NEW_YEAR), by=secretary)
    url = reverse("committees:charter_delete", args=[second.pk])
    assert "2017. 1. 1.부터" in sign_in(secretary).get(url).content.decode()
    sign_in(secretary).post(url)
    assert periods(committee) == [(FORMED, None)]
    delete_charter(charter=committee.charters.get(), by=secretary)
    assert periods(committee) == []


def test_charters_of_two_committees_leave_each_other_alone(secretary: User) -> None:
    one, other = make_committee(), make_committee()
    save_charter(charter=_like(one.charters.get(), NEW_YEAR), by=secretary)
    assert periods(other) == [(FORMED, None)]
    with pytest.raises(ValidationError, match="겹칩니다"):
        save_charter(charter=_like(one.charters.all()[0], NEW_YEAR), by=secretary)


def test_others_change_no_committee(viewer: User, sign_in: SignIn) -> None:
    committee = make_committee()
    charter = make_charter(make_committee(decides_by_vote=False))
    client = sign_in(viewer)
    for name, pk in (
        ("edit", committee.pk),
        ("delete", committee.pk),
        ("charter_create", committee.pk),
        ("charter_edit", charter.pk),
        ("charter_delete", charter.pk),
    ):
        assert client.post(reverse(f"committees:{name}", args=[pk])).status_code == 403
        assert client.get(reverse(f"committees:{name}", args=[404])).status_code == 404
    assert Committee.objects.count() == Charter.objects.count() == 2


def _like(charter: Charter, starts: date) -> Charter:
    return Charter(
        committee=charter.committee,
        starts=starts,
        statute=charter.statute,
        ex_officio=charter.ex_officio,
        appointed=charter.appointed,
    )
