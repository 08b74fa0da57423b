"""Results that officials type because no record of the portal gives them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from apps.accounts.access import EVERYONE, OFFICIALS, OfficeRequest, allowed
from apps.core.access import load
from apps.core.dates import today
from apps.core.forms import went_through
from apps.core.paging import page_of
from apps.plans import catalog, services
from apps.plans.models import Result
from apps.plans.results_forms import ResultFilter, ResultForm


def results_url(year: int) -> str:
    return f"{reverse('plans:results')}?year={year}"


@allowed(*EVERYONE)
def results(request: OfficeRequest) -> HttpResponse:
    """Typed results by year, each beside the figure that now takes its place, if one does."""
    form = ResultFilter(request.GET)
    page = page_of(request, form.narrow(Result.objects.visible_to(request.user)))
    return render(
        request,
        "plans/results.html",
        {
            "form": form,
            "page": page,
            "rows": catalog.beside_computed(page),
            "narrowed": any(request.GET.get(name) for name in form.fields),
            "may_edit": request.user.is_official,
        },
    )


@allowed(*OFFICIALS)
def result_create(request: OfficeRequest) -> HttpResponse:
    """A new result; ``?year=`` and ``?name=`` have it start with them."""
    given = {key: request.GET[key] for key in ("year", "name", "unit") if key in request.GET}
    form = ResultForm(request.POST or None, initial={"year": today().year - 1, **given})
    return _edit(request, form, "실적 추가")


@allowed(*EVERYONE)
def result_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    form = ResultForm(request.POST or None, instance=_editable(request, pk))
    return _edit(request, form, "실적 수정")


@allowed(*EVERYONE)
def result_delete(request: OfficeRequest, pk: int) -> HttpResponse:
    result = _editable(request, pk)
    if request.method == "POST":
        services.delete(row=result, by=request.user)
        messages.success(request, f"‘{result}’ 실적을 삭제했습니다.")
        return redirect(results_url(result.year))
    return render(
        request,
        "plans/result_delete.html",
        {
            "heading": "실적 삭제",
            "question": f"‘{result}’ 실적을 삭제할까요? 이 이름을 쓴 글에는 값이 없다고 나옵니다.",
            "cancel_url": results_url(result.year),
        },
    )


def _editable(request: OfficeRequest, pk: int) -> Result:
    mine = Result.objects.editable_by(request.user)
    return load(Result.objects.visible_to(request.user), pk, editable=mine)


def _edit(request: OfficeRequest, form: ResultForm, heading: str) -> HttpResponse:
    if request.method == "POST" and went_through(
        form, lambda: services.save_form(form=form, by=request.user)
    ):
        messages.success(request, f"‘{form.instance}’ 실적을 저장했습니다.")
        return redirect(results_url(form.instance.year))
    back = results_url(form.instance.year) if form.instance.pk else reverse("plans:results")
    return render(
        request, "plans/result_form.html", {"form": form, "heading": heading, "cancel_url": back}
    )
