"""What makes a county unsure, found on an engine: identifiers told twice, totals that contradict their sections."""

from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw
import polars as pl

from dudao.balance.standard import BalanceStandard, Method
from dudao.issues import Issue, Level, Location
from dudao.pipelines.balance_engine_checks import sections_apart
from dudao.pipelines.balance_readings import MOST_ROWS, doubtful_readings, not_compared
from dudao.tables.checks.teachers import groups_and_wholes
from dudao.tables.table import Doubt

REMEDY = "请用 --engine polars 逐县核对。"


def twice_told(frame: Any, file: str) -> tuple[list[Doubt], list[Issue]]:
    """Return the rows that share an identifier in one year, as doubts for their counties, and what to tell.

    Args:
        frame: a lazy frame of any engine in canonical columns, `region` naming the county.
        file: the file or folder, for places.
    """
    names = frame.collect_schema().names()
    if "school_id" not in names:
        return [], []
    keys = [name for name in ("year", "school_id") if name in names]
    given = frame.filter(~nw.col("school_id").is_null())
    counts = given.group_by(*keys).agg(nw.len().alias("times")).filter(nw.col("times") > 1)
    twice = counts.select(*keys).head(MOST_ROWS).collect(backend="polars").to_native()
    if twice.is_empty():
        return [], []
    wanted = [name for name in ("year", "region", "school_id", "school_name") if name in names]
    told = given.join(counts.select(*keys), on=keys, how="inner").select(*wanted)
    rows = told.sort(*wanted, nulls_last=True).head(MOST_ROWS).collect(backend="polars").to_native()
    where = Location(file=file)
    message = f"{len(twice)}个学校标识码在同一年里有两行以上，不能确定哪一行是对的，所在县区暂不下结论"
    doubts = [
        Doubt(
            row.get("year"),
            row["region"],
            row["school_id"],
            row.get("school_name") or "",
            f"学校标识码{row['school_id']}与别的行重复，不能确定哪一行是对的",
        )
        for row in rows.filter(pl.col("region").is_not_null()).iter_rows(named=True)
    ]
    return doubts, [Issue(Level.ERROR, "tables.duplicate_school_id", message, where, REMEDY)]


def contradicted(
    frame: Any, standard: BalanceStandard, method: Method | None, file: str
) -> tuple[list[Doubt], list[Issue]]:
    """Return the contradicting schools of counties whose verdict depends on the reading, and what to tell.

    Only the counties with such schools leave the engine.
    """
    names = frame.collect_schema().names()
    conditions = [apart for _, apart in sections_apart(names)]
    above = (nw.col(part) > nw.col(whole) for part, whole in groups_and_wholes(names))
    conditions += [nw.coalesce(each, nw.lit(False)) for each in above]
    if not conditions:
        return [], []
    keys = [name for name in ("year", "region") if name in names]
    placed = frame.filter(~nw.col("region").is_null())
    touched = placed.filter(reduce(or_, conditions)).select(*keys).unique()
    rows = placed.join(touched, on=keys, how="inner").head(MOST_ROWS + 1).collect(backend="polars").to_native()
    if len(rows) > MOST_ROWS:
        return [], [not_compared(file)]
    return doubtful_readings(_in_order(rows), standard, method, file)


def _in_order(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows in an order of their own: an engine hands them over in another one each time."""
    first = [name for name in ("year", "region", "school_id", "school_name") if name in rows.columns]
    return rows.sort([*first, *(name for name in rows.columns if name not in first)], nulls_last=True)
