"""Looking through the history of changes."""

from django.http import HttpResponse
from django.shortcuts import render

from apps.accounts.access import OFFICIALS, OfficeRequest, allowed
from apps.audit import queries
from apps.audit.forms import HistoryFilter
from apps.core.paging import page_of

FIRST = "plans.task"


@allowed(*OFFICIALS)
def history(request: OfficeRequest) -> HttpResponse:
    """Who changed what, when, from what to what; one kind of record at a time."""
    form = HistoryFilter({"model": FIRST} | request.GET.dict())
    if not form.is_valid():
        return render(request, "audit/history.html", {"form": form, "changes": []})
    event = queries.tracked_models()[form.cleaned_data["model"]]
    page = page_of(request, queries.events_of(event, form.cleaned_data["object"]))
    return render(
        request,
        "audit/history.html",
        {
            "form": form,
            "name": queries.name_of(event),
            "page": page,
            "changes": queries.changes(event, list(page)),
        },
    )
