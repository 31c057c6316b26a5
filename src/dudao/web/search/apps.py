"""The search app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """It has no models: its index is derived from other tables and can be made again at any time."""

    name = "dudao.web.search"
    label = "search"
