from django.urls import path, register_converter

from apps.procurement.views import purchases, standing, targets


class FiscalYear:
    """A year the records can hold: 2000 to 2099."""

    regex = "20[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(FiscalYear, "fiscal_year")

app_name = "procurement"
urlpatterns = [
    path("", standing.home, name="home"),
    path("suppliers/", purchases.supplier_options, name="suppliers"),
    path("<fiscal_year:year>/", standing.district, name="district"),
    path("<fiscal_year:year>/departments/<int:pk>/", standing.standing, name="standing"),
    path("<fiscal_year:year>/targets/", targets.targets, name="targets"),
    path("<fiscal_year:year>/purchases/", purchases.purchase_list, name="list"),
    path("<fiscal_year:year>/purchases.xlsx", purchases.purchase_export, name="export"),
    path("<fiscal_year:year>/purchases/new/", purchases.purchase_create, name="create"),
    path("<fiscal_year:year>/purchases/<int:pk>/edit/", purchases.purchase_edit, name="edit"),
    path("<fiscal_year:year>/purchases/<int:pk>/delete/", purchases.purchase_delete, name="delete"),
]
