"""Columns of a table that others make: 增减额, 增长率, 占比, 达标率, 生师比, 生均, and the 合计 of a row.

Which columns a derived one comes from is read from the rows themselves: the pair that makes nearly all of them is
meant, and a row that it does not make is then wrong. Fewer than three such rows say nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from dudao.claims.arithmetic import Formula, add, divide, growth, percent, scale, subtract
from dudao.claims.model import ClaimType
from dudao.claims.proposals import STRUCTURAL, Proposal, joined
from dudao.claims.table_claims import TableWording, as_written, negated, table_claim
from dudao.claims.table_facts import caption_of, column_labels, header_height, row_label, rows_of
from dudao.documents.model import Cell, Table
from dudao.quantities.model import Interval, Kind, Quantity

NEEDED = 3
"""So many rows a pair of columns must make before another row that it does not make is called wrong."""
REACH = 8
"""How many columns of levels, the nearest, are tried for a derived one."""
ROWS_LIMIT = 400
DERIVED_LIMIT = 24
"""How many rows and derived columns of one table are tried."""
SAMPLE = 12
"""How many rows are looked at before a pair is tried on all of them."""

_GROWTH = re.compile(r"增长率|增幅|增减率|增速|升降幅|(?:增长|增减)(?:幅度|比例|[（(]?[%％±]|$)")
_DIFFERENCE = re.compile(r"增减|增加|减少|增量|差额|差值")
_SHARE = re.compile(r"占比|比重|占|构成")
_RATE = re.compile(r"率|比例|完成进度|覆盖面|百分[比数]|[%％][）)]?$")
_MEAN = re.compile(r"[生师校班园人户]均|平均|每[生人校班]|(?<!大)班额")
_RATIO = re.compile(r"生师比|学生与教师")
_OTHER_RATE = re.compile(r"系数|标准|满分|分值|得分|排名|位次|序号|编号|电话|年份|备注|目标|权重")
_TOTAL = re.compile(r"(?:合计|总计|小计|共计|总数|总额|^计)(?:[（(][^（）()]*[）)])?$")
_TOTAL_ROW = re.compile(r"(?:合计|总计|共计|全[省市县区旗州](?:合计)?)$")
_YEARS = re.compile(r"(?:19|20)\d\d")
_OF_NOTHING = frozenset({Kind.DATE, Kind.RATIO})
_FACTORS = (Decimal(1), Decimal(10) ** 4, Decimal(10) ** 8)
"""A mean in 元 of a total in 万元 or 亿元."""

_Columns = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Grid:
    """The figures of a table by row and column, with the names of both; `quantities` are the figures by number."""

    rows: tuple[int, ...]
    names: Mapping[int, str]
    labels: Mapping[int, str]
    cells: Mapping[tuple[int, int], int]
    quantities: Mapping[int, Quantity]

    def figure(self, row: int, column: int) -> Quantity | None:
        """Return the figure of a cell; None when it holds no single one."""
        number = self.cells.get((row, column))
        return None if number is None else self.quantities[number]


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a column may come from others: operand names and columns, formula, and how it is spoken."""

    type: ClaimType
    operands: tuple[tuple[str, int], ...]
    formula: str
    rule: Formula
    spoken: Callable[[Sequence[Quantity]], str]
    derived: bool


def find(text: str, tables: Sequence[Table], quantities: Sequence[Quantity]) -> Iterator[Proposal]:
    """Yield what the derived columns of tables claim; spans are those of the document's text."""
    starts = [one.span.start for one in quantities]
    for table in tables:
        grid = _read(text, table, quantities, starts)
        if grid is not None:
            yield from _table(grid)


def _read(text: str, table: Table, quantities: Sequence[Quantity], starts: list[int]) -> _Grid | None:
    rows = rows_of(table)
    head = header_height(rows)
    if not 0 < head < len(rows) or len(rows) - head < NEEDED or len(rows) > ROWS_LIMIT:
        return None
    names = column_labels(rows[:head])
    caption = caption_of(text, table)
    cells: dict[tuple[int, int], int] = {}
    labels: dict[int, str] = {}
    read: dict[int, Quantity] = {}
    left: dict[int, str] = {}
    for number, row in enumerate(rows[head:], head):
        labels[number] = row_label(row, left)
        for cell in row:
            found = _figure(cell, quantities, starts)
            if found is None or cell.column_span > 1 or cell.row_span > 1 or cell.column not in names:
                continue
            place, figure = found
            cells[number, cell.column] = place
            read[place] = as_written(figure, names[cell.column], caption)
    return _Grid(tuple(range(head, len(rows))), names, labels, cells, read)


def _figure(cell: Cell, quantities: Sequence[Quantity], starts: list[int]) -> tuple[int, Quantity] | None:
    """Return the figure that fills a cell, below zero when a minus stands before it."""
    place = bisect_left(starts, cell.span.start)
    if place >= len(quantities) or quantities[place].span.end > cell.span.end:
        return None
    figure, words = quantities[place], cell.text.strip()
    if figure.kind in _OF_NOTHING or figure.upper is not None:
        return None
    if figure.text.strip() == words:
        return place, figure
    return (place, negated(figure)) if words[:1] in "-－−" and words[1:] == figure.text.strip() else None


def _table(grid: _Grid) -> Iterator[Proposal]:
    levels = [column for column, name in sorted(grid.names.items()) if not _says_derived(name)]
    derived = [column for column, name in sorted(grid.names.items()) if column not in levels]
    totals = [column for column in levels if _TOTAL.search(grid.names[column])]
    for column in derived[:DERIVED_LIMIT]:
        if not _OTHER_RATE.search(grid.names[column]):
            readings = _readings(grid, column, levels)
            made = [_claims(grid, column, reading) for reading in readings if _promising(grid, column, reading)]
            if _SHARE.search(grid.names[column]):
                made.extend(_shares_of_total(grid, column, levels))
            yield from _best(grid, made)
    for column in totals[:DERIVED_LIMIT]:
        sums = _row_sums(grid, column, levels)
        yield from _best(grid, [_claims(grid, column, one) for one in sums if _promising(grid, column, one)])


def _says_derived(name: str) -> bool:
    words = (_GROWTH, _DIFFERENCE, _SHARE, _RATE, _MEAN, _RATIO, _OTHER_RATE)
    return any(one.search(name) for one in words)


def _readings(grid: _Grid, column: int, levels: list[int]) -> Iterator[_Reading]:
    """Yield how a column may come from two others, by what its name says it is."""
    name = grid.names[column]
    near = sorted(levels, key=lambda one: (one > column, abs(one - column)))[:REACH]
    near = [one for one in near if any((row, one) in grid.cells for row in grid.rows)]
    if _GROWTH.search(name):
        yield from (_grown(new, old) for new, old in _years(grid, name, near))
        yield from (_increased(new, old) for new, old in _years(grid, name, near) if _DIFFERENCE.search(name))
    elif _DIFFERENCE.search(name):
        yield from (_increased(new, old) for new, old in _years(grid, name, near))
    elif _RATIO.search(name):
        yield from (_quotient(ClaimType.RATIO, one, other, Decimal(1)) for one, other in permutations(near, 2))
    elif _SHARE.search(name) or _RATE.search(name):
        yield from (_part_of(one, other) for one, other in permutations(near, 2))
    else:
        for factor in _FACTORS:
            for one, other in permutations(near, 2):
                yield _quotient(ClaimType.PER_CAPITA, one, other, factor)


def _years(grid: _Grid, name: str, near: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the pairs a change may be between: the two years its own name says, else any two."""
    said = _YEARS.findall(name)
    for new, old in permutations(near, 2):
        later, earlier = _YEARS.findall(grid.names[new]), _YEARS.findall(grid.names[old])
        if len(later) == len(earlier) == 1:
            if later[0] <= earlier[0] or (len(set(said)) == 2 and {later[0], earlier[0]} != set(said)):
                continue
            if len(set(said)) == 1 and said[0] != later[0]:
                continue
        yield new, old


def _grown(new: int, old: int) -> _Reading:
    return _Reading(
        ClaimType.TWO_LEVEL_CHANGE,
        (("new", new), ("old", old)),
        "growth = new / old - 1",
        lambda values: growth(values[0], values[1]),
        lambda figures: f"（{figures[0].text}÷{figures[1].text}－1）×100%",
        True,
    )


def _increased(new: int, old: int) -> _Reading:
    return _Reading(
        ClaimType.DIFFERENCE,
        (("new", new), ("old", old)),
        "diff = new - old",
        lambda values: subtract(values[0], values[1]),
        lambda figures: f"{figures[0].text}－{figures[1].text}",
        False,
    )


def _part_of(part: int, whole: int) -> _Reading:
    return _Reading(
        ClaimType.SHARE,
        (("part", part), ("whole", whole)),
        "share = part / whole",
        lambda values: percent(values[0], values[1]),
        lambda figures: f"{figures[0].text}÷{figures[1].text}×100%",
        True,
    )


def _quotient(kind: ClaimType, top: int, bottom: int, factor: Decimal) -> _Reading:
    times = "" if factor == 1 else f"×{factor:f}"

    def rule(values: Sequence[Interval]) -> Interval:
        return scale(divide(values[0], values[1]), factor)

    return _Reading(
        kind,
        (("total", top), ("n", bottom)),
        f"per = total / n{f' * {factor:f}' if times else ''}",
        rule,
        lambda figures: f"{figures[0].text}÷{figures[1].text}{times}",
        True,
    )


def _row_sums(grid: _Grid, total: int, levels: list[int]) -> Iterator[_Reading]:
    """Yield the runs of columns behind a total and before it that it may sum up, the longest first."""
    place = levels.index(total)
    for run in (levels[place + 1 :], levels[:place][::-1]):
        stretch = run[: next((at for at, one in enumerate(run) if _TOTAL.search(grid.names[one])), len(run))]
        for length in range(min(len(stretch), REACH), 1, -1):
            columns = sorted(stretch[:length])
            yield _Reading(
                ClaimType.SUM,
                tuple((f"p{number}", one) for number, one in enumerate(columns, 1)),
                "total = " + " + ".join(f"p{number}" for number in range(1, length + 1)),
                add,
                lambda figures: joined(figures),
                False,
            )


def _best(grid: _Grid, readings: Sequence[list[Proposal]]) -> Iterator[Proposal]:
    """Yield the claims of the reading that makes most rows, when it makes nearly all of those it speaks of."""
    best: list[Proposal] = []
    held = 0
    for found in readings:
        holding = [one for one in found if one.holds]
        if len(holding) > held and len(holding) * 4 >= len(found) * 3 and _telling(grid, holding):
            best, held = found, len(holding)
    if held >= NEEDED:
        yield from best


def _telling(grid: _Grid, holding: list[Proposal]) -> bool:
    """Return whether the rows that fit do so over figures that differ: 0 of 0 and 100% of all say nothing."""
    stated = {grid.quantities[one.stated].value for one in holding}
    return len(stated) >= min(NEEDED, len(holding))


def _promising(grid: _Grid, column: int, reading: _Reading) -> bool:
    """Return whether a reading makes half of the first rows; without exact arithmetic, for speed."""
    tried = made = 0
    for row in grid.rows:
        if tried >= SAMPLE:
            break
        stated = grid.figure(row, column)
        figures = [grid.figure(row, one) for _, one in reading.operands]
        known = [one for one in figures if one is not None]
        if stated is None or len(known) < len(figures) or not _usable(reading, known):
            continue
        tried += 1
        value = reading.rule([Interval(one.value, one.value) for one in known]).low
        room = abs(stated.value) / 20 + 3
        made += value is not None and abs(value - stated.value) <= room
    return made * 2 >= tried > 0


def _usable(reading: _Reading, figures: Sequence[Quantity]) -> bool:
    """Return whether a formula can be asked of figures: a divisor is above zero, and only changes go below it."""
    if reading.type is ClaimType.DIFFERENCE or reading.type is ClaimType.SUM:
        return True
    return figures[-1].value > 0 and figures[0].value >= 0


def _claims(grid: _Grid, column: int, reading: _Reading) -> list[Proposal]:
    """Return what a reading says of each row whose figures are all there."""
    found: list[Proposal] = []
    for row in grid.rows:
        stated = grid.cells.get((row, column))
        places = {name: grid.cells.get((row, one)) for name, one in reading.operands}
        known = {name: place for name, place in places.items() if place is not None}
        if stated is None or len(known) < len(places):
            continue
        if _usable(reading, [grid.quantities[place] for place in known.values()]):
            found.append(_claim(grid, (row, column), reading, stated, known))
    return found


def _claim(grid: _Grid, cell: tuple[int, int], reading: _Reading, stated: int, operands: Mapping[str, int]) -> Proposal:
    row, column = cell
    spoken = reading.spoken([grid.quantities[place] for place in operands.values()])
    where = f"表中“{grid.labels[row]}”的“{grid.names[column]}”："
    wording = TableWording("table_columns", reading.type, reading.formula, where + spoken)
    said = {reading.formula.partition(" = ")[0]: stated, **operands}
    return table_claim(grid.quantities, wording, said, reading.rule, STRUCTURAL, derived=reading.derived)


def _shares_of_total(grid: _Grid, column: int, levels: list[int]) -> Iterator[list[Proposal]]:
    """Yield the shares of each row in the total row, by one column of levels after another."""
    ends = (*grid.rows[:-4:-1], grid.rows[0])  # notes may stand below the total
    total = next((row for row in ends if _TOTAL_ROW.match(grid.labels[row])), None)
    if total is None:
        return
    for level in sorted(levels, key=lambda one: (one > column, abs(one - column)))[:REACH]:
        whole = grid.cells.get((total, level))
        if whole is None or grid.quantities[whole].value <= 0:
            continue
        reading = _part_of(level, level)
        found: list[Proposal] = []
        for row in grid.rows:
            part, stated = grid.cells.get((row, level)), grid.cells.get((row, column))
            if part is not None and stated is not None and row != total:
                found.append(_claim(grid, (row, column), reading, stated, {"part": part, "whole": whole}))
        yield found
