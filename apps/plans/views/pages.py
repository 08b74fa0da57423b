"""What the plan's screens have in common: their tabs, their forms, deleting."""

from typing import Any

from django.contrib import messages
from django.db.models import Model, ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from apps.accounts.access import OfficeRequest
from apps.plans import services
from apps.plans.models import Plan
from apps.plans.views.editor import edit, edit_rows

#: The screens of one plan by the name of their URL.
SCREENS = {
    "detail": "개요와 과제",
    "sections": "계획 본문",
    "months": "월별 일정",
    "budget": "소요예산",
    "execution": "집행",
    "progress": "진도",
    "figures": "수치",
    "checks": "점검",
    "reports:issued": "확정과 발행",
}
HELD_BY_MONEY = "예산이 걸려 있어 지울 수 없습니다. 예산을 먼저 옮겨 주세요."


def screens(plan: Plan, current: str) -> list[dict[str, Any]]:
    """Tabs over the screens of a plan."""
    return [
        {
            "label": label,
            "url": reverse(name if ":" in name else f"plans:{name}", args=[plan.year]),
            "current": name == current,
        }
        for name, label in SCREENS.items()
    ]


def delete(
    request: OfficeRequest,
    row: Model,
    *,
    plan: Plan,
    question: str,
    back: str,
    here: str,
    held: str = HELD_BY_MONEY,
) -> HttpResponse:
    """Ask, then delete; what something still hangs on stays, and the page ``here`` says so."""
    if request.method == "POST":
        try:
            services.delete(row=row, by=request.user)
        except ProtectedError:
            messages.error(request, held)
            return redirect(here)
        messages.success(request, f"‘{row}’ 내용을 삭제했습니다.")
        return redirect(back)
    return render(
        request,
        "plans/delete.html",
        {"plan": plan, "heading": "삭제", "question": question, "cancel_url": here},
    )


__all__ = ["HELD_BY_MONEY", "SCREENS", "delete", "edit", "edit_rows", "screens"]
