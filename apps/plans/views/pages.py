"""What the plan's screens have in common: their tabs, their forms, deleting."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model, ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from apps.accounts.access import OfficeRequest
from apps.core.refusals import told
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
HELD = "예산이나 완료 기록이 걸려 있어 지울 수 없습니다. 예산은 옮기고 완료는 취소해 주세요."


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
    held: str = HELD,
) -> HttpResponse:
    """Ask, then delete; what something still hangs on, or the database keeps, stays.

    The page ``here`` says so.
    """
    if request.method == "POST":
        try:
            with told():
                services.delete(row=row, by=request.user)
        except ProtectedError:
            messages.error(request, held)
            return redirect(here)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect(here)
        messages.success(request, f"‘{row}’ 내용을 삭제했습니다.")
        return redirect(back)
    return render(
        request,
        "plans/delete.html",
        {"plan": plan, "heading": "삭제", "question": question, "cancel_url": here},
    )


__all__ = ["HELD", "SCREENS", "delete", "edit", "edit_rows", "screens"]
