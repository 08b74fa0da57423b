"""The months of a year: entering, closing, opening again, and what was corrected."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.accounts.access import OFFICIALS, OfficeRequest, allowed
from apps.accounts.querysets import OVERSEERS
from apps.core.access import load
from apps.core.dates import month_end, today
from apps.core.forms import went_through
from apps.procurement import services
from apps.procurement.access import READERS, WRITERS, visible_departments, writable_departments
from apps.procurement.forms.months import ReopenForm
from apps.procurement.letters import addressed, month_reminder
from apps.procurement.models import MonthClosing, Reopening
from apps.procurement.queries.closing import closing_of
from apps.procurement.queries.corrections import corrections
from apps.procurement.queries.due import entry_due
from apps.procurement.queries.months import departments_of, months_of
from apps.procurement.views.frame import frame


@allowed(*OVERSEERS)
def months(request: OfficeRequest, year: int) -> HttpResponse:
    """The twelve months of the whole office: entered by how many, closed, notified."""
    context = {"lines": months_of(year, today())}
    return render(request, "procurement/months.html", frame(request.user, year, "months") | context)


@allowed(*OVERSEERS)
def month(request: OfficeRequest, year: int, number: int) -> HttpResponse:
    """One month: who has entered and who not, its closing, and what was corrected after it."""
    first = _first(year, number)
    line, rows = months_of(year, today())[number - 1], departments_of(first)
    missing = [row.department for row in rows if row.report is None]
    due, may_write = entry_due(first, today()), request.user.is_official
    reminder = month_reminder(first, due, addressed(missing, request.GET.get("to", "")))
    return render(
        request,
        "procurement/month.html",
        {
            **frame(request.user, year, "month", number),
            "line": line,
            "over": month_end(first) < today(),
            "rows": rows,
            "rows_url": f"{reverse('procurement:list', args=[year])}?month={number}&",
            "due": due,
            "reminder": reminder if may_write and line.asking else "",
            "reopenings": _reopenings(line.closing),
            "corrections": corrections(line.closing) if line.closing else [],
            "may_write": may_write,
        },
    )


@allowed(*OFFICIALS)
def month_close(request: OfficeRequest, year: int, number: int) -> HttpResponse:
    """Say who has not entered yet, ask, then close."""
    first = _first(year, number)
    if request.method == "POST":
        _told(
            request,
            lambda: services.close_month(month=first, today=today(), by=request.user),
            f"{year}년 {number}월을 마감했습니다. 이제 이 달의 구매실적은 고칠 수 없습니다.",
        )
        return redirect("procurement:month", year, number)
    line = months_of(year, today())[number - 1]
    return render(
        request,
        "procurement/month_close.html",
        {**frame(request.user, year, "month", number), "line": line, "closing": closing_of(line)},
    )


@allowed(*OFFICIALS)
def month_reopen(request: OfficeRequest, year: int, number: int) -> HttpResponse:
    """Open a closed month again for one, several or all departments, with the reason."""
    closing = get_object_or_404(MonthClosing, month=_first(year, number))
    initial = {"department": request.GET.getlist("department")}
    form, opened = ReopenForm(request.POST or None, initial=initial, closing=closing), []

    def reopen() -> None:
        said = form.cleaned_data
        opened.extend(
            services.reopen_departments(
                closing=closing,
                departments=list(said["department"]),
                reason=said["reason"],
                by=request.user,
            )
        )

    if request.method == "POST" and went_through(form, reopen):
        names = ", ".join(str(each.department) for each in opened)
        messages.success(request, f"{closing}을 다시 열었습니다: {names}.")
        return redirect("procurement:month", year, number)
    context = {"form": form, "closing": closing, "number": number}
    return render(
        request,
        "procurement/month_reopen.html",
        frame(request.user, year, "month", number) | context,
    )


@require_POST
@allowed(*OFFICIALS)
def month_finish(request: OfficeRequest, year: int, number: int) -> HttpResponse:
    """Close the month again for every department it is open for."""
    closing = get_object_or_404(MonthClosing, month=_first(year, number))
    count = services.finish_reopenings(closing=closing, by=request.user)
    messages.success(request, f"{closing}을 부서 {count}곳에 다시 마감했습니다.")
    return redirect("procurement:month", year, number)


@require_POST
@allowed(*WRITERS)
def reopening_finish(request: OfficeRequest, year: int, pk: int) -> HttpResponse:
    """The department's correction is done: close the month for it again."""
    rows = Reopening.objects.filter(closing__month__year=year).select_related(
        "closing", "department"
    )
    own = rows.filter(department__in=writable_departments(request.user))
    reopening = load(own, pk)
    _told(
        request,
        lambda: services.finish_reopening(reopening=reopening, by=request.user),
        f"{reopening.closing}을 다시 마감했습니다.",
    )
    number = reopening.closing.month.month
    if request.user.is_official:
        return redirect("procurement:month", year, number)
    return redirect("procurement:own_months", year, reopening.department_id)


@allowed(*READERS)
def own_months(request: OfficeRequest, year: int, pk: int) -> HttpResponse:
    """A department's twelve months: which are entered, which are its to enter now."""
    department = load(visible_departments(request.user), pk)
    again = Reopening.objects.filter(department=pk, closing__month__year=year, finished_at=None)
    return render(
        request,
        "procurement/own_months.html",
        {
            **frame(request.user, year, "own_months", pk),
            "department": department,
            "lines": months_of(year, today(), department),
            "reopenings": again.select_related("closing", "reopened_by"),
            "may_write": writable_departments(request.user).filter(pk=pk).exists(),
        },
    )


@require_POST
@allowed(*WRITERS)
def month_report(request: OfficeRequest, year: int, pk: int, number: int) -> HttpResponse:
    """All of the month is entered; or, with ``withdraw``, there is more to enter after all."""
    department = load(
        visible_departments(request.user), pk, editable=writable_departments(request.user)
    )
    first, name = _first(year, number), f"{year}년 {number}월"
    if "withdraw" in request.POST:
        _told(
            request,
            lambda: services.withdraw_report(department=department, month=first, by=request.user),
            f"{name} 입력 완료를 취소했습니다.",
        )
    else:
        _told(
            request,
            lambda: services.report_month(
                department=department, month=first, today=today(), by=request.user
            ),
            f"{name} 구매실적 입력을 마쳤습니다.",
        )
    return redirect("procurement:own_months", year, pk)


def _first(year: int, number: int) -> date:
    if number not in range(1, 13):
        raise Http404
    return date(year, number, 1)


def _reopenings(closing: MonthClosing | None) -> list[Reopening]:
    if closing is None:
        return []
    people = closing.reopenings.select_related("department", "reopened_by", "finished_by")
    return list(people.order_by("reopened_at", "pk"))


def _told(request: OfficeRequest, act: Callable[[], object], done: str) -> None:
    """Do it, and say that it is done or why it was refused."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
