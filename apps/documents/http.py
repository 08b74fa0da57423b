"""Papers as answers to a browser."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from apps.documents.enums import MEDIA_TYPES, FileFormat
from apps.documents.making import RENDERERS
from apps.documents.models import IssuedFile
from apps.documents.nodes import Document

#: What a paper is offered as; the archive form of a PDF is a variant of it.
FORMS = (FileFormat.PDF, FileFormat.HWPX, FileFormat.XLSX)
#: What ``?variant=`` after the address of a PDF asks for.
VARIANTS = {"": FileFormat.PDF, "archive": FileFormat.ARCHIVE}


def file_links(name: str, args: Sequence[object]) -> list[dict[str, str]]:
    """The files of a paper whose addresses are named ``name_pdf`` and so on."""
    urls = {form: reverse(f"{name}_{form.value}", args=args) for form in FORMS}
    urls[FileFormat.ARCHIVE] = f"{urls[FileFormat.PDF]}?variant=archive"
    return [{"label": form.label, "url": url} for form, url in urls.items()]


def wanted_form(form: FileFormat, variant: str) -> FileFormat:
    """The format with its variant; `Http404` for one there is none of."""
    if form != FileFormat.PDF:
        return form
    if variant not in VARIANTS:
        raise Http404
    return VARIANTS[variant]


def paper_response(
    document: Document, form: FileFormat, variant: str = "", *, mark: str = ""
) -> HttpResponse:
    """The paper as a file under its Korean title; `Http404` for a variant there is none of.

    ``mark`` stands in the name of the file after the title, in brackets.
    """
    form = wanted_form(form, variant)
    ending = FileFormat.PDF if form in VARIANTS.values() else form
    title = f"{document.title} ({mark})" if mark else document.title
    return file_of(RENDERERS[form](document), form, f"{title}.{ending.value}")


def issued_response(file: IssuedFile) -> HttpResponse:
    """A file of an issued paper as it was made, byte for byte; `Http404` before it is made."""
    if file.content is None:
        raise Http404
    response = file_of(bytes(file.content), FileFormat(file.format), file.name)
    response["ETag"] = f'"{file.digest}"'
    return response


def file_of(content: bytes, form: FileFormat, name: str) -> HttpResponse:
    """A PDF opens in the browser; anything else is saved."""
    disposition = content_disposition_header(
        as_attachment=form not in VARIANTS.values(), filename=name
    )
    return HttpResponse(
        content,
        content_type=MEDIA_TYPES[form],
        headers={"Content-Disposition": disposition or ""},
    )
