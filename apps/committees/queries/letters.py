"""Which numbers the letters of appointment get."""

import re
from collections.abc import Iterable

from apps.committees.models import Committee, Member

LETTER = re.compile(r"제(\d{4})-(\d+)호")


def numbered(committee: Committee, members: Iterable[Member]) -> list[Member]:
    """The members, each with the next number: ``제2016-1호``. Nothing is saved.

    Numbers go by the year of appointment, on from the highest of that year in the committee.
    """
    used: dict[int, int] = {}
    for text in committee.members.exclude(letter_number="").values_list("letter_number", flat=True):
        if found := LETTER.fullmatch(text):
            year, number = map(int, found.groups())
            used[year] = max(used.get(year, 0), number)
    found_members = list(members)
    for member in found_members:
        year = member.starts.year
        used[year] = used.get(year, 0) + 1
        member.letter_number = f"제{year}-{used[year]}호"
    return found_members
