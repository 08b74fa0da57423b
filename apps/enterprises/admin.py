# import_export has no types.
# mypy: disable-error-code="misc"
"""The registry's own rooms for officials: corrections, and whole lists in and out."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from import_export.admin import ImportExportModelAdmin
from import_export.forms import ExportForm, ImportForm
from import_export.tmp_storages import CacheStorage

from apps.core.dates import today
from apps.enterprises.imports import (
    MOST_BYTES,
    Csv,
    DesignationResource,
    EnterpriseResource,
    Xlsx,
)
from apps.enterprises.models import Designation, Enterprise, Product, PublishedCount


class SheetForm(ImportForm):
    """A list to read in, before it is opened."""

    def clean_import_file(self) -> Any:
        file = self.cleaned_data["import_file"]
        if file.size > MOST_BYTES:
            raise ValidationError("파일은 5MB까지 올릴 수 있습니다. 나누어 올려 주세요.")
        return file


class SheetAdmin(ImportExportModelAdmin):
    """Lists in and out as XLSX and CSV, for those who may change the rows."""

    formats = [Xlsx, Csv]
    import_template_name = "admin/enterprises/import.html"
    import_form_class = SheetForm
    export_form_class = ExportForm
    # Kept where every process of the portal finds it between preview and confirmation.
    tmp_storage_class = CacheStorage

    def has_import_permission(self, request: HttpRequest) -> bool:
        return bool(self.has_add_permission(request) and self.has_change_permission(request))

    def has_export_permission(self, request: HttpRequest) -> bool:
        return bool(self.has_view_permission(request))

    def import_action(self, request: HttpRequest, **kwargs: Any) -> Any:
        """The preview; with every complaint in words where the list cannot be read in."""
        response = super().import_action(request, **kwargs)
        result = getattr(response, "context_data", {}).get("result")
        if result:
            response.context_data["complaints"] = self.resource_classes[0]().complaints(result)
        return response

    def add_success_message(self, result: Any, request: HttpRequest) -> None:
        counts = result.totals
        messages.success(
            request,
            f"가져왔습니다: 새로 {counts['new']}건, 수정 {counts['update']}건, "
            f"그대로 {counts['skip']}건",
        )

    def get_export_filename(self, request: HttpRequest, queryset: Any, file_format: Any) -> str:
        return f"{self.opts.verbose_name} {today()}.{file_format.get_extension()}"

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        form.add_error("import_file", "파일을 읽지 못했습니다. 파일과 형식을 다시 골라 주세요.")


class DesignationInline(admin.TabularInline[Designation, Enterprise]):
    model = Designation
    extra = 0
    show_change_link = True


@admin.register(Enterprise)
class EnterpriseAdmin(SheetAdmin):
    resource_classes = [EnterpriseResource]
    list_display = ["name", "dashed_number", "representative", "closed_on"]
    search_fields = ["name", "business_number", "initials"]
    inlines = [DesignationInline]

    @admin.display(description="사업자등록번호", ordering="business_number")
    def dashed_number(self, firm: Enterprise) -> str:
        return firm.dashed_number


@admin.register(Designation)
class DesignationAdmin(SheetAdmin):
    resource_classes = [DesignationResource]
    list_display = ["enterprise", "kind", "starts", "ends", "ended_on", "end_reason"]
    list_filter = ["kind", "end_reason"]
    list_select_related = ["enterprise"]
    search_fields = ["enterprise__name", "number"]
    autocomplete_fields = ["enterprise"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("enterprise")


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin[Product]):
    list_display = ["name", "enterprise", "category", "kind", "price"]
    list_filter = ["category", "kind"]
    list_select_related = ["enterprise"]
    search_fields = ["name", "initials", "enterprise__name"]
    autocomplete_fields = ["enterprise"]


@admin.register(PublishedCount)
class PublishedCountAdmin(admin.ModelAdmin[PublishedCount]):
    list_display = ["as_of", "kind", "count", "rule", "source"]
    list_filter = ["kind"]
