"""What a decision is the ground of: one click either way, and refused without one (R36)."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from apps.accounts.models import User
from apps.committees import services
from apps.committees.enums import Verdict
from apps.committees.models import AgendaItem, Meeting, PlanHearing, Resolution
from apps.plans.enums import PlanState
from apps.plans.models import Plan
from tests.committees.after import make_held
from tests.committees.factories import SETTLED, make_committee, make_meeting, make_member
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


def _prepared(plan: Plan, by: User) -> AgendaItem:
    """An item that names its plan, of a meeting that is open."""
    committee = make_committee()
    member = make_member(committee)
    meeting = make_meeting(committee, **SETTLED)
    item = meeting.items.get()
    item.plan = plan
    services.save_meeting(meeting=meeting, items=[item], by=by)
    services.call_meeting(meeting=meeting, by=by)
    services.attend(meeting=meeting, member=member, by=by)
    services.open_meeting(meeting=meeting, by=by)
    return item


def test_a_plan_the_agenda_names_cites_the_item_as_long_as_it_carries(
    plan: Plan, secretary: User
) -> None:
    item = _prepared(plan, secretary)
    services.decide(item=item, verdict=Verdict.DEFERRED, by=secretary)
    assert not PlanHearing.objects.exists()
    services.undo_decision(item=item, by=secretary)
    services.decide_unanimously(item=item, by=secretary)
    hearing = PlanHearing.objects.get()
    assert (hearing.plan, hearing.item) == (plan, item)
    services.undo_decision(item=item, by=secretary)
    assert not PlanHearing.objects.exists()


def test_the_agenda_offers_the_plans_of_its_time(
    plan: Plan, secretary: User, sign_in: SignIn
) -> None:
    for year in (2015, 2017, 2018):
        Plan.objects.create(year=year, title=f"{year}년도 추진계획", issuer="일자리과")
    meeting = make_meeting(make_committee(), **SETTLED)
    address = reverse("committees:meeting_edit", args=[meeting.pk])
    page = sign_in(secretary).get(address)
    rows = page.context["editor"].agenda
    assert [name for _, name in rows[0]["plan"].field.choices] == [
        "없음",
        "2016년도 추진계획",
        "2017년도 추진계획",
    ]
    data = {field.html_name: field.value() or "" for form in rows for field in form}
    data |= {field.html_name: field.value() or "" for field in rows.management_form}
    data |= {field.html_name: field.value() or "" for field in page.context["editor"].form}
    data |= {"month": "2016-01", "held_on": "2016-01-20", "starts_at": "14:00"}
    data["items-0-plan"] = str(plan.pk)
    after = sign_in(secretary).post(address, data, follow=True).content.decode()
    assert meeting.items.get().plan == plan
    assert f'심의할 계획: <a href="{reverse("plans:detail", args=[2016])}">' in after


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"year": 2014}, "2014년 계획은 2016년 회의의 안건이 아닙니다"),
        (
            {"state": PlanState.CONFIRMED, "confirmed_at": datetime(2016, 1, 18, tzinfo=UTC)},
            "전인 2016. 1. 18.에 이미 확정한 계획입니다",
        ),
    ],
)
def test_a_plan_of_another_time_is_neither_tied_nor_named(
    values: dict[str, object], why: str, held: Meeting, plan: Plan, secretary: User, sign_in: SignIn
) -> None:
    if "state" in values:
        values |= {"confirmed_by": secretary}
    Plan.objects.update(**values)
    plan.refresh_from_db()
    item = held.items.get(order=1)
    with pytest.raises(ValidationError, match=why):
        services.hear_plan(plan=plan, item=item, by=secretary)
    address = reverse("committees:hearing_create", args=[item.pk])
    page = sign_in(secretary).get(address).content.decode()
    assert f'value="{plan.pk}"' not in page
    draft = make_meeting(held.committee, held_on=date(2016, 1, 25))
    named = draft.items.get()
    named.plan = plan
    with pytest.raises(ValidationError, match=why):
        services.save_meeting(meeting=draft, items=[named], by=secretary)
