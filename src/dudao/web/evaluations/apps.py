"""The evaluations app."""

from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    """Named so that tables are `evaluations_…`."""

    name = "dudao.web.evaluations"
    label = "evaluations"
