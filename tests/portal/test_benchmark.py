"""The benchmark compares like with like, and says what its ratios mean."""

import pytest

from apps.core.models import holds
from apps.portal.benchmark import data, figures, peers
from apps.portal.benchmark.duel import Different, Goal, duel
from apps.procurement.models import Purchase


@pytest.mark.django_db
def test_all_figures_are_those_of_one_query_a_block() -> None:
    officer = data.build()
    data.add_purchases(data.YEAR, 300, officer)
    data.add_purchases(data.YEAR - 1, 200, officer)
    expected = peers.figures(data.YEAR)
    assert expected["whole"][0] == 300
    assert len(expected["months"]) == 12
    assert figures.ours() == expected
    assert figures.queries() == 2


@pytest.mark.django_db
def test_the_rare_word_is_rare_and_the_absent_absent() -> None:
    officer = data.build()
    data.add_purchases(data.YEAR, 20_000, officer)
    found = {
        term: Purchase.objects.filter(holds("item", term)).count()
        for term in (data.RARE, data.ABSENT)
    }
    assert found == {data.RARE: 1, data.ABSENT: 0}


def test_different_results_are_not_timed() -> None:
    with pytest.raises(Different, match="sums: 1 ≠ 2"):
        duel("sums", peer=lambda: 1, ours=lambda: 2, goal=Goal(1), rounds=1)


@pytest.mark.parametrize(
    ("goal", "ratio", "reached"),
    [
        (Goal(7), 7.0, True),
        (Goal(7), 6.9, False),
        (Goal(1.3, at_most=True), 1.3, True),
        (Goal(1.3, at_most=True), 1.4, False),
    ],
)
def test_a_goal_is_a_least_or_a_most(goal: Goal, ratio: float, reached: bool) -> None:
    assert goal.reached(ratio) is reached
