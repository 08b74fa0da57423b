"""The catalogue, and the products of a firm."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from apps.accounts.access import EVERYONE, OfficeRequest, allowed
from apps.core.access import load
from apps.core.dates import today
from apps.core.forms import went_through
from apps.core.paging import page_of
from apps.enterprises import services
from apps.enterprises.enums import ProductCategory
from apps.enterprises.forms import ProductFilter, ProductForm
from apps.enterprises.models import Enterprise, Product, ProductQuerySet


@allowed(*EVERYONE)
def catalogue(request: OfficeRequest) -> HttpResponse:
    """What firms sell, by category in one click, by name or 초성 in another."""
    form = ProductFilter(request.GET)
    everything = Product.objects.visible_to(request.user)
    products = form.narrow(everything, today()).select_related("enterprise")
    category = form.cleaned_data.get("category", "")
    return render(
        request,
        "enterprises/products.html",
        {
            "form": form,
            "page": page_of(request, products),
            "tabs": _tabs(everything.offered(today()), category),
        },
    )


def _tabs(products: ProductQuerySet, current: str) -> list[dict[str, object]]:
    """All products, then each category that has some."""
    url = reverse("enterprises:products")
    found = set(products.order_by().values_list("category", flat=True).distinct())
    categories = [(f"?category={c}", c, c.label) for c in ProductCategory if c in found]
    return [
        {"label": label, "url": url + query, "current": value == current}
        for query, value, label in [("", "", "전체"), *categories]
    ]


@allowed(*EVERYONE)
def product_add(request: OfficeRequest, pk: int) -> HttpResponse:
    """A new product of a firm."""
    rows = Enterprise.objects
    firm = load(rows.visible_to(request.user), pk, editable=rows.editable_by(request.user))
    form = ProductForm(request.POST or None, instance=Product(enterprise=firm))
    if request.method == "POST" and went_through(
        form, lambda: services.save(row=form.instance, by=request.user)
    ):
        messages.success(request, "제품·서비스를 등록했습니다.")
        return redirect("enterprises:detail", pk)
    return render(
        request,
        "enterprises/form.html",
        {"form": form, "firm": firm, "heading": "제품·서비스 등록", "submit": "등록"},
    )


@allowed(*EVERYONE)
def product_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Correct a product."""
    product = _to_change(request, pk)
    form = ProductForm(request.POST or None, instance=product)
    if request.method == "POST" and went_through(
        form, lambda: services.save(row=form.instance, by=request.user)
    ):
        messages.success(request, "제품·서비스를 수정했습니다.")
        return redirect("enterprises:detail", product.enterprise_id)
    return render(
        request,
        "enterprises/form.html",
        {
            "form": form,
            "firm": product.enterprise,
            "heading": "제품·서비스 수정",
            "submit": "저장",
        },
    )


@allowed(*EVERYONE)
def product_delete(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take a product out of the catalogue, after a question."""
    product = _to_change(request, pk)
    if request.method == "POST":
        services.delete_product(product=product, by=request.user)
        messages.success(request, "제품·서비스를 삭제했습니다.")
        return redirect("enterprises:detail", product.enterprise_id)
    return render(
        request,
        "enterprises/product_delete.html",
        {"product": product, "firm": product.enterprise, "heading": "제품·서비스 삭제"},
    )


def _to_change(request: OfficeRequest, pk: int) -> Product:
    rows = Product.objects.select_related("enterprise")
    return load(rows.visible_to(request.user), pk, editable=rows.editable_by(request.user))
