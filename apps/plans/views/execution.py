"""Money spent under a plan: looks at it, the list of it, and entering it."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from apps.accounts.access import EVERYONE, OfficeRequest, allowed
from apps.core import sheets
from apps.core.dates import today
from apps.core.forms import went_through
from apps.core.money import comma
from apps.core.paging import page_of
from apps.core.registry import references
from apps.plans import execution, execution_documents, recording, services
from apps.plans.access import editable_expenditure, readable_plan, records, running_plan
from apps.plans.documents import on_screen
from apps.plans.execution_forms import CONDITIONAL, ExpenditureFilter, ExpenditureForm
from apps.plans.models import Expenditure, Plan
from apps.plans.views import pages

LIST = ("list", "집행 내역")
HEADINGS = (
    "집행일",
    "집행 내용",
    "과제",
    "예산",
    "재원",
    "회계",
    "집행액(원)",
    "문서번호",
)


def tabs_of(plan: Plan, current: str) -> list[dict[str, object]]:
    """The looks at what was spent, and the list of it."""
    url = reverse("plans:execution", args=[plan.year])
    looks = [
        {"label": label, "url": f"{url}?by={by}", "current": by == current}
        for by, label in execution_documents.LOOKS.items()
    ]
    key, label = LIST
    return [*looks, {"label": label, "url": list_url(plan), "current": key == current}]


def list_url(plan: Plan) -> str:
    return reverse("plans:expenditures", args=[plan.year])


@allowed(*EVERYONE)
def looks(request: OfficeRequest, year: int) -> HttpResponse:
    """Budget beside what was spent of it, up to today."""
    plan = readable_plan(request.user, year)
    by = request.GET.get("by", "task")
    if by not in execution_documents.LOOKS:
        by = "task"
    day = min(today(), execution.year_end(plan))
    return render(
        request,
        "plans/execution.html",
        {
            "plan": plan,
            "screens": pages.screens(plan, "execution"),
            "tabs": tabs_of(plan, by),
            "day": day,
            "overall": execution.overall(plan, day),
            "paper": on_screen(plan, execution_documents.execution_node(plan, by, day)),
            "records": records(request.user, plan),
        },
    )


@allowed(*EVERYONE)
def expenditures(request: OfficeRequest, year: int) -> HttpResponse:
    """What was spent, the newest first; of one line when it is chosen."""
    plan = readable_plan(request.user, year)
    form, found = _found(request, plan)
    export = reverse("plans:expenditures_xlsx", args=[year])
    line = form.cleaned_data.get("line")
    page = page_of(request, found)
    rows = list(page.object_list)
    tied = references(rows, request.user)
    return render(
        request,
        "plans/execution_list.html",
        {
            "plan": plan,
            "screens": pages.screens(plan, "execution"),
            "tabs": tabs_of(plan, "list"),
            "form": form,
            "narrowed": form.narrowed,
            "export_url": f"{export}?{request.GET.urlencode()}",
            "conditional_text": CONDITIONAL,
            "page": page,
            "rows": [(spent, tied[spent.pk]) for spent in rows],
            "total_won": f"{comma(execution.amount_of(found))}원",
            "line": line and execution.with_spent(plan.lines.filter(pk=line.pk)).get(),
            "records": records(request.user, plan),
        },
    )


@allowed(*EVERYONE)
def expenditures_export(request: OfficeRequest, year: int) -> HttpResponse:
    """The expenditures found, as a spreadsheet; amounts in won."""
    _, found = _found(request, readable_plan(request.user, year))
    rows = (
        (
            spent.spent_on,
            spent.text,
            str(spent.line.task or ""),
            spent.line.label,
            spent.line.get_source_display(),
            spent.line.get_account_display(),
            spent.amount,
            spent.document_number,
        )
        for spent in found
    )
    return sheets.download(
        sheets.xlsx(HEADINGS, rows), f"{year}년 집행 내역.xlsx", sheets.XLSX_TYPE
    )


def _found(request: OfficeRequest, plan: Plan) -> tuple[ExpenditureFilter, QuerySet[Expenditure]]:
    form = ExpenditureFilter(request.GET, plan=plan)
    return form, form.narrow(execution.spent_from(plan))


@allowed(*EVERYONE)
def expenditure_create(request: OfficeRequest, year: int) -> HttpResponse:
    """Money spent from a firm line of the plan; ``?line=`` and ``?spent_on=`` fill the form.

    Who goes on entering keeps the line and the day.
    """
    plan = running_plan(request.user, year)
    form = ExpenditureForm(
        request.POST or None,
        plan=plan,
        today=today(),
        initial={"spent_on": today(), **request.GET.dict()},
    )

    def record() -> object:
        return recording.record_expenditure(**form.cleaned_data, by=request.user)

    return _form(
        request, form, record, plan=plan, heading="집행 추가", ways="plans/execution_ways.html"
    )


@allowed(*EVERYONE)
def expenditure_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    spent = editable_expenditure(request.user, pk)
    plan = spent.line.plan
    form = ExpenditureForm(request.POST or None, instance=spent, plan=plan, today=today())

    def save() -> object:
        return services.save_form(form=form, by=request.user)

    return _form(request, form, save, plan=plan, heading="집행 수정")


def _form(
    request: OfficeRequest,
    form: ExpenditureForm,
    change: Callable[[], object],
    *,
    plan: Plan,
    heading: str,
    ways: str = "",
) -> HttpResponse:
    """The form of money spent; what the database refuses, it says beside the field."""
    if request.method == "POST" and went_through(form, change):
        messages.success(request, f"‘{form.cleaned_data['text']}’ 집행을 저장했습니다.")
        return redirect(_onward(plan, form) if "next" in request.POST else list_url(plan))
    return render(
        request,
        "plans/execution_form.html",
        {
            "form": form,
            "plan": plan,
            "heading": heading,
            "ways": ways,
            "cancel_url": list_url(plan),
        },
    )


def _onward(plan: Plan, form: ExpenditureForm) -> str:
    """The empty form again, with the line and the day of the one just saved."""
    line, day = form.cleaned_data["line"], form.cleaned_data["spent_on"]
    url = reverse("plans:expenditure_create", args=[plan.year])
    return f"{url}?{urlencode({'line': line.pk, 'spent_on': day})}"


@allowed(*EVERYONE)
def expenditure_delete(request: OfficeRequest, pk: int) -> HttpResponse:
    spent = editable_expenditure(request.user, pk)
    plan = spent.line.plan
    tied = references([spent], request.user)[spent.pk]
    also = ", ".join(f"{each.label}({each.text})" for each in tied)
    return pages.delete(
        request,
        spent,
        plan=plan,
        question=f"‘{spent}’ 집행을 삭제할까요?"
        + (f" 이 집행으로 적은 기록도 함께 삭제합니다: {also}" if also else ""),
        back=list_url(plan),
        here=list_url(plan),
    )
