"""Scores of an assessment, live: the rows as they stand, through the engine."""

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from threading import Lock
from typing import Any

from django.db.models import Q, QuerySet

from dudao.assessment.model import Assessment as CoreAssessment
from dudao.scoring.engine import score
from dudao.scoring.result import SchemeScore
from dudao.web.evaluations.convert import (
    FACT_COLUMNS,
    POINT_COLUMNS,
    StatedFact,
    StatedPoint,
    core_assessment,
    facts_asked,
    rules_of,
)
from dudao.web.evaluations.models import Assessment, FactValue, PointScore
from dudao.web.evaluations.row_digest import digest_of
from dudao.web.people.models import Department, Region
from dudao.web.prepared import prepared, prepared_value

_KEPT = 256
_FACT = ("pk", "region_id", "name", "period", "part", "value", "unit", "source", "version")
_kept: "OrderedDict[Hashable, SchemeScore]" = OrderedDict()
_keeping = Lock()


@dataclass(frozen=True, slots=True)
class FactRows:
    """The facts an assessment is scored by: `own` of its region; `below` of the regions below where rules ask them."""

    own: list[FactValue]
    below: list[FactValue]
    members: list[Region]


def own_facts(row: Assessment, names: Iterable[str]) -> list[FactValue]:
    """Return the facts of these names of an assessment's own region, of every year, with their owners; one query."""
    facts = _owned(row.region_id, sorted(set(names)))
    for fact in facts:
        fact.region = row.region
    return facts


@prepared
def _owned(region_id: int, names: Sequence[str]) -> QuerySet[FactValue]:
    return FactValue.objects.filter(region_id=region_id, name__in=names).select_related("owner")


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
    members = _members(row)
    below = list(FactValue.objects.filter(region__in=members, name__in=names).select_related("region"))
    return FactRows(own, below, members)


def _members(row: Assessment) -> list[Region]:
    """Return the regions right below that of an assessment, as they were in its year."""
    current = Q(valid_to__isnull=True) | Q(valid_to__year__gte=row.round.year)
    depth = len(row.region.path) // 4 + 1
    return list(Region.objects.filter(current, path__startswith=row.region.path, depth=depth).order_by("code"))


def stamp_of(row: Assessment) -> Hashable:
    """Return what changes with every row that the scores of an assessment come from; the database reads them.

    The stamp is a digest of the contents and of the versions, so rows that were changed and changed back differ too.
    """
    scheme, region = row.round.scheme, row.region
    whose = (scheme.content_hash, scheme.slug, scheme.version, row.round.year, region.code, region.name)
    scores = _scores_digest(row.pk)
    names = facts_asked(scheme).members
    if not names:
        return (whose, row.pk, scores, _facts_digest(row.region_id))
    members = _members(row)
    own = Q(region_id=row.region_id) | Q(region__in=members, name__in=names)
    below = tuple((member.pk, member.code, member.name) for member in members)
    return (whose, row.pk, scores, digest_of(FactValue.objects.filter(own), _FACT), below)


@prepared_value
def _scores_digest(assessment_id: int) -> str:
    rows = PointScore.objects.filter(answer__assessment_id=assessment_id)
    return digest_of(rows, ("pk", "point", "points", "not_applicable", "choice", "reason", "version"))


@prepared_value
def _facts_digest(region_id: int) -> str:
    return digest_of(FactValue.objects.filter(region_id=region_id), _FACT)


def forecast(row: Assessment) -> SchemeScore:
    """Return the scores of an assessment as its rows stand now, without the notes of its answers.

    While no row changed, as the database itself says, the scores of before are returned and no row is read.
    """
    stamp = stamp_of(row)
    known = _recall(stamp)
    if known is not None:
        return known
    found = score(rules_of(row.round.scheme), _as_it_stands(row))
    if stamp_of(row) == stamp:  # else somebody wrote while the rows were read, and they belong to another stamp
        _remember(stamp, found)
    return found


def score_rows(row: Assessment, facts: FactRows, scores: list[PointScore]) -> SchemeScore:
    """Return the scores of an assessment with the given rows, saved or not.

    Rows whose every value was scored before get the result of then: the key is the content itself, so a changed
    digit is a new key, and nothing has to be told that something changed.
    """
    stated = tuple(StatedFact.of(fact) for fact in (*facts.own, *facts.below))
    points = tuple(map(StatedPoint.of, scores))
    key = _content(row, stated, facts.members, points)
    known = _recall(key)
    if known is not None:
        return known
    found = score(rules_of(row.round.scheme), core_assessment(row, stated, points, facts.members))
    _remember(key, found)
    return found


def _as_it_stands(row: Assessment) -> CoreAssessment:
    """Return an assessment as the engine reads it, of its rows only the columns that it reads."""
    names = facts_asked(row.round.scheme).members
    members = _members(row) if names else []
    facts = map(StatedFact._make, _stated_facts(row.region_id))
    below = FactValue.objects.filter(region__in=members, name__in=names).values_list(*FACT_COLUMNS) if names else ()
    points = (StatedPoint(*each) for each in _stated_points(row.pk))
    return core_assessment(row, chain(facts, map(StatedFact._make, below)), points, members)


@prepared
def _stated_facts(region_id: int) -> "QuerySet[FactValue, tuple[str, ...]]":
    return FactValue.objects.filter(region_id=region_id).order_by().values_list(*FACT_COLUMNS)


@prepared
def _stated_points(assessment_id: int) -> "QuerySet[PointScore, tuple[Any, ...]]":
    return PointScore.objects.filter(answer__assessment_id=assessment_id).values_list(*POINT_COLUMNS)


def _recall(key: Hashable) -> SchemeScore | None:
    with _keeping:
        known = _kept.get(key)
        if known is not None:
            _kept.move_to_end(key)
        return known


def _remember(key: Hashable, found: SchemeScore) -> None:
    with _keeping:
        _kept[key] = found
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)


def _content(
    row: Assessment, facts: tuple[StatedFact, ...], members: list[Region], points: tuple[StatedPoint, ...]
) -> Hashable:
    """Return everything that `core_assessment` reads."""
    scheme = row.round.scheme
    return (
        (scheme.content_hash, scheme.slug, scheme.version, row.round.year, row.region.code, row.region.name),
        facts,
        tuple((region.code, region.name) for region in members),
        tuple(
            (one.point, str(one.points), one.not_applicable, one.reason, repr(one.choice), one.note) for one in points
        ),
    )
