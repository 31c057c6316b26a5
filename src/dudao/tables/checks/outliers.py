"""Values unlike those of other schools of the same county, by median and median deviation."""

from collections.abc import Collection, Mapping

import polars as pl

from dudao.issues import Level
from dudao.tables.checks.rule import present, report_rows, untold
from dudao.tables.columns import TableKind
from dudao.tables.problems import KEPT, Problems

RESOURCES = (
    "teaching_area",
    "sports_area",
    "equipment_value",
    "computers",
    "books",
    "multimedia_rooms",
    "full_time_teachers",
    "full_time_teachers_primary",
    "full_time_teachers_junior",
)
FEWEST = 8
"""Peers say something from so many schools on."""

LEAST_PUPILS = 50
"""In smaller schools a single room or teacher weighs too much to compare."""

FAR = 8.0
"""A value so many robust deviations from the median, on a logarithmic scale, is worth a second look."""

LEAST_SPREAD = 0.2

LIKE_A_UNIT = (2_500.0, 40_000.0)
"""So many times the money of peers, or so small a part of it, is the slip of 元 and 万元 most of the time."""

ROBUST = 1.4826
"""The median deviation of a normal distribution times this is its standard deviation."""


def unlike_peers(frame: pl.DataFrame, kind: TableKind, headings: Mapping[str, str], problems: Problems) -> None:
    """Report resources per pupil far from those of peers: a slip of a digit or of a unit, most of the time."""
    names = [name for name in RESOURCES if name in frame.columns]
    if not names or not present(frame, "pupils", "region") or len(frame) < FEWEST:
        return
    pupils = {name: pupils_of(name, frame.columns) for name in names}
    keys: list[str] = [name for name in ("year", "region") if name in frame.columns]
    rows = frame.with_row_index("place").filter(pl.col("pupils") >= LEAST_PUPILS)
    # where the pupils themselves are in question, what each of them has says nothing
    rows = untold(rows, problems, *(headings.get(name, name) for name in {"pupils", *pupils.values()}))
    rows = rows.select(
        "place",
        *keys,
        *(
            pl.when((pl.col(pupils[name]) >= LEAST_PUPILS) & (pl.col(name) > 0))
            .then((pl.col(name) / pl.col(pupils[name])).log())
            .alias(name)
            for name in names
        ),
    )
    rows = _away_from_median(rows, names, keys)
    spread = rows.group_by(keys).agg(
        *(pl.col(name).abs().median().alias(f"spread_{name}") for name in names),
        *(pl.col(name).count().alias(f"count_{name}") for name in names),
    )
    rows = rows.join(spread, on=keys, how="left", nulls_equal=True)
    for name in names:
        least = pl.max_horizontal(pl.col(f"spread_{name}") * ROBUST, pl.lit(LEAST_SPREAD))
        far = rows.filter((pl.col(name).abs() > least * FAR) & (pl.col(f"count_{name}") >= FEWEST))
        heading = headings.get(name, name)
        count = len(far)
        far = far.sort("place").head(KEPT)
        wrong = frame[far["place"].to_list()].with_columns(
            pl.Series("times", far[name].abs().exp()), pl.Series("more", far[name] > 0)
        )
        times = pl.col("times").round().cast(pl.Int64)
        side = (
            pl.when("more")
            .then(pl.format("是同县学校一般水平的{}倍", times))
            .otherwise(pl.format("只有同县学校一般水平的1/{}", times))
        )
        slip = pl.lit("")
        if kind.column(name).unit == "元":
            ten_thousands = pl.col("times").is_between(*LIKE_A_UNIT)
            up, down = "，像是把元当作万元换算了", "，像是以万元填写的"
            slip = pl.when(ten_thousands).then(pl.when("more").then(pl.lit(up)).otherwise(pl.lit(down))).otherwise(slip)
        each = (pl.col(name) / pl.col(pupils[name])).map_elements(_short, return_dtype=pl.String)
        unit = kind.column(name).unit
        figure = pl.col(name).round(2).cast(pl.String).str.strip_suffix(".0")
        shown = pl.format("{}”，生均{}{}，{}{}", figure, each, pl.lit(unit), side, slip)
        report_rows(
            wrong.with_columns(shown.alias("shown")),
            problems,
            level=Level.WARNING,
            code="tables.unlike_peers",
            sentence=f"“{heading}”为“{{value}}",
            remedy="请核对数值、小数点和单位；属实的不必修改。",
            heading=heading,
            value="shown",
            count=count,
        )


def _short(value: float) -> str:
    """Return a figure with three digits that say something, as people write it."""
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if rounded >= 100 else f"{rounded:.10f}".rstrip("0").rstrip(".")


def pupils_of(name: str, columns: Collection[str]) -> str:
    """Return the column of the pupils that a figure is for."""
    section = name.rpartition("_")[2]
    return f"pupils_{section}" if f"pupils_{section}" in columns else "pupils"


def _away_from_median(rows: pl.DataFrame, names: list[str], keys: list[str]) -> pl.DataFrame:
    """Return the rows with each value as its distance from the median of its county."""
    middle = rows.group_by(keys).agg(pl.col(name).median().alias(f"middle_{name}") for name in names)
    joined = rows.join(middle, on=keys, how="left", nulls_equal=True)
    return joined.with_columns(pl.col(name) - pl.col(f"middle_{name}") for name in names)
