"""The notices of a year: read, taken away as files, and sent out in numbered editions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from apps.accounts.access import OFFICIALS, OfficeRequest, allowed
from apps.core.dates import today
from apps.core.forms import went_through
from apps.documents.enums import FileFormat
from apps.documents.html import render_html
from apps.documents.http import file_links, issued_response, paper_response, wanted_form
from apps.documents.issuing import content_digest
from apps.documents.models import IssuedDocument
from apps.documents.pages import again_page, edition_context, edition_of, file_response, files_page
from apps.procurement.access import READERS
from apps.procurement.documents.papers import Paper, paper_of
from apps.procurement.editions import TARGETS, editions_of, last_edition, series_of
from apps.procurement.forms.papers import IssueForm
from apps.procurement.queries.papers import notice_lines
from apps.procurement.queries.standing import annual_target
from apps.procurement.services.papers import issue_paper
from apps.procurement.views.frame import frame, home_url

EDITION = "procurement:edition"


@allowed(*READERS)
def papers(request: OfficeRequest, year: int) -> HttpResponse:
    """The targets' notice, and a line a month: how far it is, and what was sent out."""
    context = {
        **frame(request.user, year, "papers"),
        "lines": notice_lines(year, today()),
        "targets": TARGETS,
        "targets_issued": last_edition(year, TARGETS),
        "has_targets": annual_target(year) is not None,
    }
    return render(request, "procurement/papers.html", context)


@allowed(*READERS)
def paper(request: OfficeRequest, year: int, which: str) -> HttpResponse:
    """A paper as the records give it today, and whether it was sent out so."""
    found = _paper(year, which)
    return render(
        request,
        "procurement/paper.html",
        {
            **_place(request, year, which, found.document.title),
            "found": found,
            "in_force": found.in_force,
            "obstacles": found.obstacles if request.user.is_official else found.remarks,
            "editions": editions_of(year, which).listed(),
            "files": file_links("procurement:paper", [year, which]),
            "body": render_html(found.shown),
            "may_act": request.user.is_official,
        },
    )


@allowed(*READERS)
def paper_file(request: OfficeRequest, year: int, which: str, form: FileFormat) -> HttpResponse:
    """The paper to take away; of an edition in force, the file that was kept."""
    found = _paper(year, which)
    wanted = wanted_form(form, request.GET.get("variant", ""))
    if issued := found.in_force:
        kept = issued.files.filter(format=wanted).exclude(digest="").first()
        if kept is not None:
            return issued_response(kept)
    return paper_response(found.shown, wanted, mark=found.mark)


@allowed(*OFFICIALS)
def paper_issue(request: OfficeRequest, year: int, which: str) -> HttpResponse:
    """Send a paper out: what will be frozen is looked at, a further edition has its reason."""
    found = _paper(year, which)
    if request.method != "POST" and found.in_force:
        return redirect(EDITION, year, which, found.in_force.number)
    form = IssueForm(
        request.POST or None, initial={"reason": found.reason}, again=found.last is not None
    )
    sent: list[IssuedDocument] = []

    def send() -> None:
        said = {"reason": "", **form.cleaned_data, "seen": request.POST.get("seen", "")}
        issued = issue_paper(year=year, which=which, at=timezone.now(), by=request.user, **said)
        sent.append(issued)

    if request.method == "POST" and went_through(form, send):
        messages.success(request, f"{sent[0].edition}으로 통보했습니다. 파일은 곧 만들어집니다.")
        return redirect(EDITION, year, which, sent[0].number)
    context = {
        "found": found,
        "form": form,
        "seen": content_digest(found.document),
        "body": render_html(found.document, level=3),
    }
    place = _place(request, year, which, "통보하기")
    return render(request, "procurement/paper_issue.html", context | place)


@allowed(*READERS)
def edition(request: OfficeRequest, year: int, which: str, number: int) -> HttpResponse:
    """A paper as it was sent out, and its files."""
    row = edition_of(series_of(year, which), number)
    context = _place(request, year, which, row.edition)
    context |= edition_context(request, row, EDITION, [year, which, number])
    return render(request, "procurement/edition.html", context)


@allowed(*READERS)
def edition_files(request: OfficeRequest, year: int, which: str, number: int) -> HttpResponse:
    """How far the files are: the part of the page that asks again until all are made."""
    row = edition_of(series_of(year, which), number, whole=False)
    return files_page(request, row, EDITION, [year, which, number])


@allowed(*READERS)
def edition_file(
    request: OfficeRequest, year: int, which: str, number: int, form: str
) -> HttpResponse:
    """A file as it was made, byte for byte; 404 while it is not there yet."""
    return file_response(edition_of(series_of(year, which), number, whole=False), form)


@require_POST
@allowed(*OFFICIALS)
def edition_again(request: OfficeRequest, year: int, which: str, number: int) -> HttpResponse:
    """Have the files that could not be made tried again."""
    row = edition_of(series_of(year, which), number, whole=False)
    return again_page(request, row, EDITION, [year, which, number])


def _paper(year: int, which: str) -> Paper:
    """What there is nothing to tell of yet has no paper (404)."""
    try:
        return paper_of(year, which, today())
    except ValueError as error:
        raise Http404 from error


def _place(request: OfficeRequest, year: int, which: str, here: str) -> dict[str, Any]:
    return {
        "year": year,
        "which": which,
        "here": here,
        "home_url": home_url(request.user, year),
        "papers_url": reverse("procurement:papers", args=[year]),
        "paper_url": reverse("procurement:paper", args=[year, which]),
    }
