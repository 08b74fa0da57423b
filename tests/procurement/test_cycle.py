"""Where the year's cycle is, on the first screen of everybody who has a part in it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import Department, User
from apps.core.dates import today
from apps.documents import issuing
from apps.documents.nodes import Document, TitleBox
from apps.procurement import services
from apps.procurement.enums import MonthState
from apps.procurement.models import AnnualTarget, DemandSurvey, DepartmentTarget, SurveyResponse
from apps.procurement.queries.cycle import Cycle, cycle_of
from apps.rules.enums import StatuteKind
from apps.rules.models import RuleValue, Statute
from tests.conftest import SignIn
from tests.procurement.factories import make_enterprise, make_purchase

HOME = reverse("portal:home")


@pytest.fixture(autouse=True)
def march(db: None) -> None:
    """The month in which the office sets its targets."""
    office = Statute.objects.create(name="내부 기준", kind=StatuteKind.OFFICE)
    RuleValue.objects.create(
        key="procurement.target_month",
        label="목표",
        value=3,
        valid_from=date(2010, 1, 1),
        statute=office,
    )


def cycle(user: User, day: date) -> Cycle:
    found = cycle_of(user, day)
    assert found is not None
    return found


def states(user: User, day: date) -> list[str]:
    return [step.state for step in cycle(user, day).steps]


def action(user: User, day: date) -> tuple[str, str]:
    found = cycle(user, day).action
    assert found is not None
    return found.label, found.url


def url(name: str, *args: int | str) -> str:
    return reverse(f"procurement:{name}", args=[2016, *args])


def issue(series: str, by: User) -> None:
    paper = Document("통보", "강북구", (TitleBox(),))
    issuing.issue(series=series, document=paper, at=timezone.now(), by=by)


def test_the_year_goes_step_by_step(
    officer: User, clerk: User, department: Department, other_department: Department
) -> None:
    early, day = date(2016, 1, 4), date(2016, 3, 4)
    own = department.pk
    assert action(officer, early)[0] == "구 전체 현황 보기"
    assert action(officer, day) == ("수요조사 시작하기", url("survey_edit"))
    assert action(clerk, date(2016, 12, 1))[0] == "1월 구매실적 입력하기"
    assert states(officer, day) == ["now", "next", "next", "now", "next"]

    survey = services.send_survey(
        survey=DemandSurvey(year=2016, body="□ 조사", due=date(2016, 3, 18)), by=officer
    )
    assert action(clerk, day) == ("수요조사 회신하기", url("survey_answer", own))
    assert cycle(clerk, day).steps[0].note == "3. 18.까지 회신"
    services.answer_survey(
        response=SurveyResponse(survey=survey, department=department), items=[], seen="", by=clerk
    )
    assert states(clerk, day)[:3] == ["done", "now", "next"]
    assert cycle(officer, day).steps[0].note == "1/2 부서 회신"
    assert action(clerk, day) == ("1월 구매실적 입력하기", url("own_months", own))

    AnnualTarget.objects.create(year=2016, total=1_000_000, mall=0)
    for each in (department, other_department):
        DepartmentTarget.objects.create(year=2016, department=each, total=500_000)
    assert states(officer, day)[:3] == ["done", "done", "now"]
    assert action(officer, day) == ("구매 목표 통보하기", url("paper", "targets"))
    issue("targets-2016", officer)
    assert states(clerk, day) == ["done", "done", "done", "now", "next"]

    january = date(2016, 1, 1)
    for each in (department, other_department):
        services.report_month(department=each, month=january, today=day, by=officer)
    assert action(clerk, day)[0] == "2월 구매실적 입력하기"
    assert action(officer, day) == ("1월 마감하기", url("month", 1))
    assert states(officer, day)[4] == "now"
    closing = services.close_month(month=january, today=day, by=officer)
    assert action(officer, day)[0] == "1월 실적 통보하기"
    issue("notice-2016-01", officer)
    assert action(officer, day)[0] == "구 전체 현황 보기"
    assert [step.note for step in cycle(officer, day).steps[3:]] == [
        "1/2개월 완료",
        "마감 1개월, 1월까지 통보",
    ]
    services.report_month(department=department, month=date(2016, 2, 1), today=day, by=clerk)
    services.close_month(month=date(2016, 2, 1), today=day, by=officer)
    assert cycle(officer, day).steps[3].note == "1/2개월 완료, 1개월은 미입력 부서를 두고 마감"
    assert cycle(clerk, day).steps[3].note == "2/2개월 완료"
    services.reopen_month(closing=closing, department=department, reason="오기", by=officer)
    assert action(clerk, day) == ("1월 정정하고 다시 마감하기", url("own_months", own))


def test_in_january_last_december_comes_first(
    clerk: User, officer: User, department: Department
) -> None:
    day = date(2017, 1, 4)
    december = reverse("procurement:own_months", args=[2016, department.pk])
    assert action(clerk, day) == ("12월 구매실적 입력하기", december)
    assert action(officer, day)[0] == "구 전체 현황 보기"
    services.report_month(department=department, month=date(2016, 12, 1), today=day, by=clerk)
    assert action(officer, day) == ("12월 마감하기", url("month", 12))
    assert cycle(clerk, day).year == 2017


def test_it_shows_the_months_and_how_the_department_stands(
    clerk: User, officer: User, department: Department, other_department: Department
) -> None:
    firm, day = make_enterprise(), date(2016, 3, 4)
    make_purchase(department, firm, clerk, purchased_on=date(2016, 2, 1), amount=600_000)
    make_purchase(other_department, firm, clerk, purchased_on=date(2016, 2, 1), amount=1_000)
    assert cycle(clerk, day).standing == "구매액 600천원, 목표는 아직 정하지 않음"
    DepartmentTarget.objects.create(year=2016, department=department, total=500_000)
    services.report_month(department=department, month=date(2016, 2, 1), today=day, by=clerk)
    found = cycle(clerk, day)
    assert found.standing == "구매액 600천원 / 목표 500천원, 100천원 초과"
    assert [line.state for line, _ in found.months][:4] == [
        MonthState.DUE,
        MonthState.REPORTED,
        MonthState.RUNNING,
        MonthState.AHEAD,
    ]
    assert {link for _, link in found.months} == {url("own_months", department.pk)}
    assert cycle(officer, day).months[1][1] == url("month", 2)


def test_who_has_no_part_in_it_sees_none(
    secretary: User, clerk: User, viewer: User, sign_in: SignIn
) -> None:
    assert cycle_of(secretary, date(2016, 3, 4)) is None
    assert "어디까지 왔나" not in sign_in(secretary).get(HOME).text
    assert action(viewer, date(2016, 3, 4))[0] == "구 전체 현황 보기"
    for user in (clerk, viewer):
        assert f"{today().year}년 공공구매 어디까지 왔나" in sign_in(user).get(HOME).text


def test_queries_do_not_grow(officer: User, clerk: User, sign_in: SignIn) -> None:
    firm, year, counts = make_enterprise(), today().year, []
    clients = [sign_in(user) for user in (officer, clerk)]
    for number in range(2):
        for other in range(3 * number + 1):
            new = Department.objects.create(
                code=f"{number}-{other}", name=f"{other}동", kind="dong"
            )
            make_purchase(new, firm, clerk, purchased_on=date(year, 1, 1))
            DepartmentTarget.objects.create(year=year, department=new, total=1)
        with CaptureQueriesContext(connection) as captured:
            for client in clients:
                assert "어디까지 왔나" in client.get(HOME).text
        counts.append(len(captured))
    assert counts[0] == counts[1]
