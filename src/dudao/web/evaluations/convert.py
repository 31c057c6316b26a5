"""Rows become core objects: published schemes, assessments, facts."""

import hashlib
import json
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, Self

from django.utils.translation import gettext as _

from dudao.assessment.answers import Answer as CoreAnswer
from dudao.assessment.answers import Discretion, ItemState, NamedCase
from dudao.assessment.facts import Fact, FactSource
from dudao.assessment.model import Assessment as CoreAssessment
from dudao.assessment.model import Place
from dudao.errors import WrongUseError
from dudao.pipelines.check_scheme import CheckedPack, check_pack
from dudao.scheme.model import FactDeclaration, Scheme
from dudao.scoring.asked import NOTHING, Asked, asked_of
from dudao.scoring.engine import ReadScheme, read_scheme
from dudao.scoring.reading import asking_for_facts_of_rules, by_name, facts_of, grade_names, read_outcome_rule
from dudao.web.evaluations.figures import typed_value
from dudao.web.evaluations.models import Assessment, FactValue, PointScore, PublishedScheme
from dudao.web.people.models import Region


def content_hash(files: Mapping[str, str]) -> str:
    """Return the hash (hex SHA-256) of a pack's files: the same files give the same hash in any order."""
    text = json.dumps(dict(files), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def files_of_pack(folder: Path) -> dict[str, str]:
    """Return the files of a pack that make its scheme, by relative path; worked examples are left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.yaml"))
        if path.relative_to(folder).parts[0] not in {"examples", "demonstration"}
    }


def check_files(files: Mapping[str, str]) -> CheckedPack:
    """Return the scheme of a pack's files with everything that checks find in it; scheme None when unreadable.

    Raises:
        WrongUseError: a file's name leads out of the pack.
    """
    return _checked(tuple(sorted(files.items())))


@lru_cache(maxsize=32)
def _checked(files: tuple[tuple[str, str], ...]) -> CheckedPack:
    """Check files once: a scheme is looked at when it is kept, when it is published and when it is first used."""
    with tempfile.TemporaryDirectory(prefix="dudao-scheme-") as place:
        root = Path(place)
        for name, text in files:
            relative = PurePosixPath(name)
            if relative.is_absolute() or ".." in relative.parts:
                raise WrongUseError(_("方案文件名“%(name)s”不合规则") % {"name": name})
            target = root / relative
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        return check_pack(root)


@lru_cache(maxsize=64)
def _scheme_by_hash(digest: str, slug: str, version: int) -> Scheme:
    """Return the scheme of a published version; the hash is part of the key, so a frozen content is read once."""
    row = PublishedScheme.objects.get(slug=slug, version=version)
    checked = check_files(row.files)
    if checked.scheme is None:
        first = checked.issues[0].message if checked.issues else "没有内容"
        raise WrongUseError(_("方案“%(name)s”无法读取：%(first)s") % {"name": row.name, "first": first})
    return asking_for_facts_of_rules(checked.scheme)


def scheme_of(row: PublishedScheme) -> Scheme:
    """Return the scheme that a row keeps.

    Raises:
        WrongUseError: the kept files are no scheme.
    """
    return _scheme_by_hash(row.content_hash, row.slug, row.version)


@lru_cache(maxsize=64)
def _read_by_hash(digest: str, slug: str, version: int) -> ReadScheme:
    return read_scheme(_scheme_by_hash(digest, slug, version))


def rules_of(row: PublishedScheme) -> ReadScheme:
    """Return the scheme with its rules read once, ready to score."""
    return _read_by_hash(row.content_hash, row.slug, row.version)


@lru_cache(maxsize=64)
def _asked_by_hash(digest: str, slug: str, version: int) -> Mapping[str, Asked]:
    read = _read_by_hash(digest, slug, version)
    return {
        point.id: asked_of(rule.rule, point.full_points if point.full_points is not None else Decimal(1))
        for point in read.scheme.points()
        if (rule := read.rules.get(point.id)) is not None and rule.rule is not None
    }


def asked_by(row: PublishedScheme, point: str) -> Asked:
    """Return what the rule of a point asks people; nothing where it has no rule or none that can be read."""
    return _asked_by_hash(row.content_hash, row.slug, row.version).get(point, NOTHING)


FACT_COLUMNS = ("region__code", "name", "period", "part", "value", "unit", "source")
"""The columns of a `StatedFact`, in its order."""
POINT_COLUMNS = ("point", "points", "not_applicable", "choice", "reason")
"""The columns of a `StatedPoint` without its note, in its order."""


class StatedFact(NamedTuple):
    """What the engine reads of the row of a fact: of a thousand of them no more than that is worth reading."""

    place: str
    name: str
    period: str
    part: str
    value: str
    unit: str
    source: str

    @classmethod
    def of(cls, row: FactValue) -> Self:
        """Return what a row states, its region loaded."""
        return cls(row.region.code, row.name, row.period, row.part, row.value, row.unit, row.source)


class StatedPoint(NamedTuple):
    """What the engine reads of the row of a point's self-evaluation; no rule reads the note."""

    point: str
    points: Decimal | None
    not_applicable: bool
    choice: dict[str, Any]
    reason: str
    note: str = ""

    @classmethod
    def of(cls, row: PointScore) -> Self:
        """Return what a row states and the note of its answer, which is loaded."""
        return cls(row.point, row.points, row.not_applicable, row.choice, row.reason, row.answer.note)


def core_facts(values: Iterable[StatedFact], declared: Mapping[str, FactDeclaration]) -> tuple[Fact, ...]:
    """Return the facts of rows; an empty or unreadable value is a missing one, never zero."""
    facts = []
    for row in values:
        declaration = declared.get(row.name)
        unit = row.unit or (declaration.unit if declaration else "")
        value = typed_value(row.value, unit, declaration)
        source = FactSource(method="填报", note=row.source)
        base = declaration.unit if declaration else unit
        facts.append(Fact(row.name, row.place, row.period, value, base, row.part, source))
    return tuple(facts)


def core_answer(score: StatedPoint) -> CoreAnswer:
    """Return the answer to a point as the engine reads it."""
    stated = _stated(score.point, score.choice or {})
    return replace(
        stated,
        self_points=score.points,
        note=score.note,
        not_applicable=(score.reason or "未说明") if score.not_applicable else "",
    )


def _stated(point: str, choice: Mapping[str, Any]) -> CoreAnswer:
    """Return what people stated for a point, or for a part of one."""
    cases = choice.get("cases")
    return CoreAnswer(
        point=point,
        grade=str(choice.get("grade", "")),
        items={name: ItemState(state) for name, state in dict(choice.get("items", {})).items()},
        cases=None if cases is None else tuple(_case(each) for each in cases),
        discretion=_discretion(choice.get("discretion")),
        parts={name: _stated(point, inner) for name, inner in dict(choice.get("parts", {})).items()},
    )


def _case(kept: Mapping[str, Any]) -> NamedCase:
    return NamedCase(str(kept["id"]), int(kept.get("count", 1)), _discretion(kept.get("discretion")))


def _discretion(kept: Mapping[str, Any] | None) -> Discretion | None:
    return Discretion(Decimal(str(kept["points"])), kept["reason"], kept["assessor"]) if kept else None


@dataclass(frozen=True, slots=True)
class FactsAsked:
    """The facts that rules look at beside the inputs of points: those on the whole, and those of regions below."""

    outcome: frozenset[str]
    members: frozenset[str]


@lru_cache(maxsize=64)
def _facts_asked_by_hash(digest: str, slug: str, version: int) -> FactsAsked:
    scheme = _scheme_by_hash(digest, slug, version)
    declared, grades = by_name(scheme.facts), grade_names(scheme.grades)
    outcome: set[str] = set()
    members: set[str] = set()
    for rule in scheme.outcome_rules:
        named = read_outcome_rule(rule, declared, grades).facts
        (members if rule.kind == "contagion" else outcome).update(named)
    for point in scheme.points():
        if point.rule is not None and point.rule.kind == "aggregate":
            members.update(facts_of(point, declared))
    return FactsAsked(frozenset(outcome), frozenset(members))


def facts_asked(row: PublishedScheme) -> FactsAsked:
    """Return the facts that rules on the whole and rules over regions below look at."""
    return _facts_asked_by_hash(row.content_hash, row.slug, row.version)


def core_assessment(
    row: Assessment,
    facts: Iterable[StatedFact],
    scores: Iterable[StatedPoint],
    members: Iterable[Region] = (),
) -> CoreAssessment:
    """Return an assessment as the engine reads it.

    Args:
        row: the assessment with its round, scheme and region loaded.
        facts: the values of its region (and of the regions below, where rules look at members).
        scores: what is stated of its points.
        members: the regions below, where rules look at them.
    """
    scheme = scheme_of(row.round.scheme)
    declared = {declaration.name: declaration for declaration in scheme.facts}
    answers = {score.point: core_answer(score) for score in scores}
    return CoreAssessment(
        region=Place(row.region.code, row.region.name),
        scheme=scheme.id,
        year=row.round.year,
        facts=core_facts(facts, declared),
        answers=answers,
        members=tuple(Place(each.code, each.name) for each in members),
    )
