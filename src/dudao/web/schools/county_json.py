"""The balance of a county as plain JSON and back: what pages show is read, not computed again."""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from dudao.balance.model import (
    CountyResult,
    Excluded,
    Gap,
    Incomplete,
    IndicatorResult,
    LevelResult,
    SchoolIndicator,
    SchoolResult,
    Verdict,
)

Plain = dict[str, Any]

_GAP = ("indicator", "first", "second", "ratio")
_INDICATOR = (
    "id", "name", "unit", "mean", "deviation", "coefficient", "limit", "met", "threshold",
    "schools_met", "schools_below", "schools_missing",
)  # fmt: skip
_LEVEL = (
    "level", "schools", "pupils", "schools_met", "schools_not_met", "schools_incomplete", "composite",
    "composite_limit",
)  # fmt: skip
_SCHOOL = (
    "school_id", "school_name", "level", "pupils", "school_type", "urban_rural", "ownership", "sheet", "sheet_row",
)  # fmt: skip
_OWN = (
    "id", "numerator", "denominator", "value", "threshold", "met", "above_floor", "gap", "gap_quantity",
)  # fmt: skip
_INCOMPLETE = ("school_id", "school_name", "level", "indicator", "reason", "sheet", "sheet_row")
_EXCLUDED = ("school_id", "school_name", "reason", "sheet", "sheet_row")
_own, _gap, _indicator = attrgetter(*_OWN), attrgetter(*_GAP), attrgetter(*_INDICATOR)
_school, _level = attrgetter(*_SCHOOL), attrgetter(*_LEVEL)
_incomplete, _excluded = attrgetter(*_INCOMPLETE), attrgetter(*_EXCLUDED)


def summary_of(county: CountyResult) -> Plain:
    """Return a county without its schools: verdict, reasons, levels, and counts of what the detail names."""
    return {
        "year": county.year,
        "region": county.region,
        "name": county.name,
        "verdict": str(county.verdict),
        "reasons": list(county.reasons),
        "levels": [_level_json(level) for level in county.levels.values()],
        "failing": len(county.schools_failing),
        "incomplete": len(county.incomplete),
        "excluded": len(county.excluded),
    }


def detail_of(county: CountyResult) -> Plain:
    """Return the schools of a county, what is missing and what is left out."""
    return {
        "schools": [_school_json(school) for school in county.schools],
        "incomplete": [_incomplete(each) for each in county.incomplete],
        "excluded": [_excluded(each) for each in county.excluded],
    }


def county_of(summary: Mapping[str, Any], detail: Mapping[str, Any] | None = None) -> CountyResult:
    """Return a county as it was computed; without its schools where no detail is given."""
    schools = tuple(_read_school(row) for row in detail["schools"]) if detail else ()
    return CountyResult(
        year=summary["year"],
        region=summary["region"],
        name=summary["name"],
        verdict=Verdict(summary["verdict"]),
        reasons=tuple(summary["reasons"]),
        levels={level.level: level for level in map(_read_level, summary["levels"])},
        schools_failing=tuple(school for school in schools if school.verdict is Verdict.NOT_MET),
        incomplete=tuple(Incomplete(*row) for row in detail["incomplete"]) if detail else (),
        excluded=tuple(Excluded(*row) for row in detail["excluded"]) if detail else (),
        schools=schools,
    )


def _level_json(level: LevelResult) -> list[Any]:
    return [
        *_level(level),
        [_indicator(each) for each in level.indicators],
        str(level.verdict),
        list(level.reasons),
        [_gap(each) for each in level.urban_rural_gaps],
        [_gap(each) for each in level.public_private_gaps],
    ]


def _read_level(row: list[Any]) -> LevelResult:
    *plain, indicators, verdict, reasons, urban_rural, public_private = row
    return LevelResult(
        **dict(zip(_LEVEL, plain, strict=True)),
        indicators=tuple(IndicatorResult(*each) for each in indicators),
        verdict=Verdict(verdict),
        reasons=tuple(reasons),
        urban_rural_gaps=tuple(Gap(*each) for each in urban_rural),
        public_private_gaps=tuple(Gap(*each) for each in public_private),
    )


def _school_json(school: SchoolResult) -> list[Any]:
    own = [_own(each) for each in school.indicators]
    return [*_school(school), own, school.met_count, str(school.verdict), list(school.missed_ids)]


def _read_school(row: list[Any]) -> SchoolResult:
    *plain, own, met_count, verdict, missed = row
    return SchoolResult(
        **dict(zip(_SCHOOL, plain, strict=True)),
        indicators=tuple(SchoolIndicator(*each) for each in own),
        met_count=met_count,
        verdict=Verdict(verdict),
        missed_ids=tuple(missed),
    )
