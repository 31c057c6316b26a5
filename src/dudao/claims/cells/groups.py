"""Lines that a sentence names by their kind and number: 两所中学空编16名; 其余三个学区; 高中阶段, 学前和义务教育."""

import re
from collections.abc import Iterator, Sequence

from dudao.claims.cells.lines import Line, code_of, names_of, plain
from dudao.claims.cells.naming import Named

COUNTED = re.compile(
    r"(?P<rest>其余|其他|另外)?(?P<number>[两二三四五六七八九]|(?<!\d)\d{1,2})[所个家类项]"
    r"(?P<kind>[县区市州旗镇乡]|街道|[\u4e00-\u9fff]{2})"
)
_BOUND = re.compile(r"(?P<name>[^，。；、：及以\d\s]{2,8})及?以[上下]")
TOGETHER = re.compile(rf"{COUNTED.pattern}|高中阶段|[和及与、]|以[上下]")
"""Words that may mean several lines together."""
_STAGES = {
    "高中阶段": (re.compile(r"普通高中|普高|高中"), re.compile(r"中职|中等职业")),
    "学前和义务教育": (re.compile(r"学前|幼儿"), re.compile(r"义务教育")),
}
_NUMBERS = {one: number for number, one in enumerate("二三四五六七八九", 2)} | {"两": 2}


def groups_of(clause: str, named: Sequence[Named], lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Yield the rows that words of a clause mean together, just as many as they count.

    Args:
        clause: the words before a figure up to the nearest mark.
        named: the lines that the words before the figure name.
        lines: all lines.
    """
    rows: dict[tuple[int, bool], list[Line]] = {}
    for line in lines:
        if not (line.total or line.partial or line.derived or line.rate):
            rows.setdefault((line.table, line.turned), []).append(line)
    for whole, kinds in _STAGES.items():
        if whole in clause:
            for group in rows.values():
                found = [[one for one in group if kind.match(one.names[0])] for kind in kinds]
                if all(len(one) == 1 for one in found):
                    yield tuple(one[0] for one in reversed(found))
    for counted in COUNTED.finditer(clause):
        number = _NUMBERS.get(counted["number"]) or int(counted["number"] if counted["number"].isdecimal() else 0)
        if number < len(("one", "another")):
            continue
        for group in rows.values():
            if counted["rest"]:
                told = {one.line.number for one in named if one.line in group}
                found_rows = [one for one in group if one.number not in told]
            else:
                found_rows = [one for one in group if any(name.endswith(counted["kind"]) for name in one.names)]
            if len(found_rows) == number < len(group):
                yield tuple(reversed(found_rows))


def both_stages(clause: str, lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Yield the lines of 小学 and 初中 of each table that has both and none of 义务教育.

    Where both head several rows, those that a clause names under each.
    """
    groups: dict[tuple[int, bool], dict[str, Line]] = {}
    headed: dict[tuple[int, str], dict[str, Line]] = {}
    for line in lines:
        for name in line.names:
            groups.setdefault((line.table, line.turned), {}).setdefault(name, line)
            if line.head and name in clause:
                headed.setdefault((line.table, name), {}).setdefault(line.head, line)
    for group in (*groups.values(), *headed.values()):
        if {"小学", "初中"} <= group.keys() and "义务教育" not in group:
            yield group["初中"], group["小学"]


def merged_rows(clause: str, lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Yield the rows of which a cell over all of them is named, by its words or its code: A1资源配置自评33.3分."""
    groups: dict[tuple[int, str], list[Line]] = {}
    for line in lines:
        if line.group and not (line.turned or line.total or line.partial):
            groups.setdefault((line.table, line.group), []).append(line)
    for (_, group), rows in groups.items():
        names = {*names_of(plain(group)), code_of(group)}
        if len(rows) > 1 and any(name and name in clause for name in names):
            yield tuple(reversed(rows))


def columns_from(clause: str, lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Yield the columns that 本科及以上 or 中级以下 means together: the one named and those beside it, two or three."""
    for bound in _BOUND.finditer(clause):
        for line in lines:
            if not line.turned or line.rate or not any(bound["name"].endswith(name) for name in line.names):
                continue
            beside = [one for one in lines if one.turned and one.table == line.table and not one.rate]
            at = beside.index(line)
            for run in (beside[at - 1 : at + 1], beside[at : at + 2], beside[at - 2 : at + 1], beside[at : at + 3]):
                if len(run) > 1:
                    yield tuple(reversed(run))


def ends_of(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Yield the rows that close tables with one header, a table for 小学 and one for 初中, which make all together."""
    found: dict[tuple[tuple[int, str], ...], dict[int, list[Line]]] = {}
    for line in lines:
        if (line.total or line.partial) and not line.turned:
            found.setdefault(tuple(sorted(line.grid.names.items())), {}).setdefault(line.table, []).append(line)
    for tables in found.values():
        if len(tables) > 1 and all(len(closing) == 1 for closing in tables.values()):
            yield tuple(closing[0] for _, closing in sorted(tables.items(), reverse=True))
