"""The basic plan of several years (기본계획) that the yearly plans carry out."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from apps.accounts.access import EVERYONE, OFFICIALS, OfficeRequest, allowed
from apps.core.access import load
from apps.core.dates import today
from apps.core.forms import went_through
from apps.core.paging import page_of
from apps.plans import queries, services
from apps.plans.models import BasicPlan
from apps.plans.roll_forms import BasicPlanForm

YEARS = 4


@allowed(*EVERYONE)
def basic_list(request: OfficeRequest) -> HttpResponse:
    """The basic plans, newest first."""
    visible = BasicPlan.objects.visible_to(request.user)
    plans = visible.annotate(yearly=Count("plans")).order_by("-first_year", "pk")
    return render(
        request,
        "plans/basic_list.html",
        {"page": page_of(request, plans), "may_edit": request.user.is_official},
    )


@allowed(*EVERYONE)
def basic(request: OfficeRequest, pk: int) -> HttpResponse:
    """One basic plan and the yearly plans under it."""
    basic = load(BasicPlan.objects.visible_to(request.user), pk)
    return render(
        request,
        "plans/basic.html",
        {
            "basic": basic,
            "plans": queries.plans_with_sums(basic.plans.all()),
            "may_edit": request.user.is_official,
        },
    )


@allowed(*OFFICIALS)
def basic_create(request: OfficeRequest) -> HttpResponse:
    """A basic plan from next year on, of four years unless it is written otherwise."""
    first = today().year + 1
    blank = BasicPlan(first_year=first, last_year=first + YEARS - 1)
    return _edit(request, blank, "새 기본계획", reverse("plans:basic_list"))


@allowed(*EVERYONE)
def basic_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    basic = load(
        BasicPlan.objects.visible_to(request.user),
        pk,
        editable=BasicPlan.objects.editable_by(request.user),
    )
    return _edit(request, basic, "기본계획 수정", reverse("plans:basic", args=[pk]))


def _edit(request: OfficeRequest, basic: BasicPlan, heading: str, back: str) -> HttpResponse:
    form = BasicPlanForm(request.POST or None, instance=basic)
    if request.method == "POST" and went_through(
        form, lambda: services.save_form(form=form, by=request.user)
    ):
        messages.success(request, f"‘{form.instance.title}’ 내용을 저장했습니다.")
        return redirect("plans:basic", form.instance.pk)
    return render(
        request,
        "plans/basic_form.html",
        {"form": form, "basic": basic, "heading": heading, "cancel_url": back},
    )
