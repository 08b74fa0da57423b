"""Entering statutes and dated values."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from apps.rules.models import RuleValue, Statute


@admin.register(Statute)
class StatuteAdmin(admin.ModelAdmin[Statute]):
    list_display = ["name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name"]


@admin.register(RuleValue)
class RuleValueAdmin(admin.ModelAdmin[RuleValue]):
    list_display = ["label", "value", "unit", "valid_from", "valid_to", "statute", "article"]
    search_fields = ["key", "label"]
    list_select_related = ["statute"]
    exclude = ["verified_at", "verified_by"]

    def save_model(self, request: HttpRequest, obj: RuleValue, form: Any, change: bool) -> None:
        """What was checked against its source is not what has been changed since."""
        if form.changed_data:
            obj.verified_at = obj.verified_by = None
        super().save_model(request, obj, form, change)
