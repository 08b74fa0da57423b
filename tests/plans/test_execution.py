"""Money spent on screen: looks at it, the list of it, entering it."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook  # type: ignore[import-untyped]

from apps.accounts.models import User
from apps.plans import comparison, execution
from apps.plans.enums import Account, MoneySource, PlanState
from apps.plans.execution import Execution
from apps.plans.execution_documents import LOOKS
from apps.plans.models import BudgetLine, Expenditure, Plan
from apps.plans.recording import record_expenditure
from tests.conftest import SignIn
from tests.plans.factories import (
    YEAR,
    make_area,
    make_line,
    make_plan,
    make_program,
    make_task,
)
from tests.plans.screen import changed, errors, typed

pytestmark = pytest.mark.django_db
LOOK = reverse("plans:execution", args=[YEAR])
LIST = reverse("plans:expenditures", args=[YEAR])
EXPORT = reverse("plans:expenditures_xlsx", args=[YEAR])
CREATE = reverse("plans:expenditure_create", args=[YEAR])
YEAR_END = date(YEAR, 12, 31)


def spend(line: BudgetLine, amount: int, month: int, day: int = 10) -> Expenditure:
    return Expenditure.objects.create(
        line=line, amount=amount, spent_on=date(YEAR, month, day), text=f"{month}월 집행"
    )


@pytest.fixture
def plan() -> Plan:
    """District 3,000 + 1,000 in a fund, city 20,000, and 50,000 only if selected; in 천원."""
    plan = make_plan()
    area = make_area(plan)
    center, outreach = make_task(area, title="센터 운영"), make_task(area, title="홍보")
    goods = make_line(
        plan, 3_000_000, label="물품", task=center, program=make_program(plan, "센터 지원")
    )
    running = make_line(plan, 20_000_000, label="운영비", task=center, source=MoneySource.CITY)
    make_line(plan, 1_000_000, label="간담회", account=Account.FUND)
    make_line(plan, 50_000_000, label="특구", task=outreach, conditional=True)
    spend(goods, 600_000, 2)
    spend(running, 5_000_000, 3, 31)
    spend(running, 7_000_000, 4, 1)
    return plan


class TestSums:
    def test_of_each_part_up_to_a_day(self, plan: Plan) -> None:
        march = date(YEAR, 3, 31)

        def found(rows: tuple[Execution, ...]) -> list[tuple[str, int, int]]:
            return [(row.label, row.budget, row.spent) for row in rows]

        assert found(execution.by_task(plan, march)) == [
            ("1-1 센터 운영", 23_000_000, 5_600_000),
            ("과제에 적히지 않은 예산", 1_000_000, 0),
        ]
        assert found(execution.by_program(plan, march)) == [
            ("센터 지원", 3_000_000, 600_000),
            ("세부사업을 정하지 않은 예산", 1_000_000, 0),
        ]
        assert found(execution.by_source(plan, YEAR_END)) == [
            ("시비", 20_000_000, 12_000_000),
            ("구비", 4_000_000, 600_000),
        ]
        assert found(execution.by_account(plan, YEAR_END)) == [
            ("일반회계", 3_000_000, 600_000),
            ("기금", 1_000_000, 0),
        ]
        total = execution.overall(plan, march)
        assert (total.budget, total.spent, total.left, total.rate) == (
            24_000_000,
            5_600_000,
            18_400_000,
            "23.3%",
        )
        district = execution.overall(plan, YEAR_END, district_only=True)
        assert (district.budget, district.spent) == (4_000_000, 600_000)

    def test_of_each_quarter_and_month(self, plan: Plan) -> None:
        quarters = execution.by_quarter(plan, YEAR_END)
        assert [(q.label, q.spent, q.so_far, q.rate) for q in quarters] == [
            ("1분기", 5_600_000, 5_600_000, "23.3%"),
            ("2분기", 7_000_000, 12_600_000, "52.5%"),
            ("3분기", 0, 12_600_000, "52.5%"),
            ("4분기", 0, 12_600_000, "52.5%"),
        ]
        months = execution.by_month(plan, YEAR_END)
        assert [m.spent for m in months] == [0, 600_000, 5_000_000, 7_000_000, *[0] * 8]
        assert months[11].so_far == 12_600_000

    def test_of_a_quarter_that_has_not_begun(self, plan: Plan) -> None:
        first, second, *_ = execution.by_quarter(plan, date(YEAR, 3, 31))
        assert (first.so_far, second.so_far, second.rate) == (5_600_000, None, "-")
        january, *_ = execution.by_month(plan, date(YEAR, 3, 31))
        assert (january.so_far, january.rate) == (0, "-")


class TestLooks:
    @pytest.mark.parametrize(
        ("by", "shown"),
        [
            ("task", ["1-1 센터 운영", "23,000", "12,600", "10,400", "54.8%"]),
            ("program", ["센터 지원", "600", "2,400", "20.0%"]),
            ("source", ["시비", "12,000", "8,000", "60.0%"]),
            ("account", ["일반회계", "기금"]),
            ("quarter", ["1분기", "5,600", "12,600", "52.5%"]),
            ("month", ["4월", "7,000", "12,600"]),
            ("없는 것", ["1-1 센터 운영"]),
        ],
    )
    def test_each_shows_what_is_left(
        self, by: str, shown: list[str], plan: Plan, viewer: User, sign_in: SignIn
    ) -> None:
        html = sign_in(viewer).get(LOOK, {"by": by}).content.decode()
        assert [words for words in shown if words not in html] == []
        assert CREATE not in html

    @pytest.mark.parametrize("address", [*(f"{LOOK}?by={by}" for by in LOOKS), LIST])
    def test_asks_as_often_for_many_rows(
        self, address: str, plan: Plan, officer: User, sign_in: SignIn
    ) -> None:
        client = sign_in(officer)
        client.get(address)
        with CaptureQueriesContext(connection) as one:
            assert client.get(address).status_code == 200
        for number in range(5):
            task = make_task(plan.areas.get(), title=f"새 과제 {number}")
            spend(make_line(plan, task=task, program=make_program(plan, f"{number}")), 1_000, 5)
        with CaptureQueriesContext(connection) as many:
            client.get(address)
        assert len(many) == len(one)


class TestList:
    @pytest.mark.parametrize(
        ("query", "texts"),
        [
            ({}, ["4월 집행", "3월 집행", "2월 집행"]),
            ({"month": "3"}, ["3월 집행"]),
            ({"quarter": "1"}, ["3월 집행", "2월 집행"]),
            ({"source": "district"}, ["2월 집행"]),
            ({"month": "열셋"}, ["4월 집행", "3월 집행", "2월 집행"]),
        ],
    )
    def test_is_narrowed(
        self, query: dict[str, str], texts: list[str], plan: Plan, viewer: User, sign_in: SignIn
    ) -> None:
        page = sign_in(viewer).get(LIST, query).context["page"]
        assert [spent.text for spent in page] == texts

    def test_of_one_task_and_of_one_line(self, plan: Plan, viewer: User, sign_in: SignIn) -> None:
        client = sign_in(viewer)
        task = plan.areas.get().tasks.get(title="홍보")
        empty = client.get(LIST, {"task": task.pk}).content.decode()
        assert "찾는 집행 내역이 없습니다." in empty
        line = plan.lines.get(label="운영비")
        html = client.get(LIST, {"line": line.pk}).content.decode()
        assert "합계 12,000,000원" in html
        assert "8,000,000" in html  # what is left

    def test_of_a_line_that_waits_for_a_bid(
        self, plan: Plan, viewer: User, sign_in: SignIn
    ) -> None:
        line = plan.lines.get(label="특구")
        html = sign_in(viewer).get(LIST, {"line": line.pk}).content.decode()
        assert "‘선정 시에만’을 해제해야 집행을 적을 수 있습니다" in html
        assert html.count("50,000,000<span") == 1  # what is left of it is not told
        assert "1-2 특구 (구비, 50,000,000원)" in html  # lines of one name are told apart

    def test_to_take_away(self, plan: Plan, viewer: User, sign_in: SignIn) -> None:
        answer = sign_in(viewer).get(EXPORT, {"source": "district"})
        sheet = load_workbook(BytesIO(answer.content)).active
        assert sheet is not None
        assert [list(row) for row in sheet.values] == [
            ["집행일", "집행 내용", "과제", "예산", "재원", "회계", "집행액(원)", "문서번호"],
            [
                datetime(YEAR, 2, 10),  # noqa: DTZ001  # a sheet's dates have no zone
                "2월 집행",
                "1-1 센터 운영",
                "물품",
                "구비",
                "일반회계",
                600_000,
                None,
            ],
        ]
        page = sign_in(viewer).get(LIST, {"source": "district"}).content.decode()
        assert f"{EXPORT}?source=district" in page

    def test_without_money_spent(self, viewer: User, sign_in: SignIn) -> None:
        make_plan()
        assert "아직 집행 내역이 없습니다." in sign_in(viewer).get(LIST).content.decode()


class TestEntering:
    def test_a_new_one(self, plan: Plan, officer: User, sign_in: SignIn) -> None:
        line = plan.lines.get(label="물품")
        client = sign_in(officer)
        form = client.get(CREATE, {"line": line.pk})
        assert typed(form)["line"] == [str(line.pk)]
        html = form.content.decode()
        assert "1-1 물품 (구비, 남은 예산 2,400,000원)" in html
        assert "특구" not in html  # cannot be spent while the bid is open
        assert "‘선정 시에만’을 해제해야 집행을 적을 수 있습니다" in html
        sent = changed(
            form, amount="400천원", spent_on=f"{YEAR}-05-02", text="다과", document_number="회계-12"
        )
        assert client.post(CREATE, sent).headers["Location"] == LIST
        spent = line.expenditures.get(text="다과")
        assert (spent.amount, spent.spent_on, spent.document_number) == (
            400_000,
            date(YEAR, 5, 2),
            "회계-12",
        )

    def test_one_after_another(self, plan: Plan, officer: User, sign_in: SignIn) -> None:
        line = plan.lines.get(label="물품")
        client = sign_in(officer)
        day = f"{YEAR}-05-02"
        sent = changed(
            client.get(CREATE), line=[str(line.pk)], amount="1", spent_on=day, text="다과"
        )
        form = client.post(CREATE, {**sent, "next": "1"}, follow=True)
        again = typed(form)
        assert (again["line"], again["spent_on"], again["text"]) == ([str(line.pk)], [day], [""])
        assert "저장하고 계속 입력" in form.content.decode()

    @pytest.mark.parametrize(
        ("field", "values", "message"),
        [
            ("amount", {"amount": "2,400,001"}, "남은 예산 2,400,000원을 넘습니다."),
            ("amount", {"amount": "0"}, "집행액은 0원보다 커야 합니다."),
            ("amount", {"amount": "조금"}, "금액은 숫자로 적어 주세요."),
            ("spent_on", {"spent_on": f"{YEAR - 1}-12-31"}, f"집행일은 {YEAR}년 안의 날이어야"),
            ("spent_on", {"spent_on": "2999-01-01"}, "오늘보다 뒤의 날은 적을 수 없습니다."),
            ("spent_on", {"spent_on": ""}, "꼭 적어야 하는 칸입니다."),
            ("text", {"text": ""}, "꼭 적어야 하는 칸입니다."),
            ("line", {"line": [""]}, "꼭 적어야 하는 칸입니다."),
        ],
    )
    def test_refused_beside_the_field(
        self,
        field: str,
        values: dict[str, str],
        message: str,
        plan: Plan,
        officer: User,
        sign_in: SignIn,
    ) -> None:
        line = plan.lines.get(label="물품")
        client = sign_in(officer)
        before = list(Expenditure.objects.order_by("pk").values())
        start = {
            "line": [str(line.pk)],
            "amount": "1,000",
            "spent_on": f"{YEAR}-05-02",
            "text": "다과",
        }
        sent = changed(client.get(CREATE), **{**start, **values})
        answer = client.post(CREATE, sent)
        assert message in "".join(errors(answer, field))
        assert typed(answer) == sent
        assert list(Expenditure.objects.order_by("pk").values()) == before

    def test_changed_up_to_what_is_left(self, plan: Plan, officer: User, sign_in: SignIn) -> None:
        spent = Expenditure.objects.get(text="2월 집행")
        url = reverse("plans:expenditure_edit", args=[spent.pk])
        client = sign_in(officer)
        answer = client.post(url, changed(client.get(url), amount="3,000,001"))
        assert errors(answer, "amount") == ["남은 예산 3,000,000원을 넘습니다."]
        client.post(url, changed(client.get(url), amount="3,000,000"))
        spent.refresh_from_db()
        assert spent.amount == 3_000_000

    def test_deleted(self, plan: Plan, officer: User, sign_in: SignIn) -> None:
        spent = Expenditure.objects.get(text="2월 집행")
        url = reverse("plans:expenditure_delete", args=[spent.pk])
        client = sign_in(officer)
        assert "‘2월 집행’ 집행을 삭제할까요?" in client.get(url).content.decode()
        assert client.post(url).headers["Location"] == LIST
        assert not Expenditure.objects.filter(pk=spent.pk).exists()

    def test_in_a_confirmed_plan_but_not_in_a_closed_one(
        self, plan: Plan, officer: User, sign_in: SignIn
    ) -> None:
        now = timezone.now()
        Plan.objects.filter(pk=plan.pk).update(
            state=PlanState.CONFIRMED, confirmed_at=now, confirmed_by=officer
        )
        client = sign_in(officer)
        line = plan.lines.get(label="물품")
        sent = changed(
            client.get(CREATE), line=[str(line.pk)], amount="1", spent_on=f"{YEAR}-05-02", text="가"
        )
        client.post(CREATE, sent)
        spent = line.expenditures.get(text="가")
        Plan.objects.filter(pk=plan.pk).update(
            state=PlanState.CLOSED, closed_at=now, closed_by=officer
        )
        assert CREATE not in client.get(LIST).content.decode()
        for url in (
            CREATE,
            reverse("plans:expenditure_edit", args=[spent.pk]),
            reverse("plans:expenditure_delete", args=[spent.pk]),
        ):
            assert client.post(url, sent).status_code == 403
        assert Expenditure.objects.filter(pk=spent.pk).exists()

    def test_a_line_with_money_spent_is_kept(
        self, plan: Plan, officer: User, sign_in: SignIn
    ) -> None:
        line = plan.lines.get(label="물품")
        client = sign_in(officer)
        answer = client.post(reverse("plans:line_delete", args=[line.pk]), follow=True)
        assert "집행한 금액이 있어 지울 수 없습니다." in answer.content.decode()
        url = reverse("plans:line_edit", args=[line.pk])
        answer = client.post(url, changed(client.get(url), amount="599,999"))
        assert errors(answer, "amount") == ["이미 집행한 600,000원보다 적을 수 없습니다."]
        line.refresh_from_db()
        assert line.amount == 3_000_000


def test_an_app_records_what_it_paid(plan: Plan, officer: User) -> None:
    line = plan.lines.get(label="물품")
    paid = record_expenditure(
        line=line, spent_on=date(YEAR, 6, 1), amount=1_000, text="보조금 1차", by=officer
    )
    assert execution.with_spent(plan.lines.all()).get(pk=line.pk).left == 2_399_000
    assert line.expenditures.get(pk=paid.pk).text == "보조금 1차"


class TestComparison:
    def test_of_two_plans(self, plan: Plan) -> None:
        """A title pairs tasks first; then, of those left, a code does. Money counts if firm."""
        now = make_plan(YEAR + 1)
        area = make_area(now)
        make_task(area, title="홍보")
        center = make_task(area, number=3, title="센터 운영")
        fresh = make_task(area, number=9, title="새 과제")
        make_line(now, 4_500_000, task=center, program=make_program(now, "센터 지원"))
        make_line(now, 15_000_000, task=center, source=MoneySource.CITY)
        make_line(now, 500_000, task=fresh)
        before = comparison.plan_before(now)
        assert before == plan
        assert comparison.year_of(plan) == f"{YEAR}년(미확정)"
        rows = {change.label: change for change in comparison.by_task(plan, now)}
        assert list(rows) == [
            "1-1 홍보",
            "1-3 센터 운영",
            "1-9 새 과제",
            "과제에 적히지 않은 예산",
        ]
        kept = rows["1-3 센터 운영"]
        assert kept.amounts(0) == (3_000_000, 4_500_000, 1_500_000)
        assert kept.percent(0) == "+50.0%"
        assert kept.amounts(1) == (23_000_000, 19_500_000, -3_500_000)
        assert kept.percent(1) == "-15.2%"
        assert rows["1-9 새 과제"].percent(0) == "신규"
        assert rows["과제에 적히지 않은 예산"].percent(0) == "종료"
        total = comparison.total(plan, now)
        for source in (0, 1):
            sums = [
                sum(each) for each in zip(*(c.amounts(source) for c in rows.values()), strict=True)
            ]
            assert tuple(sums) == total.amounts(source)

    def test_a_task_under_a_new_title_says_what_it_was_called(self, plan: Plan) -> None:
        now = make_plan(YEAR + 1)
        area = make_area(now)
        make_task(area, title="통합지원센터 운영")
        labels = [change.label for change in comparison.by_task(plan, now)]
        assert labels[0] == "1-1 통합지원센터 운영 (지난 계획: 1-1 센터 운영)"

    def test_on_the_budget_page(self, plan: Plan, viewer: User, sign_in: SignIn) -> None:
        client = sign_in(viewer)
        budget = reverse("plans:budget", args=[YEAR])
        assert "과 비교" not in client.get(budget).content.decode()
        make_line(make_plan(YEAR + 1), 500_000, program=None)
        url = reverse("plans:budget", args=[YEAR + 1])
        html = client.get(url, {"by": "before"}).content.decode()
        assert f"{YEAR}년(미확정)과 비교" in html
        assert "△23,500" in html
        assert "△3,500" in html

    def test_with_no_plan_of_the_year_before(
        self, plan: Plan, viewer: User, sign_in: SignIn
    ) -> None:
        later = make_plan(YEAR + 2)
        url = reverse("plans:budget", args=[later.year])
        html = sign_in(viewer).get(url, {"by": "before"}).content.decode()
        assert "전년도 계획 없음" in html
        assert "전년도 계획이 없어 비교할 수 없음." in html
        assert f"{YEAR}년" not in html


def test_budget_lines_are_found_by_what_they_are(plan: Plan, viewer: User, sign_in: SignIn) -> None:
    client = sign_in(viewer)
    url = reverse("plans:budget", args=[YEAR])

    def labels(**query: str) -> list[str]:
        page = client.get(url, {"by": "line", **query}).context["page"]
        return sorted(line.label for line in page)

    assert labels() == ["간담회", "물품", "운영비", "특구"]
    assert labels(account="fund") == ["간담회"]
    assert labels(source="city") == ["운영비"]
    assert labels(conditional="1") == ["특구"]
    assert labels(conditional="0") == ["간담회", "물품", "운영비"]
    assert labels(program=str(plan.programs.get().pk)) == ["물품"]
    html = client.get(url, {"by": "line", "account": "special"}).content.decode()
    assert "찾는 예산이 없습니다." in html
