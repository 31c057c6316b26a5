"""The evidence app."""

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from dudao.web.content_store.places import Holding


class EvidenceConfig(AppConfig):
    """Named so that tables are `evidence_…`."""

    name = "dudao.web.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Have the evidence of an item drawn in its page."""
        from dudao.web.evaluations.beside import register
        from dudao.web.evidence.beside import evidence_of_item

        register("evidence", evidence_of_item)

    def holdings(self) -> "tuple[Holding, ...]":
        """Return what the app keeps in files."""
        from dudao.web.content_store.places import Holding
        from dudao.web.evidence.models import StoredFile
        from dudao.web.evidence.storage import STORE

        return (Holding(STORE, StoredFile.objects.order_by("pk").values_list("pk", flat=True).iterator),)
