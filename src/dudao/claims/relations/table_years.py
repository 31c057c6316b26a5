"""Tables with a year to a line: growth over the line before; and means of several lines or columns.

年份 专任教师 比上年增加 增长率 / 2022年 … / 2023年 …
县区 党的领导 教育投入 / … / 平均分 17.52 23.40
项目 2021年 2022年 2023年 年均
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dudao.claims.arithmetic import add, growth, scale, subtract
from dudao.claims.model import ClaimType
from dudao.claims.proposals import STRUCTURAL, Proposal
from dudao.claims.table_claims import TableWording, is_rate_column, table_claim, written_digits
from dudao.claims.table_grid import PRECISE, YEAR_LINE, TableGrid, best_reading
from dudao.quantities.model import Interval, Kind

LIMIT = 12
"""So many columns are tried for the base of one, so many lines for the parts of a mean."""
_GROWTH = re.compile(r"增长率|增幅|增减率|增速|(?:增长|增减)(?:幅度|比例|[（(]?[%％±]|$)")
_SAID_GROWTH = re.compile(r"(?:比上年|同比)?(?:增长率|增长|增幅|增减率|增速|增减额?)(?:[（(][^（）()]*[）)]|[%％])?$")
_DIFFERENCE = re.compile(r"增减|增加|减少|增量|净增")
_MEAN_LINE = re.compile(r"(?:全[省市县区旗州])?(?:平均(?:分|值|数|得分)?|均值)(?:[（(][^（）()]*[）)])?")
_MEAN_COLUMN = re.compile(
    r"(?:年均|平均|[一二两三四五六七八九]年平均|均值|年平均)(?:值|数|投入|支出|增加)?(?:[（(][^（）()]*[）)])?"
)
_PERCENT = re.compile(r"率|比|占|[%％]|系数|指数")
_TOTAL = re.compile(r"合计|总计|小计|共计")
_HELD_OF = 4


def over_the_years(grid: TableGrid) -> Iterator[Proposal]:
    """Yield what a column says of another one's change since the line of the year before."""
    pairs = _years(grid)
    if not pairs:
        return
    columns = sorted(grid.names)
    levels = [column for column in columns if not is_rate_column(grid.names[column]) or _says_mean(grid.names[column])]
    levels = [column for column in levels if not _DIFFERENCE.search(grid.names[column])][:LIMIT]
    for column in columns:
        name = grid.names[column]
        relative = _GROWTH.search(name) is not None
        if relative or _DIFFERENCE.search(name):
            made = {level: _changes(grid, column, level, pairs, relative=relative) for level in levels}
            named = [level for level in levels if grid.names[level] and _said_of(name) == grid.names[level]]
            # The column right before a change is what changes: one year that fits by three digits shows it.
            named = named or [level for level in levels if level == column - 1 and _exact(grid, made[level])]
            if len(named) == 1 and any(one.holds for one in made[named[0]]):
                yield from made[named[0]]
            else:
                yield from best_reading(grid, list(made.values()))


def _says_mean(name: str) -> bool:
    """Return whether a column holds means, which grow like amounts: 生均经费（元）."""
    return "均" in name and not _GROWTH.search(name) and not _PERCENT.search(name)


def _exact(grid: TableGrid, claims: Sequence[Proposal]) -> bool:
    return any(one.holds and written_digits(grid.quantities[one.stated]) >= PRECISE for one in claims)


def _said_of(name: str) -> str:
    """Return of what a line of changes speaks: 教育支出 of 教育支出增长率（%）."""
    return _SAID_GROWTH.sub("", name)


def _years(grid: TableGrid) -> list[tuple[int, int]]:
    """Return the lines of a year and of the year before it; empty where the lines are no years in a row."""
    lines = [(row, found) for row in grid.rows if (found := YEAR_LINE.fullmatch(grid.labels.get(row, "")))]
    years = {int(found["year"]): row for row, found in lines}
    if len(years) < len(lines) or len(years) < _HELD_OF - 1:
        return []
    return [(row, years[year - 1]) for year, row in sorted(years.items()) if year - 1 in years]


def _changes(
    grid: TableGrid, column: int, level: int, pairs: Sequence[tuple[int, int]], *, relative: bool
) -> list[Proposal]:
    found: list[Proposal] = []
    for row, before in pairs:
        places = (grid.cells.get((row, column)), grid.cells.get((row, level)), grid.cells.get((before, level)))
        stated, new, old = places
        if stated is None or new is None or old is None or grid.quantities[old].value <= 0:
            continue
        a, b = grid.quantities[new].text, grid.quantities[old].text
        where = grid.where(row, column)
        if relative:
            kind, formula, spoken = ClaimType.TWO_LEVEL_CHANGE, "growth = new / old - 1", f"（{a}÷{b}－1）×100%"
            operands = {"growth": stated, "new": new, "old": old}
        else:
            kind, formula, spoken = ClaimType.DIFFERENCE, "diff = new - old", f"{a}－{b}"
            operands = {"diff": stated, "new": new, "old": old}
        wording = TableWording("table_columns", kind, formula, where + spoken)
        rule = _grown if relative else _risen
        found.append(table_claim(grid.quantities, wording, operands, rule, STRUCTURAL, derived=relative))
    return found


def _grown(values: Sequence[Interval]) -> Interval:
    return growth(values[0], values[1])


def _risen(values: Sequence[Interval]) -> Interval:
    return subtract(values[0], values[1])


def means(grid: TableGrid) -> Iterator[Proposal]:
    """Yield the lines that are the mean of those above: 平均分; in a turned grid the columns: 年均."""
    pattern = _MEAN_COLUMN if grid.turned else _MEAN_LINE
    for mean in grid.rows:
        if not pattern.fullmatch(grid.labels.get(mean, "")):
            continue
        above = [row for row in grid.rows if row < mean and not _TOTAL.search(grid.labels.get(row, ""))]
        if grid.turned:
            above = [row for row in above if YEAR_LINE.fullmatch(grid.labels.get(row, ""))]
        above = [row for row in above if any((row, column) in grid.cells for column in grid.names)]
        if not 1 < len(above) <= LIMIT * _HELD_OF:
            continue
        yield from best_reading(
            grid, [[claim for column in sorted(grid.names) for claim in _mean(grid, mean, column, above)]]
        )


def _mean(grid: TableGrid, mean: int, column: int, above: Sequence[int]) -> Iterator[Proposal]:
    stated = grid.cells.get((mean, column))
    places = [place for row in above if (place := grid.cells.get((row, column))) is not None]
    if stated is None or len(places) < len(above):
        return
    if any(grid.quantities[place].kind is Kind.RATIO for place in places):
        return
    part = 1 / Decimal(len(places))

    def rule(values: Sequence[Interval]) -> Interval:
        return scale(add(values), part)

    operands = {"mean": stated} | {f"x{number}": place for number, place in enumerate(places, 1)}
    said = "＋".join(grid.quantities[place].text for place in places)
    formula = f"mean = ({' + '.join(name for name in operands if name != 'mean')}) / {len(places)}"
    wording = TableWording(
        "table_columns", ClaimType.PER_CAPITA, formula, f"{grid.where(mean, column)}（{said}）÷{len(places)}"
    )
    yield table_claim(grid.quantities, wording, operands, rule, STRUCTURAL, derived=True)
