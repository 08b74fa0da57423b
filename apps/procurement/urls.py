from django.urls import path, register_converter

from apps.procurement.views import months, purchases, standing, survey, targets


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
    path("<fiscal_year:year>/survey/", survey.survey, name="survey"),
    path("<fiscal_year:year>/survey/edit/", survey.survey_edit, name="survey_edit"),
    path("<fiscal_year:year>/survey/<int:pk>/", survey.survey_answer, name="survey_answer"),
    path("<fiscal_year:year>/months/", months.months, name="months"),
    path("<fiscal_year:year>/months/<int:number>/", months.month, name="month"),
    path("<fiscal_year:year>/months/<int:number>/close/", months.month_close, name="month_close"),
    path(
        "<fiscal_year:year>/months/<int:number>/reopen/", months.month_reopen, name="month_reopen"
    ),
    path(
        "<fiscal_year:year>/reopenings/<int:pk>/finish/",
        months.reopening_finish,
        name="reopening_finish",
    ),
    path("<fiscal_year:year>/departments/<int:pk>/months/", months.own_months, name="own_months"),
    path(
        "<fiscal_year:year>/departments/<int:pk>/months/<int:number>/report/",
        months.month_report,
        name="month_report",
    ),
    path("<fiscal_year:year>/purchases/", purchases.purchase_list, name="list"),
    path("<fiscal_year:year>/purchases.xlsx", purchases.purchase_export, name="export"),
    path("<fiscal_year:year>/purchases/new/", purchases.purchase_create, name="create"),
    path("<fiscal_year:year>/purchases/<int:pk>/edit/", purchases.purchase_edit, name="edit"),
    path("<fiscal_year:year>/purchases/<int:pk>/delete/", purchases.purchase_delete, name="delete"),
]
