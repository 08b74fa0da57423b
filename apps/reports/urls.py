from django.urls import URLPattern, path

from apps.documents.http import FORMS
from apps.reports import edition_views, issuing_views, progress_views, views


def _files(name: str) -> list[URLPattern]:
    """``2016/plan.pdf`` and its likes."""
    return [
        path(
            f"<int:year>/{name}.{form.value}",
            views.paper_file,
            {"name": name, "form": form},
            name=f"{name}_{form.value}",
        )
        for form in FORMS
    ]


app_name = "reports"
urlpatterns = [
    path("<int:year>/issued/", issuing_views.issued, name="issued"),
    path("<int:year>/confirm/", issuing_views.confirm, name="confirm"),
    path("<int:year>/revise/", issuing_views.revise, name="revise"),
    path("<int:year>/close/", issuing_views.close, name="close"),
    path("<int:year>/issued/<int:number>/", edition_views.edition, name="edition"),
    path(
        "<int:year>/issued/<int:number>/files/", edition_views.edition_files, name="edition_files"
    ),
    path(
        "<int:year>/issued/<int:number>/files/<str:form>/",
        edition_views.edition_file,
        name="edition_file",
    ),
    path(
        "<int:year>/issued/<int:number>/again/", edition_views.edition_again, name="edition_again"
    ),
    path("<int:year>/compare/", edition_views.compare, name="compare"),
    path("<int:year>/compare.pdf", edition_views.compare_pdf, name="compare_pdf"),
    path("<int:year>/plan/", views.paper_page, {"name": "plan"}, name="plan"),
    *_files("plan"),
    path("<int:year>/progress/<int:quarter>/", progress_views.progress_page, name="progress"),
    *(
        path(
            f"<int:year>/progress/<int:quarter>.{form.value}",
            progress_views.progress_file,
            {"form": form},
            name=f"progress_{form.value}",
        )
        for form in FORMS
    ),
    path("<int:year>/budget/", views.paper_page, {"name": "budget"}, name="budget"),
    *_files("budget"),
]
