"""Checks of a table on an engine that need one pass and name schools by a few examples; what is left out is said."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw

from dudao.balance.measure import LARGEST as LARGEST_FIGURE
from dudao.issues import Issue, Level, Location
from dudao.pipelines.balance_engine_comparisons import LARGEST, named
from dudao.tables.checks.sections import SLACK, types_with
from dudao.tables.checks.teachers import groups_and_wholes
from dudao.tables.columns import SECTION_TITLES
from dudao.tables.kinds.schools import SCHOOLS

REMEDY = "请在该县的表中逐处核对（--engine polars 指明行和列）。"


@dataclass(frozen=True, slots=True)
class _Rule:
    """One condition on a row: where it holds, there is a problem."""

    level: Level
    code: str
    words: str
    wrong: nw.Expr


def engine_issues(frame: Any, file: str, *, examples: bool) -> list[Issue]:
    """Return what one pass over the schools finds, counted.

    Args:
        frame: a lazy frame of any engine, in canonical columns.
        file: the file or folder, for places.
        examples: whether a few schools are named for each problem, which takes a look each.
    """
    rules = list(_rules(frame.collect_schema().names()))
    where = Location(file=file)
    issues = []
    if rules:
        counts = frame.select(
            *(nw.when(rule.wrong).then(1).otherwise(0).sum().alias(f"c{place}") for place, rule in enumerate(rules))
        ).collect(backend="polars")
        for place, rule in enumerate(rules):
            count = int(counts[f"c{place}"].to_list()[0] or 0)
            if count:
                told = named(frame.filter(nw.coalesce(rule.wrong, nw.lit(False)))) if examples else ""
                issues.append(Issue(rule.level, rule.code, f"{rule.words}，共{count}处{told}", where, REMEDY))
    return issues


def what_was_checked(file: str, *, compared: bool) -> Issue:
    """Return what an engine checks, and what it leaves to others."""
    where = Location(file=file)
    if compared:
        message = "这个引擎报出问题的处数和几所学校，不逐行指明；标识码与类型是否相合、漏填的数没有逐格核对"
        return Issue(Level.NOTE, "balance.checked_in_part", message, where, "要逐行核对请用 --engine polars。")
    message = f"超过{LARGEST}行，重名、雷同、跨年、同县比较没有核对；其他核对照做，只报处数"
    return Issue(Level.NOTE, "balance.checked_in_part", message, where, "请按省或按年分成几份，各算一次。")


def _rules(names: list[str]) -> Iterator[_Rule]:
    there = set(names)
    title = {column.name: column.title for column in SCHOOLS.columns}
    for column in SCHOOLS.columns:
        if column.is_numeric and column.name in there:
            value = nw.col(column.name)
            # every engine orders "not a number" above all numbers
            wrong = (value < 0) | (value > LARGEST_FIGURE)
            yield _Rule(Level.ERROR, "tables.negative", f"“{column.title}”是负数或不是数，已按缺数处理", wrong)
    pupils = [name for name in ("pupils", *(f"pupils_{section}" for section in SECTION_TITLES)) if name in there]
    if pupils:
        blank = reduce(lambda left, right: left & right, (nw.col(name).is_null() for name in pupils))
        yield _Rule(Level.ERROR, "tables.no_pupils", "没有可用的在校生数，各项指标都无法计算", blank)
        none = nw.lit(0.0)
        total = reduce(lambda left, right: left + right, (nw.coalesce(nw.col(name), none) for name in pupils))
        yield _Rule(Level.ERROR, "tables.zero_pupils", "在校生数为0，没有分母", (total == 0) & ~blank)
    for whole, apart in sections_apart(there):
        words = f"“{title[whole]}”不等于各学段之和"
        yield _Rule(Level.ERROR, "tables.sections_do_not_add_up", words, apart)
    for part, whole in groups_and_wholes(there):
        words = f"“{title[part]}”多于“{title[whole]}”"
        yield _Rule(Level.ERROR, "tables.more_than_all_teachers", words, nw.col(part) > nw.col(whole))
    if {"indoor_sports_area", "teaching_area"} <= there:
        words = f"“{title['indoor_sports_area']}”大于“{title['teaching_area']}”"
        larger = nw.col("indoor_sports_area") > nw.col("teaching_area")
        yield _Rule(Level.ERROR, "tables.part_above_whole", words, larger)


def sections_apart(names: Collection[str]) -> Iterator[tuple[str, nw.Expr]]:
    """Yield what is told whole and by section, and whether the two differ; as `tables/checks/sections.py` has it."""
    none = nw.lit(0.0)
    for whole in dict.fromkeys(column.whole for column in SCHOOLS.columns if column.whole):
        parts = [column.name for column in SCHOOLS.sections_of(whole) if column.name in names]
        if whole not in names or len(parts) < 2:
            continue
        given = reduce(or_, (~nw.col(name).is_null() for name in parts))
        summed = reduce(lambda left, right: left + right, (nw.coalesce(nw.col(name), none) for name in parts))
        below = nw.col(whole) - summed > SLACK
        if "school_type" in names:
            kind = nw.col("school_type")
            blank = (
                nw.col(name).is_null() & nw.coalesce(kind.is_in(types_with(name)), nw.lit(False)) for name in parts
            )
            below = below & ~reduce(or_, blank)
        yield whole, nw.coalesce(given & ((summed - nw.col(whole) > SLACK) | below), nw.lit(False))
