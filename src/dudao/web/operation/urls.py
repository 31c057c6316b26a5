"""Addresses for the machine that watches."""

from django.urls import path

from dudao.web.operation import views

app_name = "operation"
HELP = {"*": "operate"}
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
]
