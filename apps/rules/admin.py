"""Entering statutes and dated values."""

from django.contrib import admin

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
