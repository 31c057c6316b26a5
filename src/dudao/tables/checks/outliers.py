"""Values unlike those of other schools of the same county, by median and median deviation."""

from collections.abc import Mapping

import polars as pl

from dudao.issues import Level
from dudao.tables.checks.rule import present, report_rows
from dudao.tables.columns import TableKind
from dudao.tables.problems import Problems

RESOURCES = (
    "teaching_area",
    "sports_area",
    "equipment_value",
    "computers",
    "books",
    "multimedia_rooms",
)
FEWEST = 8
"""Peers say something from so many schools on."""

FAR = 8.0
"""A value so many robust deviations from the median, on a logarithmic scale, is worth a second look."""

LEAST_SPREAD = 0.2


def unlike_peers(frame: pl.DataFrame, kind: TableKind, headings: Mapping[str, str], problems: Problems) -> None:
    """Report resources per pupil far from those of peers: a slip of a digit or of a unit, most of the time."""
    names = [name for name in RESOURCES if name in frame.columns]
    if not names or not present(frame, "pupils", "region") or len(frame) < FEWEST:
        return
    keys: list[str] = [name for name in ("year", "region") if name in frame.columns]
    rows = frame.with_row_index("place").filter(pl.col("pupils") >= 50)
    rows = rows.select(
        "place",
        *keys,
        *(
            pl.when((pl.col("pupils") >= 50) & (pl.col(name) > 0))
            .then((pl.col(name) / pl.col("pupils")).log())
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
        least = pl.max_horizontal(pl.col(f"spread_{name}") * 1.4826, pl.lit(LEAST_SPREAD))
        far = rows.filter((pl.col(name).abs() > least * FAR) & (pl.col(f"count_{name}") >= FEWEST))
        heading = headings.get(name, name)
        report_rows(
            frame[far["place"].sort().to_list()],
            problems,
            level=Level.WARNING,
            code="tables.unlike_peers",
            sentence=f"“{heading}”为“{{value}}”，生均值与同县学校相差悬殊",
            remedy="请核对数值、小数点和单位。",
            heading=heading,
            value=name,
        )


def _away_from_median(rows: pl.DataFrame, names: list[str], keys: list[str]) -> pl.DataFrame:
    """Return the rows with each value as its distance from the median of its county."""
    middle = rows.group_by(keys).agg(pl.col(name).median().alias(f"middle_{name}") for name in names)
    joined = rows.join(middle, on=keys, how="left", nulls_equal=True)
    return joined.with_columns(pl.col(name) - pl.col(f"middle_{name}") for name in names)
