"""Sending out the papers of the year: the targets in March, the results every month."""

from dataclasses import replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from apps.accounts.models import User
from apps.core.history import service
from apps.core.templatetags.office import kdate
from apps.documents.issuing import content_digest, issue, next_number
from apps.documents.models import IssuedDocument
from apps.procurement.documents.papers import paper_of
from apps.procurement.editions import month_of, series_of
from apps.procurement.models import AnnualTarget, MonthClosing

CHANGED_MEANWHILE = "그사이 내용이 바뀌었습니다. 아래 내용을 다시 살펴보고 통보해 주세요."
NO_REASON = "둘째 판부터는 다시 통보하는 사유를 적어 주세요."


@service
def issue_paper(
    *, year: int, which: str, reason: str, at: datetime, by: User, seen: str | None = None
) -> IssuedDocument:
    """The next edition of a paper, frozen as the records give it now.

    Where the last edition says the same, as after a double click, it is that one. ``seen`` is the
    `content_digest` of the paper that was looked at. Raises ``ValidationError`` where a month may
    still change, when the paper says something else by now, or when a further edition has no
    reason.
    """
    _hold(year, which)
    day = localdate(at)
    try:
        paper = paper_of(year, which, day)
    except ValueError as error:
        raise ValidationError(str(error)) from error
    if paper.obstacles:
        raise ValidationError(list(paper.obstacles))
    if paper.in_force is not None:
        return paper.in_force
    if seen is not None and seen != content_digest(paper.document):
        raise ValidationError(CHANGED_MEANWHILE)
    if paper.last and not reason:
        raise ValidationError(NO_REASON)
    series = series_of(year, which)
    number = next_number(series)
    edition = f" (제{number}판)" if number > 1 else ""
    return issue(
        series=series,
        document=replace(paper.document, issued_on=f"{kdate(day)}{edition}"),
        reason=reason if number > 1 else "",
        at=at,
        by=by,
    )


def _hold(year: int, which: str) -> None:
    """Nobody sets the targets, or opens a month, until the paper is issued."""
    list(AnnualTarget.objects.select_for_update().filter(year=year))
    month = month_of(which)
    if month is not None:
        closings = MonthClosing.objects.filter(month__year=year, month__month__lte=month)
        list(closings.select_for_update().order_by("month"))
