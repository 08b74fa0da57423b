"""Papers as answers to a browser."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from apps.documents.nodes import Document
from apps.documents.pdf import render_pdf


def pdf_response(document: Document) -> HttpResponse:
    """The paper as a PDF that opens in the browser and is saved under its Korean title."""
    name = content_disposition_header(as_attachment=False, filename=f"{document.title}.pdf")
    return HttpResponse(
        render_pdf(document),
        content_type="application/pdf",
        headers={"Content-Disposition": name or ""},
    )
