"""Purchases of a fiscal year: finding, entering, changing, removing, taking away."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from apps.accounts.access import OfficeRequest, allowed
from apps.accounts.querysets import OVERSEERS
from apps.core import sheets
from apps.core.access import load
from apps.core.dates import today
from apps.core.forms import went_through
from apps.core.money import comma
from apps.core.paging import page_of
from apps.enterprises.models import Enterprise
from apps.procurement import queries, services, suppliers
from apps.procurement.access import READERS, WRITERS, writable_departments
from apps.procurement.exports import purchases_xlsx
from apps.procurement.forms import PurchaseFilter, PurchaseForm
from apps.procurement.models import Purchase, PurchaseQuerySet
from apps.procurement.views.frame import frame, home_url


@allowed(*READERS)
def purchase_list(request: OfficeRequest, year: int) -> HttpResponse:
    """The purchases one may see, and what those found cost together."""
    form, purchases = _found(request, year)
    found = queries.amount(purchases)
    export = reverse("procurement:export", args=[year])
    return render(
        request,
        "procurement/list.html",
        {
            **frame(request.user, year, "list"),
            "form": form,
            "page": page_of(request, purchases.select_related("department", "enterprise")),
            "total_note": f"합계 {comma(found['rows'])}건 {comma(found['total'])}원",
            "export_url": f"{export}?{request.GET.urlencode()}",
            "shows_department": request.user.has_role(*OVERSEERS),
            "writable": set(writable_departments(request.user).values_list("pk", flat=True)),
            "narrowed": any(request.GET.get(name) for name in form.fields),
        },
    )


@allowed(*READERS)
def purchase_export(request: OfficeRequest, year: int) -> HttpResponse:
    """The purchases found, as a spreadsheet."""
    _, purchases = _found(request, year)
    return sheets.download(purchases_xlsx(purchases), f"{year}년 구매실적.xlsx", sheets.XLSX_TYPE)


def _found(request: OfficeRequest, year: int) -> tuple[PurchaseFilter, PurchaseQuerySet]:
    form = PurchaseFilter(request.GET, user=request.user)
    return form, form.narrow(Purchase.objects.visible_to(request.user).in_year(year))


@allowed(*WRITERS)
def purchase_create(request: OfficeRequest, year: int) -> HttpResponse:
    """Enter a purchase; the day and department of the one before are kept for the next."""
    if not writable_departments(request.user).exists():
        raise PermissionDenied
    day = today()
    form = PurchaseForm(
        request.POST or None,
        initial={"purchased_on": day if day.year == year else None, **request.GET.dict()},
        user=request.user,
        year=year,
        today=day,
    )

    def save() -> None:
        key = form.cleaned_data["entry_key"]
        services.create_purchase(purchase=form.instance, today=day, by=request.user, entry_key=key)

    if request.method == "POST" and went_through(form, save):
        return _saved(request, year, form.instance)
    return _form(request, year, form, "구매실적 등록")


@allowed(*WRITERS)
def purchase_edit(request: OfficeRequest, year: int, pk: int) -> HttpResponse:
    """Change a purchase, within its year."""
    purchase, day = _editable(request, year, pk), today()
    form = PurchaseForm(
        request.POST or None, instance=purchase, user=request.user, year=year, today=day
    )

    def save() -> None:
        services.update_purchase(purchase=form.instance, today=day, by=request.user)

    if request.method == "POST" and went_through(form, save):
        return _saved(request, year, purchase)
    return _form(request, year, form, "구매실적 수정")


@allowed(*WRITERS)
def purchase_delete(request: OfficeRequest, year: int, pk: int) -> HttpResponse:
    """Ask, then remove."""
    purchase = _editable(request, year, pk)
    if request.method == "POST":
        services.delete_purchase(purchase=purchase, by=request.user)
        messages.success(request, f"구매실적을 삭제했습니다: {_summary(purchase)}")
        return redirect("procurement:list", year)
    return render(
        request,
        "procurement/purchase_delete.html",
        {
            "year": year,
            "home_url": home_url(request.user, year),
            "question": f"이 구매실적을 삭제할까요? {_summary(purchase)}",
        },
    )


@allowed(*WRITERS)
def supplier_options(request: OfficeRequest) -> HttpResponse:
    """The firms that fit what is being typed, as options of a list box."""
    firms = Enterprise.objects.visible_to(request.user)
    typed = request.GET.get("enterprise", "").replace("\0", "")
    found = suppliers.suggest(typed, firms)
    return render(
        request,
        "procurement/supplier_options.html",
        {"firms": [{"label": suppliers.label(firm), "closed": firm.closed_on} for firm in found]},
    )


def _editable(request: OfficeRequest, year: int, pk: int) -> Purchase:
    purchases = Purchase.objects.in_year(year)
    return load(
        purchases.visible_to(request.user).select_related("department", "enterprise"),
        pk,
        editable=purchases.editable_by(request.user),
    )


def _form(request: OfficeRequest, year: int, form: PurchaseForm, heading: str) -> HttpResponse:
    return render(
        request,
        "procurement/purchase_form.html",
        {
            "form": form,
            "year": year,
            "home_url": home_url(request.user, year),
            "heading": heading,
            "department": form.fixed_department,
        },
    )


def _saved(request: OfficeRequest, year: int, purchase: Purchase) -> HttpResponseRedirect:
    if purchase.pk is None:
        messages.warning(
            request,
            f"같은 화면을 두 번 보내 한 번만 저장했습니다: {_summary(purchase)}. "
            "다른 구매라면 ‘구매실적 등록’에서 새로 입력해 주세요.",
        )
    else:
        messages.success(request, f"구매실적을 저장했습니다: {_summary(purchase)}")
    if "next" not in request.POST:
        return redirect("procurement:list", year)
    kept = {"purchased_on": purchase.purchased_on, "department": purchase.department_id}
    return redirect(f"{reverse('procurement:create', args=[year])}?{urlencode(kept)}")


def _summary(purchase: Purchase) -> str:
    return f"{purchase.enterprise} · {purchase.item} · {comma(purchase.amount)}원"
