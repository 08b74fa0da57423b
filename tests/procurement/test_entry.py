"""Entering one purchase after another: what is remembered, likely doubles, closed months."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import Department, User
from apps.core.dates import today
from apps.enterprises.models import Enterprise
from apps.procurement.models import MonthClosing, MonthReport, Purchase, Reopening
from apps.procurement.queries import ledger
from apps.rules.enums import StatuteKind
from apps.rules.models import RuleValue, Statute
from tests.conftest import SignIn
from tests.procurement.factories import make_enterprise, make_purchase, typed

CREATE = reverse("procurement:create", args=[2016])
LIST = reverse("procurement:list", args=[2016])


@pytest.fixture
def firm(db: None) -> Enterprise:
    return make_enterprise("행복커피")


def edit_url(purchase: Purchase) -> str:
    return reverse("procurement:edit", args=[purchase.purchased_on.year, purchase.pk])


def delete_url(purchase: Purchase) -> str:
    return reverse("procurement:delete", args=[purchase.purchased_on.year, purchase.pk])


def key_of(client: Client) -> str:
    """The key of an entry form just opened."""
    return str(client.get(CREATE).context["form"]["entry_key"].value())


def test_saving_opens_the_next_with_what_the_one_before_was(
    officer: User, other_department: Department, firm: Enterprise, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    first = client.get(CREATE)
    assert first.context["form"].initial == {"purchased_on": None}
    assert "방금 입력한 것" not in first.text
    data = typed(department=str(other_department.pk), entry_key=key_of(client))
    response = client.post(CREATE, data, follow=True)
    assert response.redirect_chain == [(CREATE, 302)]
    purchase = Purchase.objects.get()
    assert response.context["form"].initial == {
        "purchased_on": date(2016, 5, 2),
        "department": other_department.pk,
        "enterprise": f"행복커피 ({firm.dashed_number})",
        "kind": "goods",
        "channel": "mall",
        "contract": "card",
    }
    form = response.text.partition("<form class")[2].partition("</form>")[0]
    assert "회의용 커피" not in form
    assert "150,000" not in form
    assert response.text.index("방금 입력한 것") < response.text.index(
        f'href="{edit_url(purchase)}?entering=1"'
    )


def test_the_day_is_kept_within_one_sitting_only(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    client.post(CREATE, typed(entry_key=key_of(client)))
    Purchase.objects.update(created_at=datetime(2016, 5, 20, tzinfo=UTC))
    later = client.get(reverse("procurement:create", args=[today().year]))
    assert later.context["form"].initial["purchased_on"] == today()
    assert later.context["form"].initial["channel"] == "mall"
    assert "방금 입력한 것" not in later.text
    assert client.get(CREATE).context["form"].initial["purchased_on"] is None


def test_a_month_reported_as_entered_is_pointed_out(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    assert clerk.department is not None
    MonthReport.objects.create(
        department=clerk.department,
        month=date(2016, 5, 1),
        reported_at=datetime(2016, 6, 1, tzinfo=UTC),
        reported_by=clerk,
    )
    client, said = sign_in(clerk), "입력 완료한 2016년 5월의 실적이 바뀌었습니다"
    assert said in client.post(CREATE, typed(), follow=True).text
    purchase = Purchase.objects.get()
    assert "바뀌었" not in client.post(edit_url(purchase), typed(item="원두"), follow=True).text
    assert said in client.post(edit_url(purchase), typed(amount="7,000"), follow=True).text
    moved = typed(purchased_on="2016-06-01", amount="7,000")
    assert said in client.post(edit_url(purchase), moved, follow=True).text  # out of the month
    back = typed(amount="7,000")
    assert said in client.post(edit_url(purchase), back, follow=True).text  # into it
    assert said in client.post(delete_url(purchase), follow=True).text
    later = client.post(CREATE, typed(purchased_on="2016-06-01"), follow=True).text
    assert "실적이 바뀌었습니다" not in later


def test_only_ones_own_entries_are_remembered(
    clerk: User, officer: User, department: Department, firm: Enterprise, sign_in: SignIn
) -> None:
    make_purchase(department, firm, officer, entry_key=uuid4(), item="남의 것")
    make_purchase(department, firm, clerk, item="파일에서 온 것")
    opened = sign_in(clerk).get(CREATE)
    assert "enterprise" not in opened.context["form"].initial
    assert "방금 입력한 것" not in opened.text


def test_what_one_entered_last_is_found_by_its_index(
    clerk: User, department: Department, firm: Enterprise
) -> None:
    make_purchase(department, firm, clerk, entry_key=uuid4())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # of one row all would be read
        with CaptureQueriesContext(connection) as captured:
            assert ledger.last_entered(clerk)
        cursor.execute("EXPLAIN " + captured[-1]["sql"])
        plan = "".join(line for (line,) in cursor.fetchall())
    assert "purchase_entered_by" in plan


def test_what_was_just_entered_is_corrected_on_the_way(
    clerk: User, firm: Enterprise, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    client.post(CREATE, typed(entry_key=key_of(client)))
    purchase = Purchase.objects.get()
    response = client.post(f"{edit_url(purchase)}?entering=1", typed(item="원두"), follow=True)
    assert response.redirect_chain == [(CREATE, 302)]
    assert "구매실적을 저장했습니다: 행복커피 · 원두" in response.text
    assert client.post(edit_url(purchase), typed(item="원두")).headers["Location"] == LIST


class TestDoubles:
    """The same firm, amount and department within some days."""

    def send(self, client: Client, **fields: str) -> Any:
        return client.post(CREATE, typed(entry_key=key_of(client), **fields))

    def test_a_likely_double_is_shown_and_saved_when_sent_again(
        self, clerk: User, firm: Enterprise, sign_in: SignIn
    ) -> None:
        assert clerk.department is not None
        there = make_purchase(clerk.department, firm, clerk, item="커피")
        client = sign_in(clerk)
        key = key_of(client)
        shown = client.post(CREATE, typed(entry_key=key))
        assert "같은 구매로 보이는 실적이 이미 있어 아직 저장하지 않았습니다." in shown.text
        assert f'href="{edit_url(there)}"' in shown.text
        assert "그래도 저장" in shown.text
        assert 'value="회의용 커피"' in shown.text
        assert Purchase.objects.count() == 1
        asked = shown.context["form"]["asked"].value()
        assert f'name="asked" value="{asked}"' in shown.text
        client.post(CREATE, typed(entry_key=key, asked=asked))
        assert Purchase.objects.count() == 2

    def test_consent_holds_for_those_that_were_shown(
        self, clerk: User, firm: Enterprise, sign_in: SignIn
    ) -> None:
        assert clerk.department is not None
        make_purchase(clerk.department, firm, clerk)
        make_purchase(clerk.department, firm, clerk, amount=99_000)
        client = sign_in(clerk)
        asked = self.send(client).context["form"]["asked"].value()
        assert self.send(client, asked=asked, amount="99,000").status_code == 200
        assert Purchase.objects.count() == 2

    @pytest.mark.parametrize(
        "other",
        [
            {"amount": 150_001},
            {"purchased_on": date(2016, 5, 3)},
            {"department": "other"},
            {"enterprise": "other"},
        ],
    )
    def test_what_differs_is_no_double(
        self,
        other: dict[str, Any],
        clerk: User,
        other_department: Department,
        firm: Enterprise,
        sign_in: SignIn,
    ) -> None:
        assert clerk.department is not None
        if "department" in other:
            make_purchase(other_department, firm, clerk)
        elif "enterprise" in other:
            make_purchase(clerk.department, make_enterprise("늘푸른빵집"), clerk)
        else:
            make_purchase(clerk.department, firm, clerk, **other)
        assert self.send(sign_in(clerk)).status_code == 302
        assert Purchase.objects.count() == 2

    def test_the_office_sets_within_how_many_days(
        self, clerk: User, firm: Enterprise, sign_in: SignIn
    ) -> None:
        assert clerk.department is not None
        statute = Statute.objects.create(name="구매 지침", kind=StatuteKind.OFFICE)
        RuleValue.objects.create(
            key="procurement.double_days",
            label="이중 입력으로 보는 날수",
            value=3,
            unit="일",
            valid_from=date(2016, 1, 1),
            statute=statute,
        )
        make_purchase(clerk.department, firm, clerk, purchased_on=date(2016, 5, 5))
        client = sign_in(clerk)
        assert self.send(client).status_code == 200
        assert self.send(client, purchased_on="2016-05-08").status_code == 200
        assert self.send(client, purchased_on="2016-05-09").status_code == 302


class TestLargeAmounts:
    """천원 for 원: asked once about, when entered and when changed to it."""

    def test_a_large_amount_is_asked_about_once(
        self, clerk: User, firm: Enterprise, sign_in: SignIn
    ) -> None:
        client = sign_in(clerk)
        data = typed(amount="150,000천원", entry_key=key_of(client))
        shown = client.post(CREATE, data)
        assert "금액이 큽니다: 150,000,000원." in shown.text
        assert not Purchase.objects.exists()
        asked = shown.context["form"]["asked"].value()
        client.post(CREATE, data | {"amount": "160,000천원", "asked": asked})
        assert not Purchase.objects.exists()
        client.post(CREATE, data | {"asked": asked})
        assert Purchase.objects.get().amount == 150_000_000

    def test_a_change_asks_only_where_it_is_the_amount(
        self, clerk: User, firm: Enterprise, sign_in: SignIn
    ) -> None:
        assert clerk.department is not None
        purchase = make_purchase(clerk.department, firm, clerk, amount=200_000_000)
        client = sign_in(clerk)
        assert client.post(edit_url(purchase), typed(amount="200,000,000")).status_code == 302
        shown = client.post(edit_url(purchase), typed(amount="300,000,000"))
        assert "금액이 큽니다: 300,000,000원." in shown.text
        purchase.refresh_from_db()
        assert purchase.amount == 200_000_000


class TestClosedMonths:
    @pytest.fixture
    def purchase(self, clerk: User, firm: Enterprise, officer: User) -> Purchase:
        """One of May 2016, which is closed; June is open."""
        assert clerk.department is not None
        purchase = make_purchase(clerk.department, firm, clerk)
        MonthClosing.objects.create(
            month=date(2016, 5, 1), closed_at=datetime(2016, 6, 10, tzinfo=UTC), closed_by=officer
        )
        return purchase

    def test_the_form_says_which_months_are_closed(
        self, purchase: Purchase, clerk: User, sign_in: SignIn
    ) -> None:
        client = sign_in(clerk)
        assert "마감한 달: 5월." in client.get(CREATE).text
        refused = client.post(CREATE, typed(amount="1,000", entry_key=key_of(client)))
        assert list(refused.context["form"].errors) == ["purchased_on"]
        assert "2016년 5월은 마감되었습니다." in refused.text
        assert 'value="회의용 커피"' in refused.text
        client.post(CREATE, typed(purchased_on="2016-06-01"))
        assert Purchase.objects.count() == 2

    def test_a_closed_month_is_told_with_the_other_faults(
        self, purchase: Purchase, clerk: User, sign_in: SignIn
    ) -> None:
        purchase.enterprise.designations.update(starts=date(2016, 5, 3))
        form = sign_in(clerk).post(CREATE, typed(amount="많이")).context["form"]
        assert set(form.errors) == {"purchased_on", "amount", "enterprise"}

    def test_what_is_closed_is_neither_changed_nor_removed(
        self, purchase: Purchase, clerk: User, sign_in: SignIn
    ) -> None:
        client = sign_in(clerk)
        opened = client.get(edit_url(purchase)).text
        assert "마감한 달의 구매실적입니다." in opened
        assert "저장" not in opened.partition('class="form__buttons"')[2].partition("</form>")[0]
        client.post(edit_url(purchase), typed(item="원두"))
        refused = client.post(delete_url(purchase))
        assert "2016년 5월은 마감되었습니다." in refused.text
        assert Purchase.objects.get().item == "복사용지"

    def test_the_list_shows_a_badge_in_place_of_the_ways_to_change(
        self, purchase: Purchase, clerk: User, officer: User, sign_in: SignIn
    ) -> None:
        client = sign_in(clerk)
        shown = client.get(LIST).text
        assert edit_url(purchase) not in shown
        assert delete_url(purchase) not in shown
        assert '<span class="badge badge--neutral">마감</span>' in shown
        Reopening.objects.create(
            closing=MonthClosing.objects.get(),
            department=purchase.department,
            reason="금액 정정",
            reopened_at=datetime(2016, 6, 20, tzinfo=UTC),
            reopened_by=officer,
        )
        again = client.get(LIST).text
        assert edit_url(purchase) in again
        assert "마감</span>" not in again
