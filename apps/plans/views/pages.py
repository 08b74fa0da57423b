"""What the plan's screens have in common: their tabs; one record, rows of records, deleting."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Model, ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from apps.accounts.access import OfficeRequest
from apps.core.forms import TAKEN_MEANWHILE, ModelForm, went_through
from apps.plans import services
from apps.plans.forms import Rows
from apps.plans.models import Plan

#: The screens of one plan by the name of their URL.
SCREENS = {
    "detail": "개요와 과제",
    "sections": "계획 본문",
    "months": "월별 일정",
    "budget": "소요예산",
    "figures": "수치",
}
HELD_BY_MONEY = "예산이 걸려 있어 지울 수 없습니다. 예산을 먼저 옮겨 주세요."


def screens(plan: Plan, current: str) -> list[dict[str, Any]]:
    """Tabs over the screens of a plan."""
    return [
        {
            "label": label,
            "url": reverse(f"plans:{name}", args=[plan.year]),
            "current": name == current,
        }
        for name, label in SCREENS.items()
    ]


def edit(
    request: OfficeRequest, form: ModelForm, *, plan: Plan, heading: str, back: str
) -> HttpResponse:
    """A record's form; once it is right, save it and go ``back``."""
    if request.method == "POST" and went_through(
        form, lambda: services.save_form(form=form, by=request.user)
    ):
        messages.success(request, f"‘{form.instance}’ 내용을 저장했습니다.")
        return redirect(back)
    return render(
        request,
        "plans/form.html",
        {"form": form, "plan": plan, "heading": heading, "cancel_url": back},
    )


def edit_rows(
    request: OfficeRequest, rows: Rows, *, plan: Plan, heading: str, back: str
) -> HttpResponse:
    """Rows of a task or plan in one form; all are right and saved, or none is.

    A row that money still hangs on is not removed, and one that somebody else has just saved is
    not saved again; the page says so.
    """
    if request.method == "POST" and rows.is_valid():
        try:
            services.save_parts(formset=rows, by=request.user)
        except ProtectedError:
            messages.error(request, HELD_BY_MONEY)
        except IntegrityError:
            messages.error(request, TAKEN_MEANWHILE)
        else:
            messages.success(request, f"{heading}: 저장했습니다.")
            return redirect(back)
    return render(
        request,
        "plans/rows.html",
        {"formset": rows, "plan": plan, "heading": heading, "cancel_url": back},
    )


def delete(
    request: OfficeRequest, row: Model, *, plan: Plan, question: str, back: str, here: str
) -> HttpResponse:
    """Ask, then delete; what money still hangs on stays, and the page ``here`` says so."""
    if request.method == "POST":
        try:
            services.delete(row=row, by=request.user)
        except ProtectedError:
            messages.error(request, HELD_BY_MONEY)
            return redirect(here)
        messages.success(request, f"‘{row}’ 내용을 삭제했습니다.")
        return redirect(back)
    return render(
        request,
        "plans/delete.html",
        {"plan": plan, "heading": "삭제", "question": question, "cancel_url": here},
    )
