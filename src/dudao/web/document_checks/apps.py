"""The document_checks app."""

from django.apps import AppConfig


class DocumentChecksConfig(AppConfig):
    """Named so that tables are `document_checks_…`."""

    name = "dudao.web.document_checks"
    label = "document_checks"

    def ready(self) -> None:
        """Show what the checker says beside every item."""
        from dudao.web.document_checks.parts import checks_beside  # models are there only now
        from dudao.web.evaluations.beside import register

        register("checks", checks_beside)
