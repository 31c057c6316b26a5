"""Which kind of table a sheet holds, told by its headings and title."""

from dudao.tables.catalogue import KINDS
from dudao.tables.columns import TableKind
from dudao.tables.grids import Grid
from dudao.tables.header import find_header

TITLES = {
    "classes": ("班额", "班级"),
    "kindergartens": ("幼儿园", "学前"),
    "staff": ("教职工", "安防", "保安", "安全"),
    "finance": ("教育经费", "经费投入", "财政"),
    "running_costs": ("公用经费",),
    "pay": ("工资",),
    "population": ("适龄人口", "巩固", "毛入"),
    "fitness": ("体质", "视力", "近视"),
    "school_day": ("作业", "睡眠", "课后服务", "五项管理"),
    "training": ("培训机构",),
    "schools": ("学校基本情况", "办学条件", "资源配置"),
}
"""Words of titles and of names of sheets that speak for a kind."""


def kind_of(grid: Grid, stem: str = "") -> TableKind | None:
    """Return the kind of table that a sheet holds most likely, None where it is none.

    Args:
        grid: the sheet.
        stem: the name of the file, which may speak for a kind.
    """
    best, name = max((_score(kind, grid, stem), kind.name) for kind in KINDS.values())
    return KINDS[name] if best > 0 else None


def _score(kind: TableKind, grid: Grid, stem: str) -> float:
    header = find_header(kind, grid)
    if header is None:
        return 0.0
    names = {match.column.name for match in header.matches.values()}
    if any(column.required and column.name not in names for column in kind.columns):
        return 0.0
    said = f"{grid.sheet} {header.title}"
    titled = any(word in said for word in TITLES[kind.name]) or kind.title in said
    filed = any(word in stem for word in TITLES[kind.name])
    return len(names) + 3 * titled + 1.5 * filed
