from django.urls import path

from apps.portal import gallery, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("gallery/", gallery.gallery, name="gallery"),
]
