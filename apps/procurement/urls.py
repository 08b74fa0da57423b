from django.urls import path, register_converter

from apps.documents.http import FORMS
from apps.procurement.views import (
    files,
    months,
    papers,
    paste,
    purchases,
    standing,
    survey,
    targets,
)


class FiscalYear:
    """A year the records can hold: 2000 to 2099."""

    regex = "20[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class PaperName:
    """A paper of the year: ``targets``, or ``notice-10`` for a month."""

    regex = "targets|notice-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


register_converter(FiscalYear, "fiscal_year")
register_converter(PaperName, "paper")
#: Where a paper is, and where an edition of it.
PAPER = "<fiscal_year:year>/papers/<paper:which>"
EDITION = f"{PAPER}/<int:number>"

app_name = "procurement"
urlpatterns = [
    path("<fiscal_year:year>/papers/", papers.papers, name="papers"),
    path(f"{PAPER}/", papers.paper, name="paper"),
    *(
        path(f"{PAPER}.{form.value}", papers.paper_file, {"form": form}, f"paper_{form.value}")
        for form in FORMS
    ),
    path(f"{PAPER}/issue/", papers.paper_issue, name="paper_issue"),
    path(f"{EDITION}/", papers.edition, name="edition"),
    path(f"{EDITION}/files/", papers.edition_files, name="edition_files"),
    path(f"{EDITION}/files/<str:form>/", papers.edition_file, name="edition_file"),
    path(f"{EDITION}/again/", papers.edition_again, name="edition_again"),
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
        "<fiscal_year:year>/months/<int:number>/finish/", months.month_finish, name="month_finish"
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
    path("<fiscal_year:year>/purchases.csv", files.purchase_csv, name="export_csv"),
    path("<fiscal_year:year>/purchases/paste/", paste.paste, name="paste"),
    path("<fiscal_year:year>/purchases/new/", purchases.purchase_create, name="create"),
    path("<fiscal_year:year>/purchases/<int:pk>/edit/", purchases.purchase_edit, name="edit"),
    path("<fiscal_year:year>/purchases/<int:pk>/delete/", purchases.purchase_delete, name="delete"),
]
