"""Having the agenda book bound by a worker, and keeping it."""

import time
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued

from apps.accounts.models import User
from apps.committees.models import AgendaBook, Meeting
from apps.committees.queries.books import pages_to_bind, stamp_of
from apps.committees.tasks import bind_book
from apps.core.history import service

NOTHING_TO_BIND = "묶을 붙임이 없습니다. 회의자료를 바로 받을 수 있습니다."
#: Seconds between two notes of how far the binding is.
PAUSE = 0.5


@service
def ask_for_book(*, meeting: Meeting, by: User) -> AgendaBook:
    """Have the book bound as the agenda stands now. Raises ``ValidationError`` without papers."""
    whole = pages_to_bind(meeting)
    if not whole:
        raise ValidationError(NOTHING_TO_BIND)
    book, _ = AgendaBook.objects.defer("content").update_or_create(
        meeting=meeting,
        defaults={
            "stamp": stamp_of(meeting),
            "whole": whole,
            "laid": 0,
            "done": 0,
            "content": None,
            "asked_at": timezone.now(),
            "asked_by": by,
        },
    )
    job = bind_book.configure(queueing_lock=f"book-{book.pk}")
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(book=book.pk)
    return book


def make_book(book: AgendaBook) -> None:
    """Bind the book and keep it; how far it is can be read meanwhile.

    Called by a worker, outside any transaction. One asked for anew meanwhile is left to its own
    job.
    """
    from apps.committees.documents.book import bound_book  # large; only a worker needs it

    rows = AgendaBook.objects.filter(pk=book.pk, stamp=book.stamp)
    last = time.monotonic()

    def told(laid: int, bound: int) -> None:
        nonlocal last
        if time.monotonic() - last >= PAUSE:
            last = time.monotonic()
            rows.update(laid=min(laid, book.whole), done=bound)

    content = bound_book(book.meeting, told)
    keep_book(book=book, content=content, by=book.asked_by)


@service
def keep_book(*, book: AgendaBook, content: bytes, by: User) -> None:
    """The book is bound, unless it was asked for anew meanwhile."""
    held = AgendaBook.objects.select_for_update(of=("self",)).get(pk=book.pk)
    if held.stamp == book.stamp:
        held.content, held.laid, held.done = content, held.whole, held.whole
        held.save(update_fields=["content", "laid", "done"])
