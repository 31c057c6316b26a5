"""What if schools were merged (撤并) or new ones opened: rows of a schools table joined, left out and added."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from dudao.balance.standard import SECTIONS
from dudao.errors import WrongUseError
from dudao.tables.codes import OWNERSHIP_WORDS, SCHOOL_TYPES, TYPE_WORDS, URBAN_RURAL, URBAN_RURAL_WORDS
from dudao.tables.columns import Column, ColumnType
from dudao.tables.headings import match_heading
from dudao.tables.kinds.schools import SCHOOLS

LARGEST = ("largest_class",)
"""Figures of which a merged school has the larger one, not the sum."""

SITES = ("teaching_area", "indoor_sports_area", "sports_area", "additional_sports_area")
"""What stays where it is when a site is given up."""

TYPES: Mapping[frozenset[str], str] = {
    frozenset({"primary"}): "211",
    frozenset({"junior"}): "311",
    frozenset({"primary", "junior"}): "312",
    frozenset({"junior", "senior"}): "341",
    frozenset({"primary", "junior", "senior"}): "345",
}
_RUNS: Mapping[str, frozenset[str]] = {
    **{code: sections for sections, code in TYPES.items()},
    "218": frozenset({"primary"}),
    "342": frozenset({"senior"}),
}
_CODES = {
    "school_type": {**TYPE_WORDS, **{code: code for code in SCHOOL_TYPES}},
    "urban_rural": {**URBAN_RURAL_WORDS, **{code: code for code in URBAN_RURAL}},
    "ownership": OWNERSHIP_WORDS,
}


@dataclass(frozen=True, slots=True)
class Merge:
    """One school taken into another: its people and goods go along, its site only when it is kept."""

    gone: str
    into: str
    keep_site: bool = True


@dataclass(frozen=True, slots=True)
class NewSchool:
    """A school that is opened, with what is known of it by canonical column."""

    name: str
    values: Mapping[str, str | float]


def parse_merge(text: str, *, keep_site: bool = True) -> Merge:
    """Return the merge written as 乙小学=甲小学 (the first is taken into the second).

    Raises:
        WrongUseError: the text is not of this form.
    """
    gone, equals, into = (part.strip() for part in text.partition("="))
    if not equals or not gone or not into or gone == into:
        raise WrongUseError(f"看不懂“{text}”。", advice="写成：被撤并的学校=并入的学校，如 “乙小学=甲小学”。")
    return Merge(gone, into, keep_site)


def parse_new_school(text: str) -> NewSchool:
    """Return the school written as 校名/列名=值/列名=值.

    Raises:
        WrongUseError: the text is not of this form, a column is not known, or the type of school is missing.
    """
    advice = "写成：校名/办学类型=小学/在校生数=900/教学及辅助用房面积=6000；没有写的按缺数处理。"
    name, *parts = (part.strip() for part in text.split("/"))
    values: dict[str, str | float] = {}
    for part in parts:
        heading, equals, value = (piece.strip() for piece in part.partition("="))
        match = match_heading(SCHOOLS, [heading])
        if not equals or match is None:
            raise WrongUseError(f"看不懂“{part}”。", advice=advice)
        values[match.column.name] = _value(match.column, value, advice)
    if not name or "school_type" not in values:
        raise WrongUseError(f"新校“{text}”要写校名和办学类型。", advice=advice)
    return NewSchool(name, values)


def _value(column: Column, text: str, advice: str) -> str | float:
    if column.name in _CODES:
        code = _CODES[column.name].get(text)
        if code is None:
            raise WrongUseError(f"“{column.title}”没有“{text}”。", advice=advice)
        return code
    if not column.is_numeric:
        return text
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(万)?(?:元|人|间|台|册|平方米)?", text.replace(",", ""))
    if found is None:
        raise WrongUseError(f"“{column.title}”应为数字，现为“{text}”。", advice=advice)
    return float(found[1]) * (10_000.0 if found[2] else 1.0)


def changed_network(
    schools: pl.DataFrame, merges: Sequence[Merge], openings: Sequence[NewSchool]
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return the schools of one county and year after merges and openings, and each of them in words.

    Raises:
        WrongUseError: a school is not found or its name is not unique, or a new one has the name of another.
    """
    told = []
    for merge in merges:
        schools = _merged(schools, merge)
        site = "" if merge.keep_site else "，原校舍场地不再使用"
        told.append(f"{merge.gone}并入{merge.into}{site}")
    for school in openings:
        schools = _opened(schools, school)
        figures = "、".join(_told(name, value) for name, value in school.values.items())
        told.append(f"新办{school.name}（{figures}）")
    return schools, tuple(told)


def _told(name: str, value: str | float) -> str:
    if isinstance(value, float):
        return f"{SCHOOLS.column(name).title}{value:,.10g}"
    return {**SCHOOL_TYPES, **URBAN_RURAL, "public": "公办", "private": "民办"}.get(value, value)


def find_school(schools: pl.DataFrame, wanted: str) -> int:
    """Return the row of the school of that name or identifier.

    Raises:
        WrongUseError: there is none, or several.
    """
    places: list[int] = []
    for name in ("school_id", "school_name"):
        if not places and name in schools.columns:
            places = [int(row) for row in (schools[name] == wanted).fill_null(value=False).arg_true()]
    if len(places) == 1:
        return places[0]
    if places:
        raise WrongUseError(f"有 {len(places)} 所学校叫“{wanted}”。", advice="请改用学校标识码。")
    near = [str(each) for each in schools["school_name"].drop_nulls() if wanted in str(each)][:5]
    raise WrongUseError(
        f"表里没有学校“{wanted}”。", advice=f"相近的有：{'、'.join(near)}。" if near else "请核对名称。"
    )


def _merged(schools: pl.DataFrame, merge: Merge) -> pl.DataFrame:
    gone, into = find_school(schools, merge.gone), find_school(schools, merge.into)
    if gone == into:
        raise WrongUseError(f"“{merge.gone}”和“{merge.into}”是同一所学校。")
    one, other = schools.row(into, named=True), schools.row(gone, named=True)
    sections = _runs(one) | _runs(other)
    numeric = [column for column in SCHOOLS.columns if column.is_numeric]
    both = len(sections) > 1
    left, right = _by_section(one), _by_section(other)
    values: dict[str, float | None] = {}
    for column in numeric:
        mine, theirs = _number(left.get(column.name)), _number(right.get(column.name))
        if column.name in SITES and not merge.keep_site:
            values[column.name] = mine
        elif column.name in LARGEST:
            values[column.name] = max((each for each in (mine, theirs) if each is not None), default=None)
        elif column.section and mine is None:
            values[column.name] = theirs
        elif column.section and theirs is None:
            values[column.name] = mine
        else:
            # what one of them has not reported is not known of the merged school either
            values[column.name] = None if mine is None or theirs is None else mine + theirs
    kind = TYPES.get(frozenset(sections)) if both else None
    row = {**one, **{name: value for name, value in values.items() if name in schools.columns or value is not None}}
    row["school_type"] = kind or one.get("school_type")
    return _with_row(_widened(schools, row), into, row).filter(pl.int_range(pl.len()) != gone)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _runs(row: Mapping[str, object]) -> frozenset[str]:
    reported = frozenset(section for section in SECTIONS if row.get(f"pupils_{section}"))
    return reported or _RUNS.get(str(row.get("school_type") or ""), frozenset())


def _by_section(row: Mapping[str, object]) -> dict[str, object]:
    """Return a school of one section with its whole figures told as those of the section."""
    found = dict(row)
    sections = _runs(row)
    if len(sections) != 1:
        return found
    [section] = sections
    for column in SCHOOLS.columns:
        if column.section == section and found.get(column.name) is None:
            found[column.name] = found.get(column.whole)
    return found


def _opened(schools: pl.DataFrame, school: NewSchool) -> pl.DataFrame:
    if school.name in schools["school_name"].to_list():
        raise WrongUseError(f"表里已有“{school.name}”。", advice="新校请用别的名称；改数请用 --set。")
    first = schools.row(0, named=True)
    row: dict[str, object] = dict.fromkeys(schools.columns)
    row |= {name: first.get(name) for name in ("year", "region", "region_code", "region_name") if name in first}
    row |= {"school_name": school.name, "school_id": f"新办{school.name}", **school.values}
    schools = _widened(schools, row)
    added = pl.DataFrame([{name: row.get(name) for name in schools.columns}], schema=schools.schema)
    return pl.concat([schools, added])


def _widened(schools: pl.DataFrame, row: Mapping[str, object]) -> pl.DataFrame:
    """Return the schools with every column that a row has a figure for."""
    kinds = {ColumnType.FLAG: pl.Boolean, ColumnType.TEXT: pl.String, ColumnType.YEAR: pl.Int64}
    absent = [name for name, value in row.items() if name not in schools.columns and value is not None]
    columns = [
        pl.lit(None, dtype=kinds.get(SCHOOLS.column(name).type, pl.Float64)).alias(name)
        for name in absent
        if name in SCHOOLS.names()
    ]
    return schools.with_columns(columns)


def _with_row(schools: pl.DataFrame, place: int, row: Mapping[str, object]) -> pl.DataFrame:
    changed = pl.DataFrame([{name: row.get(name) for name in schools.columns}], schema_overrides=schools.schema)
    parts = [schools.slice(0, place), changed.select(schools.columns), schools.slice(place + 1)]
    return pl.concat(parts, how="vertical_relaxed")
