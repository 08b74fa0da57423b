"""How the district and each department stand against their targets."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from apps.accounts.access import OfficeRequest, allowed
from apps.accounts.models import Department
from apps.accounts.querysets import OVERSEERS
from apps.core.access import load
from apps.core.dates import today
from apps.core.money import comma
from apps.documents.html import render_node
from apps.procurement.access import READERS, visible_departments, writable_departments
from apps.procurement.charts import progress_chart
from apps.procurement.queries.dashboard import Dashboard, dashboard
from apps.procurement.queries.standing import (
    departments,
    ranking,
    shared_targets,
    sum_of_departments,
)
from apps.procurement.views.frame import frame, home_url


@allowed(*READERS)
def home(request: OfficeRequest) -> HttpResponseRedirect:
    """On to the current year."""
    return redirect(home_url(request.user, today().year))


@allowed(*OVERSEERS)
def district(request: OfficeRequest, year: int) -> HttpResponse:
    """The whole district, and its departments by their places."""
    found = dashboard(year, today=today())
    shared = shared_targets(year, found.annual)
    return render(
        request,
        "procurement/district.html",
        {
            **frame(request.user, year, "district"),
            **_shown(found),
            "departments": ranking(departments(year, found.inside, found.sums)),
            "sum": sum_of_departments(found.standing, shared),
            "may_write": request.user.is_official,
        },
    )


@allowed(*READERS)
def standing(request: OfficeRequest, year: int, pk: int) -> HttpResponse:
    """One department."""
    department = load(visible_departments(request.user), pk)
    found = dashboard(year, today=today(), department=department)
    return render(
        request,
        "procurement/standing.html",
        {
            **frame(request.user, year, "standing", pk),
            **_shown(found, department),
            "department": department,
            "may_write": writable_departments(request.user).filter(pk=pk).exists(),
        },
    )


def _shown(found: Dashboard, department: Department | None = None) -> dict[str, Any]:
    """The year's figures, their chart, and the list of purchases to be narrowed to each."""
    rows = reverse("procurement:list", args=[found.year])
    return {
        "found": found,
        "standing": found.standing,
        "firms_note": f"기업 {comma(found.sellers.firms)}곳 가운데 {len(found.largest)}곳",
        "chart": render_node(progress_chart(found)),
        "rows_url": f"{rows}?department={department.pk}&" if department else f"{rows}?",
    }
