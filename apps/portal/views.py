"""The first screen of each role, and the pages for what went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.accounts.access import EVERYONE, OfficeRequest, allowed


@allowed(*EVERYONE)
def home(request: OfficeRequest) -> HttpResponse:
    """What is due, how we stand, where to act."""
    return render(request, "portal/home.html")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)
