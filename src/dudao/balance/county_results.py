"""Rows of a judgement as objects of single counties, made only where somebody asks for them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import polars as pl

from dudao.balance.judge import CountyKey, Judgement
from dudao.balance.measure import GROUPS, KEYS
from dudao.balance.model import (
    CountyResult,
    Excluded,
    Gap,
    Incomplete,
    IndicatorResult,
    LevelResult,
    SchoolResult,
    Verdict,
)
from dudao.balance.reasons import county_reasons, level_reasons
from dudao.balance.school_frames import excluded_schools, incomplete_schools
from dudao.balance.school_results import school_results
from dudao.balance.standard import LEVELS, BalanceStandard, Judged


def county_results(judged: Judgement) -> Iterator[CountyResult]:
    """Yield every county and year of a judgement, in its order."""
    levels = {level: dict(_level_results(judged, level)) for level in LEVELS}
    schools: dict[CountyKey, list[SchoolResult]] = defaultdict(list)
    for level, rows in judged.listed.items():
        for key, school in school_results(rows, judged.standard, level, detail=judged.detail):
            schools[key].append(school)
    incomplete: dict[CountyKey, list[Incomplete]] = defaultdict(list)
    names = (*KEYS, "school_id", "school_name", "level", "indicator", "reason", "sheet", "sheet_row")
    for year, region, *rest in incomplete_schools(judged).select(names).iter_rows():
        incomplete[year, region].append(Incomplete(*rest))
    excluded: dict[CountyKey, list[Excluded]] = defaultdict(list)
    columns = (*KEYS, "school_id", "school_name", "reason", "sheet", "sheet_row")
    for year, region, *rest in excluded_schools(judged).select(columns).iter_rows():
        excluded[year, region].append(Excluded(*rest))
    for row in judged.counties.iter_rows(named=True):
        key = row["year"], row["region"]
        found = {level: results[key] for level, results in levels.items() if key in results}
        told = sorted(schools.get(key, ()), key=_by_school)
        yield CountyResult(
            year=row["year"] or None,
            region=row["region"],
            name=row["region_name"],
            verdict=Verdict(row["verdict"]),
            reasons=county_reasons(
                {level: result.reasons for level, result in found.items()}, row["unplaced"], row["doubtful"]
            ),
            levels=found,
            schools_failing=tuple(school for school in told if school.verdict is Verdict.NOT_MET),
            incomplete=tuple(incomplete.get(key, ())),
            excluded=tuple(excluded.get(key, ())),
            schools=tuple(told) if judged.detail else (),
        )


def _by_school(each: SchoolResult) -> tuple[int, int, str, str]:
    return LEVELS.index(each.level), each.sheet_row or 0, each.school_id, each.school_name


def _level_results(judged: Judgement, level: str) -> Iterator[tuple[CountyKey, LevelResult]]:
    standard, frame = judged.standard, judged.levels[level]
    rule = standard.balance_rule
    limit = rule.limits.get(level)
    composite_limit = limit if rule.judged is Judged.COMPOSITE else None
    columns = [
        _indicator_results(frame, standard, index, limit if rule.judged is Judged.EACH else None, level)
        for index in range(len(standard.indicators))
    ]
    gaps = {groups: _gaps(frame, standard, groups) for groups in GROUPS}
    reasons = level_reasons(frame, standard, level)
    for place, row in enumerate(frame.iter_rows(named=True)):
        schools, met, known = row["schools"], row["school_met"], row["school_known"]
        yield (
            (row["year"], row["region"]),
            LevelResult(
                level=level,
                schools=schools,
                pupils=row["pupils"] or 0.0,
                schools_met=met,
                schools_not_met=known - met,
                schools_incomplete=schools - known,
                composite=row["composite"],
                composite_limit=composite_limit,
                indicators=tuple(column[place] for column in columns),
                verdict=Verdict(row["verdict"]),
                reasons=tuple(reasons[place]),
                urban_rural_gaps=gaps["urban_rural"][place] if gaps["urban_rural"] else (),
                public_private_gaps=gaps["ownership"][place] if gaps["ownership"] else (),
            ),
        )


def _indicator_results(
    frame: pl.DataFrame, standard: BalanceStandard, index: int, limit: float | None, level: str
) -> list[IndicatorResult]:
    indicator = standard.indicators[index]
    threshold = indicator.thresholds.get(level)
    names = (f"{name}{index}" for name in ("mean", "deviation", "coefficient", "within", "known", "met"))
    return [
        IndicatorResult(
            id=indicator.id,
            name=indicator.name,
            unit=indicator.unit,
            mean=mean,
            deviation=deviation,
            coefficient=coefficient,
            limit=limit,
            met=within,
            threshold=threshold,
            schools_met=reached,
            schools_below=known - reached,
            schools_missing=schools - known,
        )
        for mean, deviation, coefficient, within, known, reached, schools in frame.select(*names, "schools").iter_rows()
    ]


def _gaps(frame: pl.DataFrame, standard: BalanceStandard, groups: str) -> Sequence[tuple[Gap, ...]]:
    first, second = GROUPS[groups]
    if f"{first}_top0" not in frame.columns:
        return ()
    columns = []
    for index, indicator in enumerate(standard.indicators):
        one, other = (
            frame.select(
                pl.when(pl.col(f"{name}_bottom{index}") > 0).then(
                    pl.col(f"{name}_top{index}") / pl.col(f"{name}_bottom{index}")
                )
            )
            .to_series()
            .to_list()
            for name in (first, second)
        )
        columns.append(
            [Gap(indicator.id, a, b, a / b if a is not None and b else None) for a, b in zip(one, other, strict=True)]
        )
    return [tuple(gaps) for gaps in zip(*columns, strict=True)]
