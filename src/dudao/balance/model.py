"""What a balance computation results in: schools, levels, counties, with every reason."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What is said of a county: `INCOMPLETE` when a figure that decides is missing."""

    MET = "met"
    NOT_MET = "not_met"
    INCOMPLETE = "incomplete"


VERDICT_NAMES: Mapping[Verdict, str] = {
    Verdict.MET: "达标",
    Verdict.NOT_MET: "未达标",
    Verdict.INCOMPLETE: "数据不全，暂不下结论",
}


@dataclass(frozen=True, slots=True)
class SchoolIndicator:
    """One indicator of one section of a school: None where it cannot be computed.

    `numerator` and `denominator` are the quantities after the split of combined schools, so that
    value = numerator ÷ denominator × per. `gap` is what is missing to the threshold in the unit of the
    indicator, `gap_quantity` the same in the unit of the numerator (teachers, m², 元); both 0 when met.
    """

    id: str
    numerator: float | None
    denominator: float | None
    value: float | None
    threshold: float | None
    met: bool | None
    above_floor: bool | None
    gap: float | None
    gap_quantity: float | None

    @property
    def units_lacking(self) -> int:
        """How many whole teachers, rooms, m² or 元 bring the school to the threshold; 0 when met or not judged.

        Rounded up: a school that lacks 1.15 rooms still misses the threshold with one more.
        """
        return math.ceil(self.gap_quantity - 1e-9) if self.gap_quantity else 0


@dataclass(frozen=True, slots=True)
class SchoolResult:
    """One section (学段) of a school, judged as a school of its own.

    `missed_ids` names the indicators whose threshold is not reached; `indicators` is empty when the computation
    was not asked for detail.
    """

    school_id: str
    school_name: str
    level: str
    pupils: float
    school_type: str
    urban_rural: str
    ownership: str
    sheet: str
    sheet_row: int | None
    indicators: tuple[SchoolIndicator, ...]
    met_count: int
    verdict: Verdict
    missed_ids: tuple[str, ...] = ()

    @property
    def missed(self) -> tuple[SchoolIndicator, ...]:
        """Return the indicators whose threshold is not reached."""
        return tuple(each for each in self.indicators if each.met is False)

    @property
    def missing(self) -> tuple[SchoolIndicator, ...]:
        """Return the indicators that cannot be computed."""
        return tuple(each for each in self.indicators if each.value is None)


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """One indicator over the schools of one level: None where it cannot be computed."""

    id: str
    name: str
    unit: str
    mean: float | None
    deviation: float | None
    coefficient: float | None
    limit: float | None
    met: bool | None
    threshold: float | None
    schools_met: int
    schools_below: int
    schools_missing: int


@dataclass(frozen=True, slots=True)
class Gap:
    """The means of two groups of schools: `first` ÷ `second` is `ratio`, None where one of them is empty."""

    indicator: str
    first: float | None
    second: float | None
    ratio: float | None


@dataclass(frozen=True, slots=True)
class LevelResult:
    """One level of a county. `composite` is the plain mean of the coefficients, None when one is missing."""

    level: str
    schools: int
    pupils: float
    schools_met: int
    schools_not_met: int
    schools_incomplete: int
    composite: float | None
    composite_limit: float | None
    indicators: tuple[IndicatorResult, ...]
    verdict: Verdict
    reasons: tuple[str, ...]
    urban_rural_gaps: tuple[Gap, ...] = ()
    public_private_gaps: tuple[Gap, ...] = ()

    def indicator(self, id: str) -> IndicatorResult:
        """Return the result of the indicator of that id.

        Raises:
            KeyError: there is none.
        """
        for indicator in self.indicators:
            if indicator.id == id:
                return indicator
        raise KeyError(id)


@dataclass(frozen=True, slots=True)
class Incomplete:
    """What could not be computed, where and why; `sheet_row` is the row of the school in its sheet.

    `decides` is False where a county that is not met is not met whatever the figure comes to.
    """

    school_id: str
    school_name: str
    level: str
    indicator: str
    reason: str
    sheet: str = ""
    sheet_row: int | None = None
    decides: bool = True


@dataclass(frozen=True, slots=True)
class Excluded:
    """A school that the standard does not judge, and why."""

    school_id: str
    school_name: str
    reason: str
    sheet: str = ""
    sheet_row: int | None = None


@dataclass(frozen=True, slots=True)
class CountyResult:
    """One county in one year: verdict with every reason, levels, failing schools, what is missing.

    `schools` holds every judged section when the computation was asked for detail (a county, not a nation).
    """

    year: int | None
    region: str
    name: str
    verdict: Verdict
    reasons: tuple[str, ...]
    levels: Mapping[str, LevelResult]
    schools_failing: tuple[SchoolResult, ...]
    incomplete: tuple[Incomplete, ...]
    excluded: tuple[Excluded, ...] = ()
    schools: tuple[SchoolResult, ...] = ()

    def schools_of(self, level: str) -> Iterator[SchoolResult]:
        """Yield the judged sections of one level."""
        return (school for school in self.schools if school.level == level)
