"""Rows of counties as results of one level: coefficients against limits, counts, gaps, verdict and reasons."""

import math
from collections.abc import Iterator, Sequence

import polars as pl

from dudao.balance.expressions import TOLERANCE
from dudao.balance.measure import GROUPS
from dudao.balance.model import Gap, IndicatorResult, LevelResult
from dudao.balance.reasons import level_reasons
from dudao.balance.standard import BalanceStandard, Judged, Method, ResourceIndicator

CountyKey = tuple[int, str]


def level_results(
    counties: pl.DataFrame, standard: BalanceStandard, level: str, method: Method
) -> Iterator[tuple[CountyKey, str, LevelResult]]:
    """Yield key, name and result of every county and year of one level."""
    frame = _with_coefficients(counties, standard, method)
    rule = standard.balance_rule
    limit = rule.limits.get(level)
    indicator_limit = limit if rule.judged is Judged.EACH else None
    composite_limit = limit if rule.judged is Judged.COMPOSITE else None
    columns = [
        _indicator_results(frame, index, indicator, indicator_limit, level, rule.decimals)
        for index, indicator in enumerate(standard.indicators)
    ]
    gaps = {groups: _gaps(frame, standard, groups) for groups in GROUPS}
    for place, row in enumerate(frame.iter_rows(named=True)):
        indicators = tuple(column[place] for column in columns)
        schools = row["schools"]
        met, known = (row["school_met"], row["school_known"]) if standard.school_rule else (schools, schools)
        coefficients = [each.coefficient for each in indicators if each.coefficient is not None]
        whole = bool(indicators) and len(coefficients) == len(indicators)
        composite = math.fsum(coefficients) / len(coefficients) if whole else None
        verdict, reasons = level_reasons(
            standard,
            indicators,
            schools=schools,
            schools_failed=known - met,
            schools_open=schools - known,
            pupils_missing=schools - row["n_known"],
            pupils_zero=row["n_zero"],
            composite=composite,
            composite_limit=composite_limit,
        )
        yield (
            (row["year"], row["region"]),
            row["region_name"] or "",
            LevelResult(
                level=level,
                schools=schools,
                pupils=row["pupils"] or 0.0,
                schools_met=met,
                schools_not_met=known - met,
                schools_incomplete=schools - known,
                composite=composite,
                composite_limit=composite_limit,
                indicators=indicators,
                verdict=verdict,
                reasons=reasons,
                urban_rural_gaps=gaps["urban_rural"][place] if gaps["urban_rural"] else (),
                public_private_gaps=gaps["ownership"][place] if gaps["ownership"] else (),
            ),
        )


def within(coefficient: float, limit: float, decimals: int | None = None) -> bool:
    """Return whether a coefficient stays within its limit; rounded before when the standard says so."""
    value = coefficient if decimals is None else round(coefficient, decimals)
    return value <= limit + limit * TOLERANCE


def _with_coefficients(frame: pl.DataFrame, standard: BalanceStandard, method: Method) -> pl.DataFrame:
    """Return the rows with mean, deviation and coefficient only where every school with pupils has its figure.

    A school whose pupils are missing is unknown in weight: then no coefficient holds. A coefficient around a mean
    of 0 means nothing.
    """
    whole = [pl.col("schools"), pl.col("n_known"), pl.col("school_met"), pl.col("school_known"), pl.col("n_zero")]
    frame = frame.with_columns(column.cast(pl.Int64) for column in whole if column.meta.output_name() in frame.columns)
    columns = []
    for index in range(len(standard.indicators)):
        known = pl.col(f"known{index}").cast(pl.Int64)
        complete = (known + pl.col("n_zero") == pl.col("schools")) & (known > 0)
        mean = pl.when(complete).then(pl.col(f"mean{index}"))
        deviation = pl.when(complete).then(pl.col(f"deviation{index}"))
        columns += [
            known,
            mean.alias(f"mean{index}"),
            deviation.alias(f"deviation{index}"),
            pl.when(mean > 0).then(deviation / mean).alias(f"coefficient{index}"),
        ]
    return frame.with_columns(columns)


def _indicator_results(
    frame: pl.DataFrame,
    index: int,
    indicator: ResourceIndicator,
    limit: float | None,
    level: str,
    decimals: int | None,
) -> list[IndicatorResult]:
    threshold = indicator.thresholds.get(level)
    known = frame[f"known{index}"].to_list()
    met = frame[f"met{index}"].cast(pl.Int64).to_list() if threshold is not None else known
    results = []
    for mean, deviation, coefficient, count, reached, schools in zip(
        frame[f"mean{index}"].to_list(),
        frame[f"deviation{index}"].to_list(),
        frame[f"coefficient{index}"].to_list(),
        known,
        met,
        frame["schools"].to_list(),
        strict=True,
    ):
        results.append(
            IndicatorResult(
                id=indicator.id,
                name=indicator.name,
                unit=indicator.unit,
                mean=mean,
                deviation=deviation,
                coefficient=coefficient,
                limit=limit,
                met=None if limit is None or coefficient is None else within(coefficient, limit, decimals),
                threshold=threshold,
                schools_met=reached,
                schools_below=count - reached,
                schools_missing=schools - count,
            )
        )
    return results


def _gaps(frame: pl.DataFrame, standard: BalanceStandard, groups: str) -> Sequence[tuple[Gap, ...]]:
    first, second = GROUPS[groups]
    if f"{first}_top0" not in frame.columns:
        return ()
    columns = []
    for index, indicator in enumerate(standard.indicators):
        one, other = (
            (
                frame.select(
                    pl.when(pl.col(f"{name}_bottom{index}") > 0).then(
                        pl.col(f"{name}_top{index}") / pl.col(f"{name}_bottom{index}")
                    )
                )
                .to_series()
                .to_list()
            )
            for name in (first, second)
        )
        columns.append(
            [Gap(indicator.id, a, b, a / b if a is not None and b else None) for a, b in zip(one, other, strict=True)]
        )
    return [tuple(gaps) for gaps in zip(*columns, strict=True)]
