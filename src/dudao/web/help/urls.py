"""Addresses of the help: the contents, a how-to, a page of another part of the documentation."""

from django.urls import path

from dudao.web.help import views

app_name = "help"
HELP = {"*": "index"}
urlpatterns = [
    path("help/", views.contents, name="contents"),
    path("help/manual.<slug:kind>", views.printed, name="manual"),
    path("help/<slug:topic>/", views.how_to, name="topic"),
    path("help/<slug:part>/<slug:topic>/", views.page, name="page"),
]
