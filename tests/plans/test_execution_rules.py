"""Money spent: what the database refuses, whoever writes it."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from apps.accounts.models import User
from apps.core.refusals import told
from apps.plans.enums import PlanState
from apps.plans.models import BudgetLine, Expenditure, Plan
from tests.plans.factories import YEAR, make_line, make_plan

SPRING = date(YEAR, 4, 1)


def spend(line: BudgetLine, amount: int, on: date = SPRING) -> Expenditure:
    return Expenditure.objects.create(line=line, amount=amount, spent_on=on, text="회의비")


def refused(change: Callable[[], object]) -> dict[str, list[str]]:
    """What the database says to a change, by the field it is about."""
    with pytest.raises(ValidationError) as error, told():
        change()
    return error.value.message_dict


@pytest.mark.django_db
class TestRefused:
    def test_beyond_the_line(self) -> None:
        line = make_line(make_plan(), 3_000_000)
        first = spend(line, 1_766_000)
        said = {"amount": ["남은 예산 1,234,000원을 넘습니다."]}
        assert refused(lambda: spend(line, 1_234_001)) == said
        spend(line, 1_234_000)
        assert refused(lambda: spend(line, 1)) == {"amount": ["남은 예산 0원을 넘습니다."]}
        Expenditure.objects.filter(pk=first.pk).update(amount=1)
        first.amount = 1_766_001
        assert refused(first.save) == {"amount": ["남은 예산 1,766,000원을 넘습니다."]}

    def test_moved_to_a_line_that_has_less(self) -> None:
        plan = make_plan()
        spent = spend(make_line(plan, 500), 500)
        spent.line = make_line(plan, 499)
        assert "amount" in refused(spent.save)

    def test_many_at_once(self) -> None:
        line = make_line(make_plan(), 1_000)
        rows = [Expenditure(line=line, amount=600, spent_on=SPRING, text="가") for _ in range(2)]
        assert "amount" in refused(lambda: Expenditure.objects.bulk_create(rows))
        assert not line.expenditures.exists()

    def test_one_amount_down_and_another_up_in_one_statement(self) -> None:
        """Only what stands at the end of the statement counts."""
        line = make_line(make_plan(), 1_000)
        low, high = spend(line, 300), spend(line, 700)
        low.amount, high.amount = 700, 300
        Expenditure.objects.bulk_update([low, high], ["amount"])
        assert sorted(line.expenditures.values_list("amount", flat=True)) == [300, 700]

    @pytest.mark.parametrize("day", [date(YEAR - 1, 12, 31), date(YEAR + 1, 1, 1)])
    def test_on_a_day_of_another_year(self, day: date) -> None:
        line = make_line(make_plan())
        said = {"spent_on": [f"집행일은 {YEAR}년 안의 날이어야 합니다."]}
        assert refused(lambda: spend(line, 1, day)) == said
        spend(line, 1, date(YEAR, 1, 1))
        spend(line, 1, date(YEAR, 12, 31))

    def test_while_a_bid_is_open(self) -> None:
        line = make_line(make_plan(), conditional=True)
        assert list(refused(lambda: spend(line, 1))) == ["line"]
        line.conditional = False
        line.save()
        spend(line, 1)
        line.conditional = True
        assert list(refused(line.save)) == ["conditional"]

    def test_in_a_closed_plan(self, officer: User) -> None:
        plan = make_plan()
        line = make_line(plan)
        now = timezone.now()
        stamps = {"confirmed_at": now, "confirmed_by": officer}
        Plan.objects.filter(pk=plan.pk).update(state=PlanState.CONFIRMED, **stamps)
        spend(line, 1)
        Plan.objects.filter(pk=plan.pk).update(
            state=PlanState.CLOSED, closed_at=now, closed_by=officer
        )
        assert list(refused(lambda: spend(line, 1))) == ["plan"]

    def test_a_line_below_what_was_spent(self) -> None:
        line = make_line(make_plan(), 1_000)
        spend(line, 600)
        line.amount = 599
        assert refused(line.save) == {"amount": ["이미 집행한 600원보다 적을 수 없습니다."]}
        line.amount = 600
        line.save()

    def test_a_plan_that_leaves_the_year_of_its_money(self) -> None:
        plan = make_plan()
        line = make_line(plan)
        plan.year = YEAR + 1
        plan.save()
        spend(line, 1, date(YEAR + 1, 1, 1))
        plan.year = YEAR
        assert list(refused(plan.save)) == ["year"]

    def test_a_line_with_money_spent_is_not_deleted(self) -> None:
        line = make_line(make_plan())
        spend(line, 1)
        with pytest.raises(ProtectedError):
            line.delete()


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_cannot_pass_together() -> None:
    """The second waits for the first, on a connection of its own, and then sees what it spent."""
    line = make_line(make_plan(), 1_000)
    said: list[ValidationError] = []

    def second() -> None:
        try:
            with told():
                spend(line, 600)
        except ValidationError as error:
            said.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=second)
    with transaction.atomic():
        spend(line, 600)
        other.start()
        wait_for_a_waiter()
    other.join()
    assert [error.message_dict for error in said] == [{"amount": ["남은 예산 400원을 넘습니다."]}]
    assert [spent.amount for spent in line.expenditures.all()] == [600]


def test_a_line_is_not_lowered_below_what_is_being_spent(transactional_db: None) -> None:
    line = make_line(make_plan(), 1_000)
    said: list[ValidationError] = []

    def lower() -> None:
        try:
            with told():
                BudgetLine.objects.filter(pk=line.pk).update(amount=500)
        except ValidationError as error:
            said.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=lower)
    with transaction.atomic():
        spend(line, 600)
        other.start()
        wait_for_a_waiter()
    other.join()
    assert [error.message_dict for error in said] == [
        {"amount": ["이미 집행한 600원보다 적을 수 없습니다."]}
    ]
    line.refresh_from_db()
    assert line.amount == 1_000


def wait_for_a_waiter() -> None:
    """Until another connection waits for a lock that this one holds."""
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    for _ in range(100_000):
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
    raise AssertionError("the other connection never waited")
