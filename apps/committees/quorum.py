"""When a committee opens and when it decides (plan 5-2): pure rules over head counts.

A meeting opens when more than half of the members in office (재적위원 과반수) are present, and a
motion carries when more than half of those present (출석위원 과반수) are in favor. Seats that
nobody holds do not count; one who abstains is present; a tie fails.
"""


def majority(count: int) -> int:
    """The fewest that are more than half of ``count``.

    >>> majority(14), majority(13), majority(12)
    (8, 7, 7)
    """
    if count < 0:
        raise ValueError(f"a head count cannot be {count}")
    return count // 2 + 1


def opens(in_office: int, present: int) -> bool:
    """Whether ``present`` of the members ``in_office`` may open a meeting.

    Raises ``ValueError`` when more are present than hold office.
    """
    return _reaches(in_office, present)


def carries(present: int, in_favor: int) -> bool:
    """Whether a motion with ``in_favor`` of those ``present`` is carried.

    Raises ``ValueError`` when more are in favor than are present.
    """
    return _reaches(present, in_favor)


def _reaches(whole: int, part: int) -> bool:
    if not 0 <= part <= whole:
        raise ValueError(f"{part} is not a part of {whole}")
    return part >= majority(whole)
