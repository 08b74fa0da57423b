from django.urls import path

from apps.rules import views

app_name = "rules"
urlpatterns = [
    path("", views.rule_list, name="list"),
    path("<int:pk>/verify/", views.rule_verify, name="verify"),
]
