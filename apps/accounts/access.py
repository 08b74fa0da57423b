"""Who may open a page at all."""

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve

from apps.accounts.enums import Role
from apps.accounts.models import User

P = ParamSpec("P")
View = Callable[Concatenate["OfficeRequest", P], HttpResponseBase]
Guarded = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

OFFICIALS = (Role.ADMIN, Role.OFFICER)
EVERYONE = tuple(Role)


class OfficeRequest(HttpRequest):
    """A request of somebody signed in; ``LoginRequiredMiddleware`` sees to it."""

    user: User


def allowed(*roles: Role) -> Callable[[View[P]], Guarded[P]]:
    """Only people who hold one of ``roles`` today; others get 403."""

    def decorate(view: View[P]) -> Guarded[P]:
        @functools.wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            user = request.user
            if isinstance(user, AnonymousUser) or not user.has_role(*roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)  # type: ignore[arg-type]  # signed in

        guarded.roles = roles  # type: ignore[attr-defined]  # for may_open
        return guarded

    return decorate


def may_open(user: User, url: str) -> bool:
    """Whether the page at an address is one for the roles ``user`` holds, or none of ours."""
    try:
        view: Any = resolve(urlsplit(url).path).func
    except Resolver404:
        return True
    return user.has_role(*view.roles) if hasattr(view, "roles") else True
