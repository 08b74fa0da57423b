"""The rules the portal works by, for anyone to look up."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.access import EVERYONE, OFFICIALS, OfficeRequest, allowed
from apps.core.paging import page_of
from apps.rules import services
from apps.rules.forms import RuleFilter
from apps.rules.models import RuleValue


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
        {"page": page_of(request, rows), "form": form, "may_verify": request.user.is_official},
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
