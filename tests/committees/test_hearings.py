"""What a decision is the ground of: one click either way, and refused without one (R36)."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from apps.accounts.models import User
from apps.committees import services
from apps.committees.models import Meeting, PlanHearing, Resolution
from apps.plans.models import Plan
from tests.committees.after import make_held
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(secretary: User) -> Meeting:
    return make_held(secretary)


@pytest.fixture
def plan() -> Plan:
    return Plan.objects.create(year=2016, title="2016년도 추진계획", issuer="일자리과")


def test_a_plan_is_tied_to_the_item_that_heard_it(
    held: Meeting, plan: Plan, secretary: User, sign_in: SignIn
) -> None:
    item = held.items.get(order=1)
    page = sign_in(secretary).post(
        reverse("committees:hearing_create", args=[item.pk]), {"plan": plan.pk}, follow=True
    )
    assert PlanHearing.objects.get().item == item
    assert f'href="{reverse("plans:detail", args=[2016])}"' in page.content.decode()
    back = sign_in(secretary).get(reverse("plans:detail", args=[2016])).content.decode()
    there = reverse("committees:meeting", args=[held.pk])
    assert f'심의한 회의: <a href="{there}#records-{item.pk}">' in back
    assert "안건 1. 추진계획 심의 (원안가결)" in back


def test_who_may_not_see_committees_sees_no_meeting_on_a_plan(
    held: Meeting, plan: Plan, secretary: User, clerk: User, sign_in: SignIn
) -> None:
    services.hear_plan(plan=plan, item=held.items.get(order=1), by=secretary)
    page = sign_in(clerk).get(reverse("plans:detail", args=[2016]))
    assert page.status_code == 200
    assert "심의한 회의" not in page.content.decode()


def test_an_item_that_was_voted_down_hears_nothing(
    held: Meeting, plan: Plan, secretary: User, sign_in: SignIn
) -> None:
    item = held.items.get(order=2)
    page = sign_in(secretary).post(
        reverse("committees:hearing_create", args=[item.pk]), {"plan": plan.pk}
    )
    assert "가결되거나 접수된 안건이 아닙니다." in page.content.decode()
    assert f'<option value="{plan.pk}" selected>' in page.content.decode()
    assert not PlanHearing.objects.exists()
    with pytest.raises(IntegrityError, match="가결되거나 접수된"), transaction.atomic():
        PlanHearing.objects.create(plan=plan, item=item)


def test_nothing_is_tied_before_the_meeting_is_closed(
    held: Meeting, plan: Plan, secretary: User
) -> None:
    services.resume_meeting(meeting=held, by=secretary)
    with pytest.raises(ValidationError, match="산회한 회의"):
        services.hear_plan(plan=plan, item=held.items.get(order=1), by=secretary)


def test_a_result_stays_as_long_as_a_plan_leans_on_it(
    held: Meeting, plan: Plan, secretary: User
) -> None:
    item = held.items.get(order=1)
    hearing = services.hear_plan(plan=plan, item=item, by=secretary)
    services.resume_meeting(meeting=held, by=secretary)
    resolution = Resolution.objects.filter(item=item)
    with pytest.raises(IntegrityError, match="근거로 삼은 계획"), transaction.atomic():
        resolution.delete()
    with pytest.raises(IntegrityError, match="근거로 삼은 계획"), transaction.atomic():
        resolution.update(verdict="deferred")
    services.delete_hearing(hearing=hearing, by=secretary)
    assert resolution.delete()[0] == 1


def test_what_needs_a_vote_is_refused_without_one(held: Meeting) -> None:
    carried, rejected = held.items.all()
    assert services.cited(carried).item == carried
    with pytest.raises(ValidationError, match="‘위탁 연장’ 안건은 가결되지 않아"):
        services.cited(rejected)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT committees_allows(%s), committees_allows(%s)", [carried.pk, rejected.pk]
        )
        assert cursor.fetchone() == (True, False)


def test_untying_asks_first(held: Meeting, plan: Plan, secretary: User, sign_in: SignIn) -> None:
    hearing = services.hear_plan(plan=plan, item=held.items.get(order=1), by=secretary)
    url = reverse("committees:hearing_delete", args=[hearing.pk])
    assert "연결을 삭제할까요?" in sign_in(secretary).get(url).content.decode()
    assert PlanHearing.objects.exists()
    sign_in(secretary).post(url)
    assert not PlanHearing.objects.exists()
