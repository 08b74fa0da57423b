"""The rules the portal works by, for anyone to look up, and the statutes they are written in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.access import EVERYONE, OFFICIALS, OfficeRequest, allowed
from apps.accounts.enums import Role
from apps.core.forms import went_through
from apps.core.paging import page_of
from apps.rules import services
from apps.rules.forms import RuleFilter, StatuteForm
from apps.rules.models import RuleValue, Statute

#: Who adds statutes: the officials, and the secretary, whose committees are founded on one. What
#: is there is cited by its name, by other bodies and by values too: only officials correct it.
KEEPERS = (*OFFICIALS, Role.SECRETARY)
LISTS = {"rules:list": "기준값", "rules:statutes": "법령·조례"}


def tabs(current: str) -> list[dict[str, Any]]:
    """The values, and the statutes they are written in."""
    return [
        {"label": label, "url": reverse(name), "current": name == current}
        for name, label in LISTS.items()
    ]


@allowed(*EVERYONE)
def rule_list(request: OfficeRequest) -> HttpResponse:
    """Every dated value with its source, and whether the office has verified it."""
    rows = RuleValue.objects.select_related("statute", "verified_by")
    form = RuleFilter(request.GET)
    if form.is_valid() and form.cleaned_data["q"]:
        text = form.cleaned_data["q"]
        rows = rows.filter(Q(label__icontains=text) | Q(statute__name__icontains=text))
    return render(
        request,
        "rules/list.html",
        {
            "page": page_of(request, rows),
            "form": form,
            "tabs": tabs("rules:list"),
            "may_verify": request.user.is_official,
        },
    )


@require_POST
@allowed(*OFFICIALS)
def rule_verify(request: OfficeRequest, pk: int) -> HttpResponseRedirect:
    """Mark one value, as the list showed it, as compared with its source."""
    value = get_object_or_404(RuleValue, pk=pk)
    try:
        services.verify(value=value, shown=request.POST.get("shown", ""), by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"‘{value.label}’ 값을 확인함으로 표시했습니다.")
    return redirect("rules:list")


@require_safe
@allowed(*EVERYONE)
def statute_list(request: OfficeRequest) -> HttpResponse:
    """The laws, ordinances and guidelines that can be cited, and how many values rest on each."""
    rows = Statute.objects.annotate(uses=Count("values")).order_by("kind", "name")
    form = RuleFilter(request.GET)
    if form.is_valid() and form.cleaned_data["q"]:
        rows = rows.filter(name__icontains=form.cleaned_data["q"])
    context = {
        "page": page_of(request, rows),
        "form": form,
        "tabs": tabs("rules:statutes"),
        "may_add": request.user.has_role(*KEEPERS),
        "may_edit": request.user.has_role(*OFFICIALS),
    }
    return render(request, "rules/statutes.html", context)


@allowed(*KEEPERS)
def statute_create(request: OfficeRequest) -> HttpResponse:
    """A statute that can be cited from now on."""
    return _edit(request, Statute(), "법령·조례 추가")


@allowed(*OFFICIALS)
def statute_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Correct the name or note of a statute, wherever it is cited."""
    return _edit(request, get_object_or_404(Statute, pk=pk), "법령·조례 수정")


def _edit(request: OfficeRequest, statute: Statute, heading: str) -> HttpResponse:
    form = StatuteForm(request.POST or None, instance=statute)
    if went_through(form, lambda: services.save_statute(statute=statute, by=request.user)):
        messages.success(request, f"법령을 저장했습니다: {statute}")
        return redirect("rules:statutes")
    context = {"form": form, "heading": heading, "cancel_url": reverse("rules:statutes")}
    return render(request, "rules/statute_form.html", context)
