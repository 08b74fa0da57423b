"""Papers as answers to a browser."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from apps.documents.nodes import Document
from apps.documents.pdf import ARCHIVE, UA, render_pdf

#: The answer to ``?variant=`` of a PDF; without it a PDF is PDF/UA.
VARIANTS = {"": UA, "archive": ARCHIVE}
FORMATS: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "pdf": ("application/pdf", render_pdf),
}


def paper_response(document: Document, form: str, *, variant: str = "") -> HttpResponse:
    """The paper as a file under its Korean title; a PDF opens in the browser.

    Raises `Http404` for a form or variant there is none of.
    """
    if form not in FORMATS or variant not in VARIANTS or (variant and form != "pdf"):
        raise Http404
    content_type, render = FORMATS[form]
    content = render_pdf(document, variant=VARIANTS[variant]) if variant else render(document)
    name = content_disposition_header(
        as_attachment=form != "pdf", filename=f"{document.title}.{form}"
    )
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": name or ""}
    )
