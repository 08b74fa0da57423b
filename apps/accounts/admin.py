"""Departments, people and roles, kept by the 관리자."""

from datetime import date
from itertools import combinations
from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from apps.accounts.enums import Role
from apps.accounts.models import Department, RoleHolding, User

admin.site.unregister(Group)
admin.site.unregister(EmailAddress)


@admin.register(Department)
class DepartmentAdmin(admin.ModelAdmin[Department]):
    list_display = ["name", "code", "kind", "valid_from", "valid_to"]
    list_filter = ["kind"]
    search_fields = ["name", "code"]


class RoleField(forms.ModelChoiceField):  # type: ignore[type-arg]  # of groups
    """Roles by their Korean names."""

    def label_from_instance(self, obj: Group) -> str:
        return Role(obj.name).label


class HoldingFormSet(BaseInlineFormSet):  # type: ignore[type-arg]  # of role holdings
    """All roles of one person. Rows below a person are not checked against the EXCLUDE."""

    def clean(self) -> None:
        super().clean()
        kept = [
            (form.instance.group_id, form.instance.starts, form.instance.ends or date.max)
            for form in self.forms
            if form.cleaned_data and not form.errors and form not in self.deleted_forms
        ]
        for (role, starts, ends), (other, other_starts, other_ends) in combinations(kept, 2):
            if role == other and starts <= other_ends and other_starts <= ends:
                raise forms.ValidationError("같은 역할의 기간이 겹칩니다.")


class RoleHoldingInline(admin.TabularInline[RoleHolding, User]):
    model = RoleHolding
    formset = HoldingFormSet
    extra = 0

    def formfield_for_foreignkey(self, *args: Any, **kwargs: Any) -> Any:
        return super().formfield_for_foreignkey(*args, form_class=RoleField, **kwargs)


@admin.register(User)
class OfficeUserAdmin(UserAdmin[User]):
    list_display = ["username", "name", "department", "job_title", "is_active"]
    list_select_related = ["department"]
    list_filter = ["is_active", "department"]
    search_fields = ["username", "name"]
    ordering = ["username"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("사람", {"fields": ["name", "department", "job_title", "email"]}),
        ("상태", {"fields": ["is_active", "last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": [
                    "username",
                    "name",
                    "department",
                    "usable_password",
                    "password1",
                    "password2",
                ],
            },
        ),
    ]
    readonly_fields = ["last_login", "date_joined"]
    inlines = [RoleHoldingInline]

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody is deleted, lest the history lose who acted; who leaves is set inactive."""
        return False
