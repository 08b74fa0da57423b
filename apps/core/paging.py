"""Lists in pages."""

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db import models
from django.http import HttpRequest

M = TypeVar("M", bound=models.Model)
PER_PAGE = 30


def page_of(request: HttpRequest, rows: models.QuerySet[M], per_page: int = PER_PAGE) -> Page[M]:
    """The page that ``?page=`` asks for; a number out of range gives the nearest page."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))
