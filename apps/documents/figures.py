"""A figure as an issued paper prints it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IssuedFigure:
    """A named figure at the moment of issue: what was printed, and where it came from.

    ``source`` is ``computed`` or what a typed result names; ``as_of`` the day as ISO text, if any.
    """

    name: str
    year: int
    number: int
    unit: str
    text: str
    how: str = ""
    url: str = ""
    source: str = ""
    as_of: str = ""
