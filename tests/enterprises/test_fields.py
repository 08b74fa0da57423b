"""사업자등록번호: the checksum, and the ways people write the number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.enterprises.fields import bare, dashed, is_valid
from tests.enterprises.factories import business_number

SERIALS = st.integers(0, 999_999_999)


def test_published_numbers_are_valid() -> None:
    # Well-known companies, from their own home pages' footers.
    assert all(is_valid(number) for number in ("1248100998", "2208162517", "1208147521"))


@given(SERIALS, st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_noticed_wherever_the_weights_can_tell(
    serial: int, place: int, step: int
) -> None:
    number = business_number(serial)
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert is_valid(number)
    if place != 8:  # the ninth digit's rule adds its tens, so two digits may share a checksum
        assert not is_valid(wrong)


@given(SERIALS)
def test_only_one_last_digit_fits(serial: int) -> None:
    head = business_number(serial)[:9]
    assert sum(is_valid(f"{head}{last}") for last in range(10)) == 1


@given(SERIALS)
def test_number_is_read_back_as_printed(serial: int) -> None:
    number = business_number(serial)
    assert bare(dashed(number)) == number


@pytest.mark.parametrize("written", ["", "123", "12345678901", "abcdefghij", "१२३४५६७८९०"])
def test_other_text_is_no_number(written: str) -> None:
    assert not is_valid(written)


def test_spreadsheet_numbers_lose_their_point() -> None:
    assert bare(1234567891.0) == bare(1234567891) == bare(" 123-45-67891") == "1234567891"
