"""What a standard of balanced development asks: indicators, the rule for a school, the rule for a county."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dudao.provenance import ClauseSource

LEVELS: tuple[str, ...] = ("primary", "junior")
"""The levels that a county is judged by."""

SECTIONS: tuple[str, ...] = (*LEVELS, "senior")
"""The sections a combined school may have."""

LEVEL_NAMES: Mapping[str, str] = {"primary": "小学", "junior": "初中", "senior": "高中"}


class Method(StrEnum):
    """How schools weigh in mean and deviation: by their pupils, or each the same."""

    WEIGHTED = "weighted"
    UNWEIGHTED = "unweighted"


class Direction(StrEnum):
    """Which side of the threshold is good."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Judged(StrEnum):
    """What the limit on coefficients is applied to."""

    EACH = "each"
    COMPOSITE = "composite"


class Sharing(StrEnum):
    """How a quantity of a combined school comes to its sections: by weights, or reported per section."""

    BY_WEIGHT = "by_weight"
    PER_SECTION = "per_section"


@dataclass(frozen=True, slots=True)
class Term:
    """One column that is added to (or, with factor -1, taken from) a quantity.

    `when` names a flag column: the term counts only for schools that carry it (a relaxation, 放宽条款).
    `optional` terms that are not reported count as nothing; every other missing value makes the indicator
    not computable. `pupils_from` and `pupils_below` bound the pupils of the section for which it counts.
    """

    column: str
    factor: float = 1.0
    sharing: Sharing = Sharing.BY_WEIGHT
    optional: bool = False
    when: str = ""
    pupils_from: int | None = None
    pupils_below: int | None = None


@dataclass(frozen=True, slots=True)
class ResourceIndicator:
    """One indicator of resources (资源配置指标): numerator ÷ denominator × per.

    `thresholds` maps a level to what each school must reach; a level without threshold is not judged by school.
    """

    id: str
    name: str
    unit: str
    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...]
    per: float = 1.0
    direction: Direction = Direction.AT_LEAST
    thresholds: Mapping[str, float] = field(default_factory=dict)
    source: ClauseSource = field(default_factory=ClauseSource)


@dataclass(frozen=True, slots=True)
class SchoolRule:
    """What a school must reach: at least so many indicators, every other one at least `floor` of its threshold."""

    at_least: int
    floor: float | None = None
    source: ClauseSource = field(default_factory=ClauseSource)


@dataclass(frozen=True, slots=True)
class BalanceRule:
    """What the coefficients of a county must stay within, by level; `judged` says which coefficients."""

    judged: Judged
    limits: Mapping[str, float]
    decimals: int | None = None
    source: ClauseSource = field(default_factory=ClauseSource)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which schools are judged.

    `levels_by_type` maps a school type code to the sections it runs, `senior` included; a type not named is not
    judged. Teaching points are judged from so many pupils on, never when `teaching_points_from` is None.
    """

    levels_by_type: Mapping[str, tuple[str, ...]]
    teaching_point_types: tuple[str, ...] = ()
    teaching_points_from: int | None = 0
    private_included: bool = True
    source: ClauseSource = field(default_factory=ClauseSource)


@dataclass(frozen=True, slots=True)
class BalanceStandard:
    """A standard as declared in a pack; `section_weights` are the weights of one pupil of each section."""

    id: str
    name: str
    indicators: tuple[ResourceIndicator, ...]
    balance_rule: BalanceRule
    scope: Scope
    section_weights: Mapping[str, float]
    school_rule: SchoolRule | None = None
    method: Method = Method.WEIGHTED
    source: ClauseSource = field(default_factory=ClauseSource)

    def indicator(self, id: str) -> ResourceIndicator:
        """Return the indicator of that id.

        Raises:
            KeyError: the standard has no such indicator.
        """
        for indicator in self.indicators:
            if indicator.id == id:
                return indicator
        raise KeyError(id)
