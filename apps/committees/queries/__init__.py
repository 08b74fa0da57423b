"""Questions the committees' screens and papers ask."""

from apps.committees.queries.heads import Standing, carrying, heads_of, opening, opening_heads
from apps.committees.queries.rosters import Composition, composition, new_meeting, quorum_of

__all__ = [
    "Composition",
    "Standing",
    "carrying",
    "composition",
    "heads_of",
    "new_meeting",
    "opening",
    "opening_heads",
    "quorum_of",
]
