"""The publications app."""

from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    """Named so that tables are `publications_…`."""

    name = "dudao.web.publications"
    label = "publications"
