"""What a rule asks a person to state: a grade, items done, cases that occurred, points within a range.

Whatever a rule takes from facts is not asked here; facts are asked once, by name.
"""

from dataclasses import dataclass
from decimal import Decimal

from dudao.scoring.otherwise import Otherwise
from dudao.scoring.rule import PointRule
from dudao.scoring.rules.bonus import Bonus
from dudao.scoring.rules.checklist import Checklist
from dudao.scoring.rules.discretion import Discretion
from dudao.scoring.rules.named_case import NamedCase
from dudao.scoring.rules.not_applicable import NotApplicable
from dudao.scoring.rules.provisional import Provisional
from dudao.scoring.rules.rubric import Rubric
from dudao.scoring.rules.sum import Sum
from dudao.scoring.rules.year_on_year import YearOnYear


@dataclass(frozen=True, slots=True)
class AskedGrade:
    """A described grade and the points it is worth; between `low` and `high` a person chooses."""

    name: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class AskedItem:
    """An item to be ticked; `partial` is what doing it in part is worth, None where the rule does not foresee it."""

    id: str
    name: str
    points: Decimal
    partial: Decimal | None


@dataclass(frozen=True, slots=True)
class AskedCase:
    """A case that may have occurred; `effect` is deduct, award or points; between `low` and `high` a person chooses."""

    id: str
    name: str
    effect: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class AskedRange:
    """Points that a person chooses with a reason; `what` says what they are, `above_low` that `low` itself is out."""

    what: str
    low: Decimal
    high: Decimal
    above_low: bool = False


@dataclass(frozen=True, slots=True)
class AskedPart:
    """A part of a point that is a sum."""

    id: str
    name: str
    asked: "Asked"


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything a rule asks people; all empty where the facts say it all.

    Attributes:
        discretion: points chosen for the whole; for graded rules the span over all grades that are a range.
        awaited: name of the fact whose data come later, empty when none is awaited.
        until_then: points that count until then.
    """

    grades: tuple[AskedGrade, ...] = ()
    items: tuple[AskedItem, ...] = ()
    cases: tuple[AskedCase, ...] = ()
    discretion: AskedRange | None = None
    parts: tuple[AskedPart, ...] = ()
    awaited: str = ""
    until_then: Decimal | None = None

    @property
    def anything(self) -> bool:
        """Return whether a person has something to state."""
        return bool(self.grades or self.items or self.cases or self.discretion or self.parts)


NOTHING = Asked()


def asked_of(rule: PointRule, full: Decimal) -> Asked:
    """Return what a rule asks people for a point (or part) of so many full points."""
    match rule:
        case Rubric():
            return _graded(rule, full)
        case Checklist():
            return Asked(items=tuple(AskedItem(i.id, i.name, i.points, i.partial) for i in rule.items if not i.fact))
        case NamedCase():
            return Asked(cases=tuple(AskedCase(c.id, c.name, c.effect, c.low, c.high) for c in rule.cases))
        case Bonus():
            own = (item for item in rule.items if not item.fact)
            return Asked(cases=tuple(AskedCase(i.id, i.name, "award", i.points, i.points) for i in own))
        case Discretion():
            return Asked(discretion=AskedRange("扣分" if rule.deducts else "得分", rule.low, rule.high))
        case NotApplicable():
            return asked_of(rule.otherwise, full)
        case Provisional():
            return _awaited(rule, full)
        case Sum():
            parts = tuple(AskedPart(part.id, part.name, asked_of(part.rule, part.points)) for part in rule.parts)
            return Asked(parts=tuple(part for part in parts if part.asked.anything))
    if _leaves_open(rule):
        return Asked(discretion=AskedRange("扣分", Decimal(0), full, above_low=True))
    return NOTHING


def _graded(rule: Rubric, full: Decimal) -> Asked:
    if rule.fact:
        return NOTHING
    grades = tuple(AskedGrade(grade.name, *grade.bounds(full, rule.rounding)) for grade in rule.grades)
    open_ones = [grade for grade in grades if grade.low != grade.high]
    span = None
    if open_ones:
        span = AskedRange("得分", min(grade.low for grade in open_ones), max(grade.high for grade in open_ones))
    return Asked(grades=grades, discretion=span)


def _awaited(rule: Provisional, full: Decimal) -> Asked:
    later = asked_of(rule.then, full)
    until = full if rule.self_check is None else min(rule.self_check, full)
    return Asked(
        later.grades, later.items, later.cases, later.discretion, later.parts, awaited=rule.fact, until_then=until
    )


def _leaves_open(rule: PointRule) -> bool:
    """Return whether the clause names no amount for a miss, so that an assessor has to state it."""
    if isinstance(rule, YearOnYear):
        return rule.on_failure == "unspecified"
    otherwise = getattr(rule, "otherwise", None)
    return isinstance(otherwise, Otherwise) and otherwise.points is None
