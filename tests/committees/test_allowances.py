"""Allowances: who came and is no official, by the rule of the day, once, within the budget."""

from collections.abc import Callable
from datetime import date
from functools import partial
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from apps.accounts.models import User
from apps.committees import services
from apps.committees.forms.allowances import PayForm
from apps.committees.models import Allowance, Committee, Meeting
from apps.committees.queries.allowances import usual_line
from apps.plans.enums import MoneySource
from apps.plans.models import BudgetLine, Expenditure, FocusArea, Plan, Task
from apps.rules.enums import StatuteKind
from apps.rules.models import RuleValue, Statute
from tests.committees.after import make_held
from tests.committees.factories import make_committee
from tests.conftest import SignIn

pytestmark = pytest.mark.django_db
DAY = date(2016, 1, 25)


@pytest.fixture
def held(secretary: User) -> Meeting:
    """14 came, of whom the four who are 당연직 are officials."""
    meeting = make_held(secretary)
    meeting.committee.members.filter(appointment=1).update(is_official=True)
    return meeting


@pytest.fixture
def rule() -> RuleValue:
    statute, _ = Statute.objects.get_or_create(name="운영 기준", kind=StatuteKind.OFFICE)
    return RuleValue.objects.create(
        key="committees.allowance",
        label="참석수당",
        value=100_000,
        unit="원",
        valid_from=date(2016, 1, 1),
        statute=statute,
    )


@pytest.fixture
def line() -> BudgetLine:
    plan = Plan.objects.create(year=2016, title="2016년도 추진계획", issuer="일자리과")
    return BudgetLine.objects.create(
        plan=plan, label="활성화위원회 운영", source=MoneySource.DISTRICT, amount=2_016_000
    )


def test_ten_are_paid_and_the_budget_is_less(
    held: Meeting, rule: RuleValue, line: BudgetLine, secretary: User, sign_in: SignIn
) -> None:
    url = reverse("committees:allowances", args=[held.pk])
    client = sign_in(secretary)
    before = client.get(url).content.decode()
    assert "계 (10명)" in before
    assert "활성화위원회 운영 (남은 예산 2,016,000원)" in before
    early = client.post(url, {"line": line.pk, "spent_on": "2016-01-19"})
    assert early.context["form"].errors == {
        "spent_on": ["지급일은 회의 날(2016. 1. 20.(수))보다 앞설 수 없습니다."]
    }
    page = client.post(url, {"line": line.pk, "spent_on": "2016-01-25"}, follow=True)
    assert set(Allowance.objects.values_list("amount", "expenditure__spent_on")) == {(100_000, DAY)}
    assert not Allowance.objects.filter(member__is_official=True).exists()
    spent = Expenditure.objects.get()
    assert (spent.amount, spent.line) == (1_000_000, line)
    assert "1,016,000" in page.content.decode()
    assert 'name="spent_on"' not in page.content.decode()


def test_nobody_is_paid_twice(
    held: Meeting, rule: RuleValue, line: BudgetLine, secretary: User
) -> None:
    services.pay_allowances(meeting=held, line=line, spent_on=DAY, by=secretary)
    with pytest.raises(ValidationError, match="지급할 위원이 없습니다"):
        services.pay_allowances(meeting=held, line=line, spent_on=DAY, by=secretary)
    assert Expenditure.objects.count() == 1
    found = usual_line(held.committee, 2016)
    assert found is not None
    assert (found.spent, found.left) == (1_000_000, 1_016_000)


def test_the_line_is_the_one_last_paid_from_else_the_only_one_of_the_bodys_task(
    held: Meeting, rule: RuleValue, line: BudgetLine, secretary: User
) -> None:
    assert usual_line(held.committee, 2016) is None
    area = FocusArea.objects.create(plan=line.plan, number=5, title="거버넌스")
    held.committee.name = "가람구 사회적경제 활성화위원회(예시)"
    task = Task.objects.create(area=area, number=2, title="‘사회적경제 활성화위원회’ 내실 운영")
    BudgetLine.objects.filter(pk=line.pk).update(task=task)
    assert usual_line(held.committee, 2016) == line
    values = {"plan": line.plan, "source": MoneySource.DISTRICT, "amount": 2_000_000, "task": task}
    other = BudgetLine.objects.create(label="수당", **values)
    assert usual_line(held.committee, 2016) is None
    services.pay_allowances(meeting=held, line=other, spent_on=DAY, by=secretary)
    assert usual_line(held.committee, 2016) == other
    choices = PayForm(meeting=held, today=DAY).fields["line"].choices  # type: ignore[attr-defined]  # of a select
    assert [(group, [key for key, _ in rows]) for group, rows in list(choices)[1:]] == [
        ("이 위원회의 예산", [other.pk]),
        (str(task), [line.pk]),
    ]
    next_plan = Plan.objects.create(year=2017, title="2017년도 추진계획", issuer="일자리과")
    rolled = BudgetLine.objects.create(**{**values, "plan": next_plan, "task": None}, label="수당")
    assert usual_line(held.committee, 2017) == rolled


def test_a_body_that_has_only_a_note_for_a_name_has_no_line_of_its_own(line: BudgetLine) -> None:
    area = FocusArea.objects.create(plan=line.plan, number=5, title="거버넌스")
    line.task = Task.objects.create(area=area, number=2, title="(가칭) 협의체 운영")
    line.save()
    assert usual_line(make_committee(name="(가칭)"), 2016) is None


def test_what_was_spent_stays_the_sum_of_the_list(
    held: Meeting,
    rule: RuleValue,
    line: BudgetLine,
    secretary: User,
    officer: User,
    sign_in: SignIn,
) -> None:
    spent = services.pay_allowances(meeting=held, line=line, spent_on=DAY, by=secretary)
    client = sign_in(officer)
    listed = client.get(reverse("plans:expenditures", args=[2016])).content.decode()
    assert "지급 명단 10명" in listed
    assert reverse("committees:allowances", args=[held.pk]) in listed
    edit = reverse("plans:expenditure_edit", args=[spent.pk])
    values = {**client.get(edit).context["form"].initial, "document_number": "일자리-7"}
    page = client.post(edit, {**values, "amount": 900_000}).content.decode()
    assert "참석수당 지급 명단의 합계 1,000,000원과 달라집니다." in page
    assert client.post(edit, values).status_code == 302
    spent.refresh_from_db()
    assert (spent.amount, spent.document_number) == (1_000_000, "일자리-7")
    delete = reverse("plans:expenditure_delete", args=[spent.pk])
    assert "함께 삭제합니다: 참석수당(지급 명단 10명)" in client.get(delete).content.decode()
    client.post(delete)
    connection.check_constraints()
    assert not Allowance.objects.exists()
    assert services.pay_allowances(meeting=held, line=line, spent_on=DAY, by=secretary).amount


@pytest.mark.parametrize("change", ["one_less", "none", "another_amount"])
def test_a_list_is_not_changed_behind_the_money(
    change: str, held: Meeting, rule: RuleValue, line: BudgetLine, secretary: User
) -> None:
    services.pay_allowances(meeting=held, line=line, spent_on=DAY, by=secretary)
    one = Allowance.objects.filter(pk=Allowance.objects.all()[0].pk)
    changes: dict[str, Callable[[], object]] = {
        "one_less": one.delete,
        "none": Allowance.objects.all().delete,
        "another_amount": partial(one.update, amount=1),
    }
    with pytest.raises(IntegrityError, match="집행액과 다릅니다"):
        _written(changes[change])


@transaction.atomic
def _written(change: Callable[[], object]) -> None:
    """The change, looked at as at its end."""
    change()
    connection.check_constraints()


def test_a_body_without_votes_pays_for_coming_too(
    held: Meeting, rule: RuleValue, secretary: User, sign_in: SignIn
) -> None:
    Committee.objects.update(decides_by_vote=False)
    page = sign_in(secretary).get(reverse("committees:meeting", args=[held.pk]))
    assert reverse("committees:allowances", args=[held.pk]) in page.content.decode()


def test_more_than_is_left_is_refused(
    held: Meeting, rule: RuleValue, line: BudgetLine, secretary: User, sign_in: SignIn
) -> None:
    BudgetLine.objects.update(amount=999_999)
    page = sign_in(secretary).post(
        reverse("committees:allowances", args=[held.pk]),
        {"line": line.pk, "spent_on": "2016-01-25", "document_number": "일자리-7"},
    )
    assert "남은 예산 999,999원을 넘습니다." in page.content.decode()
    assert 'value="일자리-7"' in page.content.decode()
    assert not Allowance.objects.exists()


def test_nothing_is_paid_before_the_end_or_without_a_rule(
    held: Meeting, line: BudgetLine, secretary: User
) -> None:
    with pytest.raises(ValidationError, match="기준값이 없습니다"):
        services.pay_allowances(meeting=held, line=line, spent_on=DAY, by=secretary)
    services.resume_meeting(meeting=held, by=secretary)
    with pytest.raises(ValidationError, match="산회한"):
        services.pay_allowances(meeting=held, line=line, spent_on=DAY, by=secretary)


def test_a_reader_sees_the_list_and_pays_nobody(
    held: Meeting, rule: RuleValue, line: BudgetLine, viewer: User, sign_in: SignIn
) -> None:
    url = reverse("committees:allowances", args=[held.pk])
    page = sign_in(viewer).get(url)
    assert "계 (10명)" in page.content.decode()
    assert 'name="spent_on"' not in page.content.decode()
    assert sign_in(viewer).post(url, {"line": line.pk}).status_code == 403
    assert not Allowance.objects.exists()


def test_the_list_as_files(
    held: Meeting, rule: RuleValue, secretary: User, sign_in: SignIn
) -> None:
    client = sign_in(secretary)
    pdf = client.get(reverse("committees:allowances_pdf", args=[held.pk]))
    printed = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages)
    assert printed.split().count("100,000") == 10
    assert "1,000,000" in printed.split()
    xlsx = client.get(reverse("committees:allowances_xlsx", args=[held.pk]))
    rows = CalamineWorkbook.from_filelike(BytesIO(xlsx.content)).get_sheet_by_index(0).to_python()
    assert ["계", "10명", 1_000_000] in [[cell for cell in row if cell != ""] for row in rows]
