"""The background app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class BackgroundConfig(AppConfig):
    """Named so that tables are `background_…`."""

    name = "dudao.web.background"
    label = "background"

    def ready(self) -> None:
        """Let every app declare its jobs and steps in a module named `jobs`."""
        autodiscover_modules("jobs")
