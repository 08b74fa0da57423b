"""Writing the plan: one form with its preview, rows of records, drafts, and the way onward."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from apps.accounts.access import OfficeRequest
from apps.core.forms import TAKEN_MEANWHILE, ModelForm, went_through
from apps.core.refusals import told
from apps.plans import services
from apps.plans.catalog import picker
from apps.plans.forms import Rows
from apps.plans.models import Plan
from apps.plans.previews import preview_of
from apps.plans.views import drafts
from apps.plans.walk import walk

#: The buttons beside the one that saves: look at what is typed; save, then go on to the next part.
PREVIEW, ONWARD = "preview", "onward"
HELD = "여기에 걸린 예산이나 완료 기록, 보낸 행정사항이 있어 지울 수 없습니다."


def edit(
    request: OfficeRequest, form: ModelForm, *, plan: Plan, heading: str, back: str
) -> HttpResponse:
    """A record's form beside its preview; once it is right, save it and go ``back`` or onward."""

    def save() -> bool:
        return went_through(form, lambda: services.save_form(form=form, by=request.user))

    if request.method == "POST" and PREVIEW in request.POST:
        return _preview(request, form, plan, heading, back)
    return _handle(
        request,
        form,
        save,
        plan=plan,
        saved=lambda: f"‘{form.instance}’ 내용을 저장했습니다.",
        page="plans/form.html",
        context=lambda: {
            "form": form,
            "preview": preview_of(form, plan),
            **_frame(request, plan, heading, back),
        },
        back=back,
    )


def edit_rows(
    request: OfficeRequest, rows: Rows, *, plan: Plan, heading: str, back: str
) -> HttpResponse:
    """Rows of a task or plan in one form; all are right and saved, or none is.

    A row that money, a completion or a sent request still hangs on is not removed, and one that
    somebody else has just saved is not saved over; the page says so.
    """
    return _handle(
        request,
        rows,
        lambda: _rows_went_through(request, rows),
        plan=plan,
        saved=lambda: f"{heading}: 저장했습니다.",
        page="plans/rows.html",
        context=lambda: {"formset": rows, **_frame(request, plan, heading, back)},
        back=back,
    )


def _handle(
    request: OfficeRequest,
    form: ModelForm | Rows,
    save: Callable[[], bool],
    *,
    plan: Plan,
    saved: Callable[[], str],
    page: str,
    context: Callable[[], dict[str, Any]],
    back: str,
) -> HttpResponse:
    """Keep or drop a draft, save, or show the form, perhaps filled from its draft."""
    restored = False
    if request.method == "POST":
        draft = drafts.unanswered(request)
        answer = drafts.sent(request)
        if answer is not None:
            return answer
        if save():
            drafts.forget(request)
            messages.success(request, saved())
            return redirect(_onward(request, plan) or back)
    else:
        draft = drafts.draft_of(request)
        if draft and drafts.DRAFT in request.GET:
            form.fill(drafts.restored(draft))
            restored = True
    return render(request, page, {**context(), "draft": draft, "restored": restored})


def _onward(request: OfficeRequest, plan: Plan) -> str | None:
    """The next part of the plan, for who saves and goes on.

    ``None`` at the end of the way, and once the plan has been moved to another year.
    """
    moved = not Plan.objects.filter(pk=plan.pk, year=plan.year).exists()
    here = walk(plan, request.path) if ONWARD in request.POST and not moved else None
    return here.after.url if here and here.after else None


def _frame(request: OfficeRequest, plan: Plan, heading: str, back: str) -> dict[str, Any]:
    return {
        "plan": plan,
        "heading": heading,
        "cancel_url": back,
        "walk": walk(plan, request.path),
        "picker": picker(plan),
        "restored": False,
        "autosave": True,
    }


def _preview(
    request: OfficeRequest, form: ModelForm, plan: Plan, heading: str, back: str
) -> HttpResponse:
    """What is typed as it will be printed: the part alone for htmx, else the whole page."""
    preview = preview_of(form, plan)
    if "HX-Request" in request.headers:
        return render(request, "plans/preview.html", {"preview": preview})
    form.fill(request.POST)
    context = {"form": form, "preview": preview, "draft": drafts.unanswered(request)}
    return render(request, "plans/form.html", {**context, **_frame(request, plan, heading, back)})


def _rows_went_through(request: OfficeRequest, rows: Rows) -> bool:
    if not rows.is_valid():
        return False
    try:
        with transaction.atomic(), told():
            rows.hold()
            services.save_parts(formset=rows, by=request.user)
    except ProtectedError:
        messages.error(request, HELD)
    except IntegrityError:
        messages.error(request, TAKEN_MEANWHILE)
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
    else:
        return True
    return False
