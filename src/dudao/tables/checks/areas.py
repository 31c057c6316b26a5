"""Areas that are part of others."""

from collections.abc import Mapping

import polars as pl

from dudao.issues import Level
from dudao.tables.checks.rule import present, report_rows
from dudao.tables.columns import TableKind
from dudao.tables.problems import Problems


def indoor_within_teaching_area(
    frame: pl.DataFrame, kind: TableKind, headings: Mapping[str, str], problems: Problems
) -> None:
    """Report schools whose indoor sports rooms are larger than the teaching rooms they are taken out of."""
    if not present(frame, "teaching_area", "indoor_sports_area"):
        return
    heading = headings.get("indoor_sports_area", "室内体育用房面积")
    whole = headings.get("teaching_area", "教学及辅助用房面积")
    report_rows(
        frame.filter(pl.col("indoor_sports_area") > pl.col("teaching_area")),
        problems,
        level=Level.ERROR,
        code="tables.part_above_whole",
        sentence=f"“{heading}”为{{value}}，大于“{whole}”",
        remedy=f"室内体育用房应包含在“{whole}”之内，请核对两项面积。",
        heading=heading,
        value="indoor_sports_area",
    )
