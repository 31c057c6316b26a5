"""From the rules of a pack to rules that can judge, with every problem of their settings as an issue."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from dudao.issues import Issue
from dudao.scheme.model import FactDeclaration, GradeBand, Indicator, Point, Scheme, ScoringRule
from dudao.scoring.registry import KINDS, OUTCOME_KINDS, OUTCOME_RULE_KINDS, RULE_KINDS
from dudao.scoring.rule import OutcomeRule, PointRule
from dudao.scoring.rules.occurrence import Occurrence
from dudao.scoring.settings import SettingsReader
from dudao.scoring.value import FactValue

_POINT_KINDS = {kind.kind: kind for kind in RULE_KINDS}
_OUTCOME_KINDS = {kind.kind: kind for kind in OUTCOME_RULE_KINDS}

# What stands in for a rule whose kind is unknown; it comes with an issue and is never applied.
_NO_RULE = Occurrence(FactValue(""), Decimal(0), 0, Decimal(0))


@dataclass(frozen=True, slots=True)
class ReadRule:
    """A rule that was read: ready to judge when `issues` is empty, and the facts it names."""

    rule: PointRule | None
    issues: tuple[Issue, ...]
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadOutcomeRule:
    """A rule on the whole that was read."""

    rule: OutcomeRule | None
    issues: tuple[Issue, ...]
    facts: tuple[str, ...] = ()


def read_rule(
    rule: ScoringRule, declared: Mapping[str, FactDeclaration], full_points: Decimal | None = None
) -> ReadRule:
    """Return the rule of a point, ready to judge, or None with the issues that prevent it."""
    settings = SettingsReader(
        {**rule.settings, "kind": rule.kind},
        declared,
        rule.location,
        _read_by_kind,
        full=full_points,
        places=rule.places,
    )
    found = _read_by_kind(settings)
    return ReadRule(None if settings.issues else found, tuple(settings.issues), _once(settings.named_facts))


def read_outcome_rule(
    rule: ScoringRule, declared: Mapping[str, FactDeclaration], grades: tuple[str, ...]
) -> ReadOutcomeRule:
    """Return a rule on the whole, ready to judge; `grades` are the names of the grades, best first."""
    settings = SettingsReader(
        {**rule.settings, "kind": rule.kind}, declared, rule.location, _read_by_kind, places=rule.places
    )
    kind = _OUTCOME_KINDS.get(rule.kind)
    if kind is None:
        _report_kind(settings, rule.kind, OUTCOME_KINDS)
        return ReadOutcomeRule(None, tuple(settings.issues))
    if not grades:
        settings.report("no_grades", f"方案没有等次（grades），{kind.title}无从作用", "请先写 grades")
        return ReadOutcomeRule(None, tuple(settings.issues))
    found = kind.read(settings, grades)
    settings.finish()
    return ReadOutcomeRule(None if settings.issues else found, tuple(settings.issues), _once(settings.named_facts))


def check_rule(
    rule: ScoringRule,
    declared_facts: Iterable[FactDeclaration] | Mapping[str, FactDeclaration],
    full_points: Decimal | None = None,
) -> list[Issue]:
    """Return what is wrong with the settings of a point's rule, every problem at once."""
    return list(read_rule(rule, by_name(declared_facts), full_points).issues)


def check_outcome_rule(
    rule: ScoringRule,
    declared_facts: Iterable[FactDeclaration] | Mapping[str, FactDeclaration],
    grades: Iterable[GradeBand],
) -> list[Issue]:
    """Return what is wrong with the settings of a rule on the whole."""
    return list(read_outcome_rule(rule, by_name(declared_facts), grade_names(grades)).issues)


def check_rules(scheme: Scheme) -> list[Issue]:
    """Return what is wrong with any rule of the scheme."""
    declared = by_name(scheme.facts)
    issues = [
        issue
        for point in scheme.points()
        if point.rule is not None
        for issue in check_rule(point.rule, declared, point.full_points)
    ]
    for rule in scheme.outcome_rules:
        issues += check_outcome_rule(rule, declared, scheme.grades)
    return issues


def facts_of(point: Point, declared: Mapping[str, FactDeclaration]) -> tuple[str, ...]:
    """Return the names of the facts that the rule of a point looks at."""
    return read_rule(point.rule, declared, point.full_points).facts if point.rule is not None else ()


def asking_for_facts_of_rules(scheme: Scheme) -> Scheme:
    """Return the scheme whose points ask for every fact that their rules look at and that no point asks for yet.

    Whoever writes a rule means its facts to be filled in; without this a rule could never be computed unless its
    facts were named a second time. What `aggregate` looks at belongs to the places below and is not asked here.
    """
    declared = by_name(scheme.facts)
    asked = {name for point in scheme.points() for name in point.inputs}

    def complete(point: Point) -> Point:
        if point.rule is None or point.rule.kind == "aggregate":
            return point
        more = tuple(name for name in facts_of(point, declared) if name in declared and name not in asked)
        asked.update(more)
        return replace(point, inputs=(*point.inputs, *more)) if more else point

    def within(indicator: Indicator) -> Indicator:
        children = (complete(each) if isinstance(each, Point) else within(each) for each in indicator.children)
        return replace(indicator, children=tuple(children))

    return replace(scheme, indicators=tuple(within(indicator) for indicator in scheme.indicators))


def by_name(
    declared: Iterable[FactDeclaration] | Mapping[str, FactDeclaration],
) -> Mapping[str, FactDeclaration]:
    """Return the declarations keyed by name."""
    if isinstance(declared, Mapping):
        return declared
    return {declaration.name: declaration for declaration in declared}


def grade_names(grades: Iterable[GradeBand]) -> tuple[str, ...]:
    """Return the names of the grades, best first."""
    ordered = sorted(grades, key=lambda band: (band.low is not None, band.low or Decimal(0)), reverse=True)
    return tuple(band.name for band in ordered)


def _read_by_kind(settings: SettingsReader) -> PointRule:
    written = settings.raw("kind")
    kind = _POINT_KINDS.get(str(written)) if written is not None else None
    if kind is None:
        if written is not None:
            _report_kind(settings, str(written), KINDS)
        return _NO_RULE
    found = kind.read(settings)
    settings.finish()
    return found


def _report_kind(settings: SettingsReader, written: str, kinds: tuple[str, ...]) -> None:
    close = difflib.get_close_matches(written, kinds, n=1, cutoff=0.5)
    remedy = f"是否想写“{close[0]}”？" if close else f"可写 {'、'.join(kinds)}"
    settings.report("unknown_rule_kind", f"没有“{written}”这种规则", remedy)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
