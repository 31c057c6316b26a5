"""Addresses of notices."""

from django.urls import path

from dudao.web.notices import views

app_name = "notices"
HELP = {"*": "notices"}

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_all, name="read_all"),
    path("notices/settings/", views.preference, name="preference"),
    path("notices/<int:key>/", views.open_notice, name="open"),
]
