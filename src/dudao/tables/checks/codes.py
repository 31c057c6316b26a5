"""Codes that cannot be: school identifiers, region codes, identifiers that contradict the type; names of counties."""

import re
from collections.abc import Iterator, Mapping

import polars as pl

from dudao.issues import Level
from dudao.tables.checks.rule import present, report_rows
from dudao.tables.codes import PROVINCES, SCHOOL_ID_CATEGORIES
from dudao.tables.columns import TableKind
from dudao.tables.problems import Problems

CATEGORY_OF_TYPE: Mapping[str, tuple[str, ...]] = {
    "21": ("211", "218"),
    "31": ("311",),
    "34": ("341", "342"),
}
"""The category that an identifier begins with, and the school types it is given to."""

MOST_COUNTIES = 5_000


def school_identifiers(frame: pl.DataFrame, kind: TableKind, headings: Mapping[str, str], problems: Problems) -> None:
    """Report identifiers that are not ten digits, or name no category or province."""
    if not present(frame, "school_id"):
        return
    heading = headings.get("school_id", "学校标识码")
    code = pl.col("school_id")
    shape = code.str.contains(r"^\d{10}$")
    sound = code.str.slice(0, 2).is_in(SCHOOL_ID_CATEGORIES) & code.str.slice(2, 2).is_in(PROVINCES)
    report_rows(
        frame.filter(~shape),
        problems,
        level=Level.WARNING,
        code="tables.school_id_shape",
        sentence=f"“{heading}”应为10位数字，这里是“{{value}}”",
        remedy="请按学校（机构）标识码填写；数字被改成科学计数法时请把单元格设为文本。",
        heading=heading,
        value="school_id",
    )
    report_rows(
        frame.filter(shape & ~sound),
        problems,
        level=Level.NOTE,
        code="tables.school_id_unknown",
        sentence=f"“{heading}”{{value}}的前四位不是已知的学校类别和省份",
        remedy="请核对标识码。",
        heading=heading,
        value="school_id",
    )


def region_codes(frame: pl.DataFrame, kind: TableKind, headings: Mapping[str, str], problems: Problems) -> None:
    """Report region codes that are no code of a county."""
    if not present(frame, "region_code"):
        return
    heading = headings.get("region_code", "行政区划代码")
    code = pl.col("region_code")
    wrong = frame.filter(~code.str.contains(r"^\d{6}(\d{3}|\d{6})?$") | ~code.str.slice(0, 2).is_in(PROVINCES))
    report_rows(
        wrong,
        problems,
        level=Level.WARNING,
        code="tables.region_code_shape",
        sentence=f"“{heading}”应为6位或12位行政区划代码，这里是“{{value}}”",
        remedy="请核对行政区划代码。",
        heading=heading,
        value="region_code",
    )


_ENDING = re.compile(r"(自治县|自治旗|县|区|旗|市)$")
_ABOVE = re.compile(r"^.{2,}?(省|市|州|盟|地区|自治区)(?=.)")


def counties_spelled_apart(
    frame: pl.DataFrame, kind: TableKind, headings: Mapping[str, str], problems: Problems
) -> None:
    """Report counties without a code that are named as another one is, but for an ending or what lies above them."""
    if not present(frame, "region", "region_name"):
        return
    named = frame.filter(pl.col("region_name").is_not_null() & (pl.col("region") == pl.col("region_name")))
    counts = dict(named.group_by("region_name").len().rows())
    if not 1 < len(counts) <= MOST_COUNTIES:
        return
    heading = headings.get("region_name", "县区")
    for rarer, other in _alike(counts):
        report_rows(
            named.filter(pl.col("region_name") == rarer).with_columns(shown=pl.lit(rarer)),
            problems,
            level=Level.WARNING,
            code="tables.county_spelled_apart",
            sentence=f"“{heading}”写作“{{value}}”，与“{other}”当作两个县区分别计算了",
            remedy=f"是同一个县区的，请统一写作“{other}”或填行政区划代码。",
            heading=heading,
            value="shown",
        )


def _alike(counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Yield pairs of names that may mean the same: 临江 and 临江县, 江州市临江县 and 临江县; the rarer one first."""
    for name in sorted(counts):
        shorter = {_ENDING.sub("", name), _ABOVE.sub("", name)} - {name, ""}
        for other in sorted(shorter & counts.keys()):
            yield (name, other) if counts[name] <= counts[other] else (other, name)


def identifier_fits_type(frame: pl.DataFrame, kind: TableKind, headings: Mapping[str, str], problems: Problems) -> None:
    """Report identifiers whose category belongs to another type of school."""
    if not present(frame, "school_id", "school_type"):
        return
    heading = headings.get("school_id", "学校标识码")
    category = pl.col("school_id").str.slice(0, 2)
    clash = pl.lit(False)
    for prefix in CATEGORY_OF_TYPE:
        others = [each for key, values in CATEGORY_OF_TYPE.items() if key != prefix for each in values]
        clash = clash | ((category == prefix) & pl.col("school_type").is_in(others))
    if "by_section" in frame.columns:
        # a section in a row of its own carries the identifier of its school
        clash = clash & ~pl.col("by_section").fill_null(False)
    wrong = frame.filter(clash & pl.col("school_id").str.contains(r"^\d{10}$")).with_columns(
        pl.format("{}与办学类型{}", "school_id", "school_type").alias("shown")
    )
    report_rows(
        wrong,
        problems,
        level=Level.NOTE,
        code="tables.school_id_and_type_differ",
        sentence=f"“{heading}”{{value}}的学校类别不一致",
        remedy="请核对标识码前两位和办学类型。",
        heading=heading,
        value="shown",
    )
