"""Requests to departments: officials send and follow up, a department's people read and answer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.accounts.access import EVERYONE, OFFICIALS, OfficeRequest, allowed
from apps.accounts.models import User
from apps.core.access import load
from apps.core.dates import today
from apps.core.forms import went_through
from apps.core.paging import page_of
from apps.documents.enums import FileFormat
from apps.documents.html import render_html
from apps.documents.http import file_links, paper_response
from apps.documents.nodes import Document
from apps.plans import requests, requests_documents
from apps.plans.access import readable_plan
from apps.plans.models import DepartmentRequest, Plan, RequestDelivery
from apps.plans.requests_forms import AnswerForm, FollowUpForm, SendForm
from apps.plans.texts import Filling

PAPERS: dict[str, Callable[[Plan], Document]] = {
    "letter": requests_documents.letter,
    "standing": lambda plan: requests_documents.standing(plan, today()),
}


@allowed(*OFFICIALS)
def overview(request: OfficeRequest, year: int) -> HttpResponse:
    """Every request of a plan: to how many it went, who has read, answered, is late."""
    plan = readable_plan(request.user, year)
    day = today()
    rows = requests.with_counts(plan, day)
    context = {"plan": plan, "heading": "행정사항 회신", "page": page_of(request, rows)}
    return render(request, "plans/requests_overview.html", {**context, "today": day})


@allowed(*OFFICIALS)
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """How one request stands with every department, and a text to remind the silent ones."""
    asked = _asked(request.user, pk)
    rows = requests.deliveries_of(asked)
    day = today()
    silent = rows.filter(answered_at=None, settled_at=None)
    return render(
        request,
        "plans/requests_detail.html",
        {
            "plan": asked.plan,
            "asked": asked,
            "filling": Filling.of(asked.body, asked.plan.year),
            "heading": f"행정사항: {asked.addressee}",
            "page": page_of(request, rows),
            "today": day,
            "reminder": requests.reminder(asked, silent),
        },
    )


@allowed(*OFFICIALS)
def send(request: OfficeRequest, pk: int) -> HttpResponse:
    """Choose the departments a request goes to; those it has gone to already stay."""
    asked = _asked(request.user, pk)
    form = SendForm(
        request.POST or None, request=asked, today=today(), everyone="everyone" in request.GET
    )
    sent: list[int] = []

    def change() -> None:
        chosen, due = form.cleaned_data["departments"], form.cleaned_data["due"]
        sent.append(requests.send(request=asked, departments=chosen, due=due, by=request.user))

    if request.method == "POST" and went_through(form, change):
        messages.success(request, f"{sent[0]}개 부서에 보냈습니다.")
        return redirect("plans:request", asked.pk)
    filling = Filling.of(asked.body, asked.plan.year)
    context = {"plan": asked.plan, "asked": asked, "filling": filling, "form": form}
    return render(request, "plans/requests_send.html", {**context, "heading": "행정사항 보내기"})


@allowed(*EVERYONE)
def inbox(request: OfficeRequest) -> HttpResponse:
    """What was asked of one's own department."""
    rows = requests.inbox_of(request.user)
    return render(
        request,
        "plans/requests_inbox.html",
        {
            "page": page_of(request, rows),
            "today": today(),
            "department": request.user.department,
        },
    )


@allowed(*EVERYONE)
def delivery(request: OfficeRequest, pk: int) -> HttpResponse:
    """One request to one department: what is asked, what was answered, what came of it."""
    row = _delivery(request.user, pk)
    form = FollowUpForm(request.POST or None, instance=row)
    if request.method == "POST":
        if not request.user.is_official:
            raise PermissionDenied
        settled = {"settle": True, "reopen": False}.get(
            request.POST.get("way", ""), bool(row.settled_at)
        )

        def change() -> None:
            text = form.cleaned_data["follow_up"]
            requests.follow_up(delivery=row, text=text, settled=settled, by=request.user)

        if went_through(form, change):
            messages.success(request, "처리 내용을 저장했습니다.")
            return redirect(_delivery_url(row))
    may_answer = RequestDelivery.objects.editable_by(request.user).contains(row)
    context = {"form": form, "may_answer": may_answer, **_frame(row)}
    return render(request, "plans/requests_delivery.html", context)


@require_POST
@allowed(*EVERYONE)
def read(request: OfficeRequest, pk: int) -> HttpResponse:
    """확인했습니다."""
    row = _answerable(request.user, pk)
    requests.mark_read(delivery=row, by=request.user)
    messages.success(request, "확인했다고 표시했습니다.")
    return redirect(_delivery_url(row))


@allowed(*EVERYONE)
def answer(request: OfficeRequest, pk: int) -> HttpResponse:
    """The department's answer; it can be changed until the matter is settled."""
    row = _answerable(request.user, pk)
    form = AnswerForm(request.POST or None, instance=row)

    def change() -> None:
        text = form.cleaned_data["answer"]
        requests.answer(delivery=row, text=text, by=request.user)

    if request.method == "POST" and went_through(form, change):
        messages.success(request, "회신했습니다.")
        return redirect(_delivery_url(row))
    heading = f"{row.department} 회신"
    return render(
        request, "plans/requests_answer.html", {**_frame(row), "heading": heading, "form": form}
    )


@allowed(*OFFICIALS)
def paper(request: OfficeRequest, year: int, name: str) -> HttpResponse:
    """행정사항 협조 요청 (``letter``) or 회신 현황 (``standing``) on a page."""
    plan = readable_plan(request.user, year)
    files = file_links(f"plans:requests_{name}", [year])
    return _page(request, plan, PAPERS[name](plan), files)


@allowed(*OFFICIALS)
def paper_file(request: OfficeRequest, year: int, name: str, form: FileFormat) -> HttpResponse:
    document = PAPERS[name](readable_plan(request.user, year))
    return paper_response(document, form, request.GET.get("variant", ""))


@allowed(*EVERYONE)
def letter(request: OfficeRequest, pk: int) -> HttpResponse:
    """What the plan asks of one department, as a paper of its own."""
    row = _delivery(request.user, pk)
    plan = row.request.plan
    document = requests_documents.letter(plan, row.department)
    return _page(request, plan, document, file_links("plans:letter", [pk]))


@allowed(*EVERYONE)
def letter_file(request: OfficeRequest, pk: int, form: FileFormat) -> HttpResponse:
    row = _delivery(request.user, pk)
    document = requests_documents.letter(row.request.plan, row.department)
    return paper_response(document, form, request.GET.get("variant", ""))


def _page(
    request: OfficeRequest, plan: Plan, document: Document, files: list[dict[str, str]]
) -> HttpResponse:
    context = {"plan": plan, "paper": document, "files": files, "body": render_html(document)}
    return render(request, "reports/paper.html", context)


def _frame(row: RequestDelivery) -> dict[str, Any]:
    return {
        "plan": row.request.plan,
        "row": row,
        "asked": row.request,
        "subject": requests.subject(row),
        "today": today(),
    }


def _asked(user: User, pk: int) -> DepartmentRequest:
    plans = Plan.objects.visible_to(user)
    rows = DepartmentRequest.objects.filter(plan__in=plans).select_related("plan")
    return load(rows, pk)


def _delivery(
    user: User, pk: int, editable: QuerySet[RequestDelivery] | None = None
) -> RequestDelivery:
    rows = RequestDelivery.objects.visible_to(user)
    people = ("department", "sent_by", "read_by", "answered_by", "settled_by")
    return load(rows.select_related("request__plan", *people), pk, editable=editable)


def _answerable(user: User, pk: int) -> RequestDelivery:
    return _delivery(user, pk, RequestDelivery.objects.editable_by(user))


def _delivery_url(row: RequestDelivery) -> str:
    return reverse("plans:delivery", args=[row.pk])
