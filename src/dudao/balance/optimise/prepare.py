"""From a schools table and a standard to the county that the optimiser works on."""

import math
from collections.abc import Collection
from typing import Any

import narwhals as nw

from dudao.balance.measure import measure
from dudao.balance.optimise.model import County, Level, Section, Target
from dudao.balance.standard import (
    LEVEL_NAMES,
    LEVELS,
    BalanceStandard,
    Direction,
    Judged,
    Method,
    ResourceIndicator,
    Sharing,
    Term,
)
from dudao.errors import WrongUseError
from dudao.tables.columns import ColumnType
from dudao.tables.kinds.schools import SCHOOLS

_SHOWN = 8


def prepare_county(
    schools: Any, standard: BalanceStandard, *, method: Method | None = None, indicators: Collection[str] = ()
) -> County:
    """Return the judged sections of one county in one year with what the standard asks of them.

    Args:
        schools: the schools of one county and one year, in canonical columns, any engine that Narwhals knows.
        standard: what is asked.
        method: how schools weigh; the standard's own when None. Only decides what is read, not the weights.
        indicators: ids of the indicators that the plan may change; empty for all.

    Raises:
        WrongUseError: the table holds several counties or years, nothing to judge, an unknown indicator, or a
            figure is missing without which no coefficient can be computed.
    """
    unknown = sorted(set(indicators) - {indicator.id for indicator in standard.indicators})
    if unknown:
        known = "、".join(indicator.id for indicator in standard.indicators)
        raise WrongUseError(f"标准“{standard.name}”没有指标 {'、'.join(unknown)}。", advice=f"可用：{known}。")
    measured = measure(nw.from_native(schools).lazy(), standard, method or standard.method)
    levels, lacking, names = [], [], {}
    for level in LEVELS:
        rows = list(measured.sections[level].collect(backend="polars").iter_rows(named=True))
        rows.sort(key=lambda row: (row["sheet_row"] or 0, row["school_id"] or "", row["school_name"] or ""))
        names.update({(row["year"], row["region"]): row["region_name"] for row in rows})
        lacking += [_lacking(row, standard, level) for row in rows if _has_gap(row, standard)]
        twice = _twice(rows)
        if twice:
            raise WrongUseError(
                f"{LEVEL_NAMES[level]}有两行都是“{twice}”，分不清是哪所学校，不能求方案。",
                advice="请用学校标识码区分后再算。",
            )
        if rows:
            levels.append((level, rows))
    if len(names) > 1:
        raise WrongUseError(
            f"表里有 {len(names)} 组县区与年份，一次只能为一个县一个年份求方案。",
            advice="请用 --region 和 --year 指定。",
        )
    if not levels:
        raise WrongUseError("表里没有列入评估范围的学校。", advice="请检查办学类型和在校生数。")
    if lacking:
        more = f"等 {len(lacking)} 处" if len(lacking) > _SHOWN else ""
        raise WrongUseError(
            f"数据不全，不能求方案：{'；'.join(lacking[:_SHOWN])}{more}。", advice="缺数不能当作零，请先补齐再算。"
        )
    [((_, region), name)] = names.items()
    found = tuple(_level(level, rows, standard, frozenset(indicators)) for level, rows in levels)
    return County(str(region), str(name or region or "本县"), found)


def _twice(rows: list[dict[str, Any]]) -> str:
    seen = set()
    for row in rows:
        key = (row["year"], row["region"], row["school_id"] or row["school_name"])
        if key in seen:
            return str(row["school_name"] or row["school_id"])
        seen.add(key)
    return ""


def _has_gap(row: dict[str, Any], standard: BalanceStandard) -> bool:
    return not row["n"] or any(_unknown(row[f"x{index}"]) for index in range(len(standard.indicators)))


def _unknown(value: float | None) -> bool:
    return value is None or not math.isfinite(value)


def _lacking(row: dict[str, Any], standard: BalanceStandard, level: str) -> str:
    school = f"{row['school_name'] or row['school_id']}（{LEVEL_NAMES[level]}）"
    if row["n"] is None or row["n"] == 0:
        return f"{school}没有在校生数"
    missing = [each.name for index, each in enumerate(standard.indicators) if _unknown(row[f"x{index}"])]
    return f"{school}的{'、'.join(missing)}无法计算"


def _level(level: str, rows: list[dict[str, Any]], standard: BalanceStandard, wanted: frozenset[str]) -> Level:
    targets = tuple(_target(indicator, standard, level, wanted) for indicator in standard.indicators)
    combined = {row["school_id"] or row["school_name"] for row in rows if (row["share"] or 1.0) < 1 - 1e-12}
    sections = []
    for row in rows:
        school = str(row["school_id"] or row["school_name"])
        whole = name = str(row["school_name"] or school)
        if (row["school_id"] or row["school_name"]) in combined:
            name += f"（{LEVEL_NAMES[level]}部）"
        amounts, shares = [], []
        for index, indicator in enumerate(standard.indicators):
            # where pupils are not the denominator, the amount that gives the same value by pupils stands for it
            by_pupils = row[f"d{index}"] == row["n"]
            amounts.append(row[f"t{index}"] if by_pupils else row[f"x{index}"] * row["n"] / indicator.per)
            by_weight = _main_term(indicator).sharing is Sharing.BY_WEIGHT
            shares.append(float(row["share"] or 1.0) if by_weight else 1.0)
        sections.append(Section(school, name, float(row["n"]), tuple(amounts), tuple(shares), whole))
    rule, balance = standard.school_rule, standard.balance_rule
    judged = [target for target in targets if target.threshold is not None]
    composite = balance.limits.get(level) if balance.judged is Judged.COMPOSITE else None
    return Level(
        level,
        LEVEL_NAMES[level],
        targets,
        tuple(sections),
        None if rule is None else min(rule.at_least, len(judged)),
        0.0 if rule is None or rule.floor is None else rule.floor,
        composite,
    )


def _target(indicator: ResourceIndicator, standard: BalanceStandard, level: str, wanted: frozenset[str]) -> Target:
    term = _main_term(indicator)
    column = SCHOOLS.column(term.column)
    per_pupil = [part.column for part in indicator.denominator] == ["pupils"]
    changeable = per_pupil and indicator.direction is Direction.AT_LEAST and (not wanted or indicator.id in wanted)
    people = column.unit == "人" and term.sharing is Sharing.PER_SECTION
    limit = standard.balance_rule.limits.get(level) if standard.balance_rule.judged is Judged.EACH else None
    return Target(
        indicator=indicator.id,
        name=indicator.name,
        unit=column.unit,
        resource=term.column,
        resource_name=column.title,
        per=indicator.per,
        threshold=indicator.thresholds.get(level),
        limit=limit,
        people=people,
        whole=people or column.type is ColumnType.COUNT or column.unit == "平方米",
        open=changeable,
        at_most=indicator.direction is Direction.AT_MOST,
    )


def _main_term(indicator: ResourceIndicator) -> Term:
    return next(term for term in indicator.numerator if term.factor > 0 and not term.when)
