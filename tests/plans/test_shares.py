"""Shares that add up to the whole, whatever the rounding (R9)."""

from hypothesis import given
from hypothesis import strategies as st

from apps.core.money import percents, rate, shares

WON = st.integers(min_value=0, max_value=10**13)
WEIGHTS = st.lists(WON, min_size=1, max_size=12)


@given(WON, WEIGHTS)
def test_they_add_up_and_none_is_a_unit_off(total: int, weights: list[int]) -> None:
    parts = shares(total, weights)
    whole = sum(weights)
    assert len(parts) == len(weights)
    assert sum(parts) == (total if whole else 0)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * whole - total * weight) < whole or (not whole and part == 0)


@given(WON, WEIGHTS)
def test_what_weighs_nothing_gets_nothing_and_more_never_gets_less(
    total: int, weights: list[int]
) -> None:
    found = sorted(zip(weights, shares(total, weights), strict=True))
    assert all(part == 0 for weight, part in found if weight == 0)
    parts = [part for _, part in found]
    assert parts == sorted(parts)


@given(WON, st.data())
def test_the_order_of_the_weights_does_not_matter(total: int, data: st.DataObject) -> None:
    """The same weights get the same parts; among equal weights the first gets the odd one."""
    weights = data.draw(WEIGHTS)
    mixed = data.draw(st.permutations(weights))
    plain = list(zip(weights, shares(total, weights), strict=True))
    assert sorted(plain) == sorted(zip(mixed, shares(total, mixed), strict=True))
    for weight in weights:
        parts = [part for each, part in plain if each == weight]
        assert parts == sorted(parts, reverse=True)


@given(st.lists(st.integers(min_value=1, max_value=10**13), min_size=1, max_size=12))
def test_percents_add_up_to_a_hundred(weights: list[int]) -> None:
    printed = [text.removesuffix("%").replace(".", "") for text in percents(weights)]
    assert sum(map(int, printed)) == 1000


def test_of_no_money_there_are_no_percents() -> None:
    assert percents([0, 0]) == ["-", "-"]
    assert percents([]) == []
    assert shares(100, []) == []


def test_a_rate_is_rounded_half_up_to_a_tenth() -> None:
    assert rate(1, 3) == "33.3%"
    assert rate(1, 2000) == "0.1%"
    assert rate(-1, 2000) == "-0.1%"
    assert rate(0, 7) == "0.0%"
    assert rate(12_345, 100) == "12,345.0%"
    assert rate(1, 0) == "-"
