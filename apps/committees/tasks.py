"""Work of the committees that a worker does (found by procrastinate under this name)."""

from procrastinate.contrib.django import app

from apps.core.tasks import RETRY


@app.task(name="committees.bind_book", retry=RETRY)
def bind_book(book: int) -> None:
    """Bind the attachments of a meeting into its agenda book; nothing when the book is gone."""
    from apps.committees.models import AgendaBook
    from apps.committees.services.books import make_book  # it knows this task

    rows = AgendaBook.objects.defer("content").select_related("meeting__committee", "asked_by")
    if row := rows.filter(pk=book, content=None).first():
        make_book(row)
