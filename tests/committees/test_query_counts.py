"""Pages and duties of committees ask the database as often for one row as for three."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.committees import services
from apps.committees.duties import follow_ups_due, meetings_missed
from apps.committees.enums import Rhythm
from apps.committees.models import Committee, FollowUp, Meeting, PlanHearing
from apps.plans.enums import MoneySource
from apps.plans.models import BudgetLine, Plan
from apps.rules.models import RuleValue, Statute
from tests.committees.after import make_held
from tests.committees.factories import (
    FORMED,
    make_charter,
    make_committee,
    make_meeting,
    make_member,
)
from tests.conftest import SignIn
from tests.enterprises.queries import queries_of

pytestmark = pytest.mark.django_db
TODAY = date(2016, 5, 2)


def make_body(by: User) -> Committee:
    """A monthly round table of two hosts that met in January."""
    body = make_committee(decides_by_vote=False, rhythm=Rhythm.MONTHLY)
    services.order_hosts(committee=body, names=("가구", "나구"), by=by)
    _meet(body, 1, by)
    return body


def _meet(body: Committee, month: int, by: User) -> Meeting:
    """A meeting called, with something to do, and a member appointed that day."""
    day = date(2016, month, 20)
    values = {"month": day.replace(day=1), "held_on": day, "starts_at": time(14), "place": "구청"}
    meeting = make_meeting(body, host="가구", **values)
    services.call_meeting(meeting=meeting, by=by)
    FollowUp.objects.create(meeting=meeting, what="통지", owner="과", due=day)
    make_member(body, name=f"위원 {month}")
    return meeting


def test_the_list_of_bodies(secretary: User, sign_in: SignIn) -> None:
    client, url = sign_in(secretary), reverse("committees:list")
    make_body(secretary)
    one = queries_of(client, url)
    for _ in range(2):
        make_body(secretary)
    assert queries_of(client, url) == one


def test_the_page_of_a_body_with_roster_charters_year_and_follow_ups(
    secretary: User, sign_in: SignIn
) -> None:
    client, body = sign_in(secretary), make_body(secretary)
    make_charter(body, ends=date(2016, 1, 31))
    make_charter(body, starts=date(2016, 4, 1))
    pages = [reverse(f"committees:{name}", args=[body.pk]) for name in ("detail", "member_terms")]
    one = [queries_of(client, url, {"on": "2016-05-02"}) for url in pages]
    for month in (2, 3):
        _meet(body, month, secretary)
    make_charter(body, starts=date(2016, 2, 1), ends=date(2016, 2, 29))
    make_charter(body, starts=date(2016, 3, 1), ends=date(2016, 3, 31))
    services.order_hosts(committee=body, names=("가구", "나구", "다구"), by=secretary)
    assert [queries_of(client, url, {"on": "2016-05-02"}) for url in pages] == one


def test_what_is_due_for_three_bodies_is_asked_as_for_one(secretary: User) -> None:
    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as captured:
            found = [*meetings_missed(secretary, TODAY), *follow_ups_due(secretary, TODAY)]
        return len(captured), len(found)

    assert asked()[1] == 0
    make_body(secretary)
    queries, found = asked()
    for _ in range(2):
        make_body(secretary)
    assert (found, asked()) == (2, (queries, 6))


def test_a_held_meeting_with_its_allowances_follow_ups_and_hearings(
    secretary: User, sign_in: SignIn
) -> None:
    client, held = sign_in(secretary), make_held(secretary)
    statute = Statute.objects.get()
    RuleValue.objects.create(
        key="committees.allowance", label="수당", value=1, valid_from=FORMED, statute=statute
    )
    carried = held.items.get(order=1)
    pages = [reverse(f"committees:{name}", args=[held.pk]) for name in ("meeting", "allowances")]

    def grow(year: int) -> None:
        plan = Plan.objects.create(year=year, title=f"{year}년 계획", issuer="과")
        line = BudgetLine.objects.create(
            plan=plan, label="위원회 운영", source=MoneySource.DISTRICT, amount=1_000_000
        )
        PlanHearing.objects.create(plan=plan, item=carried)
        FollowUp.objects.create(meeting=held, item=carried, what="통지", owner="과")
        held.committee.members.update(is_official=False)
        if year == TODAY.year:
            held.committee.members.exclude(post="협의회장").update(is_official=True)
            services.pay_allowances(meeting=held, line=line, spent_on=TODAY, by=secretary)
            held.committee.members.filter(post="부구청장").update(is_official=False)

    grow(TODAY.year)
    one = [queries_of(client, url) for url in pages]
    for year in (TODAY.year + 1, TODAY.year + 2):
        grow(year)
    assert [queries_of(client, url) for url in pages] == one
