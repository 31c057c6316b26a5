"""Groups of teachers against all teachers."""

from collections.abc import Collection, Iterator, Mapping

import polars as pl

from dudao.issues import Level
from dudao.tables.checks.rule import report_rows
from dudao.tables.columns import TableKind
from dudao.tables.problems import Problems

GROUPS = ("above_degree_teachers", "mid_title_teachers", "backbone_teachers", "pe_art_teachers")


def groups_and_wholes(names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield each column of a sort of teachers with the one of all teachers that it is part of."""
    for suffix in ("", "_primary", "_junior", "_senior"):
        for group in GROUPS:
            if {f"{group}{suffix}", f"full_time_teachers{suffix}"} <= set(names):
                yield f"{group}{suffix}", f"full_time_teachers{suffix}"


def groups_within_teachers(
    frame: pl.DataFrame, kind: TableKind, headings: Mapping[str, str], problems: Problems
) -> None:
    """Report schools where teachers of one sort are more than all teachers."""
    for part, whole in groups_and_wholes(frame.columns):
        wrong = frame.filter(pl.col(part) > pl.col(whole))
        heading, total = headings.get(part, part), headings.get(whole, whole)
        shown = pl.format("{}，多于专任教师{}", pl.col(part).cast(pl.Int64), pl.col(whole).cast(pl.Int64))
        report_rows(
            wrong.with_columns(shown.alias("shown")),
            problems,
            level=Level.ERROR,
            code="tables.more_than_all_teachers",
            sentence=f"“{heading}”为{{value}}人",
            remedy=f"请核对“{heading}”和“{total}”。",
            heading=heading,
            value="shown",
        )
