"""Scores of an assessment, live: the rows as they stand, through the engine."""

from dataclasses import dataclass

from django.db.models import Q

from dudao.scoring.engine import score
from dudao.scoring.result import SchemeScore
from dudao.web.evaluations.convert import core_assessment, facts_asked, rules_of
from dudao.web.evaluations.models import Assessment, FactValue, PointScore
from dudao.web.people.models import Region


@dataclass(frozen=True, slots=True)
class FactRows:
    """The facts an assessment is scored by: `own` of its region; `below` of the regions below where rules ask them."""

    own: list[FactValue]
    below: list[FactValue]
    members: list[Region]


def fact_rows(row: Assessment) -> FactRows:
    """Return the facts of an assessment as they stand; one query, two more where rules look at regions below."""
    own = list(FactValue.objects.filter(region_id=row.region_id).select_related("region", "owner"))
    names = facts_asked(row.round.scheme).members
    if not names:
        return FactRows(own, [], [])
    year = row.round.year
    current = Q(valid_to__isnull=True) | Q(valid_to__year__gte=year)
    depth = len(row.region.path) // 4 + 1
    members = list(Region.objects.filter(current, path__startswith=row.region.path, depth=depth).order_by("code"))
    below = list(FactValue.objects.filter(region__in=members, name__in=names).select_related("region"))
    return FactRows(own, below, members)


def forecast(row: Assessment) -> SchemeScore:
    """Return the scores of an assessment as its rows stand now; a fixed number of queries whatever the size."""
    scores = list(PointScore.objects.filter(answer__assessment=row).select_related("answer"))
    return score_rows(row, fact_rows(row), scores)


def score_rows(row: Assessment, facts: FactRows, scores: list[PointScore]) -> SchemeScore:
    """Return the scores of an assessment with the given rows, saved or not."""
    core = core_assessment(row, [*facts.own, *facts.below], scores, facts.members)
    return score(rules_of(row.round.scheme), core)
