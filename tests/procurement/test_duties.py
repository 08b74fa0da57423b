"""What public purchasing asks of people."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import Department, User
from apps.core.registry import Duty
from apps.documents import issuing
from apps.documents.nodes import Document, TitleBox
from apps.procurement import services
from apps.procurement.duties import (
    departments_without_answer,
    departments_without_target,
    last_month_to_enter,
    months_open_again,
    months_to_settle,
    notices_to_correct,
    survey_to_answer,
    survey_to_send,
    targets_to_tell,
)
from apps.procurement.models import AnnualTarget, DemandSurvey, DepartmentTarget, SurveyResponse
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


def issue(series: str, by: User) -> None:
    """A paper went out, today."""
    paper = Document("통보", "강북구", (TitleBox(),))
    issuing.issue(series=series, document=paper, at=timezone.now(), by=by)


@pytest.mark.parametrize(("day", "due"), [(5, date(2016, 2, 5)), (31, date(2016, 2, 29))])
def test_the_office_sets_the_day(day: int, due: date, clerk: User, department: Department) -> None:
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
    RuleValue.objects.all().delete()
    assert list(last_month_to_enter(clerk, date(2016, 6, 3))) == []
    assert list(survey_to_send(officer, date(2016, 6, 3))) == []
    assert list(departments_without_target(officer, date(2017, 2, 1))) == []


def test_a_clerk_is_asked_for_last_month_until_it_is_said_to_be_entered(
    clerk: User, other_clerk: User, officer: User, department: Department
) -> None:
    day = date(2016, 6, 3)
    asked = Duty(
        "2016년 5월 구매실적 입력",
        reverse("procurement:own_months", args=[2016, department.pk]),
        due=date(2016, 6, 10),
        tone="warning",
    )
    assert list(last_month_to_enter(clerk, day)) == [asked]
    assert list(last_month_to_enter(officer, day)) == []
    (late,) = last_month_to_enter(clerk, date(2016, 6, 11))
    assert late.tone == "danger"
    make_purchase(department, make_enterprise(), clerk, purchased_on=date(2016, 5, 31))
    (begun,) = last_month_to_enter(clerk, day)
    assert begun.text == "2016년 5월 구매실적 입력 완료 표시"
    services.report_month(department=department, month=date(2016, 5, 1), today=day, by=clerk)
    assert list(last_month_to_enter(clerk, day)) == []
    assert len(list(last_month_to_enter(other_clerk, day))) == 1


def test_a_closed_month_is_not_asked_for(clerk: User, officer: User) -> None:
    services.close_month(month=date(2016, 5, 1), today=date(2016, 6, 2), by=officer)
    assert list(last_month_to_enter(clerk, date(2016, 6, 3))) == []


def test_a_department_that_was_not_there_is_not_asked(clerk: User, department: Department) -> None:
    department.valid_from = date(2016, 6, 1)
    department.save()
    assert list(last_month_to_enter(clerk, date(2016, 6, 3))) == []


def test_in_january_the_month_asked_for_is_last_years(clerk: User, department: Department) -> None:
    (duty,) = last_month_to_enter(clerk, date(2017, 1, 31))
    assert (duty.text, duty.due) == ("2016년 12월 구매실적 입력", date(2017, 1, 10))
    assert duty.url == reverse("procurement:own_months", args=[2016, department.pk])


def test_the_survey_is_sent_answered_and_followed_up(
    officer: User, clerk: User, department: Department, other_department: Department
) -> None:
    assert list(survey_to_send(officer, date(2016, 2, 28))) == []
    (send,) = survey_to_send(officer, date(2016, 3, 1))
    assert (send.url, send.due) == (
        reverse("procurement:survey_edit", args=[2016]),
        date(2016, 3, 31),
    )
    assert list(survey_to_send(clerk, date(2016, 3, 1))) == []
    assert list(survey_to_answer(clerk, date(2016, 3, 1))) == []
    survey = services.send_survey(
        survey=DemandSurvey(year=2016, body="□ 조사", due=date(2016, 3, 18)), by=officer
    )
    assert list(survey_to_send(officer, date(2016, 3, 1))) == []
    (answer,) = survey_to_answer(clerk, date(2016, 3, 18))
    assert answer == Duty(
        "2016년 구매 수요조사 회신",
        reverse("procurement:survey_answer", args=[2016, department.pk]),
        due=date(2016, 3, 18),
        tone="warning",
    )
    assert list(survey_to_answer(officer, date(2016, 3, 18))) == []
    assert list(departments_without_answer(officer, date(2016, 3, 18))) == []
    (late,) = departments_without_answer(officer, date(2016, 3, 19))
    assert late.text == "2016년 수요조사에 회신하지 않은 부서 2곳"
    services.answer_survey(
        response=SurveyResponse(survey=survey, department=department), items=[], seen="", by=clerk
    )
    assert list(survey_to_answer(clerk, date(2016, 3, 19))) == []
    (late,) = departments_without_answer(officer, date(2016, 3, 19))
    assert late.text.endswith("1곳")
    for each in (department, other_department):
        DepartmentTarget.objects.create(year=2016, department=each, total=1)
    assert list(departments_without_answer(officer, date(2016, 3, 19))) == []


def test_targets_are_to_be_told(officer: User, clerk: User) -> None:
    day = date(2016, 3, 20)
    assert list(targets_to_tell(officer, day)) == []
    AnnualTarget.objects.create(year=2016, total=1_000, mall=100)
    assert list(targets_to_tell(clerk, day)) == []
    (duty,) = targets_to_tell(officer, day)
    assert (duty.text, duty.due) == ("2016년 구매 목표 통보", date(2016, 3, 31))
    issue("targets-2016", officer)
    assert list(targets_to_tell(officer, day)) == []


@pytest.mark.django_db(transaction=True)
def test_targets_changed_since_are_to_be_told_again(officer: User) -> None:
    annual = AnnualTarget.objects.create(year=2016, total=1_000, mall=100)
    issue("targets-2016", officer)
    assert list(targets_to_tell(officer, date(2016, 3, 20))) == []
    annual.total = 2_000
    annual.save()
    (duty,) = targets_to_tell(officer, date(2016, 3, 20))
    assert (duty.text, duty.due) == ("2016년 구매 목표 다시 통보 (통보한 뒤 바뀜)", None)


def test_months_are_reminded_of_closed_and_told(
    officer: User, clerk: User, department: Department, other_department: Department
) -> None:
    day, april = date(2016, 6, 3), date(2016, 4, 1)
    assert list(months_to_settle(officer, day)) == []
    services.report_month(department=department, month=april, today=day, by=clerk)
    (missing,) = months_to_settle(officer, day)
    assert missing.text == "2016년 4월 구매실적을 입력하지 않은 부서 1곳"
    assert list(months_to_settle(officer, date(2016, 5, 10))) == []  # its day has not passed
    services.report_month(department=other_department, month=april, today=day, by=officer)
    (ready,) = months_to_settle(officer, day)
    assert (ready.text, ready.due) == ("2016년 4월 구매실적 마감", date(2016, 5, 10))
    services.close_month(month=april, today=day, by=officer)
    (tell,) = months_to_settle(officer, day)
    assert tell.text == "2016년 4월 구매실적 통보"
    assert list(months_to_settle(clerk, day)) == []
    issue("notice-2016-04", officer)
    assert list(months_to_settle(officer, day)) == []


def test_a_corrected_month_is_to_be_told_again(
    officer: User, clerk: User, department: Department
) -> None:
    day = date(2016, 6, 3)
    closing = services.close_month(month=date(2016, 5, 1), today=day, by=officer)
    issue("notice-2016-05", officer)
    assert list(notices_to_correct(officer, day)) == []
    reopening = services.reopen_month(
        closing=closing, department=department, reason="금액 오기", by=officer
    )
    assert list(notices_to_correct(officer, day)) == []
    services.finish_reopening(reopening=reopening, by=clerk)
    (duty,) = notices_to_correct(officer, day)
    assert duty.text == "2016년 5월 구매실적 다시 통보 (정정함)"
    assert list(notices_to_correct(clerk, day)) == []


def test_a_month_open_again_is_everybodys_duty_until_it_is_closed_again(
    officer: User, clerk: User, other_clerk: User, viewer: User, department: Department
) -> None:
    day = date(2016, 6, 3)
    closing = services.close_month(month=date(2016, 5, 1), today=day, by=officer)
    reopening = services.reopen_month(
        closing=closing, department=department, reason="금액 오기", by=officer
    )
    (own,) = months_open_again(clerk, day)
    assert own.text == "2016년 5월 구매실적 정정: 금액 오기"
    (office,) = months_open_again(officer, day)
    assert office.text == "2016년 5월 다시 연 것 마감: 일자리과"
    for user in (other_clerk, viewer):
        assert list(months_open_again(user, day)) == []
    services.finish_reopening(reopening=reopening, by=clerk)
    for user in (clerk, officer):
        assert list(months_open_again(user, day)) == []


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
