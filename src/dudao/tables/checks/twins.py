"""Schools that are told twice: by the same name, or by the same figures under another name."""

from collections.abc import Mapping, Sequence

import polars as pl

from dudao.issues import Level
from dudao.tables.checks.rule import report_rows
from dudao.tables.columns import TableKind
from dudao.tables.problems import KEPT, Problems

FIGURES = ("pupils", "teaching_area", "sports_area", "equipment_value", "books", "computers")
_SHOWN = 5
FEWEST = 3
"""So many figures of size must be there and be the same before two schools are called alike."""


def names_told(frame: pl.DataFrame, kind: TableKind, headings: Mapping[str, str], problems: Problems) -> None:
    """Report rows with an identifier and no name."""
    if kind.name != "schools" or not {"school_name", "school_id"} <= set(frame.columns):
        return
    heading = headings.get("school_name", "学校名称")
    report_rows(
        frame.filter(pl.col("school_name").is_null() & pl.col("school_id").is_not_null()),
        problems,
        level=Level.WARNING,
        code="tables.no_name",
        sentence=f"学校标识码{{value}}没有填“{heading}”，已按标识码计入",
        remedy="请补填学校名称。",
        heading=heading,
        value="school_id",
    )


def same_name(frame: pl.DataFrame, kind: TableKind, headings: Mapping[str, str], problems: Problems) -> None:
    """Report schools of one county and year with the same name and type but other identifiers, or none."""
    if kind.name != "schools" or "school_name" not in frame.columns:
        return
    keys = [name for name in ("year", "region", "school_name", "school_type") if name in frame.columns]
    told = _narrow(frame, keys)
    twice = told.filter(pl.col("school_name").is_not_null() & pl.struct(keys).is_duplicated())
    if "school_id" in frame.columns and not twice.is_empty():
        # one identifier told twice is reported as that
        again = [*[name for name in ("year", "school_id", "school_type") if name in frame.columns]]
        twice = twice.filter(pl.col("school_id").is_null() | ~pl.struct(again).is_duplicated())
    heading = headings.get("school_name", "学校名称")
    report_rows(
        _with_others(twice, keys, "与{}同名"),
        problems,
        level=Level.WARNING,
        code="tables.duplicate_school_name",
        sentence=f"“{heading}”{{value}}，可能重复填报",
        remedy="是同一所学校请删去一行；是两所学校请写全称并填学校标识码。",
        heading=heading,
        value="shown",
        count=len(twice),
    )


def same_figures(frame: pl.DataFrame, kind: TableKind, headings: Mapping[str, str], problems: Problems) -> None:
    """Report schools of one county and year whose pupils and resources are all the same as another's."""
    names = [name for name in FIGURES if name in frame.columns]
    if kind.name != "schools" or len(names) < FEWEST or "school_name" not in frame.columns:
        return
    keys = [name for name in ("year", "region") if name in frame.columns]
    told = _narrow(frame, [*keys, *names]).filter(
        pl.sum_horizontal((pl.col(name) > 0).fill_null(False).cast(pl.Int32) for name in names) >= FEWEST
    )
    # the two columns that differ most sift out nearly everything before whole rows are compared
    sifted = told.filter(pl.struct(*keys, *names[:2]).is_duplicated())
    alike = sifted.filter(pl.struct(*keys, *names).is_duplicated())
    if "school_id" in frame.columns:
        again = [name for name in ("year", "school_id") if name in frame.columns]
        alike = alike.filter(pl.col("school_id").is_null() | ~pl.struct(again).is_duplicated())
    heading = headings.get("school_name", "学校名称")
    report_rows(
        _with_others(alike, [*keys, *names], "与{}的各项数量完全相同"),
        problems,
        level=Level.WARNING,
        code="tables.same_figures",
        sentence="“{value}”，可能是照抄或重复填报",
        remedy="请核对两所学校的学生数、面积和设备值。",
        heading=heading,
        value="shown",
        count=len(alike),
    )


def _narrow(frame: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Return the columns that comparing and naming take."""
    wanted = dict.fromkeys((*keys, "school_id", "school_name", "school_type", "sheet", "sheet_row"))
    return frame.select(name for name in wanted if name in frame.columns)


def _with_others(rows: pl.DataFrame, keys: Sequence[str], words: str) -> pl.DataFrame:
    """Return the rows that are kept, with `shown`: the name, and which rows are like it."""
    if rows.is_empty():
        return rows
    kept = rows.head(KEPT)
    groups = rows.join(kept.select(keys).unique(), on=list(keys), how="semi", nulls_equal=True).group_by(keys)
    numbers = groups.agg(pl.col("sheet_row").head(_SHOWN + 1).cast(pl.String).alias("numbers"))
    joined = kept.join(numbers, on=keys, how="left", nulls_equal=True, maintain_order="left")
    own = pl.col("sheet_row").cast(pl.String)
    others = pl.col("numbers").list.set_difference(pl.concat_list(own)).list.sort().list.head(_SHOWN)
    where = pl.format("第{}行", others.list.join("、"))
    told = pl.when(others.list.len() > 0).then(where).otherwise(pl.lit("别的行"))
    name = pl.coalesce("school_name", pl.lit("")) if "school_name" in rows.columns else pl.lit("")
    return joined.with_columns(pl.format("{}" + words, name, told).alias("shown")).drop("numbers")
