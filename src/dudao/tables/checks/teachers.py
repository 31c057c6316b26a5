"""Groups of teachers against all teachers."""

from collections.abc import Mapping

import polars as pl

from dudao.issues import Level
from dudao.tables.checks.rule import present, report_rows
from dudao.tables.columns import TableKind
from dudao.tables.problems import Problems

GROUPS = ("above_degree_teachers", "mid_title_teachers", "backbone_teachers", "pe_art_teachers")


def groups_within_teachers(
    frame: pl.DataFrame, kind: TableKind, headings: Mapping[str, str], problems: Problems
) -> None:
    """Report schools where teachers of one sort are more than all teachers."""
    for suffix in ("", "_primary", "_junior", "_senior"):
        whole = f"full_time_teachers{suffix}"
        for group in GROUPS:
            part = f"{group}{suffix}"
            if not present(frame, whole, part):
                continue
            wrong = frame.filter(pl.col(part) > pl.col(whole))
            heading, total = headings.get(part, part), headings.get(whole, whole)
            wrong = wrong.with_columns(
                pl.format("{}，多于专任教师{}", pl.col(part).cast(pl.Int64), pl.col(whole).cast(pl.Int64)).alias(
                    "shown"
                )
            )
            report_rows(
                wrong,
                problems,
                level=Level.ERROR,
                code="tables.more_than_all_teachers",
                sentence=f"“{heading}”为{{value}}人",
                remedy=f"请核对“{heading}”和“{total}”。",
                heading=heading,
                value="shown",
            )
