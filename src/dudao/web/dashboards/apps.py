"""The dashboards app."""

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """Named so that tables are `dashboards_…`."""

    name = "dudao.web.dashboards"
    label = "dashboards"
