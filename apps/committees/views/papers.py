"""The papers of a meeting: the agenda book, and what is signed, voted on and sent out."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import OfficeRequest, allowed
from apps.committees import services
from apps.committees.access import READERS, may_edit
from apps.committees.documents.agenda import agenda
from apps.committees.documents.papers import PAPERS
from apps.committees.models import AgendaBook, Meeting
from apps.committees.queries.books import book_progress, pages_to_bind
from apps.committees.views.meetings import editable_meeting, meetings_of
from apps.core.access import load
from apps.documents.enums import FileFormat
from apps.documents.http import file_of, paper_response
from apps.documents.pages import LOOKS, WAITS


@require_safe
@allowed(*READERS)
def papers(request: OfficeRequest, pk: int) -> HttpResponse:
    """회의 서류: every paper of the meeting that can be printed now."""
    meeting = load(meetings_of(request), pk)
    context = {
        "papers": [
            {"name": name, "paper": paper, "lacking": paper.lacking(meeting)}
            for name, paper in PAPERS.items()
        ],
        **_book(request, meeting),
    }
    return render(request, "committees/papers.html", context)


@require_safe
@allowed(*READERS)
def papers_book(request: OfficeRequest, pk: int) -> HttpResponse:
    """The part of the page that asks again how far the book is."""
    return render(
        request, "committees/papers_book.html", _book(request, load(meetings_of(request), pk))
    )


def _book(request: OfficeRequest, meeting: Meeting) -> dict[str, Any]:
    asked = request.GET.get("asked", "0")
    looks = int(asked) if asked in LOOKS else len(WAITS)
    return {
        "meeting": meeting,
        "pages": pages_to_bind(meeting),
        "progress": book_progress(meeting),
        "asked": looks + 1,
        "wait": WAITS[looks] if looks < len(WAITS) else None,
        "may_edit": may_edit(request.user),
    }


@require_POST
@allowed(*READERS)
def book_make(request: OfficeRequest, pk: int) -> HttpResponseRedirect:
    """Have the attachments bound into the agenda book by a worker."""
    try:
        services.ask_for_book(meeting=editable_meeting(request, pk), by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("committees:papers", pk)


@require_safe
@allowed(*READERS)
def meeting_agenda(request: OfficeRequest, pk: int) -> HttpResponse:
    """회의자료 as PDF: with papers to bind in, the bound one, or the page to have it made on."""
    meeting = load(meetings_of(request), pk)
    if not pages_to_bind(meeting):
        return paper_response(agenda(meeting), FileFormat.PDF)
    progress = book_progress(meeting)
    if progress is None or not progress.ready:
        return redirect("committees:papers", pk)
    content = AgendaBook.objects.get(meeting=meeting).content
    return file_of(bytes(content or b""), FileFormat.PDF, f"{meeting} 회의자료.pdf")


@require_safe
@allowed(*READERS)
def agenda_hwpx(request: OfficeRequest, pk: int) -> HttpResponse:
    """회의자료 to go on writing in; it names the attachments, which only the PDF binds in."""
    return paper_response(agenda(load(meetings_of(request), pk)), FileFormat.HWPX)


@require_safe
@allowed(*READERS)
def paper(request: OfficeRequest, pk: int, name: str, form: FileFormat) -> HttpResponse:
    """A paper of the meeting; 404 for one that tells what has not happened yet."""
    meeting = load(meetings_of(request), pk)
    if name not in PAPERS or PAPERS[name].lacking(meeting):
        raise Http404
    return paper_response(PAPERS[name].make(meeting), form)
