"""The workbench of a school supervisor: the rounds of the own places, and the evidence brought so far."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from dudao.web.evaluations.calendar import working_days_between
from dudao.web.evaluations.models import Assessment
from dudao.web.evidence.models import Evidence
from dudao.web.evidence.queries import open_assessments
from dudao.web.people.access import Subject

_MOST = 20
_RECENT = 10


@dataclass(frozen=True, slots=True)
class RoundToSupport:
    """An assessment of a place: until when departments fill in, working days left, pieces the person brought."""

    row: Assessment
    due: date | None
    left: int | None
    own: int


def rounds_to_support(holder: Subject, today: date) -> list[RoundToSupport]:
    """Return the assessments whose evidence the subject may bring, newest year first; three queries."""
    rows = list(open_assessments(holder).prefetch_related("round__stages")[:_MOST])
    brought = Counter(
        Evidence.objects.filter(
            received_from_id=holder.user_id, removed_at__isnull=True, region__in={row.region_id for row in rows}
        ).values_list("region_id", flat=True)
    )
    found = []
    for row in rows:
        due = next((stage.due for stage in row.round.stages.all() if stage.kind == "departments"), None)
        awaited = not row.round.closed_at and row.state in {"open", "sent_back"}
        left = working_days_between(today, due) if due and awaited else None
        found.append(RoundToSupport(row, due, left, brought[row.region_id]))
    return found


def recent_pieces(holder: Subject) -> list[Evidence]:
    """Return the pieces the subject brought last, newest first."""
    rows = Evidence.objects.filter(received_from_id=holder.user_id, removed_at__isnull=True)
    return list(rows.order_by("-received_at")[:_RECENT])
