"""Rows of a table of duties, put to their county and year, with words of levels and grades understood."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from dudao.pipelines.duties.limits import LimitsInForce
from dudao.tables.table import Table

Row = Mapping[str, Any]
Rows = list[dict[str, Any]]

LEVELS = {
    "primary": ("小学", "小学阶段", "普通小学"),
    "junior": ("初中", "初中阶段", "普通初中", "初级中学"),
    "senior": ("高中", "普通高中", "高中阶段", "普高"),
    "vocational": ("中职", "中等职业学校", "中等职业教育", "职业高中"),
    "college": ("高职", "高校", "高等学校", "高等职业学校", "普通高校"),
    "preschool": ("幼儿园", "学前", "学前教育", "学前三年"),
    "special": ("特殊教育", "特教", "特殊教育学校"),
    "compulsory": ("义务教育", "九年义务教育", "九年", "义务教育阶段"),
}
"""The words for a level; another word stands for itself."""

_LEVEL_OF = {word: level for level, words in LEVELS.items() for word in words}
WHOLE = ("", "合计", "总计", "全县", "全区", "全市", "本级", "全部", "各学段合计", "小计")
_DIGITS = {word: number for number, word in enumerate("一二三四五六七八九", start=1)}
LAST_GRADE = {"primary": 6, "junior": 9, "senior": 12}


@dataclass(frozen=True, slots=True)
class County:
    """The rows of one county and year: `place` is how facts name it, its code where one is given."""

    place: str
    name: str
    period: str
    rows: Rows

    @property
    def year(self) -> int:
        """Return the year, 0 when none is given."""
        return int(self.period or 0)


@dataclass(frozen=True, slots=True)
class Around:
    """What the functions of a duty may ask besides their rows: limits in force and the other tables."""

    limits: LimitsInForce
    tables: Mapping[str, tuple[County, ...]]

    def beside(self, kind: str, county: County) -> Rows:
        """Return the rows of another table for the same county and year."""
        return [row for each in self.tables.get(kind, ()) if _same(each, county) for row in each.rows]


def _same(one: County, other: County) -> bool:
    places = {one.place, one.name} & {other.place, other.name}
    return bool(places) and one.period == other.period


def counties_of(table: Table) -> Iterator[County]:
    """Yield the rows of a table by county and year, in the order of the table."""
    frame = table.frame
    if frame.is_empty():
        return
    texts = [pl.col(name).cast(pl.String) for name in ("region_code", "region_name") if name in frame.columns]
    name = pl.col("region_name") if "region_name" in frame.columns else pl.lit(None, dtype=pl.String)
    year = pl.col("year") if "year" in frame.columns else pl.lit(None, dtype=pl.Int64)
    code = [text.str.extract(r"^\s*(\d{6})") for text in texts[:1] if "region_code" in frame.columns]
    frame = frame.with_columns(
        pl.coalesce(*code, *texts, pl.lit("")).alias("place"),
        name.fill_null("").alias("place_name"),
        year.cast(pl.Int64).alias("period"),
    )
    for (place, period), rows in frame.group_by("place", "period", maintain_order=True):
        names = [word for word in rows["place_name"].unique(maintain_order=True) if word]
        told = "" if period is None else str(period)
        yield County(str(place), names[0] if names else "", told, rows.to_dicts())


def level_of(row: Row) -> str:
    """Return the level of a row: from its level, else from its grade; `` for the whole."""
    words = re.sub(r"\s", "", str(row.get("level") or ""))
    if words in WHOLE:
        grade = grade_of(row.get("grade"))
        return "" if grade is None else next(level for level, last in LAST_GRADE.items() if grade <= last)
    return _LEVEL_OF.get(words, words)


def by_level(rows: Rows) -> dict[str, Rows]:
    """Return the rows by level, those of the whole left out."""
    levels: dict[str, Rows] = {}
    for row in rows:
        if level := level_of(row):
            levels.setdefault(level, []).append(row)
    return levels


def grade_of(words: object) -> int | None:
    """Return the number of a grade (三年级, 初二, 高一, 7), None when the words name none."""
    text = re.sub(r"\s|年级|年", "", str(words or ""))
    if match := re.fullmatch(r"(小|初|高|七|八|九)?([一二三四五六七八九\d]{1,2})", text):
        number = _DIGITS.get(match[2]) or (int(match[2]) if match[2].isdigit() else None)
        if number is None:
            return None
        number += {"初": 6, "高": 9}.get(match[1] or "", 0)
        return number if 1 <= number <= 12 else None
    return None


def summed(rows: Rows, name: str) -> float | None:
    """Return the sum of a column; None when one of its figures is missing."""
    values = [row.get(name) for row in rows]
    return None if not values or None in values else sum(value for value in values if value is not None)


def yes(words: object) -> bool | None:
    """Return a yes or no written in words, None for anything else."""
    if isinstance(words, bool):
        return words
    text = str(words or "").strip()
    if text in ("是", "有", "普惠", "普惠性", "普惠性民办园", "√", "1"):
        return True
    return False if text in ("否", "无", "非普惠", "营利性", "×", "0", "非普惠性") else None
