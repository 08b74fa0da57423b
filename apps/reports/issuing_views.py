"""A plan from draft to closed: confirming it, opening it again, closing its year."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from apps.accounts.access import EVERYONE, OFFICIALS, OfficeRequest, allowed
from apps.core.dates import today
from apps.core.forms import went_through
from apps.core.paging import page_of
from apps.documents.issuing import content_digest
from apps.documents.models import IssuedDocument
from apps.plans.access import readable_plan
from apps.plans.checking import findings
from apps.plans.enums import PlanState
from apps.plans.models import Plan
from apps.plans.views.pages import screens
from apps.reports import editions, services
from apps.reports.issuing_forms import ReasonForm
from apps.reports.yearly_plan import yearly_plan_with_figures

EDITIONS_PER_PAGE = 10


def issued_url(plan: Plan) -> str:
    return reverse("reports:issued", args=[plan.year])


@allowed(*EVERYONE)
def issued(request: OfficeRequest, year: int) -> HttpResponse:
    """Where the plan stands, and its editions, newest first."""
    plan = readable_plan(request.user, year)
    rows = editions.editions_of(plan).visible_to(request.user).listed()
    return render(
        request,
        "reports/issued.html",
        {
            "plan": plan,
            "screens": screens(plan, "reports:issued"),
            "page": page_of(request, rows, EDITIONS_PER_PAGE),
            "may_act": request.user.is_official,
            "year_is_over": today().year > plan.year,
            "may_compare": len(editions.choices(plan)) > 1,
        },
    )


@allowed(*OFFICIALS)
def confirm(request: OfficeRequest, year: int) -> HttpResponse:
    """What will be frozen and under whose name, and what the checker has to say, before the act."""
    plan = readable_plan(request.user, year)
    if request.method == "POST":
        at, seen = timezone.now(), request.POST.get("seen", "")
        if said := _refusal(
            lambda: services.confirm_plan(plan=plan, at=at, by=request.user, seen=seen)
        ):
            messages.error(request, said)
            return redirect("reports:confirm", year)
        messages.success(request, "계획을 확정하고 발행했습니다. 파일은 곧 만들어집니다.")
        return redirect("reports:edition", year, editions.next_number_of(plan) - 1)
    if not plan.open:
        return redirect(issued_url(plan))
    document, figures = yearly_plan_with_figures(plan)
    return render(
        request,
        "reports/confirm.html",
        {
            "plan": plan,
            "heading": "계획 확정",
            "number": editions.next_number_of(plan),
            "contents": [node for node in document.headings(1) if node.number],
            "problems": editions.obstacles(figures),
            "figures": editions.as_issued(figures),
            "findings": findings(plan),
            "seen": content_digest(document),
        },
    )


@allowed(*OFFICIALS)
def revise(request: OfficeRequest, year: int) -> HttpResponse:
    """Open a confirmed plan again, with the reason."""
    plan = readable_plan(request.user, year)
    if plan.state != PlanState.CONFIRMED:
        return redirect(issued_url(plan))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and went_through(
        form,
        lambda: services.revise_plan(
            plan=plan, reason=form.cleaned_data["reason"], by=request.user
        ),
    ):
        messages.success(request, "수정을 시작했습니다. 고친 뒤 다시 확정하면 다음 판이 됩니다.")
        return redirect("plans:detail", year)
    return render(
        request, "reports/revise.html", {"plan": plan, "form": form, "heading": "수정 시작"}
    )


@allowed(*OFFICIALS)
def close(request: OfficeRequest, year: int) -> HttpResponse:
    """Close a plan whose year is over."""
    plan = readable_plan(request.user, year)
    if plan.state != PlanState.CONFIRMED:
        return redirect(issued_url(plan))
    if request.method == "POST":
        at = timezone.now()
        if said := _refusal(lambda: services.close_plan(plan=plan, at=at, by=request.user)):
            messages.error(request, said)
        else:
            messages.success(request, "계획을 마감했습니다.")
        return redirect(issued_url(plan))
    question = "마감하면 실적과 집행을 더 적을 수 없고, 되돌릴 수 없습니다. 마감할까요?"
    context = {"plan": plan, "question": question, "heading": "계획 마감"}
    return render(request, "reports/close.html", context)


def _refusal(act: Callable[[], IssuedDocument | Plan]) -> str:
    """Why the act was refused, or nothing when it was done."""
    try:
        act()
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
