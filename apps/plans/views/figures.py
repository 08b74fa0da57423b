"""Figures a plan's text can name: all of them with their values, and the picker beside a text."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from apps.accounts.access import EVERYONE, OfficeRequest, allowed
from apps.core.paging import PER_PAGE
from apps.plans import catalog
from apps.plans.access import readable_plan
from apps.plans.forms import SectionForm
from apps.plans.models import Plan, PlanSection
from apps.plans.results import draft_results, with_draft
from apps.plans.results_forms import FigureFilter
from apps.plans.views import pages

#: How many figures the picker shows for what was typed.
PICKED = 40
DRAFT = "draft_results"
DRAFTED = (
    "지난해 실적의 초안을 글 끝에 붙였습니다. 읽고 고친 뒤 저장해 주세요. 아직 저장하지 않았습니다."
)
NOTHING_TO_DRAFT = (
    "새로 붙일 {}년 실적 기록이 없습니다. ‘적은 실적’에 적으면 여기 들어옵니다."
    " 이미 글에 있는 수치는 다시 붙이지 않습니다."
)


@allowed(*EVERYONE)
def figures(request: OfficeRequest, year: int) -> HttpResponse:
    """Every figure with its value this year and last, how it is computed, and its rows."""
    plan = readable_plan(request.user, year)
    form = FigureFilter(request.GET)
    names = catalog.names(request.GET.get("q", ""))
    page = Paginator(names, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "plans/figures.html",
        {
            "plan": plan,
            "screens": pages.screens(plan, "figures"),
            "form": form,
            "page": page,
            "rows": catalog.listed(page.object_list, plan.year),
            "last_year": plan.year - 1,
            "may_edit": request.user.is_official,
        },
    )


@allowed(*EVERYONE)
def figure_options(request: OfficeRequest, year: int) -> HttpResponse:
    """The picker's rows for what is typed in its search box."""
    plan = readable_plan(request.user, year)
    names = catalog.names(request.GET.get("q", ""))
    return render(
        request,
        "plans/figure_options.html",
        {
            "plan": plan,
            "rows": catalog.listed(names[:PICKED], plan.year),
            "last_year": plan.year - 1,
            "more": max(len(names) - PICKED, 0),
        },
    )


def section_form(request: OfficeRequest, plan: Plan, section: PlanSection) -> SectionForm:
    """The form of a written section; asked for a draft of last year's results, it holds what was
    typed so far with the draft after it.

    That form is not bound to what was sent, so it is never valid: nothing is saved before a person
    has read it and sent it again.
    """
    typed = request.POST
    if DRAFT not in typed:
        return SectionForm(typed or None, instance=section)
    draft = draft_results(plan, typed.get("body", ""))
    messages.info(request, DRAFTED if draft else NOTHING_TO_DRAFT.format(plan.year - 1))
    body = with_draft(typed.get("body", ""), draft)
    kept = {name: typed[name] for name in ("title", "seen") if name in typed}
    form = SectionForm(instance=section, initial={**kept, "body": body})
    form.instance.body = body  # for the preview
    return form
