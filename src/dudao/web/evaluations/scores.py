"""Scores of an assessment, live: the rows as they stand, through the engine."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

from django.db.models import Q

from dudao.scoring.engine import score
from dudao.scoring.result import SchemeScore
from dudao.web.evaluations.convert import core_assessment, facts_asked, rules_of
from dudao.web.evaluations.models import Assessment, FactValue, PointScore
from dudao.web.people.models import Department, Region

_KEPT = 256
_kept: "OrderedDict[Hashable, SchemeScore]" = OrderedDict()
_keeping = Lock()


@dataclass(frozen=True, slots=True)
class FactRows:
    """The facts an assessment is scored by: `own` of its region; `below` of the regions below where rules ask them."""

    own: list[FactValue]
    below: list[FactValue]
    members: list[Region]


def fact_rows(row: Assessment) -> FactRows:
    """Return the facts of an assessment as they stand; two queries, two more where rules look at regions below.

    A region has a thousand facts and some thirty departments: each owner is read once and not once a fact.
    """
    own = list(FactValue.objects.filter(region_id=row.region_id))
    owners = Department.objects.in_bulk({fact.owner_id for fact in own if fact.owner_id is not None})
    for fact in own:
        fact.region = row.region
        fact.owner = owners.get(fact.owner_id) if fact.owner_id is not None else None
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
    """Return the scores of an assessment with the given rows, saved or not.

    Rows whose every value was scored before get the result of then: the key is the content itself, so a changed
    digit is a new key, and nothing has to be told that something changed.
    """
    key = _content(row, facts, scores)
    with _keeping:
        known = _kept.get(key)
        if known is not None:
            _kept.move_to_end(key)
            return known
    core = core_assessment(row, [*facts.own, *facts.below], scores, facts.members)
    found = score(rules_of(row.round.scheme), core)
    with _keeping:
        _kept[key] = found
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
    return found


def _content(row: Assessment, facts: FactRows, scores: list[PointScore]) -> Hashable:
    """Return everything that `core_assessment` reads of the rows."""
    scheme = row.round.scheme
    return (
        (scheme.content_hash, scheme.slug, scheme.version, row.round.year, row.region.code, row.region.name),
        tuple(map(_of_fact, facts.own)),
        tuple(map(_of_fact, facts.below)),
        tuple((region.code, region.name) for region in facts.members),
        tuple(map(_of_score, scores)),
    )


def _of_fact(fact: FactValue) -> Hashable:
    return (fact.region.code, fact.name, fact.period, fact.part, fact.value, fact.unit, fact.source)


def _of_score(score: PointScore) -> Hashable:
    stated = repr(score.choice) if score.choice else ""
    return (score.point, str(score.points), score.not_applicable, score.reason, stated, score.answer.note)
