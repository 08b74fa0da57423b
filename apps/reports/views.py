"""Papers at the press of a button."""

from django.http import HttpResponse
from django.shortcuts import render

from apps.accounts.access import EVERYONE, OfficeRequest, allowed
from apps.core.dates import today
from apps.documents.enums import FileFormat
from apps.documents.html import render_html
from apps.documents.http import file_links, issued_response, paper_response, wanted_form
from apps.documents.nodes import Document
from apps.plans.access import readable_plan
from apps.plans.models import Plan
from apps.reports.budget import budget_report
from apps.reports.editions import current_paper, kept_file


@allowed(*EVERYONE)
def paper_page(request: OfficeRequest, year: int, name: str) -> HttpResponse:
    """A plan's paper on a page, as it will be printed."""
    plan = readable_plan(request.user, year)
    paper, files = _paper(plan, name), file_links(f"reports:{name}", [year])
    context = {"plan": plan, "files": files, "paper": paper, "body": render_html(paper)}
    return render(request, "reports/paper.html", context)


@allowed(*EVERYONE)
def paper_file(request: OfficeRequest, year: int, name: str, form: FileFormat) -> HttpResponse:
    """The paper to take away; ``?variant=archive`` gives a PDF made to be kept.

    A file of the edition in force is the one that was kept.
    """
    plan = readable_plan(request.user, year)
    form = wanted_form(form, request.GET.get("variant", ""))
    if name == "plan" and (file := kept_file(plan, form)):
        return issued_response(file)
    return paper_response(_paper(plan, name), form)


def _paper(plan: Plan, name: str) -> Document:
    return budget_report(plan, today()) if name == "budget" else current_paper(plan)
