"""Departments, people and roles, kept by the 관리자."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group

from apps.accounts.models import Department, RoleHolding, User

admin.site.site_header = "사회적경제 업무포털 관리"
admin.site.site_title = "관리"
admin.site.index_title = "자료 관리"
admin.site.unregister(Group)


@admin.register(Department)
class DepartmentAdmin(admin.ModelAdmin[Department]):
    list_display = ["name", "code", "kind", "valid_from", "valid_to"]
    list_filter = ["kind"]
    search_fields = ["name", "code"]


class RoleHoldingInline(admin.TabularInline[RoleHolding, User]):
    model = RoleHolding
    extra = 0


@admin.register(User)
class OfficeUserAdmin(UserAdmin[User]):
    list_display = ["username", "name", "department", "job_title", "is_active"]
    list_filter = ["is_active", "department"]
    search_fields = ["username", "name"]
    ordering = ["username"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("사람", {"fields": ["name", "department", "job_title", "email"]}),
        ("상태", {"fields": ["is_active", "is_staff", "last_login", "date_joined"]}),
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
