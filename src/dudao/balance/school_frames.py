"""Schools named as rows: those that fail with what they miss, what cannot be computed and why, who is not judged.

A reason depends on few things (which figures are blank, which type of school), so that it is put into words once
for each combination that occurs and joined to the rows.
"""

from collections.abc import Iterator, Mapping

import polars as pl

from dudao.balance.expressions import TOLERANCE
from dudao.balance.judge import Judgement
from dudao.balance.measure import KEYS
from dudao.balance.reasons import UNPLACED, excluded_because, missing_because
from dudao.balance.standard import LEVEL_NAMES, LEVELS, BalanceStandard, Direction

MOST_TOLD = 2_000
"""So many sections of a county and level are told one by one; the reasons of the county count all of them."""

MOST_IN_ALL, LEAST_TOLD = 300_000, 20
"""Where more sections than that lack a figure in all counties together, fewer of each county are told, but so many."""

_PLACE = ("school_id", "school_name", "sheet", "sheet_row")


def failing_schools(judged: Judgement) -> pl.DataFrame:
    """Return the sections that do not meet the rule for schools, in the order they are told in.

    Columns: `year`, `region`, the place of the school, `level`, `met` (indicators reached), `missed` (their ids).
    """
    parts = []
    for order, level in enumerate(LEVELS):
        rows = judged.listed.get(level)
        if rows is None or "verdict" not in rows.columns:
            continue
        rows = rows.filter(pl.col("verdict") == 0)
        parts.append(
            rows.select(
                *_described(),
                pl.lit(level).alias("level"),
                pl.lit(order).alias("order"),
                pl.col("met").cast(pl.Int64),
                missed_ids(judged.standard, level).alias("missed"),
            )
        )
    schema = {**_SCHEMA, "met": pl.Int64, "missed": pl.List(pl.String)}
    return _sorted(parts, schema)


def missed_ids(standard: BalanceStandard, level: str) -> pl.Expr:
    """Return the ids of the indicators whose threshold a section does not reach."""
    columns = []
    for index, indicator in enumerate(standard.indicators):
        threshold = indicator.thresholds.get(level)
        if threshold is None:
            continue
        slack = abs(threshold) * TOLERANCE
        value = pl.col(f"x{index}")
        bad = value < threshold - slack if indicator.direction is Direction.AT_LEAST else value > threshold + slack
        columns.append(pl.when(bad).then(pl.lit(indicator.id)))
    if not columns:
        return pl.lit([], dtype=pl.List(pl.String))
    return pl.concat_list(columns).list.drop_nulls()


def incomplete_schools(judged: Judgement) -> pl.DataFrame:
    """Return what cannot be computed: `level`, `indicator` (empty: all of them) and `reason`, in order.

    A section without pupils is told once, else each indicator; schools of no level and doubts follow.
    """
    parts = [
        _with_reasons(rows, judged.standard, level, most_told(judged)).with_columns(
            pl.lit(LEVELS.index(level)).alias("order")
        )
        for level, rows in judged.lacking.items()
        if len(rows)
    ]
    unplaced = judged.outside.filter(pl.col("school_type").is_null())
    parts.append(
        unplaced.select(
            *_described(),
            *(pl.lit(text).alias(name) for name, text in (("level", ""), ("indicator", ""), ("reason", UNPLACED))),
            pl.lit(len(LEVELS)).alias("order"),
        )
    )
    parts.append(_doubts(judged))
    return _sorted(parts, {**_SCHEMA, "indicator": pl.String, "reason": pl.String})


def most_told(judged: Judgement) -> int:
    """Return how many sections of a county and level are told one by one."""
    if sum(map(len, judged.lacking.values())) <= MOST_IN_ALL:
        return MOST_TOLD
    return min(MOST_TOLD, max(LEAST_TOLD, MOST_IN_ALL // max(1, len(judged.counties))))


def shortened(judged: Judgement) -> Iterator[tuple[str, str, int]]:
    """Yield region, level and number of sections where more lack a figure than are told one by one."""
    most = most_told(judged)
    for level, rows in judged.lacking.items():
        counts = rows.group_by(KEYS).len().filter(pl.col("len") > most)
        yield from ((region, level, count) for _, region, count in counts.sort(KEYS).iter_rows())


def excluded_schools(judged: Judgement) -> pl.DataFrame:
    """Return the schools that the standard does not judge, with `reason`."""
    rows = judged.outside.filter(pl.col("school_type").is_not_null())
    kinds = rows.select("school_type", "ownership").unique()
    reasons = [excluded_because(kind, judged.standard) for kind in kinds.iter_rows(named=True)]
    kinds = kinds.with_columns(pl.Series("reason", reasons, dtype=pl.String))
    rows = rows.join(kinds, on=["school_type", "ownership"], how="left", nulls_equal=True)
    return (
        rows.select(*_described(), "reason")
        .sort(*KEYS, pl.col("sheet_row").fill_null(0), "school_id", "school_name")
        .select(*KEYS, *_PLACE, "reason")
    )


_SCHEMA: Mapping[str, "pl.DataType | type[pl.DataType]"] = {
    "year": pl.Int64,
    "region": pl.String,
    "school_id": pl.String,
    "school_name": pl.String,
    "sheet": pl.String,
    "sheet_row": pl.Int64,
    "level": pl.String,
}


def _described() -> list[pl.Expr]:
    return [
        *(pl.col(name) for name in KEYS),
        *(pl.col(name).fill_null("") for name in ("school_id", "school_name", "sheet")),
        pl.col("sheet_row").cast(pl.Float64).cast(pl.Int64),
    ]


def _sorted(parts: list[pl.DataFrame], schema: Mapping[str, "pl.DataType | type[pl.DataType]"]) -> pl.DataFrame:
    names = [*schema, "order"]
    frames = [pl.DataFrame(schema={**schema, "order": pl.Int64})]
    frames += [part.select(pl.col(name).cast({**schema, "order": pl.Int64}[name]) for name in names) for part in parts]
    rows = pl.concat(frames)
    return rows.sort(
        *KEYS, "order", pl.col("sheet_row").fill_null(0), "school_id", "school_name", maintain_order=True
    ).drop("order")


def _with_reasons(rows: pl.DataFrame, standard: BalanceStandard, level: str, most: int) -> pl.DataFrame:
    """Return one row for each reason; rows alike in what is blank share the words."""
    described = {*KEYS, *_PLACE, "school_type", "urban_rural", "ownership"}
    blanks = [name for name in rows.columns if name not in described]
    marked = (
        rows.select(*_described(), pl.struct(blanks).alias("pattern"))
        .sort(*KEYS, pl.col("sheet_row").fill_null(0), maintain_order=True)
        .group_by(KEYS, maintain_order=True)
        .head(most)
    )
    patterns = marked.select(pl.col("pattern").unique())
    reasons = [
        [{"indicator": id_, "reason": reason} for id_, reason in _missing(_figures(each), standard, level)]
        for each in patterns["pattern"].to_list()
    ]
    kind = pl.List(pl.Struct({"indicator": pl.String, "reason": pl.String}))
    patterns = patterns.with_columns(pl.Series("why", reasons, dtype=kind))
    told = marked.join(patterns, on="pattern", how="left", nulls_equal=True, maintain_order="left").drop("pattern")
    return told.explode("why").unnest("why").with_columns(pl.lit(level).alias("level"))


def _figures(pattern: Mapping[str, object]) -> dict[str, object]:
    """Return a row in which what is there is 1 and what is blank is None."""
    kept = ("n", "single_section")
    return {name: value if name in kept else 1 if value else None for name, value in pattern.items()}


def _missing(row: Mapping[str, object], standard: BalanceStandard, level: str) -> Iterator[tuple[str, str]]:
    """Yield indicator and reason: one line for missing or zero pupils, else one an indicator."""
    name = LEVEL_NAMES[level]
    if row["n"] is None:
        yield "", f"缺少{name}在校生数，各项指标都无法计算"
        return
    if row["n"] == 0:
        yield "", f"{name}在校生数为0，没有分母，各项指标都无法计算"
        return
    for index, indicator in enumerate(standard.indicators):
        if row[f"x{index}"] is None:
            yield indicator.id, missing_because(row, indicator, level)


def _doubts(judged: Judgement) -> pl.DataFrame:
    rows = [
        {
            "year": key[0],
            "region": key[1],
            "school_id": each.school_id,
            "school_name": each.school_name,
            "sheet": each.sheet,
            "sheet_row": each.sheet_row,
            "level": each.level,
            "indicator": each.indicator,
            "reason": each.reason,
            "order": LEVELS.index(each.level) if each.level in LEVELS else len(LEVELS),
        }
        for key, each in judged.doubts
    ]
    return pl.DataFrame(rows, schema={**_SCHEMA, "indicator": pl.String, "reason": pl.String, "order": pl.Int64})
