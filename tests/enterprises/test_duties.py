"""Whose designation runs out soon, said to officials only."""

from datetime import date, timedelta

import pytest

from apps.accounts.models import User
from apps.enterprises.duties import designations_running_out
from apps.enterprises.enums import DesignationKind
from apps.rules.enums import StatuteKind
from apps.rules.models import RuleValue, Statute
from tests.enterprises.factories import make_designation, make_firm

pytestmark = pytest.mark.django_db
TODAY = date(2016, 3, 31)


@pytest.fixture
def alert_days(db: None) -> None:
    statute = Statute.objects.create(name="내부 기준", kind=StatuteKind.OFFICE)
    for name, days in (("first", 90), ("second", 30), ("last", 7)):
        RuleValue.objects.create(
            key=f"enterprises.designation.alert_days.{name}",
            label="지정 만료 알림",
            value=days,
            unit="일",
            valid_from=date(2010, 1, 1),
            statute=statute,
        )


@pytest.mark.parametrize(
    ("left", "tone"),
    [(91, None), (90, "info"), (30, "warning"), (8, "warning"), (7, "danger"), (0, "danger")],
)
@pytest.mark.usefixtures("alert_days")
def test_the_nearer_the_louder(officer: User, left: int, tone: str | None) -> None:
    ends = TODAY + timedelta(days=left)
    make_designation(make_firm("행복커피"), DesignationKind.PRE_SOCIAL, ends=ends)
    duties = list(designations_running_out(officer, TODAY))
    assert [(duty.due, duty.tone) for duty in duties] == ([(ends, tone)] if tone else [])
    when = f"{left}일 남았습니다." if left else "유효기간이 오늘 끝납니다."
    assert all(duty.text.endswith(when) for duty in duties)


@pytest.mark.usefixtures("alert_days")
def test_over_ended_open_and_other_peoples_are_left_out(officer: User, clerk: User) -> None:
    firm = make_firm()
    soon = TODAY + timedelta(days=5)
    make_designation(firm, DesignationKind.COOP)
    make_designation(firm, DesignationKind.VILLAGE, ends=TODAY - timedelta(days=1))
    make_designation(firm, DesignationKind.SOCIAL, ends=soon, ended_on=TODAY, end_reason="revoked")
    assert list(designations_running_out(officer, TODAY)) == []
    make_designation(firm, DesignationKind.PRE_SOCIAL, ends=soon)
    assert len(list(designations_running_out(officer, TODAY))) == 1
    assert list(designations_running_out(clerk, TODAY)) == []


def test_without_a_rule_nothing_is_due(officer: User) -> None:
    make_designation(make_firm(), ends=TODAY)
    assert list(designations_running_out(officer, TODAY)) == []
