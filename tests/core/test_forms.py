"""Amounts and dates as people type them, and what they are told."""

from datetime import date

import pytest
from django import forms

from apps.core.forms import BAD_AMOUNT, Form, WonFormField

EMPTY = "꼭 적어야 하는 칸입니다."


class PurchaseLike(Form):
    amount = WonFormField(label="금액")
    limit = WonFormField(label="한도", required=False, min_value=10)
    day = forms.DateField(label="날짜", required=False)


@pytest.mark.parametrize(
    ("typed", "won"), [("1,500,000", 1_500_000), ("1500천원", 1_500_000), (" 0 ", 0), ("₩5", 5)]
)
def test_amounts_become_whole_won(typed: str, won: int) -> None:
    form = PurchaseLike({"amount": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"amount": won, "limit": None, "day": None}


@pytest.mark.parametrize(
    ("typed", "message"),
    [("백만원", BAD_AMOUNT), ("1.5", BAD_AMOUNT), ("-1", "0 이상의 값을 입력해 주세요.")],
)
def test_other_amounts_are_refused_beside_the_field_and_kept(typed: str, message: str) -> None:
    form = PurchaseLike({"amount": typed})
    assert message in form.errors["amount"][0]
    assert "1,500천원" in BAD_AMOUNT, "amounts in 천원 are understood too"
    assert f'value="{typed}"' in str(form["amount"])


def test_an_amount_that_must_be_given_is_asked_for() -> None:
    assert PurchaseLike({"amount": ""}).errors == {"amount": [EMPTY]}


def test_a_fields_own_least_amount_counts() -> None:
    assert "10 이상" in PurchaseLike({"amount": "1", "limit": "9"}).errors["limit"][0]


def test_a_stored_amount_is_shown_with_commas_and_is_no_change() -> None:
    form = PurchaseLike({"amount": "1,500,000"}, initial={"amount": 1_500_000})
    assert 'value="1,500,000"' in str(PurchaseLike(initial={"amount": 1_500_000})["amount"])
    assert form.changed_data == []


def test_dates_are_picked_from_the_browsers_calendar() -> None:
    field = str(PurchaseLike(initial={"day": date(2016, 1, 31)})["day"])
    assert 'type="date"' in field
    assert 'value="2016-01-31"' in field
    form = PurchaseLike({"amount": "1", "day": "어제"})
    assert form.errors["day"] == ["날짜는 2016-01-31처럼 적어 주세요."]
