"""What the checker finds in a plan."""

from django.http import HttpResponse
from django.shortcuts import render

from apps.accounts.access import EVERYONE, OfficeRequest, allowed
from apps.plans.access import readable_plan, writes
from apps.plans.checking import checked
from apps.plans.views import pages


@allowed(*EVERYONE)
def plan_check(request: OfficeRequest, year: int) -> HttpResponse:
    """The findings by rule, each with the way to where it is mended; then the rules kept."""
    plan = readable_plan(request.user, year)
    rules = checked(plan)
    return render(
        request,
        "plans/checks.html",
        {
            "plan": plan,
            "screens": pages.screens(plan, "checks"),
            "broken": [each for each in rules if each.findings],
            "kept": [each.rule for each in rules if not each.findings],
            "count": sum(len(each.findings) for each in rules),
            "may_edit": writes(request.user, plan),
        },
    )
