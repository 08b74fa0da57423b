"""Pasting many purchases at once from Excel (R19)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from apps.accounts.access import OfficeRequest, allowed
from apps.core.dates import today
from apps.core.money import UNITS, comma
from apps.procurement.access import WRITERS, writable_departments
from apps.procurement.forms.paste import Grid, PasteForm, fills
from apps.procurement.intake.clipboard import MOST_LETTERS, MOST_ROWS
from apps.procurement.intake.pasting import Check
from apps.procurement.intake.reading import Intake
from apps.procurement.views.frame import home_url

#: Columns an empty sheet is without: nobody types them by heart.
RARE = ("override_reason",)


@allowed(*WRITERS)
def paste(request: OfficeRequest, year: int) -> HttpResponse:
    """The box, then the sheet it was read into, as often as it takes; then all of it is saved."""
    if not writable_departments(request.user).exists():
        raise PermissionDenied
    if request.POST.get("do") in ("check", "more", "save"):
        return _sheet(request, year)
    form = PasteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        intake = Intake(user=request.user, today=today())
        grid = Grid.pasted(form.cleaned_data["text"], intake.columns)
        return _page(request, year, grid, Check(grid, intake, year, today()))
    if "blank" in request.GET and request.method == "GET":
        own = () if request.user.is_official else ("department",)
        columns = Intake(user=request.user, today=today()).columns
        return _page(request, year, Grid.blank(columns, RARE + own))
    return _page(request, year, form=form)


def _sheet(request: OfficeRequest, year: int) -> HttpResponse:
    intake = Intake(user=request.user, today=today())
    grid = Grid.posted(request.POST, intake.columns)
    check = Check(grid, intake, year, today())
    if request.POST["do"] == "more":
        grid.add_lines()
    if request.POST["do"] == "save" and not grid.changed:
        count = check.save(request.user)
        if count is not None:
            return _saved(request, year, check, count)
    return _page(request, year, grid, check)


def _saved(request: OfficeRequest, year: int, check: Check, count: int) -> HttpResponseRedirect:
    if count:
        total = comma(sum(draft.amount for draft in check.right))
        messages.success(request, f"구매실적 {count}건, {total}원을 저장했습니다.")
    else:
        messages.warning(request, "같은 화면을 두 번 보내 한 번만 저장했습니다.")
    return redirect("procurement:list", year)


def _page(
    request: OfficeRequest,
    year: int,
    grid: Grid | None = None,
    check: Check | None = None,
    form: PasteForm | None = None,
) -> HttpResponse:
    here = reverse("procurement:paste", args=[year])
    official = request.user.is_official
    departments = writable_departments(request.user).in_year(year) if official else ()
    return render(
        request,
        "procurement/paste.html",
        {
            "grid": grid,
            "check": check,
            "held": bool(grid and grid.changed and request.POST["do"] == "save"),
            "form": form,
            "fills": fills(grid.names, departments) if grid else [],
            "units": [unit for unit in UNITS if unit],
            "most_rows": MOST_ROWS,
            "most_letters": MOST_LETTERS,
            "year": year,
            "home_url": home_url(request.user, year),
            "list_url": reverse("procurement:list", args=[year]),
            "again_url": here,
            "blank_url": f"{here}?blank=1",
        },
    )
