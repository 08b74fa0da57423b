"""Computed and published numbers of firms on one page."""

from datetime import date

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.enterprises.enums import DesignationKind
from apps.enterprises.models import PublishedCount
from tests.conftest import SignIn
from tests.enterprises.factories import make_designation, make_firm
from tests.enterprises.queries import queries_of

pytestmark = pytest.mark.django_db
URL = "/enterprises/counts/"


def publish(year: int, number: int) -> None:
    PublishedCount.objects.create(
        as_of=date(year, 12, 31),
        date_note="연도만 적힘",
        count=number,
        rule="사회적경제 조직 전체",
        source="2016년도 추진계획",
    )


def test_published_numbers_keep_their_rule_and_source(viewer: User, sign_in: SignIn) -> None:
    make_designation(make_firm(), DesignationKind.VILLAGE, date(2014, 5, 1))
    publish(2013, 31)
    publish(2014, 42)
    response = sign_in(viewer).get(URL, {"on": "2015-03-31"})
    page = response.content.decode()
    assert response.context["counts"].total == 1
    assert [(row.count, computed) for row, computed in response.context["published"]] == [
        (31, 0),
        (42, 1),
    ]
    for text in ("2015. 3. 31. 현재", "2015년 (3. 31. 현재)", "연도만 적힘", "2016년도 추진계획"):
        assert text in page
    assert "2014년 (" not in page
    assert f"{reverse('enterprises:list')}?group=village&amp;on=2015-03-31" in page


def test_bad_day_is_said_beside_the_field(viewer: User, sign_in: SignIn) -> None:
    response = sign_in(viewer).get(URL, {"on": "2016-02-30"})
    assert "날짜는 2016-01-31처럼" in response.content.decode()
    assert 'value="2016-02-30"' in response.content.decode()


def test_number_of_queries_does_not_grow(viewer: User, sign_in: SignIn) -> None:
    client = sign_in(viewer)
    make_designation(make_firm(), starts=date(2013, 1, 1))
    publish(2013, 31)
    one = queries_of(client, URL, {"on": "2016-03-31"})
    for year in (2014, 2015):
        make_designation(make_firm(f"{year}"), starts=date(year, 1, 1))
        publish(year, 50)
    assert queries_of(client, URL, {"on": "2016-03-31"}) == one


def test_no_role_no_page(nobody: User, sign_in: SignIn) -> None:
    assert sign_in(nobody).get(URL).status_code == 403
