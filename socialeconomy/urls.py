"""Every address of the portal; ``tests/test_access.py`` names who may open each."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("apps.portal.urls")),
    path("accounts/", include("apps.accounts.urls")),
    path("history/", include("apps.audit.urls")),
    path("rules/", include("apps.rules.urls")),
    path("imports/", include("apps.imports.urls")),
    path("plans/", include("apps.plans.urls")),
    path("enterprises/", include("apps.enterprises.urls")),
    path("committees/", include("apps.committees.urls")),
    path("procurement/", include("apps.procurement.urls")),
    path("reports/", include("apps.reports.urls")),
    path("admin/", admin.site.urls),
]
handler403 = "apps.portal.views.forbidden"
