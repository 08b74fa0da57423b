"""The admin site: open to whoever holds a role with rights in it today."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from apps.accounts.services import ADMIN_RIGHTS


class OfficeAdminSite(AdminSite):
    """자료 관리. Django's ``is_staff`` mark is not asked: a role that has ended opens nothing."""

    site_header = f"{settings.PORTAL_NAME} 관리"
    site_title = "관리"
    index_title = "자료 관리"

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        if isinstance(user, AnonymousUser):
            return False
        return user.is_active and (user.is_superuser or user.has_role(*ADMIN_RIGHTS))

    @method_decorator([never_cache, login_not_required])
    def login(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """One sign-in page for the whole portal, so that its rate limits hold here too."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", reverse("admin:index")))
