"""The view from above: regions by progress, what they sent, how far they are from the deadline."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.fields.json import KT

from dudao.web.evaluations.models import Assessment, Stage, Submission
from dudao.web.evaluations.progress import DONE
from dudao.web.people.access import Subject
from dudao.workflow.machine import Role

MOST = 200
_ABOVE = frozenset({Role.PROVINCIAL_ADMINISTRATOR, Role.REVIEWER})


@dataclass(frozen=True, slots=True)
class RegionStanding:
    """One region: how many of its items are handed in, and what it sent last."""

    assessment: Assessment
    done: int
    asked: int
    sent_at: Any
    self_points: Decimal | None
    due: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """How many regions answer, in how many assessments, and of these how many were sent, confirmed, are late."""

    regions: int
    assessments: int
    sent: int
    confirmed: int
    late: int


def counted_below(subject: Subject, today: date, roles: Iterable[Role] = _ABOVE) -> Counted:
    """Return the counts of all assessments of the regions where one of the roles is held; one query."""
    overdue = Stage.objects.filter(round=OuterRef("round"), kind="submission", due__lt=today)
    late = Q(state__in=("open", "sent_back")) & Q(Exists(overdue))
    return Counted(
        **Assessment.objects.filter(subject.regions("region", roles)).aggregate(
            regions=Count("region", distinct=True),
            assessments=Count("pk"),
            sent=Count("pk", filter=Q(state="submitted")),
            confirmed=Count("pk", filter=Q(state="confirmed")),
            late=Count("pk", filter=late),
        )
    )


def regions_below(subject: Subject, today: date, roles: Iterable[Role] = _ABOVE) -> list[RegionStanding]:
    """Return the assessments of the regions where one of the roles is held, the newest year first, so many at most.

    Three queries. How far a region is may be seen from above at any time; its points only as it sent them.
    """
    newest = Submission.objects.filter(assessment=OuterRef("pk")).order_by("-version")
    rows = (
        Assessment.objects.filter(subject.regions("region", roles))
        .select_related("region", "round")
        .prefetch_related("round__stages")
        .annotate(
            asked=Count("answers"),
            done=Count("answers", filter=Q(answers__state__in=DONE)),
            sent_at=Subquery(newest.values("at")[:1]),
            sent_points=Subquery(newest.annotate(points=KT("content__totals__self_points")).values("points")[:1]),
        )
        .order_by("-round__year", "region__path")[:MOST]
    )
    found = []
    for row in rows:
        due = next((stage.due for stage in row.round.stages.all() if stage.kind == "submission"), None)
        found.append(
            RegionStanding(
                row,
                row.done,
                row.asked,
                row.sent_at,
                _points(row.sent_points),
                due,
                due is not None and due < today and row.state in {"open", "sent_back"},
            )
        )
    return found


def _points(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:  # sent without any points given
        return None
