"""The evidence app."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Named so that tables are `evidence_…`."""

    name = "dudao.web.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Have the evidence of an item drawn in its page."""
        from dudao.web.evaluations.beside import register
        from dudao.web.evidence.beside import evidence_of_item

        register("evidence", evidence_of_item)
