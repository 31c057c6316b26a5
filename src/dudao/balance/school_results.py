"""Rows of sections as results of one school each: what is reached, what is missed and by how much."""

from collections.abc import Iterator, Mapping

import polars as pl

from dudao.balance.expressions import TOLERANCE, floor_of
from dudao.balance.model import SchoolIndicator, SchoolResult, Verdict
from dudao.balance.school_frames import missed_ids
from dudao.balance.standard import BalanceStandard, Direction, ResourceIndicator

CountyKey = tuple[int, str]

VERDICTS: Mapping[int | None, Verdict] = {1: Verdict.MET, 0: Verdict.NOT_MET, None: Verdict.INCOMPLETE}


def school_results(
    sections: pl.DataFrame, standard: BalanceStandard, level: str, *, detail: bool
) -> Iterator[tuple[CountyKey, SchoolResult]]:
    """Yield the county and result of every listed section; without detail, only names of what it misses."""
    count = range(len(standard.indicators))
    missed = sections.with_columns(missed_ids(standard, level).alias("missed"))["missed"].to_list()
    rule = standard.school_rule is not None
    verdicts = sections["verdict"].to_list() if rule else None
    met_counts = sections["met"].to_list() if rule else [0] * len(sections)
    values = [sections[f"x{index}"].to_list() for index in count]
    tops = [sections[f"t{index}"].to_list() for index in count] if detail else []
    bottoms = [sections[f"d{index}"].to_list() for index in count] if detail else []
    described = sections.select(
        "year",
        "region",
        *(pl.col(name).fill_null("") for name in ("school_id", "school_name")),
        pl.col("n").fill_null(0.0),
        *(pl.col(name).fill_null("") for name in ("school_type", "urban_rural", "ownership", "sheet")),
        pl.col("sheet_row").cast(pl.Int64),
    )
    for place, (year, region, id_, name, pupils, kind, town, owner, sheet, sheet_row) in enumerate(
        described.iter_rows()
    ):
        indicators: tuple[SchoolIndicator, ...] = ()
        if detail:
            indicators = tuple(
                _indicator(indicator, level, standard, values[i][place], tops[i][place], bottoms[i][place])
                for i, indicator in enumerate(standard.indicators)
            )
        if verdicts is not None:
            verdict = VERDICTS[verdicts[place]]
        else:
            verdict = Verdict.INCOMPLETE if any(column[place] is None for column in values) else Verdict.MET
        yield (
            (year, region),
            SchoolResult(
                school_id=id_,
                school_name=name,
                level=level,
                pupils=pupils,
                school_type=kind,
                urban_rural=town,
                ownership=owner,
                sheet=sheet,
                sheet_row=sheet_row,
                indicators=indicators,
                met_count=met_counts[place],
                verdict=verdict,
                missed_ids=tuple(missed[place]),
            ),
        )


def reaches(indicator: ResourceIndicator, value: float, threshold: float) -> bool:
    """Return whether a value is on the good side of a threshold, with the tolerance of the expressions."""
    slack = abs(threshold) * TOLERANCE
    if indicator.direction is Direction.AT_LEAST:
        return value >= threshold - slack
    return value <= threshold + slack


def _indicator(
    indicator: ResourceIndicator,
    level: str,
    standard: BalanceStandard,
    value: float | None,
    numerator: float | None,
    denominator: float | None,
) -> SchoolIndicator:
    threshold = indicator.thresholds.get(level)
    met = above_floor = gap = gap_quantity = None
    if value is not None and threshold is not None:
        met = reaches(indicator, value, threshold)
        floor = standard.school_rule.floor if standard.school_rule else None
        above_floor = True if floor is None else reaches(indicator, value, floor_of(indicator, threshold, floor))
        gap = 0.0 if met else abs(threshold - value)
        gap_quantity = 0.0 if met else gap * (denominator or 0.0) / indicator.per
    if value is None and numerator is not None and not numerator >= 0:
        numerator = None  # a share of no pupils at all, or more taken away than is there
    return SchoolIndicator(indicator.id, numerator, denominator, value, threshold, met, above_floor, gap, gap_quantity)
