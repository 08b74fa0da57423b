"""The quarterly progress paper, on a page and as files."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from apps.accounts.access import EVERYONE, OfficeRequest, allowed
from apps.core.dates import today
from apps.documents.enums import FileFormat
from apps.documents.html import render_html
from apps.documents.http import file_links, paper_response
from apps.documents.nodes import Document
from apps.plans.access import readable_plan
from apps.plans.models import Plan
from apps.reports.progress import progress_report


@allowed(*EVERYONE)
def progress_page(request: OfficeRequest, year: int, quarter: int) -> HttpResponse:
    """추진상황 보고 of a quarter as it will be printed."""
    plan = readable_plan(request.user, year)
    paper = _paper(plan, quarter)
    files = file_links("reports:progress", [year, quarter])
    context = {"plan": plan, "files": files, "paper": paper, "body": render_html(paper)}
    return render(request, "reports/paper.html", context)


@allowed(*EVERYONE)
def progress_file(
    request: OfficeRequest, year: int, quarter: int, form: FileFormat
) -> HttpResponse:
    """The paper to take away; ``?variant=archive`` gives a PDF made to be kept."""
    paper = _paper(readable_plan(request.user, year), quarter)
    return paper_response(paper, form, request.GET.get("variant", ""))


def _paper(plan: Plan, quarter: int) -> Document:
    """A quarter that has not begun has no paper (404)."""
    try:
        return progress_report(plan, quarter, today())
    except ValueError as error:
        raise Http404 from error
