"""The plan as a whole: overview, month chart, written sections, areas, requests."""

from copy import copy

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from apps.accounts.access import EVERYONE, OFFICIALS, OfficeRequest, allowed
from apps.core.access import load
from apps.core.dates import today
from apps.core.forms import went_through
from apps.core.paging import page_of
from apps.core.registry import references
from apps.plans import documents, queries, services
from apps.plans.access import editable_plan, readable_plan, writes
from apps.plans.catalog import written_sections
from apps.plans.checking import findings
from apps.plans.forms import AreaForm, PlanForm, RequestRows
from apps.plans.models import FocusArea, Plan, PlanSection, Task
from apps.plans.texts import Filling
from apps.plans.views import pages
from apps.plans.views.figures import section_form


def plan_url(plan: Plan) -> str:
    return reverse("plans:detail", args=[plan.year])


@allowed(*EVERYONE)
def plan_list(request: OfficeRequest) -> HttpResponse:
    """The yearly plans, newest first."""
    plans = queries.plans_with_sums(Plan.objects.visible_to(request.user))
    return render(
        request,
        "plans/list.html",
        {"page": page_of(request, plans), "may_edit": request.user.is_official},
    )


@allowed(*OFFICIALS)
def plan_create(request: OfficeRequest) -> HttpResponse:
    """A plan for next year; its sections are there to be written at once."""
    year = today().year + 1
    blank = Plan(year=year, title=f"{year}년도 사회적경제 활성화 추진계획")
    form = PlanForm(request.POST or None, instance=blank)
    if request.method == "POST" and went_through(
        form, lambda: services.create_plan(form=form, by=request.user)
    ):
        messages.success(request, f"‘{form.instance}’ 계획을 만들었습니다.")
        return redirect(plan_url(form.instance))
    return render(
        request,
        "plans/form.html",
        {"form": form, "plan": None, "heading": "새 추진계획", "cancel_url": reverse("plans:list")},
    )


@allowed(*EVERYONE)
def plan_detail(request: OfficeRequest, year: int) -> HttpResponse:
    """Vision, goal, areas and tasks, and the money in one look."""
    plan = readable_plan(request.user, year)
    return render(
        request,
        "plans/detail.html",
        {
            "plan": plan,
            "filling": Filling.of((plan.purpose, plan.vision, plan.goal), plan.year),
            "screens": pages.screens(plan, "detail"),
            "areas": queries.areas_with_tasks(plan),
            "totals": queries.budget_totals(plan),
            "task_count": Task.objects.filter(area__plan=plan).count(),
            "finding_count": len(findings(plan)),
            "references": references([plan], request.user)[plan.pk],
            "may_edit": writes(request.user, plan),
            "may_roll": request.user.is_official,
        },
    )


@allowed(*EVERYONE)
def sections(request: OfficeRequest, year: int) -> HttpResponse:
    """What is written in the plan beside its tasks and its money."""
    plan = readable_plan(request.user, year)
    asked = list(plan.requests.all())
    return render(
        request,
        "plans/sections.html",
        {
            "plan": plan,
            "screens": pages.screens(plan, "sections"),
            "sections": written_sections(plan),
            "requests": asked,
            "filling": Filling.of(tuple(each.body for each in asked), plan.year),
            "may_edit": writes(request.user, plan),
        },
    )


@allowed(*EVERYONE)
def months(request: OfficeRequest, year: int) -> HttpResponse:
    """Every task against the twelve months."""
    plan = readable_plan(request.user, year)
    chart = documents.month_chart_node(plan, queries.month_chart(plan))
    return render(
        request,
        "plans/months.html",
        {
            "plan": plan,
            "screens": pages.screens(plan, "months"),
            "chart": documents.on_screen(plan, chart),
        },
    )


@allowed(*EVERYONE)
def plan_edit(request: OfficeRequest, year: int) -> HttpResponse:
    """The plan's own record; a plan that moves to another year takes its address along."""
    plan = editable_plan(request.user, year)
    form = PlanForm(request.POST or None, instance=copy(plan))
    return pages.edit(
        request,
        form,
        plan=plan,
        heading="계획 개요 수정",
        back=plan_url(form.instance if form.is_valid() else plan),
    )


@allowed(*EVERYONE)
def section_edit(request: OfficeRequest, year: int, pk: int) -> HttpResponse:
    plan = editable_plan(request.user, year)
    section = load(PlanSection.objects.filter(plan=plan), pk)
    return pages.edit(
        request,
        section_form(request, plan, section),
        plan=plan,
        heading=f"{section.title} 수정",
        back=reverse("plans:sections", args=[plan.year]),
    )


@allowed(*EVERYONE)
def area_create(request: OfficeRequest, year: int) -> HttpResponse:
    plan = editable_plan(request.user, year)
    area = FocusArea(plan=plan, number=plan.areas.count() + 1)
    return pages.edit(
        request,
        AreaForm(request.POST or None, instance=area),
        plan=plan,
        heading="중점분야 추가",
        back=plan_url(plan),
    )


@allowed(*EVERYONE)
def area_edit(request: OfficeRequest, year: int, pk: int) -> HttpResponse:
    plan = editable_plan(request.user, year)
    area = load(FocusArea.objects.filter(plan=plan), pk)
    return pages.edit(
        request,
        AreaForm(request.POST or None, instance=area),
        plan=plan,
        heading="중점분야 수정",
        back=plan_url(plan),
    )


@allowed(*EVERYONE)
def area_delete(request: OfficeRequest, year: int, pk: int) -> HttpResponse:
    plan = editable_plan(request.user, year)
    area = load(FocusArea.objects.filter(plan=plan), pk)
    return pages.delete(
        request,
        area,
        plan=plan,
        question=f"‘{area}’ 분야를 삭제할까요? 분야의 과제도 함께 지워집니다.",
        back=plan_url(plan),
        here=plan_url(plan),
    )


@allowed(*EVERYONE)
def requests_edit(request: OfficeRequest, year: int) -> HttpResponse:
    plan = editable_plan(request.user, year)
    return pages.edit_rows(
        request,
        RequestRows(request.POST or None, instance=plan),
        plan=plan,
        heading="행정사항",
        back=reverse("plans:sections", args=[plan.year]),
    )
