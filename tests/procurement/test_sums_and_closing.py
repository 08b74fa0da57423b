"""What the database keeps by itself: the monthly sums, and that nothing enters a closed month."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.db.models import Count, F, Sum
from django.db.models.functions import TruncMonth
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from apps.accounts.enums import DepartmentKind, Role
from apps.accounts.models import Department, User
from apps.enterprises.models import Enterprise
from apps.procurement import services
from apps.procurement.enums import ContractMethod, PurchaseChannel, PurchaseKind
from apps.procurement.models import MonthClosing, MonthlySum, Purchase
from tests.conftest import make_user
from tests.procurement.factories import make_enterprise, make_purchase

MAY, TODAY = date(2016, 5, 1), date(2016, 6, 2)
PLACES = st.integers(0, 9)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "purchased_on": st.dates(date(2016, 4, 29), date(2016, 6, 2)),
        "kind": st.sampled_from(PurchaseKind.values),
        "channel": st.sampled_from(PurchaseChannel.values),
        "amount": st.integers(1, 10**12),
        "whose": st.integers(0, 1),
    },
)
#: What may be done to the purchases: (what, to which of them, the new values).
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "save", "delete", "bulk insert", "bulk update", "bulk delete"]),
        PLACES,
        CHANGES,
    ),
    min_size=1,
    max_size=12,
)


class SumsFollowThePurchases(TestCase):
    def setUp(self) -> None:
        self.departments = [
            Department.objects.create(
                code=code, name=code, kind=DepartmentKind.HEADQUARTERS, position=place
            )
            for place, code in enumerate(("A", "B"))
        ]
        self.user = make_user("clerk", Role.CLERK, department=self.departments[0])
        self.firm = make_enterprise()

    @settings(max_examples=40, deadline=None)
    @given(DEEDS)
    def test_whatever_is_done_to_them(self, deeds: list[tuple[str, int, dict[str, Any]]]) -> None:
        for what, place, changes in deeds:
            values = dict(changes)
            if "whose" in values:
                values["department"] = self.departments[values.pop("whose")]
            self.do(what, place, values)
            assert kept() == counted(), what

    def do(self, what: str, place: int, values: dict[str, Any]) -> None:
        rows = Purchase.objects.order_by("pk")
        one = rows[place : place + 1].first()
        if what == "insert":
            self.made(values).save()
        elif what == "bulk insert":
            Purchase.objects.bulk_create([self.made({}), self.made(values), self.made(values)])
        elif what == "bulk update":
            rows.filter(amount__gt=place).update(**(values or {"amount": F("amount") + 1}))
        elif what == "bulk delete":
            rows.filter(pk__in=rows.values("pk")[: place // 2]).delete()
        elif one is not None and what == "save":
            for name, value in values.items():
                setattr(one, name, value)
            one.save()
        elif one is not None:
            one.delete()

    def made(self, values: dict[str, Any]) -> Purchase:
        return Purchase(
            enterprise=self.firm,
            created_by=self.user,
            item="복사용지",
            contract=ContractMethod.CARD,
            **{
                "department": self.departments[0],
                "purchased_on": date(2016, 5, 2),
                "kind": PurchaseKind.GOODS,
                "channel": PurchaseChannel.MALL,
                "amount": 1_000,
                **values,
            },
        )


def kept() -> set[tuple[Any, ...]]:
    """The sums the database keeps; of nothing there may be one of nothing."""
    fields = "department", "month", "kind", "channel", "count", "amount"
    return set(MonthlySum.objects.exclude(count=0, amount=0).values_list(*fields))


def counted() -> set[tuple[Any, ...]]:
    """The sums counted anew from the purchases."""
    cells = Purchase.objects.order_by().values_list(
        "department", TruncMonth("purchased_on"), "kind", "channel"
    )
    return set(cells.annotate(count=Count("pk"), total=Sum("amount")))


@pytest.fixture
def firm(transactional_db: None) -> Enterprise:
    return make_enterprise()


def elsewhere(deed: Callable[[], Any]) -> Callable[[], Any]:
    """The deed on a connection of its own, closed after it."""

    def run() -> Any:
        try:
            return deed()
        finally:
            connections.close_all()

    return run


def wait_until_blocked(answer: "Future[Any]") -> None:
    """Until the other connection waits for a lock of this one."""
    waiting = 0
    with connection.cursor() as cursor:
        while not waiting:
            assert not answer.done(), "it did not wait"
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted"
                " AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            (waiting,) = cursor.fetchone()


@pytest.mark.django_db(transaction=True)
def test_closing_waits_for_whoever_is_writing(
    firm: Enterprise, clerk: User, officer: User, department: Department
) -> None:
    """What was begun before the closing is in the month when it is closed."""
    close = elsewhere(lambda: services.close_month(month=MAY, today=TODAY, by=officer))
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            make_purchase(department, firm, clerk, purchased_on=date(2016, 5, 31))
            closed = other.submit(close)
            wait_until_blocked(closed)
            assert not MonthClosing.objects.exists()
        closed.result()
    assert (MonthClosing.objects.count(), Purchase.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_nothing_slips_in_behind_a_closing(
    firm: Enterprise, clerk: User, officer: User, department: Department
) -> None:
    """Who writes while the month is being closed waits, and is refused."""
    moved = make_purchase(department, firm, clerk, purchased_on=date(2016, 6, 1))

    def enter() -> None:
        make_purchase(department, firm, clerk, purchased_on=date(2016, 5, 31))

    def move() -> None:
        Purchase.objects.filter(pk=moved.pk).update(purchased_on=date(2016, 5, 31))

    with ThreadPoolExecutor(2) as others:
        with transaction.atomic():
            services.close_month(month=MAY, today=TODAY, by=officer)
            late = [others.submit(elsewhere(deed)) for deed in (enter, move)]
            for answer in late:
                wait_until_blocked(answer)
        for answer in late:
            with pytest.raises(IntegrityError, match="2016년 5월은 마감되었습니다"):
                answer.result()
    assert list(Purchase.objects.values_list("purchased_on", flat=True)) == [date(2016, 6, 1)]
    assert kept() == counted()
