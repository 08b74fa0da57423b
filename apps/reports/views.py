"""Papers at the press of a button."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from apps.accounts.access import EVERYONE, OfficeRequest, allowed
from apps.documents.enums import FileFormat
from apps.documents.html import render_html
from apps.documents.http import paper_response
from apps.plans.access import readable_plan
from apps.plans.models import Plan
from apps.reports.budget import budget_report
from apps.reports.yearly_plan import yearly_plan

PAPERS = {"plan": yearly_plan, "budget": budget_report}
#: What a paper is offered as; the archive form of a PDF is a variant of it.
FORMS = (FileFormat.PDF, FileFormat.HWPX, FileFormat.XLSX)


@allowed(*EVERYONE)
def paper_page(request: OfficeRequest, year: int, name: str) -> HttpResponse:
    """A plan's paper on a page, as it will be printed."""
    plan = readable_plan(request.user, year)
    paper = PAPERS[name](plan)
    return render(
        request,
        "reports/paper.html",
        {"plan": plan, "files": _files(plan, name), "paper": paper, "body": render_html(paper)},
    )


def _files(plan: Plan, name: str) -> list[dict[str, str]]:
    """The files of a paper: what each is called, and where it is."""
    pdf, hwpx, xlsx = (reverse(f"reports:{name}_{form.value}", args=[plan.year]) for form in FORMS)
    return [
        {"label": "PDF", "url": pdf},
        {"label": "한글(HWPX)", "url": hwpx},
        {"label": "표(XLSX)", "url": xlsx},
        {"label": "보존용 PDF/A", "url": f"{pdf}?variant=archive"},
    ]


@allowed(*EVERYONE)
def paper_file(request: OfficeRequest, year: int, name: str, form: FileFormat) -> HttpResponse:
    """The paper to take away; ``?variant=archive`` gives a PDF made to be kept."""
    paper = PAPERS[name](readable_plan(request.user, year))
    return paper_response(paper, form, request.GET.get("variant", ""))
