"""Beginning, ending and converting a designation."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from apps.accounts.access import EVERYONE, OfficeRequest, allowed
from apps.core.access import load
from apps.core.forms import went_through
from apps.core.hangul import particle
from apps.enterprises import services
from apps.enterprises.enums import CONVERSIONS, DesignationKind, EndReason
from apps.enterprises.forms import ConversionForm, DesignationForm, EndingForm
from apps.enterprises.models import Designation, Enterprise


@allowed(*EVERYONE)
def designation_add(request: OfficeRequest, pk: int) -> HttpResponse:
    """A new designation of a firm."""
    rows = Enterprise.objects
    firm = load(rows.visible_to(request.user), pk, editable=rows.editable_by(request.user))
    form = DesignationForm(request.POST or None, instance=Designation(enterprise=firm))
    if request.method == "POST" and went_through(
        form, lambda: services.save(row=form.instance, by=request.user)
    ):
        messages.success(request, "지정·인증을 등록했습니다.")
        return redirect("enterprises:detail", pk)
    return render(
        request,
        "enterprises/form.html",
        {"form": form, "firm": firm, "heading": "지정·인증 등록", "submit": "등록"},
    )


@allowed(*EVERYONE)
def designation_end(request: OfficeRequest, pk: int) -> HttpResponse:
    """End a designation before its term or because its term is over."""
    row = _to_change(request, pk)
    form = EndingForm(request.POST or None)
    if request.method == "POST" and went_through(
        form,
        lambda: services.end_designation(
            designation=row,
            on=form.cleaned_data["on"],
            reason=EndReason(form.cleaned_data["reason"]),
            by=request.user,
        ),
    ):
        messages.success(request, "지정을 종료했습니다. 이력은 그대로 남습니다.")
        return redirect("enterprises:detail", row.enterprise_id)
    return render(
        request,
        "enterprises/designation_end.html",
        {
            "form": form,
            "row": row,
            "firm": row.enterprise,
            "heading": "지정·인증 종료",
            "submit": "종료",
        },
    )


@allowed(*EVERYONE)
def designation_convert(request: OfficeRequest, pk: int) -> HttpResponse:
    """Convert a designation: 예비 into 인증, a cooperative into a social one."""
    row = _to_change(request, pk)
    form = ConversionForm(request.POST or None)
    if request.method == "POST" and went_through(
        form,
        lambda: services.convert(designation=row, by=request.user, **form.cleaned_data),
    ):
        messages.success(request, "전환을 기록했습니다.")
        return redirect("enterprises:detail", row.enterprise_id)
    to = CONVERSIONS.get(DesignationKind(row.kind))
    return render(
        request,
        "enterprises/designation_convert.html",
        {
            "form": form,
            "row": row,
            "firm": row.enterprise,
            "heading": "지정·인증 전환",
            "submit": "전환",
            "to": particle(to.label, "으로/로") if to else "",
        },
    )


def _to_change(request: OfficeRequest, pk: int) -> Designation:
    rows = Designation.objects.select_related("enterprise")
    return load(rows.visible_to(request.user), pk, editable=rows.editable_by(request.user))
