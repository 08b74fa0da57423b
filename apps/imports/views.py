"""Screens for files of records: sending one in, looking at what it brings, deciding."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import PurePath
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.accounts.access import OFFICIALS, OfficeRequest, allowed
from apps.accounts.enums import Role
from apps.accounts.querysets import OVERSEERS
from apps.core import sheets
from apps.core.access import load
from apps.core.forms import Form, went_through
from apps.core.money import comma
from apps.core.paging import page_of
from apps.imports import queries, services
from apps.imports.enums import ImportState
from apps.imports.forms import AnswersForm, ColumnsForm, UploadForm
from apps.imports.models import FileImport
from apps.imports.outcomes import found_in
from apps.imports.progress import work_on
from apps.imports.registry import Importer, importers

READERS = (*OVERSEERS, Role.CLERK)
WRITERS = (*OFFICIALS, Role.CLERK)
#: The page asks by itself after so many seconds; then no more, so that a PC left alone signs out.
WAITS = [1] * 20 + [2] * 60 + [5] * 60


@allowed(*READERS)
def file_list(request: OfficeRequest) -> HttpResponse:
    """The files one may see, newest first."""
    files = FileImport.objects.visible_to(request.user).defer("columns", "found")
    counts = {name: F(f"found__{name}") for name in ("rows", "fresh", "faulty", "created")}
    page = page_of(request, files.select_related("department", "uploaded_by").annotate(**counts))
    rows = []
    for file in page:
        found = {name: getattr(file, name) or 0 for name in counts}
        badge = queries.badge(file, found["fresh"], found["faulty"])
        rows.append({"file": file, "label": importers[file.kind].label, "badge": badge, **found})
    may_write = request.user.is_official or _clerk_with_department(request)
    context = {
        "page": page,
        "rows": rows,
        "kinds": list(importers.values()) if may_write else [],
        "shows_department": request.user.has_role(*OVERSEERS),
    }
    return render(request, "imports/list.html", context)


@allowed(*WRITERS)
def new(request: OfficeRequest, kind: str) -> HttpResponse:
    """Send a file in."""
    importer = _importer(kind)
    if not request.user.is_official and not _clerk_with_department(request):
        raise PermissionDenied
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, user=request.user)
    if form.is_valid():
        file = services.upload(
            kind=kind,
            name=form.cleaned_data["file"].name,
            content=form.cleaned_data["file"],
            department=form.meant,
            by=request.user,
        )
        return redirect("imports:detail", file.pk)
    return render(request, "imports/new.html", {"form": form, "importer": importer})


@allowed(*WRITERS)
def template(request: OfficeRequest, kind: str) -> HttpResponse:
    """An empty sheet with the standard headings."""
    importer = _importer(kind)
    content = sheets.xlsx(importer.headings, [])
    return sheets.download(content, f"{importer.label} 서식.xlsx", sheets.XLSX_TYPE)


@allowed(*READERS)
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """Where a file stands, what it brings, and what can be done with it."""
    return _page(request, _readable(request, pk))


@allowed(*READERS)
def progress(request: OfficeRequest, pk: int) -> HttpResponse:
    """How far the work on a file is: the part of its page that asks again."""
    file = _readable(request, pk)
    work = work_on(file)
    asked = request.GET.get("asked", "0")
    place = int(asked) if asked.isdecimal() and len(asked) < 4 else len(WAITS)
    response = render(request, "imports/progress.html", _progress(file, work, place))
    if work is None or work.stopped:
        response["HX-Refresh"] = "true"  # the whole page has something new to say
    return response


def _progress(file: FileImport, work: Any, asked: int = 0) -> dict[str, Any]:
    wait = WAITS[asked] if asked < len(WAITS) else None
    return {"file": file, "work": work, "asked": asked + 1, "wait": wait}


@allowed(*READERS)
def faults(request: OfficeRequest, pk: int) -> HttpResponse:
    """The file with its faults marked; of a committed one only the rows that were left out."""
    from apps.imports.annotated import annotated  # the writer is large

    file = _readable(request, pk)
    if not file.faults.exists() or not file.parts.exists():
        raise Http404
    content = annotated(file, faulty_only=file.state == ImportState.COMMITTED)
    name = f"{PurePath(file.name).stem} (오류 표시).xlsx"
    return sheets.download(content, name, sheets.XLSX_TYPE)


@require_POST
@allowed(*WRITERS)
def columns(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say what the columns hold, and have the file checked by that."""
    file = _editable(request, pk)
    form = ColumnsForm(request.POST, importer=importers[file.kind], outcome=found_in(file).outcome)

    def change() -> None:
        services.check_again(file=file, columns=form.cleaned_data, by=request.user)

    if went_through(form, change):
        return redirect("imports:detail", pk)
    return _page(request, file, columns_form=form)


@require_POST
@allowed(*WRITERS)
def answers(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say what names mean, and have the file checked by that."""
    file = _editable(request, pk)
    outcome = found_in(file).outcome
    form = AnswersForm(
        request.POST, importer=importers[file.kind], outcome=outcome, by=request.user
    )

    def change() -> None:
        services.answer(file=file, answers=form.answers, by=request.user)

    if went_through(form, change):
        return redirect("imports:detail", pk)
    return _page(request, file, answers_form=form)


@require_POST
@allowed(*WRITERS)
def forget(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take back what a name was said to mean, and have the file checked by that."""
    file, name = _editable(request, pk), request.POST.get("name", "").replace("\0", "")
    return _asked(pk, lambda: services.forget(file=file, name=name, by=request.user))


@require_POST
@allowed(*WRITERS)
def check(request: OfficeRequest, pk: int) -> HttpResponse:
    """Have the file checked once more."""
    file = _editable(request, pk)
    return _asked(pk, lambda: services.check_again(file=file, by=request.user))


@require_POST
@allowed(*WRITERS)
def commit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Have what the file brings recorded."""
    file, skips = _editable(request, pk), "skip" in request.POST
    return _asked(pk, lambda: services.commit(file=file, skips_faults=skips, by=request.user))


@require_POST
@allowed(*WRITERS)
def reject(request: OfficeRequest, pk: int) -> HttpResponse:
    """Turn the file down."""
    file = _editable(request, pk)
    return _asked(pk, lambda: services.reject(file=file, by=request.user))


@allowed(*WRITERS)
def undo(request: OfficeRequest, pk: int) -> HttpResponse:
    """Ask, then remove what the file brought; or say, before asking, why that cannot be."""
    file, refused = _editable(request, pk), ""
    if file.state != ImportState.COMMITTED:
        return redirect("imports:detail", pk)
    if request.method == "POST":
        try:
            services.undo(file=file, by=request.user)
        except ValidationError as error:
            refused = " ".join(error.messages)
        else:
            return redirect("imports:detail", pk)
    created, importer = comma(found_in(file).outcome.created), importers[file.kind]
    obstacle = importer.obstacle(file)
    context = {
        "importer": importer,
        "refused": obstacle.text if obstacle else refused,
        "links": obstacle.links if obstacle and request.user.is_official else (),
        "question": f"‘{file.name}’에서 반영한 {created}줄을 모두 삭제할까요?",
        "cancel_url": reverse("imports:detail", args=[pk]),
    }
    return render(request, "imports/undo.html", context)


def _asked(pk: int, act: Callable[[], object]) -> HttpResponseRedirect:
    """Do it and go back to the file's page.

    What is refused because the file stands otherwise than the sender had seen needs no words of its
    own: the page says where it stands, and two verdicts would contradict each other.
    """
    with suppress(ValidationError):
        act()
    return redirect("imports:detail", pk)


def _page(
    request: OfficeRequest,
    file: FileImport,
    *,
    columns_form: Form | None = None,
    answers_form: Form | None = None,
) -> HttpResponse:
    """The page of a file; a form that was refused stands in it as it was sent."""
    importer, found, work = importers[file.kind], found_in(file), work_on(file)
    outcome = found.outcome
    context = {
        **_progress(file, work),
        **queries.shown(file, found, work, request.user),
        "faults": page_of(request, file.faults.all()),
        "columns_form": columns_form or ColumnsForm(importer=importer, outcome=outcome),
        "answers_form": answers_form
        or AnswersForm(importer=importer, outcome=outcome, by=request.user),
    }
    return render(request, "imports/detail.html", context)


def _importer(kind: str) -> Importer:
    if kind not in importers:
        raise Http404
    return importers[kind]


def _clerk_with_department(request: OfficeRequest) -> bool:
    return request.user.has_role(Role.CLERK) and request.user.department_id is not None


def _readable(request: OfficeRequest, pk: int) -> FileImport:
    return load(_seen(request), pk)


def _editable(request: OfficeRequest, pk: int) -> FileImport:
    return load(_seen(request), pk, editable=FileImport.objects.editable_by(request.user))


def _seen(request: OfficeRequest) -> QuerySet[FileImport]:
    people = [f"{step}_by" for step in ("uploaded", "checked", "committed", "rejected", "undone")]
    return FileImport.objects.visible_to(request.user).select_related("department", *people)
