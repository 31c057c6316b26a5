"""The address of the search."""

from django.urls import path

from dudao.web.search import views

app_name = "search"
HELP = {"*": "search"}

urlpatterns = [path("search/", views.search, name="search")]
