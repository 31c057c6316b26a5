"""Columns of a table and the rows that sum up others: 小学 98, 初中 35, 合计 133; nested 小计 and 总计; 一、二、.

A row that sums up others fits in one column at least; another column of it that does not fit is then wrong. Rows
behind 其中 need not be all: there two columns must fit. Columns of rates and means are left alone.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dudao.claims.arithmetic import add
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, Proposal, joined
from dudao.claims.slips import one_slip_away
from dudao.claims.table_claims import (
    TableWording,
    as_amount,
    as_point,
    as_written,
    is_rate_column,
    is_scored,
    lies_between,
    says_count,
    table_claim,
    told_digits,
)
from dudao.claims.table_facts import caption_of, column_labels, fills, header_height, rows_of
from dudao.documents.model import Cell, Table
from dudao.quantities.model import Kind, Quantity

_TOTAL = re.compile(r"(?:合计|总计|共计|总和)$|^总分$|^全[市县区省旗州乡镇]$")
_GRAND = re.compile(r"^(?:总计|共计|总和|总分)$")
_SUBTOTAL = re.compile(r"小计(?:[（(][^（）()]*[）)])?$")
_ENDS = re.compile(rf"{_TOTAL.pattern}|{_SUBTOTAL.pattern}")
_PARTIAL = re.compile(r"平均|占比|比例|比重")
_RATE = re.compile(r"率|比例|均|占比|系数|[%％]")
"""Words beside a figure in its cell that say it is none to add up."""
_WORDS = re.compile(r"[\u4e00-\u9fff]")
_MAIN = re.compile(r"[一二三四五六七八九十]{1,3}、")
_BELOW = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]|[0-9]{1,2}[.．、](?![0-9])")
_SUMMABLE = (Kind.OTHER, Kind.COUNT, Kind.MONEY, Kind.AREA, Kind.SCORE)
_FEWEST_PARTS, _LONG_ENOUGH, _VERY_LONG = 3, 4, 5
_MOST_NESTED = 8
"""So many rows from 其中 on are tried for what the row above them sums up."""
_SURE, _AMONG = 1, 2
"""So many columns must fit before another is called wrong: where the rows are all the parts; where 其中 names some."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """A row that sums up others, all by their numbers, and how many columns must fit."""

    total: int
    parts: tuple[int, ...]
    needed: int


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a table below its header that hold figures, and what stands at the left of each."""

    cells: dict[int, list[Cell]]
    labels: dict[int, str]


def find(text: str, tables: Sequence[Table], quantities: Sequence[Quantity]) -> Iterator[Proposal]:
    """Yield the claims that a total row is the sum of the rows above it; spans are those of the document's text."""
    starts = [one.span.start for one in quantities]
    for table in tables:
        yield from _table(text, table, quantities, starts)


def _table(text: str, table: Table, quantities: Sequence[Quantity], starts: list[int]) -> Iterator[Proposal]:
    rows = rows_of(table)
    head = header_height(rows)
    merged = [cell for row in rows for cell in row if cell.row_span > 1 and cell.row >= head]
    if any(_figure(cell, quantities, starts) is not None for cell in merged):
        return
    filled = {
        number: row
        for number, row in enumerate(rows[head:], head)
        if any(_figure(cell, quantities, starts) is not None for cell in row)
    }
    read = _Rows(filled, {number: _label(row) for number, row in filled.items()})
    names, caption = column_labels(rows[:head]), caption_of(text, table)
    # The rows of a score sheet are named by what is scored: 公办园在园幼儿占比 | 权重 8 | 得分 8.
    scored = is_scored(names.values())
    if not scored and any(_PARTIAL.search(label) for label in read.labels.values()):
        return

    def claims(one: _Sum) -> list[Proposal]:
        parts = [read.cells[number] for number in one.parts]
        figures = [
            _column(cell, parts, quantities, starts, (names.get(cell.column, ""), caption), scored=scored)
            for cell in read.cells[one.total]
        ]
        found = [proposal for proposal in figures if proposal is not None]
        if _fitting(found, quantities) >= one.needed:
            return found
        return [made for made in found if _slipped(made, quantities)] if one.needed == len(found) == 1 else []

    if sum(bool(_MAIN.match(label)) for label in read.labels.values()) >= 2:
        yield from (claim for one in _by_number(read) for claim in claims(one))
        return
    yield from (claim for one in _by_among(read) for claim in claims(one))
    nested = list(_nested(read, quantities, starts))
    yield from (claim for one in nested for claim in claims(one))
    inside = {part for one in nested for part in one.parts}
    downward, upward = ([claims(one) for one in _by_total(order, read.labels, inside)] for order in _both_ways(read))
    found = max(downward, upward, key=lambda made: sum(_fitting(one, quantities) for one in made))
    yield from (claim for one in found for claim in one)


def _label(row: list[Cell]) -> str:
    """Return what stands at the left of a row, the number of the row left aside."""
    words = ("".join(cell.text.split()) for cell in row[:2])
    return next((one for one in words if _WORDS.search(one)), "")


def _fitting(found: list[Proposal], quantities: Sequence[Quantity]) -> int:
    """Return how many sums hold and say something: nothing of nothing fits everywhere."""
    return sum(one.holds and quantities[one.stated].value != 0 for one in found)


def _slipped(made: Proposal, quantities: Sequence[Quantity]) -> bool:
    """Return whether the only sum of a table fails by one slip of a digit, in figures of so many digits."""
    total, *parts = (quantities[index] for index in made.claim.operands.values())
    long = _LONG_ENOUGH if len(parts) >= _FEWEST_PARTS else _VERY_LONG
    return told_digits(total) >= long and one_slip_away(total, parts)


def _both_ways(read: _Rows) -> tuple[list[int], list[int]]:
    """Return the rows from above and from below: a total may stand behind its parts or before them."""
    numbers = sorted(read.cells)
    return numbers, numbers[::-1]


def _by_total(order: list[int], labels: dict[int, str], inside: set[int]) -> list[_Sum]:
    """Return what the totals of a table sum up, its rows read in an order in which totals follow their parts.

    `inside` are the rows that another row above them sums up already.
    """
    grand = any(_GRAND.match(labels[number]) for number in order)
    found: list[_Sum] = []
    closed: list[int] = []
    group: list[int] = []
    among = False
    for number in order:
        label = labels[number]
        within = label.startswith("其中") or number in inside
        among = among or (within and number not in inside)
        needed = _AMONG if among else _SURE
        if _SUBTOTAL.search(label) or (grand and _TOTAL.search(label) and not _GRAND.match(label)):
            found.append(_Sum(number, tuple(group), needed))
            closed.append(number)
            group, among = [], False
        elif _TOTAL.search(label):
            found.append(_Sum(number, tuple(closed + group), needed))
            return found
        elif not within:
            group.append(number)
    return found


def _nested(read: _Rows, quantities: Sequence[Quantity], starts: list[int]) -> Iterator[_Sum]:
    """Yield the rows that those right behind them make: 高中 1186，其中：普通高中 892，中职 294; 205 20502 2050201.

    Read from below, so that what is made already is one part of what stands above it.
    """
    tops: list[int] = []
    values = {number: _values(row, quantities, starts) for number, row in read.cells.items()}
    for number in sorted(read.cells, reverse=True):
        if _ENDS.search(read.labels[number]):
            tops = []
            continue
        length, needed = _made_of(number, tops[:_MOST_NESTED], values, read.labels)
        if length:
            yield _Sum(number, tuple(tops[:length]), needed)
        tops = [number, *tops[length:]]


def _made_of(
    number: int, behind: list[int], values: dict[int, dict[int, Decimal]], labels: dict[int, str]
) -> tuple[int, int]:
    """Return how many of the rows behind a row make it, and in how many columns; 0 of 0 for none."""
    whole = values[number]
    named = bool(behind) and labels[behind[0]].startswith("其中")
    made: dict[int, Decimal] = {}
    for length, part in enumerate(behind, 1):
        for column, value in values[part].items():
            made[column] = made.get(column, Decimal(0)) + value
        fitting = [value for column, value in whole.items() if made.get(column) == value != 0]
        digits = sum(_digits(value) for value in fitting)
        enough = len(fitting) >= _AMONG and digits >= (_AMONG if named else 2 * _LONG_ENOUGH)
        others = [made.get(column, Decimal(0)) - value for column, value in whole.items() if made.get(column) != value]
        surely = len(fitting) == 1 and digits >= _VERY_LONG and len(others) <= 1 and all(map(_one_digit, others))
        if length > 1 and (enough or surely) and len(fitting) * 2 >= len(whole):
            return length, min(_AMONG, len(fitting))
    return 0, 0


def _one_digit(apart: Decimal) -> bool:
    """Return whether two figures are apart by what one wrong digit makes."""
    return _digits(apart) == 1


def _digits(value: Decimal) -> int:
    return len(format(abs(value), "f").replace(".", "").strip("0"))


def _values(row: Sequence[Cell], quantities: Sequence[Quantity], starts: list[int]) -> dict[int, Decimal]:
    found = {cell.column: _figure(cell, quantities, starts) for cell in row}
    return {column: quantities[place].value for column, place in found.items() if place is not None}


def _by_among(read: _Rows) -> Iterator[_Sum]:
    """Yield the row above 其中 with all rows from there to the next total, which must then fit in two columns."""
    numbers = sorted(read.cells)
    opened = [place for place, number in enumerate(numbers) if read.labels[number].startswith("其中")]
    if len(opened) != 1 or opened[0] == 0:
        return
    first = opened[0]
    behind = numbers[first:]
    ends = next((at for at, number in enumerate(behind) if _ENDS.search(read.labels[number])), len(behind))
    if ends >= 2 and not _ENDS.search(read.labels[numbers[first - 1]]):
        yield _Sum(numbers[first - 1], tuple(behind[:ends]), _AMONG)


def _by_number(read: _Rows) -> Iterator[_Sum]:
    """Yield what the numbered rows of a table sum up: 一、二、 make the total, （一）（二） or 其中 the row above."""
    numbers = sorted(read.cells)
    main = [number for number in numbers if _MAIN.match(read.labels[number])]
    total = [number for number in numbers if number not in main and _TOTAL.search(read.labels[number])]
    first = [number for number in numbers if number < main[0]]
    if len(total) == 1 or len(first) == 1:
        # 教育支出, then 一、二、三、: what stands alone before the first is all of them.
        yield _Sum((total or first)[0], tuple(main), _SURE)
    for number, following in zip(main, [*main[1:], numbers[-1] + 1], strict=True):
        behind = [one for one in numbers if number < one < following and one not in total]
        numbered = [one for one in behind if _BELOW.match(read.labels[one])]
        if numbered:
            yield _Sum(number, tuple(numbered), _AMONG)
        elif behind and read.labels[behind[0]].startswith("其中"):
            yield _Sum(number, tuple(behind), _AMONG)
        elif len(behind) > 1:
            single = all(len(read.cells[one]) == len(("label", "figure")) for one in (number, *behind))
            yield _Sum(number, tuple(behind), _SURE if single else _AMONG)


def _column(
    total: Cell,
    summed: list[list[Cell]],
    quantities: Sequence[Quantity],
    starts: list[int],
    said: tuple[str, str],
    *,
    scored: bool,
) -> Proposal | None:
    """Return the sum of a column; `said` are the words of its header and the caption, `scored` tables tell points."""
    stated = _figure(total, quantities, starts)
    column = [cell for row in summed for cell in row if cell.column == total.column and cell.column_span == 1]
    if (
        stated is None
        or (is_rate_column(said[0]) and "权重" not in said[0])
        or any(_RATE.search(cell.text) for cell in column)
    ):
        return None
    parts = [place for cell in column if (place := _figure(cell, quantities, starts)) is not None]
    blank = sum(not cell.text.strip(" 　—–-－/") for cell in column)
    if len(parts) < 2 or len(parts) + blank < len(column):
        return None
    if not says_count(*said) and lies_between(quantities[stated], [quantities[place] for place in parts]):
        return None
    told = {place: as_amount(quantities[place]) for place in (stated, *parts)}
    figures = {place: as_point(one) if scored else as_written(one, *said) for place, one in told.items()}
    operands = {"total": stated} | {f"p{number}": place for number, place in enumerate(parts, 1)}
    formula = "total = " + " + ".join(key for key in operands if key != "total")
    spoken = f"表中各行之和：{joined([quantities[place] for place in parts])}"
    wording = TableWording("table_sums", ClaimType.SUM, formula, spoken)
    return table_claim(figures, wording, operands, add, EXPLICIT, derived=False)


def _figure(cell: Cell, quantities: Sequence[Quantity], starts: list[int]) -> int | None:
    """Return the number of the figure that fills a cell; None when it holds words or no single figure."""
    place = bisect_left(starts, cell.span.start)
    if place >= len(quantities) or quantities[place].span.end > cell.span.end:
        return None
    figure = as_amount(quantities[place])
    if cell.text.strip()[:1] in "-－−" and figure.text.strip()[:1] not in "-－−":
        return None
    return place if figure.kind in _SUMMABLE and fills(figure, cell) else None
