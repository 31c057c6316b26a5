"""Columns of a table that others make: 增减额, 增长率, 占比, 达标率, 生师比, 生均, and the 合计 of a row.

Which columns a derived one comes from is read from the rows themselves: the pair that makes nearly all of them is
meant, and a row that it does not make is then wrong. Fewer than three such rows say nothing, two where each result
has three digits. Rows that other rows make (增长率, 占比 below two years) are read like columns.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import permutations

from dudao.claims.arithmetic import Formula, add, divide, growth, percent, scale, subtract
from dudao.claims.model import ClaimType
from dudao.claims.proposals import STRUCTURAL, Proposal, joined
from dudao.claims.relations.table_balances import balances
from dudao.claims.relations.table_years import means, over_the_years
from dudao.claims.table_claims import TableWording, is_rate_column, table_claim
from dudao.claims.table_grid import TableGrid, best_reading, read_grid
from dudao.documents.model import Table
from dudao.quantities.model import Interval, Quantity

REACH = 8
"""How many columns of levels, the nearest, are tried for a derived one."""
BESIDE = 20
"""So many columns on either side of a total are looked through for those it may sum up though they lie apart."""
DERIVED_LIMIT = 24
"""How many derived columns of one table are tried."""
SAMPLE = 12
"""How many rows are looked at before a pair is tried on all of them."""

_GROWTH = re.compile(r"增长率|增幅|增减率|增速|升降幅|(?:增长|增减)(?:幅度|比例|[（(]?[%％±]|$)")
_DIFFERENCE = re.compile(
    r"增减|增加|减少|增量|差额|差值|提高值|下降值|变化(?:值|量|情况)?(?:[（(]|$)"
    r"|差距|相差|(?:累计|共|净)(?:下降|降低|提高|上升|提升|缩小)|(?:比|较)(?:上年|去年|前一?年|标准|目标)(?:下降|降低|提高|上升|提升|高|低)"
)
_GAP = re.compile(r"差距|相差")
_FALL = re.compile(r"下降|降低|减少|缩小")
_SHARE = re.compile(r"占比|比重|占(?!地|用)|构成")
_RATE = re.compile(r"率|比例|进度|覆盖面|百分[比数]|[%％][）)]?$")
_MEAN = re.compile(r"[生师校班园人户]均|平均|每[生人校班]|每[百千万]|(?<!大)班额(?!分布|情况)|[单均造]价|元[/／]")
_PER_MANY = re.compile(r"每[一]?(?P<many>[百千万])")
_MANY = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}
_RATIO = re.compile(r"[生师幼普职][生师幼普职]比|学生与教师|之比")
_OTHER_RATE = re.compile(r"系数|标准(?!化|分(?![类档]))|排名|位次|序号|编号|电话|年份|备注|权重")
_TOTAL = re.compile(
    r"(?:合计|总计|小计|共计|总数|总额|(?<![统设会累预估核审])计|^[全本][省市县区旗州盟校镇乡]|^总体)"
    r"(?:[（(][^（）()]*[）)]|(?:19|20)\d\d年度?)?$"
)
_TOTAL_ROW = re.compile(r"(?:合计|总计|共计|全[省市县区旗州](?:合计)?)$")
_MEAN_ROW = re.compile(r"平均|均值")
"""The mean of the rates above is another figure than the rate of the means beside it."""
_YEARS = re.compile(r"(?:19|20)\d\d")
_FACTORS = (Decimal(1), Decimal(10) ** 4, Decimal(10) ** 8)
_FEWEST_PARTS = 2
_THOUSAND = Decimal(1000)
"""A mean in 元 of a total in 万元 or 亿元, in 册 of 千册."""

_OF_LEVELS = frozenset({ClaimType.SHARE, ClaimType.PER_CAPITA, ClaimType.RATIO})
"""What is made of levels and not of their changes: 生均面积 beside the column 比2021年增减."""


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
        grid = read_grid(text, table, quantities, starts)
        if grid is None:
            continue
        found = [*_table(grid), *_table(grid.turn())]
        yield from found
        told = {frozenset(one.claim.operands.values()) for one in found}
        further = [
            made for side in (grid, grid.turn()) for made in (*balances(side), *over_the_years(side), *means(side))
        ]
        yield from (one for one in further if frozenset(one.claim.operands.values()) not in told)


def _table(grid: TableGrid) -> Iterator[Proposal]:
    levels = [column for column, name in sorted(grid.names.items()) if not _says_derived(name)]
    derived = [column for column, name in sorted(grid.names.items()) if column not in levels]
    # Rows that sum up others are told by the relation of sums, with all that may be nested in them.
    totals = [column for column in levels if _TOTAL.search(grid.names[column]) and not grid.turned]
    for column in derived[:DERIVED_LIMIT]:
        name = grid.names[column]
        if (
            not _OTHER_RATE.search(name)
            or _GROWTH.search(name)
            or _RATE.search(name)
            or _SHARE.search(name)
            or _GAP.search(name)
        ):
            near = levels
            if _DIFFERENCE.search(name) and not _GROWTH.search(name):
                rates = [one for one in derived if one != column and not _says_change(grid.names[one])]
                near = sorted([*levels, *rates])
            readings = _readings(grid, column, near)
            made = [_claims(grid, column, reading) for reading in readings if _promising(grid, column, reading)]
            if _SHARE.search(grid.names[column]):
                made.extend(_shares_of_total(grid, column, levels))
            yield from best_reading(grid, made)
    for column in totals[:DERIVED_LIMIT]:
        sums = [_claims(grid, column, one) for one in _row_sums(grid, column, levels) if _promising(grid, column, one)]
        best = [*best_reading(grid, sums)]
        yield from best
        # 小计 of 安全 食堂 收费, and of 立行立改 限期整改 once more.
        yield from (claim for one in sums if len(one) == len(best) and all(own.holds for own in one) for claim in one)


def _says_derived(name: str) -> bool:
    words = (_GROWTH, _DIFFERENCE, _SHARE, _RATE, _MEAN, _RATIO, _OTHER_RATE)
    return any(one.search(name) for one in words)


def _readings(grid: TableGrid, column: int, levels: list[int]) -> Iterator[_Reading]:
    """Yield how a column may come from two others, by what its name says it is."""
    name = grid.names[column]
    near = sorted(levels, key=lambda one: (one > column, abs(one - column)))[:REACH]
    near = [one for one in near if any((row, one) in grid.cells for row in grid.rows)]
    if _GROWTH.search(name):
        yield from (_grown(new, old) for new, old in _years(grid, name, near))
        rises = [one for one, said in grid.names.items() if _DIFFERENCE.search(said) and not _GROWTH.search(said)]
        yield from (_grown_by(new, rise) for new in near for rise in rises)
        yield from (_increased(new, old) for new, old in _years(grid, name, near) if _DIFFERENCE.search(name))
    elif _DIFFERENCE.search(name):
        yield from (_increased(new, old) for new, old in _years(grid, name, near))
        if _FALL.search(name):
            yield from (_increased(old, new) for new, old in _years(grid, name, near))
    elif _RATIO.search(name):
        yield from (_quotient(ClaimType.RATIO, one, other, Decimal(1)) for one, other in permutations(near, 2))
    elif _SHARE.search(name) or _RATE.search(name):
        yield from (_part_of(one, other) for one, other in permutations(near, 2))
        yield from (_parts_of(run, whole) for run in _runs(sorted(near)) for whole in near if whole not in run)
    else:
        many = _PER_MANY.search(name)
        for one, other in permutations(near, 2):
            factors = (_THOUSAND,) if "千" in grid.names[one] else _FACTORS
            for factor in (_MANY[many["many"]],) if many else factors:
                yield _quotient(ClaimType.PER_CAPITA, one, other, factor)


def _years(grid: TableGrid, name: str, near: list[int]) -> Iterator[tuple[int, int]]:
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


def _grown_by(new: int, rise: int) -> _Reading:
    return _Reading(
        ClaimType.LEVEL_DELTA_GROWTH,
        (("level", new), ("delta", rise)),
        "growth = delta / (level - delta)",
        lambda values: percent(values[1], subtract(values[0], values[1])),
        lambda figures: f"{figures[1].text}÷（{figures[0].text}－{figures[1].text}）×100%",
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


def _runs(columns: list[int]) -> Iterator[list[int]]:
    """Yield the columns that stand side by side, two or three of them, as parts of one rate may: 研究生 本科."""
    for length in (2, 3):
        yield from (columns[first : first + length] for first in range(len(columns) - length + 1))


def _parts_of(parts: Sequence[int], whole: int) -> _Reading:
    names = [f"p{number}" for number in range(1, len(parts) + 1)]
    return _Reading(
        ClaimType.SHARE,
        (*zip(names, parts, strict=True), ("whole", whole)),
        f"share = ({' + '.join(names)}) / whole",
        lambda values: percent(add(values[:-1]), values[-1]),
        lambda figures: f"（{joined(figures[:-1])}）÷{figures[-1].text}×100%",
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


def _row_sums(grid: TableGrid, total: int, levels: list[int]) -> Iterator[_Reading]:
    """Yield the runs of columns behind a total and before it that it may sum up, the longest first."""
    place = levels.index(total)
    near = levels[max(0, place - BESIDE) : place + BESIDE]
    filled = [one for one in near if any((row, one) in grid.cells for row in grid.rows)]
    whole = [one for one in filled if one != total and not _within_another(grid, one, filled, total)]
    years = _YEARS.findall(grid.names[total])
    dated = [one for one in whole if years and _YEARS.findall(grid.names[one]) == years]
    for columns in (whole, dated):
        if 1 < len(columns) <= REACH:
            yield _sum_of(columns)
    for run in (levels[place + 1 :], levels[:place][::-1]):
        stretch = run[: next((at for at, one in enumerate(run) if _TOTAL.search(grid.names[one])), len(run))]
        for length in range(min(len(stretch), REACH), 1, -1):
            yield _sum_of(sorted(stretch[:length]))


def _sum_of(columns: Sequence[int]) -> _Reading:
    return _Reading(
        ClaimType.SUM,
        tuple((f"p{number}", one) for number, one in enumerate(columns, 1)),
        "total = " + " + ".join(f"p{number}" for number in range(1, len(columns) + 1)),
        add,
        joined,
        False,
    )


def _within_another(grid: TableGrid, column: int, levels: list[int], total: int) -> bool:
    """Return whether a column is summed up in another one: 公用经费中央 beside 公用经费小计; 其中：初中."""
    name = grid.names[column]
    if "其中" in name:
        return True
    heads = [
        _TOTAL.sub("", grid.names[one])
        for one in levels
        if one not in (column, total) and _TOTAL.search(grid.names[one])
    ]
    return any(head and name.startswith(head) and not _TOTAL.search(name) for head in heads)


def _promising(grid: TableGrid, column: int, reading: _Reading) -> bool:
    """Return whether a reading makes half of the first rows; without exact arithmetic, for speed."""
    tried = made = 0
    for row in grid.rows:
        if tried >= SAMPLE:
            break
        stated = grid.figure(row, column)
        figures = [grid.figure(row, one) for _, one in reading.operands]
        known = [one for one in figures if one is not None]
        whole = len(known) == len(figures) or _nothing_else(grid, row, reading)
        if stated is None or not whole or not _usable(reading, known):
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
    if reading.type is ClaimType.LEVEL_DELTA_GROWTH:
        return figures[0].value > max(figures[1].value, Decimal(0))
    return figures[-1].value > 0 and figures[0].value >= 0


def _claims(grid: TableGrid, column: int, reading: _Reading) -> list[Proposal]:
    """Return what a reading says of each row whose figures are all there."""
    found: list[Proposal] = []
    for row in grid.rows:
        stated = grid.cells.get((row, column))
        places = {name: grid.cells.get((row, one)) for name, one in reading.operands}
        known = {name: place for name, place in places.items() if place is not None}
        if stated is None or (len(known) < len(places) and not _nothing_else(grid, row, reading)):
            continue
        if reading.type is ClaimType.SUM and is_rate_column(grid.labels[row]) and not grid.scored:
            continue
        if reading.type in _OF_LEVELS and _says_change(grid.labels[row]):
            continue
        if _usable(reading, [grid.quantities[place] for place in known.values()]):
            claim = _claim(grid, (row, column), reading, stated, known)
            if claim.holds or not (reading.derived and _MEAN_ROW.search(grid.labels[row])):
                found.append(claim)
    return found


def _nothing_else(grid: TableGrid, row: int, reading: _Reading) -> bool:
    """Return whether two parts of a sum are told and a dash stands for each of the others."""
    places = [(row, column) for _, column in reading.operands]
    told = sum(place in grid.cells for place in places)
    nothing = all(place in grid.cells or place in grid.none for place in places)
    return reading.type is ClaimType.SUM and told >= _FEWEST_PARTS and nothing


def _says_change(label: str) -> bool:
    return bool(_GROWTH.search(label) or _DIFFERENCE.search(label))


def _claim(
    grid: TableGrid, cell: tuple[int, int], reading: _Reading, stated: int, operands: Mapping[str, int]
) -> Proposal:
    spoken = reading.spoken([grid.quantities[place] for place in operands.values()])
    wording = TableWording("table_columns", reading.type, reading.formula, grid.where(*cell) + spoken)
    said = {reading.formula.partition(" = ")[0]: stated, **operands}
    if len(operands) < len(reading.operands):
        wording = replace(wording, formula=f"total = {' + '.join(operands)}")
    return table_claim(grid.quantities, wording, said, reading.rule, STRUCTURAL, derived=reading.derived)


def _shares_of_total(grid: TableGrid, column: int, levels: list[int]) -> Iterator[list[Proposal]]:
    """Yield the shares of each row in the total row, by one column of levels after another."""
    if not grid.rows:
        return
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
