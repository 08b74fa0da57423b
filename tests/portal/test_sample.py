"""The sample district: whole on any day, once, and marked as invented."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.db.models import Max, Min
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from apps.accounts.enums import DepartmentKind, Role
from apps.accounts.models import Department, User
from apps.audit.queries import tracked_models
from apps.committees.enums import MeetingState
from apps.committees.models import Committee, FollowUp, Meeting, Member
from apps.committees.queries.series import next_host, series
from apps.core.dates import today
from apps.enterprises.models import Designation, Enterprise
from apps.plans.models import Plan
from apps.portal import sample
from apps.portal.models import SampleDistrict
from apps.portal.queries import duties_of, tiles_of
from apps.portal.sample import round_table, source
from apps.portal.sample.office import PASSWORD, PEOPLE, REAL
from apps.procurement.documents.papers import paper_of
from apps.procurement.editions import TARGETS, notice
from apps.procurement.models import AnnualTarget, DemandSurvey, MonthClosing, Purchase, Reopening
from tests import district

pytestmark = pytest.mark.django_db
LOGIN = reverse("account_login")
MARK = "(예시)"
DAYS = [
    date(2026, 1, 1),
    date(2027, 1, 2),
    date(2024, 2, 29),
    date(2026, 12, 31),
    date(2026, 11, 22),
    date(2031, 3, 31),
]


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def counts() -> dict[str, int]:
    return {key: apps.get_model(key)._default_manager.count() for key in tracked_models()}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_it_is_whole_on_any_day(day: date) -> None:
    assert sample.load(today=day)
    for key in tracked_models():
        rows = apps.get_model(key)._default_manager.order_by("pk")
        keys = list(rows.values_list("pk", flat=True))
        for row in rows.filter(pk__in=keys[:: max(1, len(keys) // 10)]):
            row.full_clean()  # a form would save it unchanged

    assert Department.objects.filter(kind=DepartmentKind.NEIGHBORHOOD).count() == 13
    bought = Purchase.objects.aggregate(first=Min("purchased_on"), last=Max("purchased_on"))
    assert date(day.year - 4, 1, 1) <= bought["first"] < date(day.year - 4, 2, 1)
    sizes = [Purchase.objects.in_year(year).count() for year in range(day.year - 4, day.year)]
    assert sizes == sorted(sizes)
    assert 1_400 < sizes[0] < sizes[-1] < 2_000
    assert day - timedelta(days=7) < bought["last"] <= day
    assert Enterprise.objects.filter(name__endswith=MARK).count() == 60
    assert Designation.objects.in_force(day).count() > 40
    assert set(Plan.objects.values_list("year", flat=True)) == {2016, day.year}
    assert set(AnnualTarget.objects.values_list("year", flat=True)) == {
        2016,
        *range(day.year - 4, day.year + 1),
    }
    assert_months_are_closed_and_told_of(day)
    for user in User.objects.all():
        duties_of(user, day)
        assert list(tiles_of(user, day))


def assert_months_are_closed_and_told_of(day: date) -> None:
    """The last month waits to be closed; the one before is, was corrected, and has a notice."""
    last = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
    before = (last - timedelta(days=1)).replace(day=1)
    closed = set(MonthClosing.objects.values_list("month", flat=True))
    assert len(closed) == (last.year - day.year + 4) * 12 + last.month - 1
    assert max(closed) == before
    corrected = Reopening.objects.get(closing__month=before)
    assert corrected.finished_at is not None
    told = paper_of(before.year, notice(before.month), day)
    assert told.obstacles == ()
    assert told.in_force is None  # it was sent out before the correction
    assert told.reason.endswith(corrected.reason)
    earlier = (before - timedelta(days=1)).replace(day=1)
    assert paper_of(earlier.year, notice(earlier.month), day).in_force is not None
    assert paper_of(last.year, notice(last.month), day).last is None
    targets = paper_of(day.year, TARGETS, day)
    assert bool(targets.in_force) == (day >= date(day.year, 3, 30))
    survey = DemandSurvey.objects.filter(year=day.year).first()
    assert bool(survey) == (day >= date(day.year, 3, 2))
    if survey and day > survey.due:
        answers = survey.responses.count()
        assert 30 < answers < Department.objects.in_year(day.year).count()


def test_each_of_the_five_holds_their_role_all_year() -> None:
    district.lay_down(date(2026, 11, 22))
    for username, role, _, _ in PEOPLE:
        held = User.objects.get(username=username).holdings
        for day in (date(2026, 1, 1), date(2026, 12, 31), date(2027, 6, 1)):
            assert held.in_force(day).get().group.name == role.value
    assert {role for _, role, _, _ in PEOPLE} == set(Role)


def test_a_second_time_doubles_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_sample")
    once = counts()
    call_command("load_sample")
    out = capsys.readouterr().out
    assert counts() == once
    assert SampleDistrict.objects.count() == 1
    assert "예시 자료를 불러왔습니다." in out
    assert "예시 자료가 이미 있습니다." in out
    assert out.count(PASSWORD) == 2 * len(PEOPLE)
    assert not sample.load(today=today())


def test_it_is_the_same_district_every_time() -> None:
    def found(load: Callable[..., object]) -> list[object]:
        with transaction.atomic():
            load(today=date(2026, 11, 22))
            firms = Enterprise.objects.order_by("business_number", "name")
            bought = Purchase.objects.order_by("pk")
            rows: list[object] = [
                *firms.values_list("name", "representative", "founded_on"),
                *bought.values_list("enterprise__name", "item", "amount", "purchased_on"),
            ]
            transaction.set_rollback(True)
        return rows

    first = found(district.lay_down)
    assert len(first) > 7_000
    assert found(sample.load) == first


def test_what_is_invented_says_so() -> None:
    district.lay_down(date(2026, 11, 22))
    real_committee = Committee.objects.earliest("formed_on")
    unmarked = {
        *Department.objects.exclude(name__in=REAL).values_list("name", flat=True),
        *User.objects.values_list("name", flat=True),
        *Plan.objects.exclude(year=2016).values_list("title", flat=True),
        *Plan.objects.exclude(year=2016).values_list("issuer", flat=True),
        *Enterprise.objects.exclude(business_number=None).values_list("name", flat=True),
        *Enterprise.objects.exclude(business_number=None).values_list("representative", flat=True),
        *Committee.objects.exclude(pk=real_committee.pk)
        .exclude(formed_on=None)  # those of the plan, which tells no day
        .values_list("name", flat=True),
        *Member.objects.exclude(committee=real_committee).values_list("name", flat=True),
    }
    assert {name for name in unmarked if not name.endswith(MARK)} == set()
    assert real_committee.formed_on == date(2015, 11, 9)
    assert not real_committee.name.endswith(MARK)


@pytest.mark.parametrize(
    ("day", "host", "missed"),
    [(date(2026, 11, 22), "통합지원센터", ["7월"]), (date(2026, 1, 1), "통합지원센터", [])],
)
def test_the_round_table_missed_a_month_and_has_things_to_do(
    day: date, host: str, missed: list[str], secretary: User
) -> None:
    round_table.load(today=day, by=secretary)
    body = Committee.objects.get()
    assert next_host(body) == f"{host}{MARK}"
    assert [slot.label for slot in series(body, day.year, day) if slot.missing] == missed
    assert body.meetings.filter(held_on__lt=day, state=MeetingState.CONFIRMED).count() == 5
    owed = FollowUp.objects.filter(done_on=None)
    assert (owed.filter(due__lt=day).count(), owed.filter(due__gt=day).count()) == (1, 1)
    assert FollowUp.objects.exclude(done_on=None).count() == 4


def test_no_text_of_the_real_plan_ends_with_an_empty_line() -> None:
    """Who goes to its end and breaks the line goes on with the mark of the last line."""
    assert '\\n"' not in json.dumps(source.plan_2016(), default=str)


def test_the_real_plan_bears_no_invented_name() -> None:
    district.lay_down(date(2026, 11, 22))
    plan = Plan.objects.get(year=2016)
    assert MARK not in f"{plan.title}{plan.issuer}{plan.purpose}"
    assert not Meeting.objects.filter(month__year=2016, title__contains=MARK).exists()


class TestSaying:
    BANNER = "예시 자료가 들어 있습니다."

    def test_every_page_says_that_the_sample_is_loaded(self) -> None:
        page = Client().get(LOGIN).content.decode()
        assert PASSWORD not in page
        assert "예시 계정" not in page
        sample.load(today=today())
        page = Client().get(LOGIN).content.decode()
        assert PASSWORD in page
        for username, role, name, _ in PEOPLE:
            assert f"<code>{username}</code>" in page
            assert role.label in page
            assert f"{name}{MARK}" in page
        client = Client()
        client.post(LOGIN, {"login": "viewer", "password": PASSWORD})
        home = client.get(reverse("portal:home")).content.decode()
        assert self.BANNER in home
        assert PASSWORD not in home
        SampleDistrict.objects.all().delete()
        assert self.BANNER not in client.get(reverse("portal:home")).content.decode()

    def test_in_production_nothing_of_it_is_shown(self, settings: Settings) -> None:
        SampleDistrict.objects.create()
        settings.PRODUCTION = True
        page = Client().get(LOGIN, secure=True).content.decode()
        assert "로그인" in page
        assert PASSWORD not in page
