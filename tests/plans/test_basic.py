"""The basic plan of several years above the yearly plans."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.plans.models import BasicPlan, Plan
from tests.conftest import SignIn
from tests.plans.factories import make_plan
from tests.plans.screen import changed, errors

pytestmark = pytest.mark.django_db
LIST = reverse("plans:basic_list")
NEW = reverse("plans:basic_create")
TYPED = {"title": "활성화계획", "first_year": "2019", "last_year": "2022", "body": "□ 방향\n○ 하나"}


@pytest.fixture
def basic() -> BasicPlan:
    return BasicPlan.objects.create(title="활성화계획", first_year=2019, last_year=2022)


@pytest.fixture
def client(officer: User, sign_in: SignIn) -> Client:
    return sign_in(officer)


def url(basic: BasicPlan, name: str = "basic") -> str:
    return reverse(f"plans:{name}", args=[basic.pk])


def test_an_official_writes_one(client: Client) -> None:
    response = client.post(NEW, TYPED)
    basic = BasicPlan.objects.get()
    assert response.headers["Location"] == url(basic)
    page = client.get(url(basic)).content.decode()
    assert "2019년 ~ 2022년" in page
    assert "하나" in page
    assert "활성화계획" in client.get(LIST).content.decode()


def test_four_years_are_offered(client: Client) -> None:
    typed = changed(client.get(NEW))
    assert int(typed["last_year"][0]) - int(typed["first_year"][0]) == 3


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"last_year": "2018"}, "last_year", "앞설 수 없습니다"),
        ({"first_year": "1999"}, "last_year", "앞설 수 없습니다"),
        ({"title": ""}, "title", "꼭 적어야"),
    ],
)
def test_bad_input_keeps_the_form(
    values: dict[str, str], field: str, said: str, client: Client
) -> None:
    response = client.post(NEW, {**TYPED, **values})
    assert response.status_code == 200
    assert said in errors(response, field)[0]
    assert "○ 하나" in response.content.decode()
    assert not BasicPlan.objects.exists()


def test_two_do_not_cover_one_year(basic: BasicPlan, client: Client) -> None:
    response = client.post(NEW, {**TYPED, "first_year": "2022", "last_year": "2025"})
    assert "이미 있습니다" in errors(response, "first_year")[0]
    assert BasicPlan.objects.count() == 1


def test_a_yearly_plan_stands_under_it(basic: BasicPlan, client: Client) -> None:
    plan = make_plan(2020)
    edit = reverse("plans:edit", args=[2020])
    client.post(edit, changed(client.get(edit), basic=[str(basic.pk)]))
    plan.refresh_from_db()
    assert plan.basic == basic
    assert plan.title in client.get(url(basic)).content.decode()
    here = client.get(reverse("plans:detail", args=[2020])).content.decode()
    assert f'href="{url(basic)}"' in here


def test_a_plan_of_another_year_does_not(basic: BasicPlan, client: Client) -> None:
    make_plan(2030)
    edit = reverse("plans:edit", args=[2030])
    response = client.post(edit, changed(client.get(edit), basic=[str(basic.pk)]))
    assert "이 연도를 다루는 기본계획이 아닙니다." in errors(response, "basic")
    assert Plan.objects.get(year=2030).basic is None


def test_its_years_hold_the_plans_under_it(basic: BasicPlan, client: Client) -> None:
    make_plan(2022, basic=basic)
    edit = url(basic, "basic_edit")
    response = client.post(edit, changed(client.get(edit), last_year="2021"))
    assert "기간을 벗어납니다" in errors(response, "last_year")[0]
    basic.refresh_from_db()
    assert basic.last_year == 2022


def test_everybody_reads_and_only_officials_write(
    basic: BasicPlan, viewer: User, sign_in: SignIn
) -> None:
    reader = sign_in(viewer)
    assert "활성화계획" in reader.get(url(basic)).content.decode()
    assert url(basic, "basic_edit") not in reader.get(url(basic)).content.decode()
    for address in (NEW, url(basic, "basic_edit")):
        assert reader.get(address).status_code == 403
        assert reader.post(address, TYPED).status_code == 403
    assert reader.get(reverse("plans:basic", args=[basic.pk + 1])).status_code == 404
