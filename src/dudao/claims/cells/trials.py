"""What the cells of named lines may make, the likeliest first: a change, a share, a ratio, a sum.

`plain` trials are those the words leave no choice about: one line named, two years of one measure.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from dudao.claims.arithmetic import add, scale
from dudao.claims.cells.lines import Cell, Line, is_total
from dudao.claims.cells.model import (
    ACCUSING_DIGITS,
    DIFFERENCE,
    GROWTH,
    RATIO,
    SHARE,
    SHRINKAGE,
    Shape,
    Told,
    Trial,
)
from dudao.claims.cells.naming import Named
from dudao.claims.model import ClaimType
from dudao.quantities.model import Interval, Kind

_OF_TOTAL = re.compile(
    r"占(?:比|比重)?(?:为|达到?|仅)?$|占(?:全部|总|全[省市县区旗州])[^，。；、\d]{0,8}的$|占[^，。；、\d]{0,6}(?:总[数额量]|合计)的$"
)
_JOINT = re.compile(r"[^，。；]{0,6}[、和及与][^，。；]{0,4}")
_OF_ONE = {
    "生师比": ("生", "师"),
    "班额": ("生", "班"),
    "班均": ("生", "班"),
    "校均": ("生", "校"),
    "师均": ("生", "师"),
    "园均": ("幼儿", "园"),
}
"""What a mean or ratio is of, by the words in the names of the two columns."""
LINES = 6
"""So many named lines are tried for one result."""
PAIRS = 12
"""So many pairs of cells of one line are tried."""
ACROSS = 8


def changes(told: Told) -> Iterator[Trial]:
    """Yield differences and growths: of two years of one line, then of two lines."""
    percent = told.kind is Kind.PERCENT
    shapes = (GROWTH if told.direction >= 0 else SHRINKAGE,) if percent else (DIFFERENCE,)
    if len(told.named) > 1 and told.named[0].compared:
        yield from _between(told, shapes)
    made = [(line, list(_pairs(told, line))) for line in _tried(told)]
    # A change of a year is asked of the lines that have years before those that have none.
    made.sort(key=lambda one: told.yearly and not any(new.time for new, _, _ in one[1]))
    for line, pairs in made:
        for number, (new, old, plain) in enumerate(pairs[:PAIRS]):
            yield from _both(shapes, new, old, line, plain=plain and number == 0, told=told)
    yield from _between(told, shapes)


def _tried(told: Told) -> Iterator[Line]:
    yield from (one.line for one in told.named[:LINES])
    yield from told.totals


def _both(shapes: Sequence[Shape], new: Cell, old: Cell, line: Line, *, plain: bool, told: Told) -> Iterator[Trial]:
    falls = told.direction < 0
    for shape in shapes:
        if shape is DIFFERENCE:
            high, low = (new, old) if new.quantity.value >= old.quantity.value else (old, new)
            if (high is old) == falls or told.direction == 0:
                yield Trial(shape, (high, low), line, plain)
        elif old.quantity.value > 0 and (new.quantity.value < old.quantity.value) == falls:
            yield Trial(shape, (new, old), line, plain)


def _pairs(told: Told, line: Line) -> Iterator[tuple[Cell, Cell, bool]]:
    """Yield pairs of cells a change may be between, the later first: those of the years said before all others."""
    points = told.kind is Kind.PERCENTAGE_POINT
    cells = [
        one
        for one in line.cells.values()
        if (one.rate or line.rate if points else not one.derived and not line.derived)
    ]
    cells = [one for one in cells if points or one.quantity.kind is not Kind.PERCENT]
    timed = [(new, old) for new in cells for old in cells if _later(new, old)]
    timed += [(old, new) for new, old in timed if old.time <= told.years and new.time <= told.bases]
    said = [pair for pair in timed if {*pair[0].time, *pair[1].time} <= told.years]
    said.sort(key=lambda pair: (pair[1].time <= told.bases, _mark(told, pair)), reverse=True)
    last = [pair for pair in timed if _neighbours(*pair) and not any(_later(one, pair[0]) for one in cells)]
    older = [pair for pair in timed if pair not in said and pair not in last]
    last.sort(key=lambda pair: _mark(told, pair), reverse=True)
    based = [pair for pair in timed if pair[1].time <= told.bases and not any(_later(one, pair[0]) for one in cells)]
    last = [*based, *(pair for pair in last if pair not in based)]
    first, second = (said, last) if said else (last, [])
    clear = len(first) == 1 or (len(first) > 1 and _mark(told, first[0]) > _mark(told, first[1]))
    only = clear and (bool(said) or told.yearly)
    for group in (first, second, older):
        yield from ((new, old, only and group is first and number == 0) for number, (new, old) in enumerate(group))
    if not timed:
        rest = [(one, two) for one, two in combinations(cells, 2) if one.quantity.value != two.quantity.value]
        rest.sort(key=lambda pair: (pair[0].stem != pair[1].stem, abs(pair[0].place - pair[1].place)))
        for one, two in rest:
            yield two, one, False
            yield one, two, False


def _mark(told: Told, pair: tuple[Cell, Cell]) -> int:
    return _said(told, pair[0]) + _said(told, pair[1])


def _later(new: Cell, old: Cell) -> bool:
    if len(new.time) != 1 or len(old.time) != 1 or new.stem != old.stem:
        return False
    return max(new.time) > max(old.time)


def _neighbours(new: Cell, old: Cell) -> bool:
    return int(max(new.time)) - int(max(old.time)) == 1


def _between(told: Told, shapes: Sequence[Shape]) -> Iterator[Trial]:
    """Yield 初中比普通高中高1577.83元: one column of two lines, the columns that the words name first."""
    for one, two in combinations(told.named[:LINES], 2):
        plain = _only_two(told, one, two)
        for number, (first, second) in enumerate(_across(told, one.line, two.line)):
            for shape in shapes:
                if shape is DIFFERENCE:
                    high, low = sorted((second, first), key=lambda cell: cell.quantity.value, reverse=True)
                    yield Trial(shape, (high, low), two.line, plain and number == 0)
                elif first.quantity.value > 0 and second.quantity.value > 0:
                    yield Trial(shape, (second, first), two.line, plain and number == 0)


def _only_two(told: Told, one: Named, two: Named) -> bool:
    """Return whether a clause compares just these two lines in the column it speaks of."""
    if not (one.compared and not two.compared and one.line.table == two.line.table):
        return False
    if two is not next((other for other in told.named if not other.compared), None):
        return False
    inside = {
        (other.line.number, other.line.turned)
        for other in told.named
        if other.end > len(told.before) - len(told.clause)
    }
    if not inside <= {(one.line.number, one.line.turned), (two.line.number, two.line.turned)}:
        return False
    across = _across(told, one.line, two.line)
    marks = [_said(told, pair[0]) + _said(told, pair[1]) for pair in across]
    return len(across) == 1 or (len(marks) > 1 and marks[0] > marks[1])


def _across(told: Told, one: Line, two: Line) -> list[tuple[Cell, Cell]]:
    """Return the cells of two lines that stand in one column, those of which the words speak first."""
    if one.turned != two.turned or (one.table, one.number) == (two.table, two.number):
        return []
    if one.table != two.table and (one.turned or one.grid.names != two.grid.names):
        return []
    points = told.kind is Kind.PERCENTAGE_POINT
    shared = [
        (one.cells[place], two.cells[place])
        for place in sorted({*one.cells} & {*two.cells}, reverse=True)
        if not points or one.cells[place].rate or one.rate
    ]
    shared.sort(
        key=lambda pair: (_said(told, pair[0]) + _said(told, pair[1]), one.turned and is_total(pair[0].name)),
        reverse=True,
    )
    return shared[:ACROSS]


def _said(told: Told, cell: Cell) -> int:
    """Return how plainly the words speak of a cell: quoted, its year said, its name said."""
    named = bool(cell.stem) and (cell.stem in told.before or any(cell.stem.startswith(one) for one in told.heads))
    return 4 * (cell.index in told.quoted) + 2 * bool(cell.time & told.years) + named


def shares(told: Told) -> Iterator[Trial]:
    """Yield parts of wholes: a line in another one named or in the total, then two cells of one line.

    得分率, 整改率 and the like are of one line, 占…的 of two.
    """
    lines = [one.line for one in told.named[:LINES]]
    beside = list(_of_told(told, lines))
    within, across = list(_within(told, lines)), list(_in_totals(told, lines))
    yield from (*beside, *across, *within) if "占" in told.clause else (*within, *beside, *across)


def _in_totals(told: Told, lines: Sequence[Line]) -> Iterator[Trial]:
    for part in lines:
        for whole in (*lines, *told.totals):
            for first, second in _across(told, part, whole):
                quoted = first.index in told.quoted and "占" in told.clause
                of_this = any(told.clause.endswith(f"占{name}的") for name in whole.names)
                of_all = part is told.alone and _OF_TOTAL.search(told.clause) is not None
                plain = (quoted and (whole.total or of_this)) or (whole.total and of_all)
                yield from _share(first, second, part, plain=plain)


def _of_told(told: Told, lines: Sequence[Line]) -> Iterator[Trial]:
    """Yield what was told just before as part of a cell: 两项合计57.45万元，占未整改金额的62.5%."""
    for part in told.beside:
        for line in (*told.totals, *lines):
            wholes = sorted(line.cells.values(), key=lambda cell: -_said(told, cell))
            for whole in [one for one in wholes if not one.derived and not one.rate][:ACROSS]:
                yield from _share(part, whole, line, plain=False)


def _within(told: Told, lines: Sequence[Line]) -> Iterator[Trial]:
    for line in (*lines, *told.totals):
        cells = [one for one in line.cells.values() if not one.derived and one.quantity.kind is not Kind.PERCENT]
        pairs = [(one, two) for one in cells for two in cells if one is not two]
        pairs.sort(key=lambda pair: (-_said(told, pair[0]) - _said(told, pair[1]), abs(pair[0].place - pair[1].place)))
        for one, two in pairs[:PAIRS]:
            yield from _share(one, two, line, plain=False)


def _share(part: Cell, whole: Cell, line: Line, *, plain: bool) -> Iterator[Trial]:
    if 0 < part.quantity.value <= whole.quantity.value and part.quantity.kind is not Kind.PERCENT:
        yield Trial(SHARE, (part, whole), line, plain)


def ratios(told: Told) -> Iterator[Trial]:
    """Yield quotients of two lines and of two cells of one line, those that the name of the mean speaks of first."""
    wanted = next((pair for name, pair in _OF_ONE.items() if name in told.clause), None)
    if wanted is not None:
        for line in _tried(told):
            yield from _named_ratio(line, wanted)
    for one, two in combinations(told.named[:LINES], 2):
        plain = told.kind is Kind.RATIO and _only_two(told, one, two)
        for number, (first, second) in enumerate(_across(told, one.line, two.line)):
            for top, bottom in ((second, first), (first, second)):
                if bottom.quantity.value > 0 and top.quantity.value > 0:
                    yield Trial(RATIO, (top, bottom), one.line, plain and number == 0 and top is second)
    for line in _tried(told):
        cells = [one for one in line.cells.values() if not one.derived and not one.rate and one.quantity.value > 0]
        for top, bottom in list(combinations(cells, 2))[:PAIRS]:
            yield Trial(RATIO, (top, bottom), line)
            yield Trial(RATIO, (bottom, top), line)


def _named_ratio(line: Line, wanted: tuple[str, str]) -> Iterator[Trial]:
    cells = [one for one in line.cells.values() if not one.derived and not one.rate and one.quantity.value > 0]
    for top in (one for one in cells if wanted[0] in one.name and wanted[1] not in one.name):
        for bottom in (one for one in cells if wanted[1] in one.name and one is not top):
            yield Trial(RATIO, (top, bottom), line)
            yield Trial(RATIO, (bottom, top), line)


def means(told: Told) -> Iterator[Trial]:
    """Yield quotients, and the mean of as many lines or cells as are counted: 三所学校平均得分946.83分."""
    if told.several and "平均" in told.clause:
        yield from _mean_of_several(told)
    yield from ratios(told)


def _mean_of_several(told: Told) -> Iterator[Trial]:
    part = 1 / Decimal(told.several)
    names = tuple(f"x{number}" for number in range(1, told.several + 1))
    spoken = f"（{'＋'.join(['{}'] * told.several)}）÷{told.several}"
    formula = f"mean = ({' + '.join(names)}) / {told.several}"

    def rule(values: Sequence[Interval]) -> Interval:
        return scale(add(values), part)

    shape = Shape(ClaimType.PER_CAPITA, formula, names, spoken, rule, derived=True)
    for line in _tried(told):
        kinds: dict[str, list[Cell]] = {}
        for cell in line.cells.values():
            kinds.setdefault(cell.name[-2:], []).append(cell)
        for cells in kinds.values():
            if len(cells) == told.several:
                yield Trial(shape, tuple(cells), line)


def sums(told: Told) -> Iterator[Trial]:
    """Yield the lines named together added up: 学前教育和义务教育两项共支出51348.36万元."""
    groups: dict[tuple[int, bool], list[Line]] = {}
    for one in told.named:
        if not one.line.total and one.line not in (lines := groups.setdefault((one.line.table, one.line.turned), [])):
            lines.append(one.line)
    for line in _tried(told) if told.several else ():
        yield from _of_years(told, line)
    for stages in (*told.stages, *told.ends):
        yield from _summed(told, stages)
    for group in _in_clause(told):
        yield from _summed(told, group, plain=True)
    for counted in told.together:
        yield from _summed(told, counted, plain=True)
    for lines in groups.values():
        sizes = [told.several] if told.several else range(min(len(lines), ACROSS), 1, -1)
        for size in sizes:
            if 1 < size <= len(lines):
                yield from _summed(told, lines[:size])


def _in_clause(told: Told) -> Iterator[list[Line]]:
    """Yield the lines of one table that the clause of a figure itself names in a row: 管理事务和其他支出合计."""
    begins = len(told.before) - len(told.clause)
    groups: dict[tuple[int, bool], list[Named]] = {}
    for one in told.named:
        if one.whole and one.end > begins and not one.line.total:
            groups.setdefault((one.line.table, one.line.turned), []).append(one)
    for group in groups.values():
        joined = all(
            _JOINT.fullmatch(told.before[left.end : right.end - right.length]) for right, left in pairwise(group)
        )
        if joined and len(group) > 1 and told.several in (0, len(group)):
            yield [one.line for one in group]


def _of_years(told: Told, line: Line) -> Iterator[Trial]:
    """Yield as many years of one line as are counted, added up: 三年累计投入320.29亿元."""
    kinds: dict[str, list[Cell]] = {}
    for cell in line.cells.values():
        if len(cell.time) == 1 and not cell.rate and not cell.derived:
            kinds.setdefault(cell.stem, []).append(cell)
    for cells in kinds.values():
        if len(cells) == told.several:
            yield Trial(_sum_shape(len(cells)), tuple(cells), line)


def _sum_shape(count: int) -> Shape:
    names = tuple(f"p{number}" for number in range(1, count + 1))
    spoken = "＋".join(["{}"] * count)
    return Shape(ClaimType.SUM, f"total = {' + '.join(names)}", names, spoken, add, derived=False)


def _summed(told: Told, lines: Sequence[Line], *, plain: bool = False) -> Iterator[Trial]:
    places = sorted(set.intersection(*({*line.cells} for line in lines)), reverse=True)
    columns = [[line.cells[place] for line in reversed(lines)] for place in places]
    columns = [one for one in columns if not one[0].rate and not lines[0].rate]
    whole = lines[0].turned
    columns.sort(
        key=lambda column: (sum(_said(told, cell) for cell in column), whole and is_total(column[0].name)), reverse=True
    )
    shape = _sum_shape(len(lines))
    marks = [sum(_said(told, cell) for cell in column) for column in columns]
    clear = plain and (len(columns) == 1 or (len(columns) > 1 and marks[0] > marks[1]))
    for number, column in enumerate(columns[:ACROSS]):
        if any(cell.quantity.value == 0 for cell in column):
            continue
        # Which column is meant the words may leave open; then more digits must tell it.
        said = clear and number == 0
        yield Trial(shape, tuple(column), lines[-1], plain, ACCUSING_DIGITS + (not said))


TRIALS: dict[str, Callable[[Told], Iterator[Trial]]] = {
    "change": changes,
    "share": shares,
    "ratio": ratios,
    "per_capita": means,
    "sum": sums,
}
