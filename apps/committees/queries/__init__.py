"""Questions the committees' screens and papers ask."""

from apps.committees.queries.course import (
    Stage,
    course,
    hindrance,
    next_step,
    ruled_out,
    too_early,
    withdrawn,
)
from apps.committees.queries.heads import Standing, carrying, heads_of, opening, opening_heads
from apps.committees.queries.rosters import (
    Composition,
    composition,
    new_meeting,
    quorum_of,
    sex_ratio,
    terms_ending,
)

__all__ = [
    "Composition",
    "Stage",
    "Standing",
    "carrying",
    "composition",
    "course",
    "heads_of",
    "hindrance",
    "new_meeting",
    "next_step",
    "opening",
    "opening_heads",
    "quorum_of",
    "ruled_out",
    "sex_ratio",
    "terms_ending",
    "too_early",
    "withdrawn",
]
