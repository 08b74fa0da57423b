"""Lists in pages."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.http import HttpRequest

M = TypeVar("M", bound=models.Model)
PER_PAGE = 30
#: What ``?page=`` says of a stretch: the last one, or the one after or before a row.
LAST, AFTER, BEFORE = "last", "after", "before"


def page_of(request: HttpRequest, rows: models.QuerySet[M], per_page: int = PER_PAGE) -> Page[M]:
    """The page that ``?page=`` asks for; a number out of range gives the nearest page."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


@dataclass(frozen=True, slots=True)
class Few(Generic[M]):
    """The first rows of a list that stands beside others; ``more``: there are more of them."""

    rows: list[M]
    more: bool


def few_of(request: HttpRequest, rows: models.QuerySet[M], number: int = 10) -> Few[M]:
    """The first ``number`` of the rows; all of them where ``?all=`` asks."""
    if "all" in request.GET:
        return Few(list(rows), more=False)
    found = list(rows[: number + 1])
    return Few(found[:number], more=len(found) > number)


@dataclass(frozen=True, slots=True)
class Stretch(Generic[M]):
    """A page of a list too long to be leafed through, found by the row it stands beside.

    ``previous`` and ``next`` are the ``?page=`` of the pages before and after; empty where there
    is none.
    """

    object_list: list[M]
    previous: str
    next: str


def stretch_of(request: HttpRequest, rows: models.QuerySet[M], by: tuple[str, ...]) -> Stretch[M]:
    """The page of ``rows``, greatest ``by`` first, that ``?page=`` asks for.

    The columns ``by``, of which the last is unique, lead to any page through an index: the last
    is found as quickly as the first. What cannot be read or leads nowhere gives the first page.
    """
    way, _, place = request.GET.get("page", "").partition(":")
    beside = _read(rows.model, by, place)
    upwards, downwards = rows.order_by(*by), rows.order_by(*(f"-{column}" for column in by))
    if way == LAST:
        return _stretch(upwards, by, turned=True, later=False)
    # The bound on the first column alone lets the search in the index begin at the row itself.
    if way == BEFORE and beside:
        above = upwards.filter(TupleGreaterThan(Tuple(*by), beside), **{f"{by[0]}__gte": beside[0]})
        found = _stretch(above, by, turned=True)
        if found.previous:
            return found
    if way == AFTER and beside:
        below = downwards.filter(TupleLessThan(Tuple(*by), beside), **{f"{by[0]}__lte": beside[0]})
        found = _stretch(below, by)
        if found.object_list:
            return found
    return _stretch(downwards, by, earlier=False)


def _stretch(
    rows: models.QuerySet[M],
    by: tuple[str, ...],
    *,
    turned: bool = False,
    earlier: bool = True,
    later: bool = True,
) -> Stretch[M]:
    """The first of ``rows``; ``turned`` where they come last row first.

    ``earlier`` and ``later``: whether the list goes on at the end that the rows begin from.
    """
    found = list(rows[: PER_PAGE + 1])
    more = len(found) > PER_PAGE
    del found[PER_PAGE:]
    if turned:
        found.reverse()
        earlier = more
    else:
        later = more
    return Stretch(
        found,
        _written(BEFORE, found[0], by) if found and earlier else "",
        _written(AFTER, found[-1], by) if found and later else "",
    )


def _written(way: str, row: models.Model, by: tuple[str, ...]) -> str:
    return ":".join((way, *(str(getattr(row, column)) for column in by)))


def _read(model: type[models.Model], by: tuple[str, ...], place: str) -> tuple[Any, ...] | None:
    """The values of ``by`` that :func:`_written` has written; ``None`` where it has not."""
    texts = place.split(":")
    if len(texts) != len(by):
        return None
    columns: Any = [model._meta.pk if name == "pk" else model._meta.get_field(name) for name in by]
    try:
        return tuple(column.to_python(text) for column, text in zip(columns, texts, strict=True))
    except ValidationError:
        return None
