"""The first screen of each role, and the page for what one may not do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.accounts.access import EVERYONE, OfficeRequest, allowed
from apps.core.dates import today
from apps.plans.access import PlanIsFrozen
from apps.portal import queries
from apps.procurement.queries.cycle import cycle_of


@allowed(*EVERYONE)
def home(request: OfficeRequest) -> HttpResponse:
    """What is due, how we stand, where to act."""
    day = today()
    return render(
        request,
        "portal/home.html",
        {
            "today": day,
            "cycle": cycle_of(request.user, day),
            "duties": [(duty, duty.late(day)) for duty in queries.duties_of(request.user, day)],
            "tiles": list(queries.tiles_of(request.user, day)),
            "ways": list(queries.ways_of(request.user, day.year)),
        },
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Why not; where a plan is confirmed, the way to open it again."""
    plan = exception.plan if isinstance(exception, PlanIsFrozen) else None
    return render(request, "403.html", {"reason": str(exception), "plan": plan}, status=403)
