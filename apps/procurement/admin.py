"""The names people use for firms: seen, corrected and removed by officials."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from apps.procurement.models import SupplierAlias


@admin.register(SupplierAlias)
class SupplierAliasAdmin(admin.ModelAdmin[SupplierAlias]):
    list_display = ["name", "enterprise", "department", "chosen_by", "chosen_at"]
    list_filter = ["department"]
    list_select_related = ["enterprise", "department", "chosen_by"]
    search_fields = ["name", "enterprise__name"]
    autocomplete_fields = ["enterprise"]
    fields = ["name", "enterprise", "department"]

    def save_model(self, request: HttpRequest, obj: SupplierAlias, form: Any, change: bool) -> None:
        """Whoever saves it has chosen."""
        obj.chosen_at, obj.chosen_by_id = timezone.now(), request.user.pk or 0
        super().save_model(request, obj, form, change)
