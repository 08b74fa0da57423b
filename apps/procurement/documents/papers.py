"""The papers of a year of public procurement: its targets, and a notice for each month."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Min, Q

from apps.documents.issuing import content_digest
from apps.documents.models import IssuedDocument
from apps.documents.nodes import Document
from apps.procurement.documents.notice import monthly_notice, named, openings
from apps.procurement.documents.targets import targets_notice
from apps.procurement.editions import TARGETS, editions_of, month_of, notices_of, series_of
from apps.procurement.models import AnnualTarget, DepartmentTarget
from apps.procurement.queries.notice import NoticeFigures, notice_figures

TARGETS_CHANGED = "구매 목표 변경"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as the records give it today, and its last edition.

    ``obstacles`` say why it cannot be issued, ``reason`` is what a further edition is likely for.
    ``remarks`` tell readers the same as the obstacles. ``superseded``: nothing of its months was
    corrected since, and the notice of a later month went out: it need not go out again.
    """

    document: Document
    last: IssuedDocument | None
    obstacles: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    reason: str = ""
    superseded: bool = False

    @property
    def in_force(self) -> IssuedDocument | None:
        """The last edition, as long as the records say just what it says."""
        if self.last is None:
            return None
        same = content_digest(self.last.paper()) == content_digest(self.document)
        return self.last if same else None

    @property
    def mark(self) -> str:
        """What keeps a paper from passing for one that was sent out; empty for one that was."""
        if self.in_force:
            return ""
        return f"{self.last.edition} 이후 변경, 통보 전" if self.last else "통보 전"

    @property
    def shown(self) -> Document:
        """The paper to read and to take away: as it was sent out, or marked that it was not."""
        if issued := self.in_force:
            return issued.paper()
        named = f"{self.document.subtitle} ({self.mark})" if self.document.subtitle else self.mark
        return replace(self.document, subtitle=named)


def paper_of(year: int, which: str, today: date) -> Paper:
    """Raises ``ValueError`` where there is nothing to tell yet: no target, a month ahead."""
    last = editions_of(year, which).select_related("issued_by").first()
    month = month_of(which)
    if month is None:
        return Paper(targets_notice(year), last, reason=TARGETS_CHANGED if last else "")
    found = notice_figures(year, month, today)
    reason = _reason(found, last)
    return Paper(
        monthly_notice(found),
        last,
        _obstacles(found),
        _remarks(found),
        reason,
        superseded=last is not None and not reason and _told_later(year, which),
    )


def targets_changed(notice: IssuedDocument | None, year: int, today: date) -> bool:
    """Whether the targets of the year are other than ``notice``, their last, tells.

    The paper is written again only where the history has a change since it went out.
    """
    if notice is None:
        return False
    sent: datetime | None = notice.events.aggregate(at=Min("pgh_created_at"))["at"]  # type: ignore[attr-defined]  # pghistory's
    later = Q(year=year, pgh_created_at__gt=max(sent or notice.issued_at, notice.issued_at))
    events: list[Any] = [
        AnnualTarget.events.rel.related_model,  # type: ignore[attr-defined]  # pghistory's
        DepartmentTarget.events.rel.related_model,  # type: ignore[attr-defined]  # pghistory's
    ]
    if not any(event.objects.filter(later).exists() for event in events):
        return False
    return paper_of(year, TARGETS, today).in_force is None


def _told_later(year: int, which: str) -> bool:
    return notices_of(year).filter(series__gt=series_of(year, which)).exists()


def _obstacles(found: NoticeFigures) -> tuple[str, ...]:
    """A notice that may still change is not sent out."""
    said = []
    if found.unclosed:
        said.append(f"마감하지 않은 달이 있어 통보할 수 없습니다: {named(found.unclosed)}.")
    if found.open_again:
        said.append(f"다시 연 달을 먼저 마감해야 합니다: {openings(found.open_again)}.")
    return tuple(said)


def _remarks(found: NoticeFigures) -> tuple[str, ...]:
    """What readers are told in place of the obstacles, which are officials' to remove."""
    said = []
    if found.unclosed:
        said.append(f"마감하지 않은 달이 있어 잠정 수치입니다: {named(found.unclosed)}.")
    if found.open_again:
        said.append(f"정정 중인 달이 있습니다: {openings(found.open_again)}.")
    return tuple(said)


def _reason(found: NoticeFigures, last: IssuedDocument | None) -> str:
    """The corrections that were finished since the last edition."""
    if last is None:
        return ""
    since = [
        row
        for row in found.corrections
        if row.finished_at is not None and row.finished_at > last.issued_at
    ]
    return ", ".join(f"{row.closing.month.month}월 {row.department}: {row.reason}" for row in since)
