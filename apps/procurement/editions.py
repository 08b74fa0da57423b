"""What the papers of a year are called, and what was issued of them.

``which`` names a paper: ``targets``, or ``notice-10`` for the notice of a month.
"""

from apps.documents.models import IssuedDocument, IssuedDocumentQuerySet

TARGETS = "targets"


def notice(month: int) -> str:
    """The name of a month's notice."""
    return f"notice-{month:02}"


def month_of(which: str) -> int | None:
    """The month of a notice; ``None`` for the targets."""
    return None if which == TARGETS else int(which.removeprefix("notice-"))


def series_of(year: int, which: str) -> str:
    """``targets-2026``, ``notice-2026-10``."""
    name, _, month = which.partition("-")
    return "-".join(filter(None, (name, str(year), month)))


def editions_of(year: int, which: str) -> IssuedDocumentQuerySet:
    """What was issued of the paper, newest first."""
    return IssuedDocument.objects.filter(series=series_of(year, which)).order_by("-number")


def last_edition(year: int, which: str) -> IssuedDocument | None:
    """What was issued last of the paper, without its content."""
    rows = editions_of(year, which).select_related("issued_by")
    return rows.defer("document", "figures").first()


def notices_of(year: int) -> IssuedDocumentQuerySet:
    """The notices of all months of the year, the first first."""
    rows = IssuedDocument.objects.filter(series__startswith=f"notice-{year}-")
    return rows.select_related("issued_by").order_by("series", "number")
