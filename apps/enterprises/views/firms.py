"""The list of firms, one firm, and what officials write about it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from apps.accounts.access import EVERYONE, OFFICIALS, OfficeRequest, allowed
from apps.core import sheets
from apps.core.access import load
from apps.core.dates import today
from apps.core.forms import went_through
from apps.core.paging import page_of
from apps.enterprises import services
from apps.enterprises.forms import ClosingForm, EnterpriseFilter, EnterpriseForm
from apps.enterprises.imports import EnterpriseResource
from apps.enterprises.models import Enterprise, Product
from apps.enterprises.queries import with_designations

FILES = {"xlsx": (sheets.xlsx, sheets.XLSX_TYPE), "csv": (sheets.csv_file, sheets.CSV_TYPE)}
#: How many products the list of firms shows beside the firms that were searched for.
PRODUCTS_SHOWN = 5


@allowed(*EVERYONE)
def firm_list(request: OfficeRequest) -> HttpResponse:
    """Firms by name, 초성, number, kind and product; products found by the same words below."""
    form = EnterpriseFilter(request.GET)
    firms = form.narrow(Enterprise.objects.visible_to(request.user), today())
    day = form.cleaned_data.get("on") or today()
    text = form.cleaned_data.get("q", "")
    products = Product.objects.visible_to(request.user).offered(today()).search(text)
    return render(
        request,
        "enterprises/list.html",
        {
            "form": form,
            "page": page_of(request, with_designations(firms, day)),
            "products": products.select_related("enterprise")[:PRODUCTS_SHOWN] if text else [],
            "text": text,
            "day": day,
            "query": request.GET.urlencode(),
            "may_edit": request.user.is_official,
        },
    )


@allowed(*EVERYONE)
def firm_export(request: OfficeRequest, extension: str) -> HttpResponse:
    """The filtered list as a file whose columns can be read in again."""
    if extension not in FILES:
        raise Http404
    write, content_type = FILES[extension]
    firms = EnterpriseFilter(request.GET).narrow(
        Enterprise.objects.visible_to(request.user), today()
    )
    sheet = EnterpriseResource().export(firms)
    name = f"사회적경제기업_{today():%Y%m%d}.{extension}"
    return sheets.download(write(sheet.headers, list(sheet)), name, content_type)


@allowed(*EVERYONE)
def firm_detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """One firm: facts, the whole history of its designations, what it sells."""
    firm = load(Enterprise.objects.visible_to(request.user), pk)
    designations = [
        (row, row.state(today()), "success" if row.is_in_force(today()) else "neutral")
        for row in firm.designations.all()
    ]
    return render(
        request,
        "enterprises/detail.html",
        {
            "firm": firm,
            "designations": designations,
            "products": firm.products.all(),
            "may_edit": request.user.is_official,
        },
    )


@allowed(*OFFICIALS)
def firm_add(request: OfficeRequest) -> HttpResponse:
    """Register a firm."""
    form = EnterpriseForm(request.POST or None)
    if request.method == "POST" and went_through(
        form, lambda: services.save(row=form.instance, by=request.user)
    ):
        messages.success(request, "기업을 등록했습니다. 이어서 지정·인증을 적어 주세요.")
        return redirect("enterprises:detail", form.instance.pk)
    return render(request, "enterprises/firm_add.html", {"form": form})


@allowed(*EVERYONE)
def firm_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Correct what is known of a firm."""
    rows = Enterprise.objects
    firm = load(rows.visible_to(request.user), pk, editable=rows.editable_by(request.user))
    form = EnterpriseForm(request.POST or None, instance=firm)
    if request.method == "POST" and went_through(
        form, lambda: services.save(row=form.instance, by=request.user)
    ):
        messages.success(request, "기업 정보를 수정했습니다.")
        return redirect("enterprises:detail", pk)
    return render(
        request,
        "enterprises/form.html",
        {
            "form": form,
            "firm": rows.get(pk=pk),
            "heading": "기업 정보 수정",
            "submit": "저장",
        },
    )


@allowed(*EVERYONE)
def firm_close(request: OfficeRequest, pk: int) -> HttpResponse:
    """Record that a firm shut down; its designations end with it."""
    rows = Enterprise.objects
    firm = load(rows.visible_to(request.user), pk, editable=rows.editable_by(request.user))
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and went_through(
        form,
        lambda: services.close(
            enterprise=firm, on=form.cleaned_data["on"], today=today(), by=request.user
        ),
    ):
        messages.success(request, "폐업·해산을 기록하고 남은 지정을 종료했습니다.")
        return redirect("enterprises:detail", pk)
    return render(
        request,
        "enterprises/firm_close.html",
        {"form": form, "firm": firm, "heading": "폐업·해산 기록", "submit": "폐업·해산 기록"},
    )
