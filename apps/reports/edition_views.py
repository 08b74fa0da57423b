"""Issued editions of a plan: the paper, its files, and what changed from one to the next."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from apps.accounts.access import EVERYONE, OFFICIALS, OfficeRequest, allowed
from apps.documents.enums import FileFormat
from apps.documents.http import paper_response
from apps.documents.pages import again_page, edition_context, file_response, files_page
from apps.plans.access import readable_plan
from apps.plans.models import Plan
from apps.plans.views.pages import screens
from apps.reports import editions
from apps.reports.changes import change_paper
from apps.reports.issuing_forms import CompareForm

EDITION = "reports:edition"


@allowed(*EVERYONE)
def edition(request: OfficeRequest, year: int, number: int) -> HttpResponse:
    """The paper as it was issued, its files, and every figure in it with its source."""
    plan = readable_plan(request.user, year)
    row = editions.edition_of(plan, number)
    context = {
        "plan": plan,
        "screens": screens(plan, "reports:issued"),
        **edition_context(request, row, EDITION, [year, number]),
    }
    return render(request, "reports/edition.html", context)


@allowed(*EVERYONE)
def edition_files(request: OfficeRequest, year: int, number: int) -> HttpResponse:
    """How far the files are: the part of the page that asks again until all are made."""
    row = editions.edition_of(readable_plan(request.user, year), number, whole=False)
    return files_page(request, row, EDITION, [year, number])


@allowed(*EVERYONE)
def edition_file(request: OfficeRequest, year: int, number: int, form: str) -> HttpResponse:
    """A file as it was made, byte for byte; 404 while it is not there yet."""
    row = editions.edition_of(readable_plan(request.user, year), number, whole=False)
    return file_response(row, form)


@require_POST
@allowed(*OFFICIALS)
def edition_again(request: OfficeRequest, year: int, number: int) -> HttpResponse:
    """Have the files that could not be made tried again."""
    row = editions.edition_of(readable_plan(request.user, year), number, whole=False)
    return again_page(request, row, EDITION, [year, number])


@allowed(*EVERYONE)
def compare(request: OfficeRequest, year: int) -> HttpResponse:
    """Two editions side by side; without a choice, the last two."""
    plan = readable_plan(request.user, year)
    choices = editions.choices(plan)
    form, found = _compared(request, plan, choices)
    context = {
        "plan": plan,
        "screens": screens(plan, "reports:issued"),
        "form": form,
        "found": found,
        "may_compare": len(choices) > 1,
    }
    return render(request, "reports/compare.html", context)


@allowed(*EVERYONE)
def compare_pdf(request: OfficeRequest, year: int) -> HttpResponse:
    """The 수정 대비표 as a paper."""
    plan = readable_plan(request.user, year)
    _, found = _compared(request, plan, editions.choices(plan))
    if found is None:
        raise Http404
    return paper_response(change_paper(plan, found), FileFormat.PDF)


def _compared(
    request: OfficeRequest, plan: Plan, choices: list[tuple[str, str]]
) -> tuple[CompareForm, editions.Comparison | None]:
    """What was asked for, and its comparison; ``None`` when there is nothing to compare."""
    data = request.GET if "old" in request.GET else editions.last_two(choices) or None
    form = CompareForm(data, choices)
    return form, editions.comparison(plan, **form.cleaned_data) if form.is_valid() else None
