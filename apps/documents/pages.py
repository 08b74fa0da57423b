"""An issued paper on a page: the paper, its files, and how far the making of them is.

The addresses of an edition named ``name`` are ``name``, ``name_files`` (the part of the page that
asks again), ``name_file`` (with the format) and ``name_again``.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from apps.accounts.access import OfficeRequest
from apps.documents.enums import FileFormat
from apps.documents.html import render_html
from apps.documents.http import issued_response
from apps.documents.issuing import make_again, progress_of
from apps.documents.models import IssuedDocument

#: The seconds between one look at the files and the next, five minutes in all: a page left open
#: may not keep its session alive for ever.
WAITS = (*[2] * 15, *[5] * 12, *[15] * 8, *[30] * 3)
LOOKS = [str(number) for number in range(len(WAITS))]


def edition_of(series: str, number: int, *, whole: bool = True) -> IssuedDocument:
    """Unless ``whole``, without the content. Raises ``Http404`` when there is no such edition."""
    rows = IssuedDocument.objects.select_related("issued_by")
    rows = rows.filter(series=series, number=number)
    return get_object_or_404(rows if whole else rows.defer("document", "figures"))


def edition_context(
    request: OfficeRequest, row: IssuedDocument, name: str, args: Sequence[object]
) -> dict[str, Any]:
    """The paper as it was issued, its files, and every figure in it with its source."""
    return {
        "body": render_html(row.paper(), level=3),
        "figures": row.shown_figures(),
        **_files(request, row, name, args),
    }


def files_page(
    request: OfficeRequest, row: IssuedDocument, name: str, args: Sequence[object]
) -> HttpResponse:
    """How far the files are: the part of the page that asks again until all are made."""
    return render(request, "documents/edition_files.html", _files(request, row, name, args))


def again_page(
    request: OfficeRequest, row: IssuedDocument, name: str, args: Sequence[object]
) -> HttpResponse:
    """Have the files that could not be made tried again."""
    make_again(issued=row, by=request.user)
    messages.success(request, "파일을 다시 만들고 있습니다.")
    return redirect(name, *args)


def _files(
    request: OfficeRequest, row: IssuedDocument, name: str, args: Sequence[object]
) -> dict[str, Any]:
    """``asked``: how often the page has asked by itself; without a ``wait`` it asks no more."""
    asked = request.GET.get("asked", "0")
    looks = int(asked) if asked in LOOKS else len(WAITS)
    return {
        "row": row,
        "files": [
            {"file": file, "url": reverse(f"{name}_file", args=[*args, file.format])}
            for file in row.files.listed()
            if file.made
        ],
        "progress": progress_of(row),
        "asked": looks + 1,
        "wait": WAITS[looks] if looks < len(WAITS) else None,
        "page_url": reverse(name, args=args),
        "files_url": reverse(f"{name}_files", args=args),
        "again_url": reverse(f"{name}_again", args=args),
        "may_act": request.user.is_official,
    }


def file_response(row: IssuedDocument, form: str) -> HttpResponse:
    """A file as it was made, byte for byte; 404 while it is not there yet."""
    if form not in FileFormat.values:
        raise Http404
    return issued_response(get_object_or_404(row.files, format=form))
