"""A `Document` as PDF: tagged for readers, with its own fonts, the same bytes each time."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML, layout
from weasyprint.document import Page
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from apps.documents import keep_words
from apps.documents.html import render_html
from apps.documents.nodes import Document

ASSETS: Path = settings.BASE_DIR / "assets"
#: What relative addresses in a paper's styles start from.
BASE_URL = f"{ASSETS.as_uri()}/"
STYLES: tuple[Path, ...] = (settings.BASE_DIR / "static/css/document.css", ASSETS / "paper.css")
#: For readers that listen, and for an archive that keeps papers for decades: both tagged.
UA, ARCHIVE = "pdf/ua-1", "pdf/a-3a"
#: Each page is told so often: when it is set, its margins included, and when it is drawn.
STEPS = 2
#: Letters people type or paste that our font lacks, and those of the same look that it has.
LIKES = str.maketrans({"∼": "~", "❍": "○", "ᆞ": "·"})

_told: ContextVar[Callable[[], object] | None] = ContextVar("told", default=None)


def _telling(step: Callable[..., Any]) -> Callable[..., Any]:
    """A step WeasyPrint takes once a page, told to whoever waits for the paper."""

    @wraps(step)
    def taken(*args: Any) -> Any:
        if told := _told.get():
            told()
        return step(*args)

    return taken


keep_words.install()
layout.make_margin_boxes = _telling(layout.make_margin_boxes)
Page.paint = _telling(Page.paint)


def render_pdf(
    document: Document, variant: str = UA, told: Callable[[], object] | None = None
) -> bytes:
    """The paper as PDF/UA-1, or tagged PDF/A for an archive.

    Equal documents give equal bytes: nothing of the day is in it. ``told`` is called `STEPS` times
    for every page.
    """
    page = render_to_string(
        "documents/paper.html", {"document": document, "body": render_html(document, level=1)}
    )
    fonts = FontConfiguration()
    fetcher = AssetFetcher(allowed_protocols={"file"})
    with _without_gc(), _set_to(told):
        styles = [
            CSS(filename=path, font_config=fonts, url_fetcher=fetcher, base_url=BASE_URL)
            for path in STYLES
        ]
        html = HTML(string=page.translate(LIKES), base_url=BASE_URL, url_fetcher=fetcher)
        pdf: bytes = html.write_pdf(
            stylesheets=styles,
            font_config=fonts,
            pdf_variant=variant,
            pdf_tags=True,
            finisher=_say_what_heads_name,
        )
    return pdf


def _say_what_heads_name(_document: Any, pdf: Any) -> None:
    """Mark each head cell of a table as naming its column or its row, which WeasyPrint leaves out.

    PDF/UA wants it (ISO 14289-1, 7.5), and readers that listen follow it.
    """

    def above(element: Any) -> Any:
        return pdf.objects[int(bytes(element["P"]).split()[0])]

    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") == "/TH":
            group = above(above(element))
            scope = "Column" if group["S"] == "/THead" else "Row"
            element["A"]["Scope"] = f"/{scope}"


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # untyped library
    """Opens our own assets and nothing else; a paper that asks for more is not made at all."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        parts = urlsplit(url)
        if parts.scheme != "file" or not Path(unquote(parts.path)).resolve().is_relative_to(ASSETS):
            raise FatalURLFetchingError(f"a paper may not open {url}")
        return super().fetch(url, headers)


@contextmanager
def _set_to(told: Callable[[], object] | None) -> Iterator[None]:
    before = _told.set(told)
    try:
        yield
    finally:
        _told.reset(before)


@contextmanager
def _without_gc() -> Iterator[None]:
    """Rendering makes a great many objects and no rubbish: collecting takes half the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
