"""Entering, closing and opening months again (R22)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import Department, User
from apps.core.dates import today
from apps.procurement import services
from apps.procurement.enums import MonthState
from apps.procurement.models import MonthClosing, MonthReport, Purchase, Reopening
from apps.procurement.queries.corrections import corrections
from apps.procurement.queries.months import closed_months, months_of
from tests.conftest import SignIn
from tests.procurement.factories import DAY, make_enterprise, make_purchase, typed
from tests.procurement.test_sums_and_closing import elsewhere, wait_until_blocked

MAY, JUNE = date(2016, 5, 1), date(2016, 6, 1)
IN_JUNE = date(2016, 6, 3)
MONTHS = reverse("procurement:months", args=[2016])
MONTH = reverse("procurement:month", args=[2016, 5])
CLOSE = reverse("procurement:month_close", args=[2016, 5])
REOPEN = reverse("procurement:month_reopen", args=[2016, 5])
CREATE = reverse("procurement:create", args=[2016])


def own_months(department: Department) -> str:
    return reverse("procurement:own_months", args=[2016, department.pk])


def report_url(department: Department, month: int = 5) -> str:
    return reverse("procurement:month_report", args=[2016, department.pk, month])


def close(by: User, month: date = MAY) -> MonthClosing:
    return services.close_month(month=month, today=date(2017, 1, 3), by=by)


def reopen(closing: MonthClosing, department: Department, by: User) -> Reopening:
    return services.reopen_month(closing=closing, department=department, reason="금액 오기", by=by)


def states(day: date, department: Department | None = None) -> dict[int, MonthState]:
    return {line.month.month: line.state for line in months_of(2016, day, department)}


class TestEntering:
    def test_a_clerk_says_that_all_is_entered_and_takes_it_back(
        self, clerk: User, department: Department, sign_in: SignIn
    ) -> None:
        client = sign_in(clerk)
        make_purchase(department, make_enterprise(), clerk)
        page = client.get(own_months(department)).text
        assert "5월 입력 완료" in page
        assert "4월 구매 없음" in page
        said = client.post(report_url(department), follow=True)
        assert "2016년 5월 구매실적 입력을 마쳤습니다." in said.text
        report = MonthReport.objects.get()
        assert (report.department, report.month, report.reported_by) == (department, MAY, clerk)
        assert "5월 입력 완료 취소" in said.text
        client.post(report_url(department))
        assert MonthReport.objects.count() == 1
        client.post(report_url(department), {"withdraw": "1"})
        assert not MonthReport.objects.exists()

    def test_a_stranger_and_a_reader_say_nothing_for_a_department(
        self, other_clerk: User, viewer: User, department: Department, sign_in: SignIn
    ) -> None:
        assert sign_in(other_clerk).get(own_months(department)).status_code == 404
        assert sign_in(other_clerk).post(report_url(department)).status_code == 404
        assert sign_in(viewer).post(report_url(department)).status_code == 403
        page = sign_in(viewer).get(own_months(department))
        assert "월별 입력" in page.text
        assert report_url(department) not in page.text
        with pytest.raises(PermissionDenied):
            services.report_month(department=department, month=MAY, today=IN_JUNE, by=other_clerk)
        assert not MonthReport.objects.exists()

    def test_a_month_ahead_is_not_entered(self, clerk: User, department: Department) -> None:
        with pytest.raises(ValidationError, match="아직 오지 않은"):
            services.report_month(
                department=department, month=date(2016, 7, 1), today=IN_JUNE, by=clerk
            )

    def test_months_that_are_none_are_not_found(
        self, officer: User, department: Department, sign_in: SignIn
    ) -> None:
        client = sign_in(officer)
        assert client.get(reverse("procurement:month", args=[2016, 13])).status_code == 404
        assert client.post(report_url(department, 0)).status_code == 404

    def test_how_far_each_month_is(
        self, clerk: User, officer: User, department: Department, other_department: Department
    ) -> None:
        close(officer, date(2016, 2, 1))
        reopen(close(officer, date(2016, 3, 1)), department, officer)
        for each in (department, other_department):
            services.report_month(
                department=each, month=date(2016, 4, 1), today=IN_JUNE, by=officer
            )
        services.report_month(department=department, month=MAY, today=IN_JUNE, by=clerk)
        office = states(IN_JUNE)
        assert [office[number] for number in range(1, 8)] == [
            MonthState.DUE,
            MonthState.CLOSED,
            MonthState.REOPENED,
            MonthState.REPORTED,
            MonthState.DUE,
            MonthState.RUNNING,
            MonthState.AHEAD,
        ]
        assert states(IN_JUNE, department)[5] == MonthState.REPORTED
        assert states(IN_JUNE, other_department)[3] == MonthState.CLOSED
        other_department.valid_from = date(2016, 5, 20)
        other_department.save()
        assert states(IN_JUNE, other_department)[1] == MonthState.NONE
        assert [months_of(2016, IN_JUNE)[number].asked for number in (3, 4)] == [1, 2]


class TestClosing:
    def test_an_official_closes_a_month_that_is_over(
        self, officer: User, clerk: User, department: Department, sign_in: SignIn
    ) -> None:
        make_purchase(department, make_enterprise(), clerk)
        client = sign_in(officer)
        asked = client.get(CLOSE).text
        assert "입력을 마치지 않은 부서가 1곳 있습니다: 일자리과." in asked
        assert "1건 150,000원" in asked
        done = client.post(CLOSE, follow=True).text
        assert "2016년 5월을 마감했습니다." in done
        closing = MonthClosing.objects.get()
        assert (closing.month, closing.closed_by) == (MAY, officer)
        again = client.post(CLOSE, follow=True).text
        assert "이미 마감한 달입니다." in again
        assert "마감했습니다" not in again

    @pytest.mark.parametrize(
        ("amount", "unusual"),
        [(90_000_000, False), (90_000_001, True), (20_000_000, False), (9_999_999, True)],
    )
    def test_the_question_compares_the_month_with_what_is_usual(
        self, amount: int, unusual: bool, officer: User, department: Department, sign_in: SignIn
    ) -> None:
        client, firm = sign_in(officer), make_enterprise()
        assert "비교:" not in client.get(CLOSE).text
        for day, won in (
            (date(2015, 5, 2), 30_000_000),
            (date(2016, 1, 4), 40_000_000),
            (date(2016, 4, 4), 80_000_000),
            (DAY, amount),
        ):
            make_purchase(department, firm, officer, purchased_on=day, amount=won)
        asked = client.get(CLOSE).text
        assert "비교: 2015년 5월 30,000천원, 올해 1~4월 월평균 30,000천원" in asked
        assert ("여느 때와 크게 다릅니다" in asked) is unusual

    def test_a_month_is_closed_on_the_day_after_its_last(self, officer: User) -> None:
        with pytest.raises(ValidationError, match="아직 끝나지 않은"):
            services.close_month(month=MAY, today=date(2016, 5, 31), by=officer)
        services.close_month(month=MAY, today=JUNE, by=officer)

    def test_clerks_and_viewers_close_nothing(
        self, clerk: User, viewer: User, sign_in: SignIn
    ) -> None:
        for user in (clerk, viewer):
            assert sign_in(user).post(CLOSE).status_code == 403
            with pytest.raises(PermissionDenied):
                close(user)
        assert not MonthClosing.objects.exists()

    def test_in_a_closed_month_nothing_is_saved_and_the_form_says_why(
        self, officer: User, clerk: User, department: Department, sign_in: SignIn
    ) -> None:
        purchase = make_purchase(department, make_enterprise(), clerk)
        close(officer)
        client = sign_in(clerk)
        said = client.post(CREATE, typed(amount="170,000"))
        assert "마감" in said.context["form"].errors["purchased_on"][0]
        assert "회의용 커피" in said.text
        assert Purchase.objects.count() == 1
        for change in (
            lambda: purchase.delete(),
            lambda: Purchase.objects.update(amount=1),
            lambda: Purchase.objects.update(purchased_on=date(2016, 6, 1)),
            lambda: make_purchase(department, purchase.enterprise, clerk),
        ):
            with pytest.raises(IntegrityError, match="마감되었습니다"), transaction.atomic():
                change()
        assert Purchase.objects.get().amount == 150_000
        assert MonthReport.objects.count() == 0
        refused = client.post(report_url(department), follow=True).text
        assert "마감한 달이라" in refused

    def test_who_reads_which_months_are_closed(
        self, officer: User, department: Department, other_department: Department
    ) -> None:
        reopen(close(officer), department, officer)
        close(officer, date(2015, 3, 1))
        assert closed_months(2016).for_department(department.pk) == frozenset()
        assert closed_months(2016).for_department(other_department.pk) == {MAY}
        assert closed_months().for_department(department.pk) == {date(2015, 3, 1)}


class TestReopening:
    @pytest.mark.django_db(transaction=True)
    def test_a_correction_needs_a_reason_and_leaves_a_trail(
        self,
        officer: User,
        clerk: User,
        department: Department,
        other_department: Department,
        sign_in: SignIn,
    ) -> None:
        firm = make_enterprise()
        wrong = make_purchase(department, firm, clerk)
        theirs = make_purchase(other_department, firm, clerk)
        closing = close(officer)
        office, own = sign_in(officer), sign_in(clerk)
        bare = office.post(REOPEN, {"department": department.pk, "reason": " "})
        assert "꼭 적어야 하는 칸입니다." in bare.text
        assert not Reopening.objects.exists()
        wanted = {"department": department.pk, "reason": "금액 오기"}
        assert "다시 열었습니다" in office.post(REOPEN, wanted, follow=True).text
        assert "이미 다시 열려 있습니다." in office.post(REOPEN, wanted).text
        assert "금액 오기" in own.get(own_months(department)).text

        edit = reverse("procurement:edit", args=[2016, wrong.pk])
        own.post(edit, typed(amount="180,000", item="복사용지", kind="goods"))
        own.post(CREATE, typed(amount="170,000"))
        wrong.refresh_from_db()
        assert wrong.amount == 180_000
        with pytest.raises(IntegrityError), transaction.atomic():
            theirs.delete()

        finish = reverse("procurement:reopening_finish", args=[2016, Reopening.objects.get().pk])
        assert "다시 마감했습니다." in own.post(finish, follow=True).text
        held = Reopening.objects.get()
        assert (held.finished_by, held.reopened_by, held.closing) == (clerk, officer, closing)
        assert "이미 다시 마감한" in own.post(finish, follow=True).text
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.delete()
        page = office.get(MONTH).text
        assert "금액: 150,000원 → 180,000원" in page
        assert "회의용 커피" in page
        assert "clerk 님" in page

    @pytest.mark.django_db(transaction=True)
    def test_what_was_moved_out_of_the_month_is_a_correction_too(
        self, officer: User, clerk: User, department: Department
    ) -> None:
        purchase = make_purchase(department, make_enterprise(), clerk)
        closing = close(officer)
        assert corrections(closing) == []
        reopen(closing, department, officer)
        Purchase.objects.filter(pk=purchase.pk).update(purchased_on=date(2016, 6, 7))
        Purchase.objects.filter(pk=purchase.pk).update(purchased_on=date(2016, 6, 8))
        (found,) = corrections(closing)
        assert (found.department, found.item, found.change.action) == (
            "일자리과",
            "복사용지",
            "수정",
        )
        assert (found.day, found.firm) == (date(2016, 6, 7), purchase.enterprise.name)
        assert [(each.before, each.after) for each in found.fields] == [
            ("2016-05-02", "2016-06-07")
        ]

    def test_only_officials_open_again_and_strangers_finish_nothing(
        self, officer: User, clerk: User, other_clerk: User, department: Department, sign_in: SignIn
    ) -> None:
        closing = close(officer)
        assert sign_in(clerk).post(REOPEN, {"department": department.pk}).status_code == 403
        with pytest.raises(PermissionDenied):
            reopen(closing, department, clerk)
        reopening = reopen(closing, department, officer)
        finish = reverse("procurement:reopening_finish", args=[2016, reopening.pk])
        assert sign_in(other_clerk).post(finish).status_code == 404
        with pytest.raises(PermissionDenied):
            services.finish_reopening(reopening=reopening, by=other_clerk)
        assert Reopening.objects.get().finished_at is None

    def test_several_or_all_departments_at_once(
        self,
        officer: User,
        department: Department,
        other_department: Department,
        sign_in: SignIn,
    ) -> None:
        client, _ = sign_in(officer), close(officer)
        third = Department.objects.create(code="third", name="문화과", kind="dong")
        assert "하나 이상 골라" in client.post(REOPEN, {"reason": "단가 정정"}).text
        two = {"department": [department.pk, third.pk], "reason": "단가 정정"}
        client.post(REOPEN, two)
        refused = client.post(REOPEN, two | {"department": [other_department.pk, third.pk]}).text
        assert "이미 다시 열려 있습니다. 빼고 골라 주세요: 문화과" in refused
        assert Reopening.objects.count() == 2
        client.post(REOPEN, {"everyone": "on", "reason": "단가 정정"})
        assert set(Reopening.objects.values_list("department", "reason")) == {
            (each.pk, "단가 정정") for each in (department, other_department, third)
        }
        assert "이미 모든 부서" in client.post(REOPEN, {"everyone": "on", "reason": "또"}).text

        finish = reverse("procurement:month_finish", args=[2016, 5])
        assert "3곳 모두 다시 마감" in client.get(MONTH).text
        assert "부서 3곳에 다시 마감했습니다." in client.post(finish, follow=True).text
        assert not Reopening.objects.filter(finished_at=None).exists()
        assert set(Reopening.objects.values_list("finished_by", flat=True)) == {officer.pk}

    def test_a_month_that_is_not_closed_is_not_opened(self, officer: User, sign_in: SignIn) -> None:
        assert sign_in(officer).get(REOPEN).status_code == 404


class TestTogether:
    @pytest.mark.django_db(transaction=True)
    def test_two_officials_close_a_month_once(self, officer: User, admin: User) -> None:
        with ThreadPoolExecutor(1) as other:
            with transaction.atomic():
                close(officer)
                late = other.submit(elsewhere(lambda: close(admin)))
                wait_until_blocked(late)
            with pytest.raises(ValidationError, match="이미 마감한 달"):
                late.result()
        assert MonthClosing.objects.get().closed_by == officer

    @pytest.mark.django_db(transaction=True)
    def test_closing_again_waits_for_the_correction_that_is_being_saved(
        self, officer: User, clerk: User, department: Department
    ) -> None:
        firm = make_enterprise()
        reopening = reopen(close(officer), department, officer)
        with ThreadPoolExecutor(1) as other:
            with transaction.atomic():
                make_purchase(department, firm, clerk)
                finish = elsewhere(
                    lambda: services.finish_reopening(reopening=reopening, by=officer)
                )
                finished = other.submit(finish)
                wait_until_blocked(finished)
                assert Reopening.objects.get().finished_at is None
            finished.result()
        assert (Purchase.objects.count(), Reopening.objects.get().finished_by) == (1, officer)


class TestScreens:
    def test_the_month_names_who_has_not_entered(
        self,
        officer: User,
        department: Department,
        other_department: Department,
        sign_in: SignIn,
    ) -> None:
        services.report_month(department=department, month=MAY, today=today(), by=officer)
        client = sign_in(officer)
        page = client.get(MONTH).text
        assert "입력을 마치지 않은 부서: 공원과\n" in page
        services.withdraw_report(department=department, month=MAY, by=officer)
        assert "입력을 마치지 않은 부서: 일자리과, 공원과\n" in client.get(MONTH).text
        alone = client.get(f"{MONTH}?to={department.pk}").text
        assert "입력을 마치지 않은 부서: 일자리과\n" in alone

    def test_who_has_not_entered_stands_first_and_the_numbers_lead_to_the_purchases(
        self,
        officer: User,
        department: Department,
        other_department: Department,
        sign_in: SignIn,
    ) -> None:
        client, firm = sign_in(officer), make_enterprise()
        make_purchase(department, firm, officer, item="토너")
        make_purchase(department, firm, officer, item="화분", purchased_on=JUNE)
        make_purchase(other_department, firm, officer, item="종이컵")

        def order() -> list[Department]:
            return [row.department for row in client.get(MONTH).context["rows"]]

        assert order() == [department, other_department]
        services.report_month(department=department, month=MAY, today=today(), by=officer)
        assert order() == [other_department, department]
        services.report_month(department=other_department, month=MAY, today=today(), by=officer)
        reopen(close(officer), other_department, officer)
        assert order() == [other_department, department]
        link = f"{reverse('procurement:list', args=[2016])}?month=5&department={department.pk}"
        assert client.get(MONTH).text.count(link.replace("&", "&amp;")) == 2
        rows = client.get(link).text
        assert [each in rows for each in ("토너", "화분", "종이컵")] == [True, False, False]

    def test_queries_do_not_grow_with_departments_or_purchases(
        self, officer: User, clerk: User, department: Department, sign_in: SignIn
    ) -> None:
        client, firm, counts = sign_in(officer), make_enterprise(), []
        for number in range(2):
            for other in range(3 * number + 1):
                new = Department.objects.create(
                    code=f"{number}-{other}", name=f"{other}동", kind="dong"
                )
                make_purchase(new, firm, clerk, purchased_on=DAY)
            with CaptureQueriesContext(connection) as captured:
                assert "월 마감" in client.get(MONTHS).text
                assert "부서별 입력" in client.get(MONTH).text
            counts.append(len(captured))
        assert counts[0] == counts[1]
