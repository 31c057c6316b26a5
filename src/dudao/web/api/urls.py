"""Addresses of the API and of its documentation."""

from django.urls import include, path

from dudao.web.api import views
from dudao.web.api.site import PREFIX, guarded_patterns

app_name = "api"
HELP = {"*": "api"}
urlpatterns = [
    path("api/docs/", views.docs, name="docs"),
    path(PREFIX + "openapi.json", views.openapi, name="openapi"),
    path(PREFIX, include((guarded_patterns(), "v1"))),
    path(PREFIX + "<path:rest>", views.nothing_here, name="nothing"),
    path(PREFIX, views.nothing_here, name="root"),
]
