"""Founding a committee; its members and meetings have screens of their own."""

from django.contrib import admin

from apps.committees.models import Committee


@admin.register(Committee)
class CommitteeAdmin(admin.ModelAdmin[Committee]):
    list_display = ["name", "rhythm", "decides_by_vote", "formed_on"]
    search_fields = ["name"]
