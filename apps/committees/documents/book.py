"""회의자료 as one PDF, the attachments bound in (R34)."""

from collections.abc import Callable, Iterator
from itertools import count

from apps.committees.binding import Bound, bind
from apps.committees.documents.agenda import agenda, bound_pages, items_with_papers
from apps.committees.models import Attachment, Meeting
from apps.documents.pdf import STEPS, UA, render_pdf


def bound_book(meeting: Meeting, told: Callable[[int, int], object]) -> bytes:
    """The book; ``told`` how many pages are laid out so far, then how many are bound besides."""
    steps = count(1)
    laid = 0

    def laying() -> None:
        nonlocal laid
        laid = next(steps) // STEPS
        told(laid, 0)

    book = render_pdf(agenda(meeting), UA, laying)
    return bind(book, _bound(meeting), lambda bound: told(laid, bound))


def _bound(meeting: Meeting) -> Iterator[Bound]:
    """What is bound in; a file is read when its turn comes, so that one is held at a time."""
    for item in items_with_papers(meeting):
        for paper in item.attachments.all():
            if paper.pages:
                yield Bound(Attachment.objects.get(pk=paper.pk), bound_pages(item, paper))
