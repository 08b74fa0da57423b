from django.urls import path

from apps.rules import views

app_name = "rules"
urlpatterns = [
    path("", views.rule_list, name="list"),
    path("<int:pk>/verify/", views.rule_verify, name="verify"),
    path("statutes/", views.statute_list, name="statutes"),
    path("statutes/new/", views.statute_create, name="statute_create"),
    path("statutes/<int:pk>/edit/", views.statute_edit, name="statute_edit"),
]
