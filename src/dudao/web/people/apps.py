"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Named so that tables are `people_…`."""

    name = "dudao.web.people"
    label = "people"
