"""Purchases of a fiscal year: finding, entering, changing, removing, taking away."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from apps.accounts.access import OfficeRequest, allowed
from apps.accounts.querysets import OVERSEERS
from apps.core import sheets
from apps.core.access import load
from apps.core.dates import today
from apps.core.forms import went_through
from apps.core.money import comma
from apps.core.paging import stretch_of
from apps.core.refusals import told
from apps.core.templatetags.office import kdate
from apps.enterprises.models import Enterprise
from apps.procurement import services
from apps.procurement.access import READERS, WRITERS, writable_departments
from apps.procurement.exports import MOST_IN_A_WORKBOOK, purchases_xlsx
from apps.procurement.forms import PurchaseFilter, PurchaseForm
from apps.procurement.forms.purchase import remembered
from apps.procurement.models import Purchase
from apps.procurement.queries import ledger
from apps.procurement.queries.months import closed_months
from apps.procurement.suppliers import matching
from apps.procurement.views.frame import frame, home_url

OTHERS_KEPT = "이 화면을 연 뒤에 다른 사람이 고친 칸은 그 사람이 고친 내용 그대로 두었습니다."


@allowed(*READERS)
def purchase_list(request: OfficeRequest, year: int) -> HttpResponse:
    """The purchases one may see, and what those found cost together."""
    form = PurchaseFilter(request.GET, user=request.user, year=year)
    search = form.search()
    purchases = ledger.found(request.user, search)
    totals = ledger.totals(request.user, search, purchases)
    page = stretch_of(request, purchases, by=("purchased_on", "pk"))
    return render(
        request,
        "procurement/list.html",
        {
            **frame(request.user, year, "list"),
            "form": form,
            "page": page,
            "lines": ledger.lines(request.user, page.object_list, closed_months(year)),
            "total_note": f"합계 {comma(totals.count)}건 {comma(totals.amount)}원",
            "count": totals.count,
            "most": MOST_IN_A_WORKBOOK,
            "shows_department": request.user.has_role(*OVERSEERS),
            "writes": request.user.has_role(*WRITERS),
            "narrowed": search.narrowed or form.errors,
        },
    )


@allowed(*READERS)
def purchase_export(request: OfficeRequest, year: int) -> HttpResponse:
    """The purchases found, as a spreadsheet; too many for one as text with commas."""
    search = PurchaseFilter(request.GET, user=request.user, year=year).search()
    purchases = ledger.found(request.user, search)
    if ledger.totals(request.user, search, purchases).count > MOST_IN_A_WORKBOOK:
        as_text = reverse("procurement:export_csv", args=[year])
        return redirect(f"{as_text}?{request.GET.urlencode()}")
    content = purchases_xlsx(purchases)
    return sheets.download(content, f"{year}년 구매실적.xlsx", sheets.XLSX_TYPE)


@allowed(*WRITERS)
def purchase_create(request: OfficeRequest, year: int) -> HttpResponse:
    """Enter a purchase; what the one before it was is kept for the next."""
    if not writable_departments(request.user).exists():
        raise PermissionDenied
    day, before = today(), ledger.last_entered(request.user)
    form = PurchaseForm(
        request.POST or None,
        initial=remembered(before[0] if before else None, year=year, today=day),
        user=request.user,
        year=year,
        today=day,
        closed=closed_months(year),
    )

    def save() -> None:
        key = form.cleaned_data["entry_key"]
        services.create_purchase(purchase=form.instance, today=day, by=request.user, entry_key=key)
        form.remember_name()

    if request.method == "POST" and went_through(form, save):
        onwards = "list" if "list" in request.POST else "create"
        return _saved(request, form.instance, {}, reverse(f"procurement:{onwards}", args=[year]))
    entered = [purchase for purchase in before if localdate(purchase.created_at) == day]
    return _form(request, year, form, {"heading": "구매실적 등록", "entered": entered})


@allowed(*WRITERS)
def purchase_edit(request: OfficeRequest, year: int, pk: int) -> HttpResponse:
    """Change a purchase, within its year; from the entry form (``?entering``) back to it."""
    purchase, day, closed = _editable(request, year, pk), today(), closed_months(year)
    before = ledger.counted(purchase)
    form = PurchaseForm(
        request.POST or None,
        instance=purchase,
        user=request.user,
        year=year,
        today=day,
        closed=closed,
    )

    def save() -> None:
        services.update_purchase(purchase=form.instance, today=day, by=request.user)

    shown = {"heading": "구매실적 수정", "closed": ledger.is_closed(purchase, closed)}
    if request.method == "POST" and went_through(form, save):
        if form.overtaken:
            messages.info(request, OTHERS_KEPT)
        return _saved(request, purchase, before, _back_url(request, year))
    return _form(request, year, form, shown)


@allowed(*WRITERS)
def purchase_delete(request: OfficeRequest, year: int, pk: int) -> HttpResponse:
    """Ask, then remove what was asked about; pressed once more, say that it is gone."""
    back_url = _back_url(request, year)
    if ledger.was_deleted(request.user, year, pk):
        messages.info(request, "이미 삭제한 구매실적입니다.")
        return redirect(back_url)
    purchase, refused = _editable(request, year, pk), ""
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        try:
            with told():
                services.delete_purchase(purchase=purchase, seen=seen, by=request.user)
        except ValidationError as error:
            refused = " ".join(error.messages)
        else:
            note = ledger.reported_note(ledger.counted(purchase), {})
            messages.success(request, f"구매실적을 삭제했습니다: {_summary(purchase)}.{note}")
            return redirect(back_url)
    return render(
        request,
        "procurement/purchase_delete.html",
        {
            "year": year,
            "home_url": home_url(request.user, year),
            "question": f"이 구매실적을 삭제할까요? {kdate(purchase.purchased_on)} "
            f"{_summary(purchase)}",
            "seen": purchase.updated_at.isoformat(),
            "back_url": back_url,
            "refused": refused,
        },
    )


@allowed(*WRITERS)
def supplier_options(request: OfficeRequest) -> HttpResponse:
    """The firms that fit what is being typed, as options of a list box; any box may ask."""
    firms = Enterprise.objects.visible_to(request.user)
    typed = str(next(iter(request.GET.values()), "")).replace("\0", "")
    found = matching.suggest(typed, firms, request.user.department_id)
    return render(
        request,
        "procurement/supplier_options.html",
        {"firms": [{"label": matching.label(firm), "closed": firm.closed_on} for firm in found]},
    )


def _editable(request: OfficeRequest, year: int, pk: int) -> Purchase:
    purchases = Purchase.objects.in_year(year)
    return load(
        purchases.visible_to(request.user).select_related("department", "enterprise"),
        pk,
        editable=purchases.editable_by(request.user),
    )


def _back_url(request: OfficeRequest, year: int) -> str:
    """Where one came from: the entry form (``?entering``), or the list as searched (``?back``)."""
    if "entering" in request.GET:
        return reverse("procurement:create", args=[year])
    query = request.GET.get("back", "")
    return reverse("procurement:list", args=[year]) + (f"?{query}" if query else "")


def _form(
    request: OfficeRequest, year: int, form: PurchaseForm, shown: dict[str, object]
) -> HttpResponse:
    frame = {
        "year": year,
        "home_url": home_url(request.user, year),
        "back_url": _back_url(request, year),
    }
    own = {"form": form, "department": form.fixed_department, "entered": (), "closed": False}
    return render(request, "procurement/purchase_form.html", frame | own | shown)


def _saved(
    request: OfficeRequest, purchase: Purchase, before: ledger.Counted, onwards: str
) -> HttpResponseRedirect:
    """Say so, and go on to the address ``onwards``; ``before`` is where the purchase counted."""
    if purchase.pk is None:
        messages.warning(
            request,
            f"같은 화면을 두 번 보내 한 번만 저장했습니다: {_summary(purchase)}. "
            "다른 구매라면 ‘구매실적 등록’에서 새로 입력해 주세요.",
        )
    else:
        note = ledger.reported_note(before, ledger.counted(purchase))
        messages.success(request, f"구매실적을 저장했습니다: {_summary(purchase)}.{note}")
    return redirect(onwards)


def _summary(purchase: Purchase) -> str:
    return f"{purchase.enterprise} · {purchase.item} · {comma(purchase.amount)}원"
