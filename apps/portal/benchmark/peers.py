# import_export has no types.
# mypy: disable-error-code="misc"
"""How it is done without the portal's own code: the best of what one would take first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import tablib  # type: ignore[import-untyped]  # has no types
from django.contrib import admin
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import ExtractMonth
from django.urls import path
from django.utils import timezone
from import_export import fields, resources, widgets

from apps.accounts.models import Department, User
from apps.core.dates import year_bounds
from apps.enterprises.enums import DesignationKind
from apps.enterprises.models import Enterprise
from apps.procurement.enums import ContractMethod, PurchaseChannel, PurchaseKind
from apps.procurement.models import Purchase

#: What one page of both lists shows.
PER_PAGE = 30


class Cached(widgets.Widget):
    """A foreign key or choice by what the file calls it, looked up in memory."""

    def __init__(self, known: dict[Any, Any]) -> None:
        super().__init__()
        self.known = known

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return self.known[value]


class PurchaseResource(resources.ModelResource):
    """django-import-export in bulk mode: no look-ups of rows, no differences, keys from memory."""

    purchased_on = fields.Field("purchased_on", "구매일자", widget=widgets.DateWidget("%Y-%m-%d"))
    item = fields.Field("item", "품목")
    amount = fields.Field("amount", "금액", widget=widgets.IntegerWidget())
    document_number = fields.Field("document_number", "문서번호")
    note = fields.Field("note", "비고")

    class Meta:
        model = Purchase
        fields = ("purchased_on", "item", "amount", "document_number", "note")
        import_id_fields: tuple[str, ...] = ()
        force_init_instance = True
        use_bulk = True
        batch_size = 5_000
        skip_diff = True
        report_skipped = False
        clean_model_instances = False
        use_transactions = True

    def __init__(self, by: User) -> None:
        super().__init__()
        self.by = by
        departments = {each.name: each.pk for each in Department.objects.all()}
        firms = {each.dashed_number: each.pk for each in Enterprise.objects.all()}
        self.fields["department"] = fields.Field(
            "department_id", "부서", widget=Cached(departments)
        )
        self.fields["enterprise"] = fields.Field(
            "enterprise_id", "사업자등록번호", widget=Cached(firms)
        )
        for name, heading, choices in (
            ("kind", "구분", PurchaseKind),
            ("channel", "구매방법", PurchaseChannel),
            ("contract", "계약방법", ContractMethod),
        ):
            known = {label: value for value, label in choices.choices}
            self.fields[name] = fields.Field(name, heading, widget=Cached(known))

    def before_save_instance(self, instance: Purchase, row: Any, **kwargs: Any) -> None:
        instance.created_by = self.by
        instance.created_at = instance.updated_at = timezone.now()


def imported_csv(text: str, by: User) -> int:
    """How many rows django-import-export brings in from a CSV."""
    return _imported(tablib.Dataset().load(text, format="csv"), by)


def imported_xlsx(content: bytes, by: User) -> int:
    data = tablib.Dataset().load(content, format="xlsx")
    place = data.headers.index("구매일자")
    days = [
        day.date().isoformat() if isinstance(day, datetime) else day for day in data["구매일자"]
    ]
    rows = [(*row[:place], day, *row[place + 1 :]) for row, day in zip(data, days, strict=True)]
    return _imported(tablib.Dataset(*rows, headers=data.headers), by)


def _imported(data: tablib.Dataset, by: User) -> int:
    result = PurchaseResource(by).import_data(data, raise_errors=True)
    return int(result.totals["new"])


class StockAdmin(admin.ModelAdmin[Purchase]):
    """Django's own list of the same table, with the columns and filters of ours."""

    list_display = (
        "purchased_on",
        "department",
        "enterprise",
        "item",
        "kind",
        "amount",
        "channel",
        "contract",
        "document_number",
    )
    date_hierarchy = "purchased_on"
    list_filter = ("department", "kind", "channel", "contract")
    search_fields = ("item",)
    list_per_page = PER_PAGE
    ordering = ("-purchased_on", "-pk")


site = admin.AdminSite("stock")
site.register(Purchase, StockAdmin)
stock_urls = [path("stock/", site.urls)]


def figures(year: int) -> dict[str, Any]:
    """The blocks of the district's page, each by a query of the ORM."""
    rows = Purchase.objects.filter(purchased_on__range=year_bounds(year)).order_by()
    return {
        "whole": _pair(rows),
        "months": _by(rows, month=ExtractMonth("purchased_on")),
        "kinds": _by(rows, "kind"),
        "channels": _by(rows, "channel"),
        "departments": _by(rows, "department"),
        "firms": list(
            rows.values_list("enterprise")
            .annotate(won=Sum("amount"))
            .order_by("-won", "enterprise__name", "enterprise")[:10]
        ),
        "firm kinds": _by(_held(rows), "enterprise__designations__kind"),
        "certified": _pair(_held(rows, enterprise__designations__kind=DesignationKind.SOCIAL)),
    }


def _by(rows: Any, *columns: str, **computed: Any) -> dict[Any, Any]:
    found = rows.values(*columns, **computed).annotate(n=Count("pk"), won=Sum("amount"))
    name: Sequence[str] = [*columns, *computed]
    return {row[name[0]]: (row["n"], row["won"]) for row in found}


def _pair(rows: Any) -> tuple[int, int]:
    found = rows.aggregate(n=Count("pk"), won=Sum("amount", default=0))
    return found["n"], found["won"]


def _held(rows: Any, **wanted: Any) -> Any:
    """The purchases, once for each designation that was in force on their day."""
    return rows.filter(
        Q(enterprise__designations__last_day=None)
        | Q(enterprise__designations__last_day__gte=F("purchased_on")),
        enterprise__designations__starts__lte=F("purchased_on"),
        **wanted,
    )
