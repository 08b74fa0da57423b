"""Papers as answers to a browser."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from apps.documents.enums import MEDIA_TYPES, FileFormat
from apps.documents.making import RENDERERS
from apps.documents.nodes import Document

#: What ``?variant=`` after the address of a PDF asks for.
VARIANTS = {"": FileFormat.PDF, "archive": FileFormat.ARCHIVE}


def paper_response(document: Document, form: FileFormat, variant: str = "") -> HttpResponse:
    """The paper as a file under its Korean title; a PDF opens in the browser.

    Raises `Http404` for a variant there is none of.
    """
    if form == FileFormat.PDF:
        if variant not in VARIANTS:
            raise Http404
        form = VARIANTS[variant]
    pdf = form in VARIANTS.values()
    ending = FileFormat.PDF if pdf else form
    name = content_disposition_header(
        as_attachment=not pdf, filename=f"{document.title}.{ending.value}"
    )
    return HttpResponse(
        RENDERERS[form](document),
        content_type=MEDIA_TYPES[form],
        headers={"Content-Disposition": name or ""},
    )
