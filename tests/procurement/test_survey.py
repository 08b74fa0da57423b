"""The survey of March: asked of every department, answered, followed up (R16)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import Department, User
from apps.procurement import services
from apps.procurement.models import DemandSurvey, PlannedItem, SurveyResponse
from apps.procurement.queries.breakdown import NOTHING, Sums
from apps.procurement.queries.survey import bought_by_kind, planned_in, survey_lines
from tests.conftest import SignIn
from tests.procurement.factories import make_enterprise, make_purchase

SURVEY = reverse("procurement:survey", args=[2016])
EDIT = reverse("procurement:survey_edit", args=[2016])
DUE = date(2016, 3, 18)
SEOUL = ZoneInfo("Asia/Seoul")


@pytest.fixture
def survey(officer: User) -> DemandSurvey:
    return services.send_survey(
        survey=DemandSurvey(year=2016, body="□ 수요조사를 합니다.", due=DUE), by=officer
    )


def url_of(department: Department) -> str:
    return reverse("procurement:survey_answer", args=[2016, department.pk])


def typed(*rows: dict[str, str], **fields: str) -> dict[str, str]:
    """An answer as a clerk types it, with one more row left empty."""
    data = {"form-TOTAL_FORMS": str(len(rows) + 1), "form-INITIAL_FORMS": "0", **fields}
    for number, row in enumerate([*rows, {"kind": "goods"}]):
        data |= {f"form-{number}-{name}": value for name, value in row.items()}
    return data


PAPER = {"item": "복사용지", "kind": "goods", "amount": "1,500천원", "in_mall": "on", "month": "5"}
CLEANING = {"item": "청사 청소", "kind": "service", "amount": "20,000,000", "month": ""}


def stored() -> list[tuple[str, str, int, bool, int | None]]:
    rows = PlannedItem.objects.order_by("pk")
    return list(rows.values_list("item", "kind", "amount", "in_mall", "month"))


class TestAsking:
    def test_an_official_sends_the_letter_that_stands_ready(
        self, officer: User, clerk: User, department: Department, sign_in: SignIn
    ) -> None:
        make_purchase(
            department, make_enterprise(), clerk, purchased_on=date(2015, 4, 1), amount=7_654_321
        )
        client = sign_in(officer)
        assert "수요조사 시작" in client.get(SURVEY).text
        form = client.get(EDIT).context["form"]
        letter = form["body"].value()
        assert "2015년 구매액: 7,654천원" in letter
        assert "‘구매 계획 없음’으로 회신" in letter
        said = client.post(EDIT, {"due": "2016-03-18", "body": letter}, follow=True)
        assert "모든 부서에 수요조사를 보냈습니다." in said.text
        found = DemandSurvey.objects.get()
        assert (found.year, found.due, found.sent_by) == (2016, DUE, officer)

    def test_the_letter_and_the_day_are_changed_later(
        self, survey: DemandSurvey, admin: User, officer: User, sign_in: SignIn
    ) -> None:
        client = sign_in(admin)
        seen = client.get(EDIT).context["form"]["seen"].value()
        client.post(EDIT, {"due": "2016-03-25", "body": "□ 다시 알립니다.", "seen": seen})
        survey.refresh_from_db()
        assert (survey.due, survey.body, survey.sent_by) == (
            date(2016, 3, 25),
            "□ 다시 알립니다.",
            officer,
        )

    def test_without_a_day_nothing_is_sent_and_the_letter_is_kept(
        self, officer: User, sign_in: SignIn
    ) -> None:
        said = sign_in(officer).post(EDIT, {"due": "", "body": "□ 우리 글"})
        assert "꼭 적어야 하는 칸입니다." in said.text
        assert "□ 우리 글" in said.text
        assert not DemandSurvey.objects.exists()

    def test_a_year_is_surveyed_once(self, survey: DemandSurvey, officer: User) -> None:
        with pytest.raises(ValidationError, match="수요조사가 이미 있습니다"):
            services.send_survey(survey=DemandSurvey(year=2016, body="□ 또", due=DUE), by=officer)

    def test_only_officials_ask(
        self, clerk: User, viewer: User, sign_in: SignIn, department: Department
    ) -> None:
        for user in (clerk, viewer):
            assert sign_in(user).post(EDIT, {"due": "2016-03-18", "body": "□"}).status_code == 403
            with pytest.raises(PermissionDenied):
                services.send_survey(survey=DemandSurvey(year=2016, body="□", due=DUE), by=user)
        assert not DemandSurvey.objects.exists()


class TestAnswering:
    def test_a_clerk_answers_line_by_line(
        self, survey: DemandSurvey, clerk: User, department: Department, sign_in: SignIn
    ) -> None:
        client = sign_in(clerk)
        assert "수요조사를 합니다." in client.get(url_of(department)).text
        said = client.post(
            url_of(department), typed(PAPER, CLEANING, note="하반기 확정"), follow=True
        )
        assert "수요조사 회신을 저장했습니다." in said.text
        assert stored() == [
            ("복사용지", "goods", 1_500_000, True, 5),
            ("청사 청소", "service", 20_000_000, False, None),
        ]
        response = SurveyResponse.objects.get()
        assert (response.department, response.answered_by) == (department, clerk)
        assert response.note == "하반기 확정"
        assert planned_in(survey) == Sums(2, 21_500_000, 1_500_000)
        assert 'value="1,500,000"' in said.text

    def test_nothing_is_an_answer_too_but_has_to_be_said(
        self, survey: DemandSurvey, clerk: User, department: Department, sign_in: SignIn
    ) -> None:
        client = sign_in(clerk)
        silent = client.post(url_of(department), typed(note="없을 듯"))
        assert "구매할 품목을 적거나" in silent.text
        assert "없을 듯" in silent.text
        both = client.post(url_of(department), typed(PAPER, nothing="on"))
        assert "이 표시를 지워 주세요" in both.text
        assert not SurveyResponse.objects.exists()
        client.post(url_of(department), typed(nothing="on"))
        (line,) = survey_lines(survey)
        assert line.planned == NOTHING
        assert line.response is not None

    def test_bad_rows_are_named_and_nothing_is_saved(
        self, survey: DemandSurvey, clerk: User, department: Department, sign_in: SignIn
    ) -> None:
        bad = {"item": "", "kind": "goods", "amount": "많이"}
        said = sign_in(clerk).post(url_of(department), typed(PAPER, bad))
        for message in ("꼭 적어야 하는 칸입니다.", "금액은 숫자로 적어 주세요."):
            assert said.text.count(message) == 1
        assert 'value="복사용지"' in said.text
        assert 'value="많이"' in said.text
        assert not SurveyResponse.objects.exists()

    def test_the_form_grows_and_fills_without_saving(
        self, survey: DemandSurvey, clerk: User, department: Department, sign_in: SignIn
    ) -> None:
        make_purchase(
            department,
            make_enterprise(),
            clerk,
            purchased_on=date(2015, 4, 1),
            amount=30_000,
            channel="mall",
        )
        client = sign_in(clerk)
        rows = client.get(url_of(department)).context["answer"].rows
        assert len(rows.forms) == 5
        more = client.post(url_of(department), typed(PAPER, note="의견", more="1"))
        assert len(more.context["answer"].rows.forms) == 6
        assert 'value="복사용지"' in more.text
        assert 'value="의견"' in more.text
        filled = client.post(url_of(department), typed(PAPER, fill="1"))
        assert 'value="물품 (작년 구매 1건 기준)"' in filled.text
        assert 'value="30,000"' in filled.text
        assert not SurveyResponse.objects.exists()

    def test_last_years_purchases_are_told_by_kind(
        self, clerk: User, department: Department, other_department: Department
    ) -> None:
        firm, last = make_enterprise(), date(2015, 12, 31)
        make_purchase(department, firm, clerk, purchased_on=last, amount=1)
        make_purchase(department, firm, clerk, purchased_on=last, amount=2, channel="nara")
        make_purchase(department, firm, clerk, purchased_on=last, amount=4, channel="mall")
        make_purchase(department, firm, clerk, purchased_on=last, amount=8, kind="works")
        make_purchase(other_department, firm, clerk, purchased_on=last, amount=16)
        make_purchase(department, firm, clerk, purchased_on=date(2016, 1, 1), amount=32)
        found = [
            (each.kind.value, each.in_mall, each.count, each.amount)
            for each in bought_by_kind(2015, department)
        ]
        assert found == [("goods", False, 2, 3), ("goods", True, 1, 4), ("works", False, 1, 8)]

    def test_a_changed_answer_takes_the_place_of_the_first(
        self, survey: DemandSurvey, clerk: User, department: Department, sign_in: SignIn
    ) -> None:
        client = sign_in(clerk)
        client.post(url_of(department), typed(PAPER, CLEANING))
        seen = client.get(url_of(department)).context["answer"].head["seen"].value()
        client.post(url_of(department), typed(CLEANING, seen=seen))
        assert [row[0] for row in stored()] == ["청사 청소"]
        assert SurveyResponse.objects.count() == 1

    def test_two_people_do_not_answer_over_each_other(
        self, survey: DemandSurvey, clerk: User, officer: User, sign_in: SignIn
    ) -> None:
        department = clerk.department
        assert department is not None
        client = sign_in(clerk)
        sign_in(officer).post(url_of(department), typed(PAPER))
        late = client.post(url_of(department), typed(CLEANING))
        assert "다른 사람이 이 부서의 회신을 저장해서" in late.text
        assert 'value="청사 청소"' in late.text
        assert "저장된 회신" in late.text
        assert [row[0] for row in stored()] == ["복사용지"]
        client.post(url_of(department), typed(CLEANING, seen=late.context["stamp"]))
        assert [row[0] for row in stored()] == ["청사 청소"]
        assert SurveyResponse.objects.get().answered_by == clerk

    def test_a_stranger_answers_for_nobody(
        self,
        survey: DemandSurvey,
        other_clerk: User,
        viewer: User,
        department: Department,
        sign_in: SignIn,
    ) -> None:
        assert sign_in(other_clerk).post(url_of(department), typed(PAPER)).status_code == 404
        assert sign_in(viewer).post(url_of(department), typed(PAPER)).status_code == 403
        with pytest.raises(PermissionDenied):
            services.answer_survey(
                response=SurveyResponse(survey=survey, department=department),
                items=[],
                seen="",
                by=other_clerk,
            )
        assert not SurveyResponse.objects.exists()

    def test_a_year_without_survey_says_so(
        self, clerk: User, department: Department, sign_in: SignIn
    ) -> None:
        assert "아직 수요조사가 없습니다" in sign_in(clerk).get(url_of(department)).text


class TestFollowingUp:
    def test_who_has_not_answered_is_named_with_a_reminder(
        self,
        survey: DemandSurvey,
        officer: User,
        viewer: User,
        department: Department,
        other_department: Department,
        sign_in: SignIn,
    ) -> None:
        client = sign_in(officer)
        assert "회신하지 않은 부서: 일자리과, 공원과\n" in client.get(SURVEY).text
        alone = client.get(f"{SURVEY}?to={other_department.pk}").text
        assert "회신하지 않은 부서: 공원과\n" in alone
        assert "회신 기한: 2016. 3. 18.(금)" in alone
        client.post(url_of(department), typed(PAPER, CLEANING))
        page = client.get(SURVEY)
        assert "회신하지 않은 부서: 공원과\n" in page.text
        assert '<td class="num">21,500</td>' in page.text
        assert "독촉 문구" not in sign_in(viewer).get(SURVEY).text

    def test_an_answer_after_the_day_is_late(
        self, survey: DemandSurvey, clerk: User, department: Department
    ) -> None:
        for at, late in (
            (datetime(2016, 3, 18, 23, 59, tzinfo=SEOUL), False),
            (datetime(2016, 3, 19, 0, 1, tzinfo=SEOUL), True),
        ):
            SurveyResponse.objects.update_or_create(
                survey=survey,
                department=department,
                defaults={"answered_at": at, "answered_by": clerk},
            )
            assert [line.late for line in survey_lines(survey)] == [late]

    def test_queries_do_not_grow_with_answers(
        self, survey: DemandSurvey, officer: User, sign_in: SignIn
    ) -> None:
        client, counts = sign_in(officer), []
        for number in range(2):
            for other in range(3 * number + 1):
                new = Department.objects.create(
                    code=f"{number}-{other}", name=f"{other}동", kind="dong"
                )
                client.post(url_of(new), typed(PAPER))
            with CaptureQueriesContext(connection) as captured:
                assert "부서별 회신" in client.get(SURVEY).text
            counts.append(len(captured))
        assert counts[0] == counts[1]
