"""Guards that hold while any test runs."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponseBase

#: Jobs are queued by a function of the database.
WRITES = re.compile(
    r"^\s*(INSERT|UPDATE|DELETE|TRUNCATE)\b|\bprocrastinate_(defer|retry|finish|cancel)",
    re.IGNORECASE,
)
#: A request that only reads still moves the end of its session, and counts towards rate limits.
HOUSEKEEPING = re.compile(r"\b(django_session|django_cache)\b")


class GetNeverWrites:
    """Middleware: a GET or HEAD that changes a record fails the test."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with connection.execute_wrapper(_refuse):
            return self.get_response(request)


def _refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if WRITES.search(sql) and not HOUSEKEEPING.search(sql):
        raise AssertionError(f"a GET may not write: {sql[:200]}")
    return execute(sql, params, many, context)
