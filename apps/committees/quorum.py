"""When a committee opens and when it decides (plan 5-2): pure rules over head counts.

The district's committee opens when more than half of the members in office (재적위원 과반수) are
present, and a motion carries when more than half of those present (출석위원 과반수) are in favor.
Seats that nobody holds do not count; one who abstains is present; a tie fails. Other bodies have
other thresholds (:class:`Threshold`), and some give a tie to the chair (:func:`tied`).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Threshold:
    """How many of a whole are enough: a share of it, or a number whatever the whole is.

    ``more`` than the share is wanted (과반수), else the share itself is enough (2/3 이상).

    >>> Threshold(1, 2, more=True).of(14), Threshold(2, 3).of(14), Threshold(5).of(14)
    (8, 10, 5)
    """

    part: int
    whole: int = 0
    more: bool = False

    def of(self, count: int) -> int:
        """The fewest of ``count`` that are enough; at least one, as nobody decides nothing."""
        if count < 0:
            raise ValueError(f"a head count cannot be {count}")
        if not self.whole:
            return self.part
        shares = count * self.part
        return max(shares // self.whole + 1 if self.more else -(-shares // self.whole), 1)

    def reached(self, count: int, part: int) -> bool:
        """Whether ``part`` of ``count`` are enough. Raises ``ValueError`` when it is no part."""
        if not 0 <= part <= count:
            raise ValueError(f"{part} is not a part of {count}")
        return part >= self.of(count)


MAJORITY = Threshold(1, 2, more=True)
HALF = Threshold(1, 2)
TWO_THIRDS = Threshold(2, 3)


def majority(count: int) -> int:
    """The fewest that are more than half of ``count``.

    >>> majority(14), majority(13), majority(12)
    (8, 7, 7)
    """
    return MAJORITY.of(count)


def opens(in_office: int, present: int) -> bool:
    """Whether ``present`` of the members ``in_office`` may open a meeting by the majority rule.

    Raises ``ValueError`` when more are present than hold office.
    """
    return MAJORITY.reached(in_office, present)


def carries(present: int, in_favor: int) -> bool:
    """Whether a motion with ``in_favor`` of those ``present`` is carried by the majority rule.

    Raises ``ValueError`` when more are in favor than are present.
    """
    return MAJORITY.reached(present, in_favor)


@dataclass(frozen=True, slots=True)
class Tally:
    """The heads at one item: who could vote, and how they did.

    ``in_office`` and ``present`` are without the recused as far as the rule leaves them out. Those
    present who handed in no vote are in none of the four. Raises ``ValueError`` for more heads
    than there are.
    """

    in_office: int
    present: int
    in_favor: int = 0
    against: int = 0
    abstained: int = 0
    void: int = 0

    def __post_init__(self) -> None:
        votes = (self.in_favor, self.against, self.abstained, self.void)
        if min(*votes, self.in_office, self.present) < 0:
            raise ValueError("a head count cannot be negative")
        if self.present > self.in_office or sum(votes) > self.present:
            raise ValueError(f"more heads than there are: {self}")

    @property
    def voted(self) -> int:
        """How many votes were handed in."""
        return self.in_favor + self.against + self.abstained + self.void

    @property
    def tied(self) -> bool:
        """가부동수: all who are present voted, half for and half against."""
        return self.in_favor == self.against and self.in_favor * 2 == self.present > 0


@dataclass(frozen=True, slots=True)
class Rule:
    """By what a committee opens and decides.

    ``of_office``: a motion needs its share of the members in office, not of those present.
    ``chair_breaks_ties``: in a tie the chair, who has voted, decides (casting vote). That makes a
    simple majority of those present of a half, and never a larger share of what is less.
    """

    opening: Threshold = MAJORITY
    carrying: Threshold = MAJORITY
    of_office: bool = False
    chair_breaks_ties: bool = False

    def opens(self, tally: Tally) -> bool:
        return self.opening.reached(tally.in_office, tally.present)

    def needed(self, tally: Tally) -> int:
        """The fewest in favor with whom a motion is carried."""
        return self.carrying.of(tally.in_office if self.of_office else tally.present)

    def carries(self, tally: Tally, *, chair_in_favor: bool = False) -> bool:
        """Whether the motion is carried. Nothing is where the meeting could not open."""
        if not self.opens(tally):
            return False
        if tally.in_favor >= self.needed(tally):
            return True
        return self.ties_are_broken and chair_in_favor and tally.tied

    @property
    def ties_are_broken(self) -> bool:
        """Whether the chair's casting vote counts for anything."""
        return self.chair_breaks_ties and self.carrying == MAJORITY and not self.of_office
