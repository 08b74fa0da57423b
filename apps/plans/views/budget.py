"""The plan's money on screen: by programme, task, source and account, and its lines."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from apps.accounts.access import EVERYONE, OfficeRequest, allowed
from apps.core.paging import page_of
from apps.plans import execution, execution_documents, queries
from apps.plans.access import editable_line, editable_plan, readable_plan, writes
from apps.plans.comparison import plan_before, year_of
from apps.plans.execution_forms import LineFilter
from apps.plans.figures import budget_url
from apps.plans.forms import BudgetLineForm, ProgramRows
from apps.plans.models import BudgetLine, Plan
from apps.plans.views import pages

TABS = (
    ("program", "세부사업별"),
    ("task", "과제별"),
    ("source", "재원별"),
    ("account", "회계별"),
    ("line", "예산 내역"),
)
HELD_BY_SPENDING = "집행한 금액이 있어 지울 수 없습니다. 집행 내역을 먼저 옮겨 주세요."


@allowed(*EVERYONE)
def budget(request: OfficeRequest, year: int) -> HttpResponse:
    """Looks at the same lines, beside the year before too; the last is the lines themselves."""
    plan = readable_plan(request.user, year)
    before = plan_before(plan)
    tabs = [*TABS, ("before", f"{year_of(before)}과 비교" if before else "전년도 계획 없음")]
    by = request.GET.get("by", "program")
    if by not in dict(tabs):
        by = "program"
    totals = queries.budget_totals(plan)
    shown = (
        _lines(request, plan)
        if by == "line"
        else {"paper": execution_documents.budget_on_screen(plan, by, totals)}
    )
    return render(
        request,
        "plans/budget.html",
        {
            "plan": plan,
            "screens": pages.screens(plan, "budget"),
            "by": by,
            "tabs": [
                {"label": label, "url": budget_url(plan.year, key), "current": key == by}
                for key, label in tabs
            ],
            "totals": totals,
            "may_edit": writes(request.user, plan),
            **shown,
        },
    )


def _lines(request: OfficeRequest, plan: Plan) -> dict[str, Any]:
    form = LineFilter(request.GET, plan=plan)
    lines = form.narrow(execution.with_spent(queries.lines_of(plan)))
    return {
        "form": form,
        "reset_url": budget_url(plan.year, "line"),
        "narrowed": form.narrowed,
        "page": page_of(request, lines),
    }


@allowed(*EVERYONE)
def programs_edit(request: OfficeRequest, year: int) -> HttpResponse:
    plan = editable_plan(request.user, year)
    return pages.edit_rows(
        request,
        ProgramRows(request.POST or None, instance=plan),
        plan=plan,
        heading="세부사업",
        back=budget_url(plan.year, "program"),
    )


@allowed(*EVERYONE)
def line_create(request: OfficeRequest, year: int) -> HttpResponse:
    """A new budget line; ``?task=`` has it start with that task."""
    plan = editable_plan(request.user, year)
    form = BudgetLineForm(
        request.POST or None,
        instance=BudgetLine(plan=plan, position=plan.lines.count() + 1),
        initial={"task": request.GET.get("task")},
    )
    return pages.edit(
        request, form, plan=plan, heading="예산 추가", back=budget_url(plan.year, "line")
    )


@allowed(*EVERYONE)
def line_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    line = editable_line(request.user, pk)
    return pages.edit(
        request,
        BudgetLineForm(request.POST or None, instance=line),
        plan=line.plan,
        heading="예산 수정",
        back=budget_url(line.plan.year, "line"),
    )


@allowed(*EVERYONE)
def line_delete(request: OfficeRequest, pk: int) -> HttpResponse:
    line = editable_line(request.user, pk)
    return pages.delete(
        request,
        line,
        plan=line.plan,
        question=f"‘{line.label}’ 예산을 삭제할까요?",
        back=budget_url(line.plan.year, "line"),
        here=budget_url(line.plan.year, "line"),
        held=HELD_BY_SPENDING,
    )
