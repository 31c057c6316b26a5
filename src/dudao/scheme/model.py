"""A scheme (评价方案): indicators in up to three levels, points with rules, inputs, evidence and departments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from dudao.issues import NOWHERE, Location
from dudao.provenance import ClauseSource


class NotApplicablePolicy(StrEnum):
    """What an item without object in the area scores: full marks, taken out and re-scaled, or a neutral zero."""

    FULL = "full"
    EXCLUDE = "exclude"
    ZERO = "zero"


class GovernmentLevel(StrEnum):
    """Whose duty a scheme judges."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


@dataclass(frozen=True, slots=True)
class FactDeclaration:
    """A fact that rules may name: `name` is its key, `title` its Chinese name, `unit` its base unit.

    `dimension` names what it is broken down by ("stage" for 学段), empty when it is one number per period;
    `parts` are the values of the dimension with their Chinese names (`primary`, 小学), empty when they are free.
    """

    name: str
    title: str
    unit: str
    kind: str = "number"
    dimension: str = ""
    source: str = ""
    location: Location = NOWHERE
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ScoringRule:
    """A rule by kind (`threshold`, `shortfall`, …) with its settings; `dudao.scoring` knows what they mean.

    `source` stands behind the numbers of the rule when that is another document than the point's; `places` says
    on which line each setting stands.
    """

    kind: str
    settings: Mapping[str, object]
    location: Location = NOWHERE
    source: ClauseSource | None = None
    places: Mapping[str, Location] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class EvidenceRequest:
    """Evidence (佐证材料) that an item asks for; `period` says in words which time it must cover."""

    name: str
    period: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Point:
    """A leaf (测评点) that is scored: full points, rule, inputs, evidence, departments, clause.

    `full_points` is None in a scheme whose points are not known (structure only). `step` is the finest step
    of points allowed, None when the scheme does not say. `rule` is None where the scheme is not computable:
    the point then takes the self-evaluated points.
    """

    id: str
    name: str
    full_points: Decimal | None
    rule: ScoringRule | None
    source: ClauseSource
    inputs: tuple[str, ...] = ()
    evidence: tuple[EvidenceRequest, ...] = ()
    lead_department: str = ""
    departments: tuple[str, ...] = ()
    not_applicable: NotApplicablePolicy | None = None
    provisional: bool = False
    bonus: bool = False
    step: Decimal | None = None
    requirement: str = ""
    location: Location = NOWHERE
    places: Mapping[str, Location] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A group (一级/二级指标) of further indicators or of points; `full_points` as printed, None if unknown."""

    id: str
    name: str
    level: int
    full_points: Decimal | None
    children: tuple["Indicator | Point", ...]
    source: ClauseSource
    location: Location = NOWHERE
    places: Mapping[str, Location] = field(default_factory=dict, compare=False, repr=False)

    def points(self) -> Iterator[Point]:
        """Yield the leaves below, in order."""
        for child in self.children:
            if isinstance(child, Point):
                yield child
            else:
                yield from child.points()

    def groups(self) -> Iterator["Indicator"]:
        """Yield this indicator and those below it, parents first."""
        yield self
        for child in self.children:
            if isinstance(child, Indicator):
                yield from child.groups()


@dataclass(frozen=True, slots=True)
class GradeBand:
    """A grade (等次) for totals in the half-open band [low, high); None is open."""

    name: str
    low: Decimal | None
    high: Decimal | None
    source: ClauseSource
    location: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme as published for one year and one level of government; `id` names its pack.

    `outcome_rules` are rules on the whole (veto, cap, downgrade, contagion), in the order they apply.
    """

    id: str
    name: str
    region: str
    region_name: str
    level: GovernmentLevel
    year: int
    full_points: Decimal | None
    indicators: tuple[Indicator, ...]
    source: ClauseSource
    facts: tuple[FactDeclaration, ...] = ()
    grades: tuple[GradeBand, ...] = ()
    outcome_rules: tuple[ScoringRule, ...] = ()
    step: Decimal | None = None
    scored: bool = True
    notes: tuple[str, ...] = field(default=())
    location: Location = NOWHERE
    places: Mapping[str, Location] = field(default_factory=dict, compare=False, repr=False)

    def points(self) -> Iterator[Point]:
        """Yield the leaves of the scheme, in order."""
        for indicator in self.indicators:
            yield from indicator.points()

    def groups(self) -> Iterator[Indicator]:
        """Yield every indicator, parents before their children, in order."""
        for indicator in self.indicators:
            yield from indicator.groups()
