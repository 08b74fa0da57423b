from django.urls import path

from apps.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.file_list, name="list"),
    path("new/<str:kind>/", views.new, name="new"),
    path("new/<str:kind>/template.xlsx", views.template, name="template_xlsx"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/faults.xlsx", views.faults, name="faults_xlsx"),
    path("<int:pk>/columns/", views.columns, name="columns"),
    path("<int:pk>/answers/", views.answers, name="answers"),
    path("<int:pk>/forget/", views.forget, name="forget"),
    path("<int:pk>/check/", views.check, name="check"),
    path("<int:pk>/commit/", views.commit, name="commit"),
    path("<int:pk>/reject/", views.reject, name="reject"),
    path("<int:pk>/undo/", views.undo, name="undo"),
]
