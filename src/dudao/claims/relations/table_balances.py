"""Columns of a table that two others add up to or leave over, and what a year begins and ends with.

    学段 现有学位 在校人数 空余学位 / 分值 自评得分 扣分 / 年度 年初人数 招聘 调入 退休 调出 年末人数

What the columns are called says little here; the rows do. Two columns that make a third in every row but few, by so
many digits that it is no chance, are meant to.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product
from math import comb, log10

from dudao.claims.arithmetic import add, step, subtract
from dudao.claims.model import ClaimType
from dudao.claims.proposals import STRUCTURAL, Proposal, joined
from dudao.claims.table_claims import TableWording, is_rate_column, table_claim, written_digits
from dudao.claims.table_grid import TableGrid
from dudao.quantities.model import Interval, Kind, Quantity

COLUMNS_LIMIT = 14
"""So many columns of a table are held against each other."""
FLOWS_LIMIT = 6
"""So many columns between beginning and end of a year are tried with either sign."""
SAMPLE = 12
_ROWS, _ROWS_NAMED = 3, 2
"""So many rows must fit; fewer where a name says that its column is a sum or a rest."""
_SURE = 3.0
"""So many digits more must fit than there are ways tried, that it is no chance; one less where a name says it."""
_FEWEST_PARTS = 2
_LONGER = 3
RUNS_LIMIT, LONGEST_RUN = 40, 8
"""So many columns or lines are looked through for those that sum up so many beside them."""
APART = (3, 4, 5)
"""So many columns side by side are tried for what stands apart from them."""
MOST_DONE = 4
"""So many columns beside a rest are taken for what was done."""
_SUMMABLE = frozenset({Kind.OTHER, Kind.COUNT, Kind.MONEY, Kind.AREA, Kind.SCORE})
_TOTAL_ROW = re.compile(r"(?:合计|总计|共计|小计|全[省市县区旗州])$")
_TOTAL = re.compile(r"合计|总计|小计|共计|总数|总额|总人数|总量")
_REST = re.compile(
    r"空余|剩余|富余|余额|结余|结转|缺口|短缺|欠|净增|扣分|失分|未|尚|差|缺编|空编|不足|增减|增加|减少|增量|正在|[改建展行]中|推进中"
)
_BEGINS = re.compile(r"[年期]初|上年[末底]|上年结[转余]|年初结[转余]")
_ENDS = re.compile(r"[年期](?:末|底|终)|结转下年")
_HELD_OF = 4
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The values of a grid column by column in the rows that count; None where a cell holds no single figure.

    Rows of totals and rows of rates count for nothing. `weights` tell how many digits a value has above its last.
    """

    values: Mapping[int, Sequence[Decimal | None]]
    weights: Mapping[int, Sequence[float]]


def balances(grid: TableGrid) -> Iterator[Proposal]:
    """Yield what the columns of a table say as sums and rests of each other; of a turned grid, what its lines say."""
    columns = [column for column in sorted(grid.names) if _is_level(grid, column)]
    read = _columns_of(grid, columns)
    near = columns[:COLUMNS_LIMIT]
    if not grid.turned:
        yield from _over_the_year(grid, near)
    tried = 3 * comb(len(near), 3)
    for three in combinations(near, 3):
        for whole in three:
            one, other = (column for column in three if column != whole)
            if _fits(grid, read, whole, (one, other), tried):
                yield from _told(grid, whole, (one, other))
                break
    yield from _runs(grid, read, columns[:RUNS_LIMIT])
    yield from _runs_apart(grid, read, near)


def _runs(grid: TableGrid, read: _Columns, columns: Sequence[int]) -> Iterator[Proposal]:
    """Yield the columns that sum up three or more right behind or before them: 教育支出 其中：学前 义务 其他."""
    for place, whole in enumerate(columns):
        for side in (columns[place + 1 : place + 1 + LONGEST_RUN], columns[max(0, place - LONGEST_RUN) : place][::-1]):
            for length in range(len(side), 2, -1):
                parts = tuple(sorted(side[:length]))
                if _fits(grid, read, whole, parts, len(columns) * LONGEST_RUN):
                    yield from _told(grid, whole, parts)
                    break
    yield from _rests_of_several(grid, read, columns)


def _runs_apart(grid: TableGrid, read: _Columns, columns: Sequence[int]) -> Iterator[Proposal]:
    """Yield three to five columns side by side that make one that stands apart: 教师 …… 35岁以下 36至50岁 51岁以上."""
    for length in APART:
        for first in range(len(columns) - length + 1):
            parts = tuple(columns[first : first + length])
            wholes = (*columns[: max(0, first - 1)], *columns[first + length + 1 :])
            fitting = next(
                (one for one in wholes if _fits(grid, read, one, parts, len(columns) ** 2 * len(APART))), None
            )
            if fitting is not None:
                yield from _told(grid, fitting, parts)


def _rests_of_several(grid: TableGrid, read: _Columns, columns: Sequence[int]) -> Iterator[Proposal]:
    """Yield 合计 …… 立行立改 限期整改 未整改: what is left and the columns beside it, of a whole that stands apart."""
    rests = [(place, rest) for place, rest in enumerate(columns) if _REST.search(grid.names[rest])]
    for place, rest in rests[:FLOWS_LIMIT]:
        for run in (columns[:place][::-1], columns[place + 1 :]):
            for length in range(2, MOST_DONE + 1):
                parts = tuple(sorted((rest, *run[:length])))
                wholes = [one for one in columns if one not in parts] if len(run) >= length else []
                fitting = next((one for one in wholes if _fits(grid, read, one, parts, len(columns) * MOST_DONE)), None)
                if fitting is not None:
                    yield from _told(grid, fitting, parts)
                    break


def _is_level(grid: TableGrid, column: int) -> bool:
    figures = [figure for row in grid.rows if (figure := grid.figure(row, column)) is not None]
    return (
        len(figures) >= _ROWS_NAMED
        and not is_rate_column(grid.names[column])
        and all(one.kind in _SUMMABLE and one.approximation is None for one in figures)
    )


def _columns_of(grid: TableGrid, columns: Sequence[int]) -> _Columns:
    rows = [
        row
        for row in grid.rows
        if not _TOTAL_ROW.search(grid.labels[row]) and (grid.scored or not is_rate_column(grid.labels[row]))
    ]
    figures = {column: [grid.figure(row, column) for row in rows] for column in columns}
    return _Columns(
        {column: [None if one is None else one.value for one in told] for column, told in figures.items()},
        {
            column: [0.0 if one is None else log10(max(1.0, float(abs(one.value / step(one))))) for one in told]
            for column, told in figures.items()
        },
    )


def _fits(grid: TableGrid, read: _Columns, whole: int, parts: tuple[int, ...], tried: int) -> bool:
    """Return whether columns make another one in so many rows that, of all that are `tried`, this is no chance."""
    rows = held = 0
    telling = 0.0
    allowed = max(1, len(grid.rows) // _HELD_OF)
    beside = zip(*(read.values[part] for part in parts), strict=True)
    for total, weight, told in zip(read.values[whole], read.weights[whole], beside, strict=True):
        if total is None:
            continue
        known = [one for one in told if one is not None]
        if len(known) < len(told) or len(known) - known.count(_NOTHING) < _FEWEST_PARTS:
            continue  # nothing added says nothing
        rows += 1
        if total == sum(known):
            held += 1
            telling += weight
        elif rows - held > allowed:
            return False
    named = _is_named(grid, whole, parts)
    if held < (_ROWS_NAMED if named else _ROWS) or telling < _SURE + log10(max(1, tried)) - named:
        return False
    return held * _HELD_OF >= rows * (_HELD_OF - 1) or bool(named and rows == _ROWS and held == _ROWS - 1)


def _is_named(grid: TableGrid, whole: int, parts: Sequence[int]) -> bool:
    names = grid.names
    return bool(_TOTAL.search(names[whole])) or any(_REST.search(names[part]) for part in parts)


def _figures(grid: TableGrid, row: int, columns: Sequence[int]) -> list[Quantity] | None:
    found = [figure for column in columns if (figure := grid.figure(row, column)) is not None]
    return found if len(found) == len(columns) else None


def _told(grid: TableGrid, whole: int, parts: tuple[int, ...]) -> Iterator[Proposal]:
    """Yield the claims of the rows: the rest where a name says which column it is, else the sum.

    Where no name says either, a row that does not fit is told only when one digit makes it fit: what counts schools
    may leave out those of two kinds.
    """
    names = grid.names
    rests = [column for column in reversed(parts) if _REST.search(names[column])]
    if not rests and not _TOTAL.search(names[whole]) and parts[0] < whole < parts[-1]:
        rests = [parts[-1]]
    named = _is_named(grid, whole, parts)
    for row in grid.rows:
        figures = _figures(grid, row, (whole, *parts))
        if figures is None or (is_rate_column(grid.labels[row]) and not grid.scored):
            continue
        if rests and len(parts) == _FEWEST_PARTS and not _TOTAL.search(names[whole]):
            less = parts[0] if rests[0] == parts[1] else parts[1]
            claim = _claim(grid, row, rests[0], (whole, less), ClaimType.DIFFERENCE)
        else:
            claim = _claim(grid, row, whole, parts, ClaimType.SUM)
        if claim.holds or (named and not grid.turned) or _one_digit_off(figures):
            yield claim


def _one_digit_off(figures: Sequence[Quantity]) -> bool:
    """Return whether a sum fails by what one wrong digit, or two that changed places, of a longer figure makes."""
    total, *parts = figures
    apart = abs(total.value - sum(one.value for one in parts)) / min(step(one) for one in figures)
    if apart != int(apart) or not apart or written_digits(total) < _LONGER:
        return False
    digits = str(int(apart)).rstrip("0")
    return len(digits) == 1 or (len(digits) == _FEWEST_PARTS and int(digits) % 9 == 0)


def _claim(grid: TableGrid, row: int, stated: int, others: Sequence[int], kind: ClaimType) -> Proposal:
    known = [grid.cells[row, column] for column in (stated, *others)]
    figures = [grid.quantities[place] for place in known]
    if kind is ClaimType.SUM:
        names = [f"p{number}" for number in range(1, len(known))]
        operands = {"total": known[0]} | dict(zip(names, known[1:], strict=True))
        spoken = grid.where(row, stated) + joined(figures[1:])
        wording = TableWording("table_columns", kind, f"total = {' + '.join(names)}", spoken)
        return table_claim(grid.quantities, wording, operands, add, STRUCTURAL, derived=False)
    operands = dict(zip(("diff", "whole", "part"), known, strict=True))
    spoken = f"{grid.where(row, stated)}{figures[1].text}－{figures[2].text}"
    wording = TableWording("table_columns", kind, "diff = whole - part", spoken)
    return table_claim(grid.quantities, wording, operands, _minus, STRUCTURAL, derived=False)


def _minus(values: Sequence[Interval]) -> Interval:
    return subtract(values[0], values[1])


def _over_the_year(grid: TableGrid, columns: Sequence[int]) -> Iterator[Proposal]:
    """Yield what a year ends with: what it began with, what was added and what went."""
    begins = [column for column in columns if _BEGINS.search(grid.names[column])]
    ends = [column for column in columns if _ENDS.search(grid.names[column]) and column not in begins]
    if len(begins) != 1 or len(ends) != 1:
        return
    begin, end = begins[0], ends[0]
    flows = [column for column in columns if min(begin, end) < column < max(begin, end)] or [
        column for column in columns if column not in (begin, end)
    ]
    if not 1 < len(flows) <= FLOWS_LIMIT:
        return
    lines = [[grid.figure(row, column) for column in (end, begin, *flows)] for row in grid.rows]
    full = [[one.value for one in line if one is not None] for line in lines if None not in line][:SAMPLE]
    best: tuple[int, ...] | None = None
    for signs in product((1, -1, 0), repeat=len(flows)):
        if not {1, -1} <= set(signs):
            continue
        held = sum(_ends_so(values, signs) for values in full)
        enough = held >= _ROWS_NAMED and held * _ROWS >= len(full) * _ROWS_NAMED
        if enough and (best is None or signs.count(0) > best.count(0)):
            best = signs
    if best is None:
        return
    for row in grid.rows:
        yield from _year(
            grid, row, (end, begin), [(column, sign) for column, sign in zip(flows, best, strict=True) if sign]
        )


def _ends_so(values: Sequence[Decimal], signs: Sequence[int]) -> bool:
    end, begin, *flows = values
    return end == begin + sum((value * sign for value, sign in zip(flows, signs, strict=True)), Decimal(0))


def _year(grid: TableGrid, row: int, ends: tuple[int, int], flows: list[tuple[int, int]]) -> Iterator[Proposal]:
    places = [grid.cells.get((row, column)) for column in (*ends, *(column for column, _ in flows))]
    known = [place for place in places if place is not None]
    if len(known) < len(places):
        return
    signs = [1, *(sign for _, sign in flows)]

    def rule(values: Sequence[Interval]) -> Interval:
        more = add([one for one, sign in zip(values, signs, strict=True) if sign > 0])
        return subtract(more, add([one for one, sign in zip(values, signs, strict=True) if sign < 0]))

    names = ["start", *(f"{'in' if sign > 0 else 'out'}{number}" for number, (_, sign) in enumerate(flows, 1))]
    operands = {"end": known[0]} | dict(zip(names, known[1:], strict=True))
    texts = [grid.quantities[place].text for place in known[1:]]
    spoken = texts[0] + "".join(
        f"{'＋' if sign > 0 else '－'}{text}" for text, (_, sign) in zip(texts[1:], flows, strict=True)
    )
    formula = "end = start" + "".join(
        f" {'+' if sign > 0 else '-'} {name}" for name, (_, sign) in zip(names[1:], flows, strict=True)
    )
    wording = TableWording("table_columns", ClaimType.SUM, formula, grid.where(row, ends[0]) + spoken)
    yield table_claim(grid.quantities, wording, operands, rule, STRUCTURAL, derived=False)
