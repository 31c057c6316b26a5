"""The help app."""

from django.apps import AppConfig


class HelpConfig(AppConfig):
    """It has no models: what it shows are the pages of the documentation."""

    name = "dudao.web.help"
    label = "help"
