from django.urls import path

from apps.reports import views

app_name = "reports"
urlpatterns = [
    path("<int:year>/plan/", views.paper_page, {"name": "plan"}, name="plan"),
    path("<int:year>/plan.pdf", views.paper_pdf, {"name": "plan"}, name="plan_pdf"),
    path("<int:year>/budget/", views.paper_page, {"name": "budget"}, name="budget"),
    path("<int:year>/budget.pdf", views.paper_pdf, {"name": "budget"}, name="budget_pdf"),
]
