"""Addresses of checks."""

from django.urls import path

from dudao.web.document_checks import views

app_name = "document_checks"
_TASK = "<int:year>/<str:region>/<slug:task>/"
urlpatterns = [
    path(_TASK + "checks/", views.draft, name="draft"),
    path(_TASK + "checks/<str:item>/<slug:key>/", views.handle, name="handle"),
]
