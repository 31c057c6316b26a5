"""The API app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Named so that tables are `api_…`."""

    name = "dudao.web.api"
    label = "api"
