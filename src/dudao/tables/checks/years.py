"""One year against the year before: jumps, and figures that were copied."""

from collections.abc import Mapping

import polars as pl

from dudao.issues import Level
from dudao.tables.checks.rule import present, report_rows
from dudao.tables.columns import TableKind
from dudao.tables.problems import Problems

JUMPING = ("pupils", "full_time_teachers", "teaching_area", "sports_area", "equipment_value", "books")
JUMP = 2.0
"""A value that doubles or halves within a year is worth a second look."""

LEAST = 50
"""Smaller figures double easily."""

COPIED = 6
"""So many figures beside each other all the same as last year look copied."""


def _with_last_year(frame: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    last = frame.select("school_id", pl.col("year") + 1, *(pl.col(name).alias(f"last_{name}") for name in names))
    return frame.join(last.unique(["school_id", "year"]), on=["school_id", "year"], how="inner")


def jumps(frame: pl.DataFrame, kind: TableKind, headings: Mapping[str, str], problems: Problems) -> None:
    """Report figures that doubled or halved since the year before."""
    names = [name for name in JUMPING if name in frame.columns]
    if not names or not present(frame, "school_id", "year") or frame["year"].n_unique() < 2:
        return
    joined = _with_last_year(frame, names)
    for name in names:
        now, before = pl.col(name), pl.col(f"last_{name}")
        change = pl.when(now > before).then(pl.lit("一年间增加一倍以上")).otherwise(pl.lit("一年间减少一半以上"))
        far = (now > before * JUMP) | (now * JUMP < before)
        wrong = joined.filter(far & (before > 0) & (pl.max_horizontal(now, before) >= LEAST)).with_columns(
            pl.format("{}，上年为{}，{}", now, before, change).alias("shown")
        )
        heading = headings.get(name, name)
        report_rows(
            wrong,
            problems,
            level=Level.WARNING,
            code="tables.jump",
            sentence=f"“{heading}”为{{value}}",
            remedy="请核对；确有变化（新建、扩建、合并）的不必修改，请注明原因。",
            heading=heading,
            value="shown",
        )


def copied(frame: pl.DataFrame, kind: TableKind, headings: Mapping[str, str], problems: Problems) -> None:
    """Report schools whose people are all exactly as many as the year before."""
    people = [column.name for column in kind.columns if column.unit == "人" and column.name in frame.columns]
    if len(people) < COPIED or not present(frame, "school_id", "year") or frame["year"].n_unique() < 2:
        return
    joined = _with_last_year(frame, people)
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"last_{name}")) for name in people)
    told = pl.sum_horizontal((pl.col(name) > 0).fill_null(False).cast(pl.Int32) for name in people) >= COPIED
    report_rows(
        joined.filter(same & told),
        problems,
        level=Level.WARNING,
        code="tables.copied_year",
        sentence="“{value}”的学生、教师各项人数与上年完全相同，可能是照抄上年",
        remedy="请按当年9月1日的实际人数填报。",
        heading=headings.get("school_name", ""),
        value="school_name",
    )
