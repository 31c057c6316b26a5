"""How a write about evidence is told to the audit trail: the one home of its form."""

from collections.abc import Mapping
from typing import Any

from dudao.web.audit.actions import record
from dudao.web.evidence.models import Evidence
from dudao.web.people.models import User


def tell(
    row: Evidence,
    by: User,
    action: str,
    summary: str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Record an event about a piece of evidence; call it inside the transaction of the write."""
    record(
        by=by,
        action=f"evidence.{action}",
        summary=summary,
        object_type="evidence",
        object_id=row.pk,
        region=row.region.code,
        department=row.department.name,
        before=before,
        after=after,
    )
