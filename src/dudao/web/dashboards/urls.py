"""Addresses of the home page and the audit trail."""

from django.urls import path

from dudao.web.dashboards import audit_trail, home

app_name = "dashboards"
HELP = {"*": "workbench", "audit": "audit", "audit_proof": "audit", "audit_export": "audit"}
urlpatterns = [
    path("", home.home, name="home"),
    path("audit/", audit_trail.trail, name="audit"),
    path("audit/proof/", audit_trail.prove_trail, name="audit_proof"),
    path("audit/export/", audit_trail.export, name="audit_export"),
]
