"""What would follow from other figures: cells of a schools table changed, verdicts before and after."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from dudao.balance.compute import compute_balance
from dudao.balance.model import CountyResult, SchoolResult, Verdict
from dudao.balance.network import Merge, NewSchool, changed_network, find_school
from dudao.balance.result import BalanceResult
from dudao.balance.standard import LEVEL_NAMES, SECTIONS, BalanceStandard, Method
from dudao.errors import WrongUseError
from dudao.tables.columns import Column, ColumnType
from dudao.tables.headings import match_heading
from dudao.tables.kinds.schools import SCHOOLS

_FLAGS = {"是": True, "1": True, "true": True, "否": False, "0": False, "false": False}


@dataclass(frozen=True, slots=True)
class Change:
    """One cell changed: `value` replaces it, or is added to it when `relative`; a flag takes True or False."""

    school: str
    column: str
    value: float | bool
    relative: bool = False


@dataclass(frozen=True, slots=True)
class CellChange:
    """A change as carried out, with what stood there before; None when nothing was reported."""

    school_id: str
    school_name: str
    column: str
    title: str
    before: float | bool | None
    after: float | bool


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A coefficient (`coefficient`) or a number of schools meeting a threshold (`schools_met`) that changed."""

    region: str
    level: str
    indicator: str
    name: str
    measure: str
    before: float | None
    after: float | None
    met_before: bool | None
    met_after: bool | None


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A county (`level` empty) or a section of a school whose verdict changed."""

    region: str
    level: str
    name: str
    before: Verdict | None
    after: Verdict | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Both results and everything that differs between them; `network` tells of merges and openings in words."""

    cells: tuple[CellChange, ...]
    before: BalanceResult
    after: BalanceResult
    figures: tuple[FigureChange, ...]
    verdicts: tuple[VerdictChange, ...]
    network: tuple[str, ...] = ()


def parse_change(text: str) -> Change:
    """Return the change written as 学校/列=值, 学校/列=+增量 or 学校/列=-减量.

    Raises:
        WrongUseError: the text is not of this form, or no column of the schools table is called so.
    """
    head, equals, value = text.partition("=")
    school, slash, heading = head.rpartition("/")
    advice = "写成：学校名称或标识码/列名=数值；以 + 或 - 开头表示增减，如 “第一小学/体育运动场馆面积=+1800”。"
    if not equals or not slash or not school.strip() or not heading.strip():
        raise WrongUseError(f"看不懂“{text}”。", advice=advice)
    column = _column(heading.strip())
    value = value.strip().replace("＋", "+").replace("－", "-").replace("−", "-").replace(",", "").replace("，", "")
    if column.type is ColumnType.FLAG:
        if value.lower() not in _FLAGS:
            raise WrongUseError(f"“{column.title}”只能是“是”或“否”，不能是“{value}”。", advice=advice)
        return Change(school.strip(), column.name, _FLAGS[value.lower()])
    if not column.is_numeric:
        raise WrongUseError(f"“{column.title}”不是数量，不能推演。", advice="请改变学生数、教师数、面积、设备等数量。")
    factor = 10000.0 if value.endswith(("万", "万元")) else 1.0
    number = re.fullmatch(r"([+-]?)(\d+(?:\.\d+)?)(?:万元|万|元|平方米|人|间|台|册)?", value)
    if number is None:
        raise WrongUseError(f"“{value}”不是数。", advice="请写数值，如 1800；增减写成 +1800 或 -1800。")
    amount = float(number[2]) * factor * (-1.0 if number[1] == "-" else 1.0)
    return Change(school.strip(), column.name, amount, relative=bool(number[1]))


def _column(heading: str) -> Column:
    if heading in SCHOOLS.names():
        return SCHOOLS.column(heading)
    match = match_heading(SCHOOLS, [heading])
    if match is None:
        raise WrongUseError(f"学校表没有“{heading}”这一列。", advice="列名与 dudao balance template 写出的表头相同。")
    return match.column


def change_cells(schools: pl.DataFrame, changes: Sequence[Change]) -> tuple[pl.DataFrame, tuple[CellChange, ...]]:
    """Return the schools with changed cells, and what was changed; whole and section figures stay in step.

    The schools must be of one year.

    Raises:
        WrongUseError: a school is not found or its name is not unique, a figure would fall below zero, an added
            amount has nothing to be added to, or a whole-school figure is spread over several sections.
    """
    cells: list[CellChange] = []
    for change in changes:
        row = find_school(schools, change.school)
        record = schools.row(row, named=True)
        for name, value in _new_values(record, change):
            dtype = schools.schema.get(name, pl.Boolean if isinstance(value, bool) else pl.Float64)
            before = record.get(name)
            if name not in schools.columns:
                schools = schools.with_columns(pl.lit(None, dtype=dtype).alias(name))
            here = pl.int_range(pl.len()) == row
            kind = pl.Float64 if not isinstance(value, bool) and dtype.is_numeric() else dtype
            replaced = pl.when(here).then(pl.lit(value, dtype=kind)).otherwise(pl.col(name).cast(kind))
            schools = schools.with_columns(replaced.alias(name))
            school = str(record.get("school_id") or ""), str(record.get("school_name") or "")
            cells.append(CellChange(*school, name, SCHOOLS.column(name).title, before, value))
    return schools, tuple(cells)


def _new_values(record: dict[str, object], change: Change) -> list[tuple[str, float | bool]]:
    if isinstance(change.value, bool):
        return [(change.column, change.value)]
    column = SCHOOLS.column(change.column)
    found = [(change.column, _after(record, change.column, change))]
    before = record.get(change.column)
    difference = found[0][1] - float(before) if isinstance(before, int | float) else None
    if column.whole and difference is not None and isinstance(record.get(column.whole), int | float):
        found.append((column.whole, _after(record, column.whole, Change("", column.whole, difference, relative=True))))
    if not column.section:
        reported = [
            f"{change.column}_{section}"
            for section in SECTIONS
            if isinstance(record.get(f"{change.column}_{section}"), int | float)
            and record[f"{change.column}_{section}"] != 0
        ]
        if len(reported) > 1:
            titles = "、".join(SCHOOLS.column(name).title for name in reported)
            raise WrongUseError(f"“{column.title}”由几个学段合成，请指明学段。", advice=f"可改变的列：{titles}。")
        if reported:
            found.append((reported[0], found[0][1]))
    return found


def _after(record: dict[str, object], name: str, change: Change) -> float:
    value = float(change.value)
    if change.relative:
        before = record.get(name)
        if not isinstance(before, int | float):
            raise WrongUseError(
                f"{record.get('school_name')}的“{SCHOOLS.column(name).title}”没有填报，不能在它之上增减。",
                advice="请直接给出数值（不带 + 或 -）。",
            )
        value += before
    if value < 0:
        raise WrongUseError(f"{record.get('school_name')}的“{SCHOOLS.column(name).title}”会变成 {value:g}，小于 0。")
    return value


def what_if(
    schools: pl.DataFrame,
    changes: Sequence[Change],
    standard: BalanceStandard,
    *,
    method: Method | None = None,
    merges: Sequence[Merge] = (),
    openings: Sequence[NewSchool] = (),
) -> WhatIf:
    """Return the balance before and after, and everything that differs; merges and openings come before changes."""
    network, told = changed_network(schools, merges, openings)
    changed, cells = change_cells(network, changes)
    before = compute_balance(schools, standard, method=method, detail=True)
    after = compute_balance(changed, standard, method=method, detail=True)
    figures: list[FigureChange] = []
    verdicts: list[VerdictChange] = []
    befores = {(county.year, county.region): county for county in before.counties}
    for county in after.counties:
        old = befores[county.year, county.region]
        figures += _figures(old, county)
        verdicts += _verdicts(old, county)
    return WhatIf(cells, before, after, tuple(figures), tuple(verdicts), told)


def _figures(before: CountyResult, after: CountyResult) -> list[FigureChange]:
    found = []
    for level, result in after.levels.items():
        if level not in before.levels:
            continue
        for old, new in zip(before.levels[level].indicators, result.indicators, strict=True):
            who = (after.region, level, new.id, new.name)
            if _differ(old.coefficient, new.coefficient):
                found.append(FigureChange(*who, "coefficient", old.coefficient, new.coefficient, old.met, new.met))
            if old.schools_met != new.schools_met and new.threshold is not None:
                counts = float(old.schools_met), float(new.schools_met)
                found.append(FigureChange(*who, "schools_met", *counts, None, None))
    return found


def _differ(before: float | None, after: float | None) -> bool:
    # sums may be taken in another order: the last digits are no change
    if before is None or after is None:
        return before is not after
    return not math.isclose(before, after, rel_tol=1e-10, abs_tol=1e-12)


def _verdicts(before: CountyResult, after: CountyResult) -> list[VerdictChange]:
    found = []
    if before.verdict is not after.verdict:
        found.append(VerdictChange(after.region, "", after.name, before.verdict, after.verdict))
    olds = {_key(school): school for school in before.schools}
    news = {_key(school): school for school in after.schools}
    for key in dict.fromkeys((*olds, *news)):
        old, new = olds.get(key), news.get(key)
        one = new or old
        if one is not None and (old is None or new is None or old.verdict is not new.verdict):
            name = f"{one.school_name}（{LEVEL_NAMES[one.level]}）"
            verdicts = (old.verdict if old else None, new.verdict if new else None)
            found.append(VerdictChange(after.region, one.level, name, *verdicts))
    return found


def _key(school: SchoolResult) -> tuple[str, str, str]:
    return school.level, school.school_id, school.school_name
