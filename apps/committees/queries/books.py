"""How far the agenda book of a meeting is."""

from dataclasses import dataclass

from django.db.models import Sum
from procrastinate.contrib.django.models import ProcrastinateJob

from apps.committees.documents.agenda import agenda
from apps.committees.models import AgendaBook, Attachment, Meeting
from apps.committees.tasks import bind_book
from apps.core.money import comma
from apps.documents import codec


def pages_to_bind(meeting: Meeting) -> int:
    """How many pages of attachments the book has; none: it is printed as it is."""
    papers = Attachment.objects.filter(item__meeting=meeting)
    return papers.aggregate(all=Sum("pages"))["all"] or 0


def stamp_of(meeting: Meeting) -> str:
    """Tells whether the book would be the same if it were made now."""
    papers = Attachment.objects.filter(item__meeting=meeting, pages__isnull=False)
    digests = papers.order_by("item__order", "order").values_list("digest", flat=True)
    return codec.digest_of([agenda(meeting).to_json(), list(digests)])


@dataclass(frozen=True, slots=True)
class BookProgress:
    """The pages laid out and bound so far; ``queued``: a worker does the rest.

    ``ready``: made, and not outdated, so that it can be handed out. Laying out counts as much as
    binding: it takes longer, if anything.
    """

    laid: int
    done: int
    whole: int
    made: bool
    ready: bool
    queued: bool

    @property
    def at_work(self) -> bool:
        return self.queued and not self.made

    @property
    def stopped(self) -> bool:
        """It is not made, and nobody is going to make it."""
        return not self.made and not self.queued

    @property
    def percent(self) -> int:
        return (self.laid + self.done) * 50 // self.whole if self.whole else 0

    @property
    def text(self) -> str:
        if not self.done:
            return f"쪽을 나누고 있습니다. 이어서 붙임 {comma(self.whole)}쪽을 묶습니다."
        return f"붙임 {comma(self.whole)}쪽 가운데 {comma(self.done)}쪽을 묶었습니다."


def book_progress(meeting: Meeting) -> BookProgress | None:
    """How far the book is; ``None`` where nobody has asked for one."""
    rows = AgendaBook.objects.filter(meeting=meeting)
    row = rows.values_list("pk", "laid", "done", "whole", "stamp").first()
    if row is None:
        return None
    pk, laid, done, whole, stamp = row
    queued = ProcrastinateJob.objects.filter(
        task_name=bind_book.name, args__book=pk, status__in=("todo", "doing")
    )
    made = rows.filter(content__isnull=False).exists()
    ready = made and stamp == stamp_of(meeting)  # the whole agenda: not while a worker is asked
    return BookProgress(laid, done, whole, made, ready, queued.exists())
