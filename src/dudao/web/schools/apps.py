"""The schools app."""

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from dudao.web.content_store.places import Holding


class SchoolsConfig(AppConfig):
    """Named so that tables are `schools_…`."""

    name = "dudao.web.schools"
    label = "schools"

    def ready(self) -> None:
        """Show beside an item what the school tables compute for it."""
        from dudao.web.evaluations.beside import register
        from dudao.web.schools.beside import computed_beside  # models are there only now

        register("figures", computed_beside)

    def holdings(self) -> "tuple[Holding, ...]":
        """Return what the app keeps in files: uploads, rows, reports and results."""
        from dudao.web.content_store.places import Holding
        from dudao.web.schools.files import STORE, named

        return (Holding(STORE, named),)
