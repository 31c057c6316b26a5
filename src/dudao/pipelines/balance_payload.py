"""The result of a balance computation as the JSON of the command line; a nation is written compactly."""

import json
from collections.abc import Iterator

from dudao.balance.model import CountyResult, IndicatorResult, LevelResult, SchoolResult
from dudao.balance.result import BalanceResult
from dudao.pipelines.balance import FEW_COUNTIES
from dudao.pipelines.balance_nation_payload import nation_pieces


def balance_pieces(result: BalanceResult, issues: list[dict[str, object]]) -> Iterator[str]:
    """Return the output as JSON in pieces: indented where every school is listed, else one line from the columns."""
    if not result.judged.detail:
        return nation_pieces(result, issues)
    return iter([json.dumps(balance_payload(result) | {"issues": issues}, ensure_ascii=False, indent=2)])


def balance_payload(result: BalanceResult) -> dict[str, object]:
    """Return everything but the issues: standard, method, and each county in its latest year with its trend."""
    counties = result.latest()
    trends = _trends(result)
    told = len(counties) <= FEW_COUNTIES
    return {
        "standard": result.standard.id,
        "standard_name": result.standard.name,
        "method": str(result.method),
        "counties": [_county(county, trends.get(county.region, ()), told=told) for county in counties],
    }


def _trends(result: BalanceResult) -> dict[str, list[CountyResult]]:
    years: dict[str, list[CountyResult]] = {}
    for county in result.counties:
        years.setdefault(county.region, []).append(county)
    return {region: counties for region, counties in years.items() if len(counties) > 1}


def _county(county: CountyResult, trend: "list[CountyResult] | tuple[()]", *, told: bool) -> dict[str, object]:
    payload: dict[str, object] = {
        "region": county.region,
        "name": county.name,
        "year": county.year,
        "verdict": str(county.verdict),
        "reasons": list(county.reasons),
        "levels": {name: _level(level, told=told) for name, level in county.levels.items()},
        "schools_failing": [_school(school) for school in county.schools_failing],
        "incomplete": [
            {
                "school_id": each.school_id,
                "name": each.school_name,
                "level": each.level,
                "indicator": each.indicator,
                "reason": each.reason,
                "sheet": each.sheet,
                "row": each.sheet_row,
            }
            for each in county.incomplete
        ],
        "excluded": [
            {
                "school_id": each.school_id,
                "name": each.school_name,
                "reason": each.reason,
                "sheet": each.sheet,
                "row": each.sheet_row,
            }
            for each in county.excluded
        ],
    }
    if county.schools:
        payload["schools"] = [_school(school) for school in county.schools]
    if trend:
        payload["trend"] = [_year(each) for each in sorted(trend, key=lambda each: each.year or 0)]
    return payload


def _level(level: LevelResult, *, told: bool) -> dict[str, object]:
    payload: dict[str, object] = {
        "verdict": str(level.verdict),
        "schools": level.schools,
        "pupils": _whole(level.pupils),
        "schools_met": level.schools_met,
        "schools_failing": level.schools_not_met,
        "schools_incomplete": level.schools_incomplete,
        "composite": level.composite,
        "composite_limit": level.composite_limit,
        "indicators": [_indicator(each, told=told) for each in level.indicators],
    }
    if level.urban_rural_gaps:
        payload["urban_rural_gaps"] = list(_gaps(level, "urban_rural_gaps", "urban", "rural"))
        payload["public_private_gaps"] = list(_gaps(level, "public_private_gaps", "public", "private"))
    return payload


def _indicator(each: IndicatorResult, *, told: bool) -> dict[str, object]:
    payload: dict[str, object] = {
        "id": each.id,
        "name": each.name,
        "mean": each.mean,
        "coefficient": each.coefficient,
        "limit": each.limit,
        "met": each.met,
        "schools_met": each.schools_met,
    }
    if told:
        payload |= {"unit": each.unit, "threshold": each.threshold, "schools_missing": each.schools_missing}
    return payload


def _gaps(level: LevelResult, name: str, first: str, second: str) -> Iterator[dict[str, object]]:
    for gap in getattr(level, name):
        yield {"id": gap.indicator, first: gap.first, second: gap.second, "ratio": gap.ratio}


def _school(school: SchoolResult) -> dict[str, object]:
    payload: dict[str, object] = {
        "school_id": school.school_id,
        "name": school.school_name,
        "level": school.level,
        "row": school.sheet_row,
        "met": school.met_count,
    }
    if not school.indicators:
        payload["missed"] = list(school.missed_ids)
        return payload
    return payload | {
        "sheet": school.sheet,
        "pupils": _whole(school.pupils),
        "verdict": str(school.verdict),
        "missed": [
            {
                "id": each.id,
                "value": each.value,
                "threshold": each.threshold,
                "above_floor": each.above_floor,
                "gap": each.gap,
                "gap_quantity": each.gap_quantity,
            }
            for each in school.missed
        ],
        "values": {each.id: each.value for each in school.indicators},
    }


def _year(county: CountyResult) -> dict[str, object]:
    return {
        "year": county.year,
        "verdict": str(county.verdict),
        "levels": {
            name: {
                "composite": level.composite,
                "coefficients": {each.id: each.coefficient for each in level.indicators},
                "schools": level.schools,
                "schools_met": level.schools_met,
            }
            for name, level in county.levels.items()
        },
    }


def _whole(value: float) -> float | int:
    return int(value) if value == int(value) else value
