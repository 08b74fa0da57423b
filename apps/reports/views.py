"""Papers at the press of a button."""

from django.http import HttpResponse
from django.shortcuts import render

from apps.accounts.access import EVERYONE, OfficeRequest, allowed
from apps.documents.html import render_html
from apps.documents.http import paper_response
from apps.plans.access import readable_plan
from apps.reports.budget import budget_report
from apps.reports.yearly_plan import yearly_plan

PAPERS = {"plan": yearly_plan, "budget": budget_report}


@allowed(*EVERYONE)
def paper_page(request: OfficeRequest, year: int, name: str) -> HttpResponse:
    """A plan's paper on a page, as it will be printed."""
    plan = readable_plan(request.user, year)
    paper = PAPERS[name](plan)
    return render(
        request,
        "reports/paper.html",
        {"plan": plan, "name": name, "paper": paper, "body": render_html(paper)},
    )


@allowed(*EVERYONE)
def paper_pdf(request: OfficeRequest, year: int, name: str) -> HttpResponse:
    return paper_response(PAPERS[name](readable_plan(request.user, year)), "pdf")
