"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Named so that tables are `audit_…`."""

    name = "dudao.web.audit"
    label = "audit"
