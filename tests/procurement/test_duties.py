"""What public purchasing asks of people."""

from datetime import date

import pytest
from django.urls import reverse

from apps.accounts.models import Department, User
from apps.core.registry import Duty
from apps.procurement.duties import departments_without_target, last_month_to_enter
from apps.procurement.models import DepartmentTarget
from apps.rules.enums import StatuteKind
from apps.rules.models import RuleValue, Statute
from tests.procurement.factories import make_enterprise, make_purchase


@pytest.fixture(autouse=True)
def habits(db: None) -> None:
    """The days the office has set itself."""
    office = Statute.objects.create(name="내부 기준", kind=StatuteKind.OFFICE)
    for key, value in (("procurement.entry_day", 10), ("procurement.target_month", 3)):
        RuleValue.objects.create(
            key=key, label="기한", value=value, valid_from=date(2010, 1, 1), statute=office
        )


@pytest.mark.parametrize(("day", "due"), [(5, date(2016, 2, 5)), (31, date(2016, 2, 29))])
def test_the_office_sets_the_day(day: int, due: date, clerk: User, department: Department) -> None:
    DepartmentTarget.objects.create(year=2016, department=department, total=1_000)
    RuleValue.objects.filter(key="procurement.entry_day").update(value=day)
    (duty,) = last_month_to_enter(clerk, date(2016, 2, 20))
    assert duty.due == due


def test_the_office_sets_the_month(officer: User, department: Department) -> None:
    RuleValue.objects.filter(key="procurement.target_month").update(value=2)
    (duty,) = departments_without_target(officer, date(2016, 1, 4))
    assert duty.due == date(2016, 2, 29)


def test_without_its_rule_value_nothing_is_due(
    clerk: User, officer: User, department: Department
) -> None:
    DepartmentTarget.objects.create(year=2016, department=department, total=1_000)
    RuleValue.objects.all().delete()
    assert list(last_month_to_enter(clerk, date(2016, 6, 3))) == []
    assert list(departments_without_target(officer, date(2017, 2, 1))) == []


def test_a_clerk_is_asked_for_last_month_until_something_is_entered(
    clerk: User, other_clerk: User, officer: User, department: Department
) -> None:
    day = date(2016, 6, 3)
    assert list(last_month_to_enter(clerk, day)) == []
    DepartmentTarget.objects.create(year=2016, department=department, total=1_000)
    assert list(last_month_to_enter(clerk, day)) == [
        Duty(
            "2016년 5월 구매실적 입력",
            reverse("procurement:create", args=[2016]),
            due=date(2016, 6, 10),
            tone="warning",
        )
    ]
    assert list(last_month_to_enter(other_clerk, day)) == []
    assert list(last_month_to_enter(officer, day)) == []
    make_purchase(department, make_enterprise(), clerk, purchased_on=date(2016, 5, 31))
    assert list(last_month_to_enter(clerk, day)) == []


def test_in_january_the_month_asked_for_is_last_years(clerk: User, department: Department) -> None:
    DepartmentTarget.objects.create(year=2016, department=department, total=1_000)
    (duty,) = last_month_to_enter(clerk, date(2017, 1, 31))
    assert (duty.text, duty.due) == ("2016년 12월 구매실적 입력", date(2017, 1, 10))
    assert duty.url == reverse("procurement:create", args=[2016])


def test_officials_hear_of_departments_without_target(
    officer: User, clerk: User, department: Department, other_department: Department
) -> None:
    day = date(2016, 2, 1)
    DepartmentTarget.objects.create(year=2016, department=department, total=1_000)
    (duty,) = departments_without_target(officer, day)
    assert duty.text == "2016년 구매 목표가 없는 부서 1곳"
    assert (duty.url, duty.due) == (
        reverse("procurement:targets", args=[2016]),
        date(2016, 3, 31),
    )
    assert list(departments_without_target(clerk, day)) == []
    DepartmentTarget.objects.create(year=2016, department=other_department, total=1_000)
    assert list(departments_without_target(officer, day)) == []
