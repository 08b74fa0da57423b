"""Every head count up to 30, and the laws that hold for all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.committees.quorum import carries, majority, opens

HEADS = st.integers(0, 10_000)


@pytest.mark.parametrize(("in_office", "needed"), [(14, 8), (13, 7), (12, 7), (2, 2), (1, 1)])
def test_majority_is_more_than_half(in_office: int, needed: int) -> None:
    assert majority(in_office) == needed


@pytest.mark.parametrize("whole", range(31))
def test_every_case_up_to_thirty(whole: int) -> None:
    """More than half, counted in halves so that nothing is rounded."""
    for part in range(whole + 1):
        assert opens(whole, part) is (part + part > whole)
        assert carries(whole, part) is (part + part > whole)


@pytest.mark.parametrize("half", range(16))
def test_a_tie_fails(half: int) -> None:
    assert not carries(2 * half, half)


def test_nobody_opens_an_empty_committee() -> None:
    assert not opens(0, 0)


def test_an_abstention_counts_as_present() -> None:
    assert not carries(present=8, in_favor=4)  # 4 for, 0 against, 4 abstain
    assert carries(present=8, in_favor=5)


@pytest.mark.parametrize(("whole", "part"), [(14, 15), (14, -1), (0, 1)])
def test_impossible_head_counts_are_refused(whole: int, part: int) -> None:
    with pytest.raises(ValueError, match="not a part"):
        opens(whole, part)
    with pytest.raises(ValueError, match="not a part"):
        carries(whole, part)


def test_a_negative_committee_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        majority(-1)


@given(HEADS)
def test_majority_is_the_least_that_opens(whole: int) -> None:
    needed = majority(whole)
    assert not opens(whole, needed - 1) if needed <= whole else whole == 0
    assert whole == 0 or opens(whole, needed)


@given(HEADS, st.data())
def test_both_sides_never_carry(present: int, data: st.DataObject) -> None:
    in_favor = data.draw(st.integers(0, present))
    assert not (carries(present, in_favor) and carries(present, present - in_favor))


@given(HEADS, st.data())
def test_one_more_in_favor_never_hurts(present: int, data: st.DataObject) -> None:
    in_favor = data.draw(st.integers(0, present))
    more = data.draw(st.integers(in_favor, present))
    assert carries(present, more) or not carries(present, in_favor)
