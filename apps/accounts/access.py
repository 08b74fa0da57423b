"""Who may open a page at all."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

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

        return guarded

    return decorate
