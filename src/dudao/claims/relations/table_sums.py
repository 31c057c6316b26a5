"""Columns of a table and their total row: 小学 98, 初中 35, 合计 133.

A table whose total row fits in one column at least is built of parts; another column that does not fit is then wrong.
Tables with subtotals are left alone, and so are columns of rates and means.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from dudao.claims.arithmetic import add, judge
from dudao.claims.model import Claim, ClaimType, Computed
from dudao.claims.proposals import EXPLICIT, Proposal, joined, shown
from dudao.documents.model import Cell, Table
from dudao.provenance import Span
from dudao.quantities.model import Kind, Quantity

_TOTAL = re.compile(r"^(?:合计|总计|共计|全[市县区省]合计|总和)$")
_PARTIAL = re.compile(r"小计|其中|合计|总计|平均|占比|比例")
_RATE = re.compile(r"率|比|均|占|差异|系数|年份|序号|标准")
_SUMMABLE = (Kind.OTHER, Kind.COUNT, Kind.MONEY, Kind.AREA, Kind.SCORE)


def find(tables: Sequence[Table], quantities: Sequence[Quantity]) -> Iterator[Proposal]:
    """Yield the claims that a total row is the sum of the rows above it; spans are those of the document's text."""
    starts = [one.span.start for one in quantities]
    for table in tables:
        yield from _table(table, quantities, starts)


def _table(table: Table, quantities: Sequence[Quantity], starts: list[int]) -> Iterator[Proposal]:
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.row_span > 1:
            return
        rows.setdefault(cell.row, []).append(cell)
    labels = {row: "".join(cells[0].text.split()) for row, cells in rows.items()}
    totals = [row for row, label in labels.items() if _TOTAL.match(label)]
    if len(totals) != 1 or any(_PARTIAL.search(label) for row, label in labels.items() if row != totals[0]):
        return
    above = [row for row in sorted(rows) if row < totals[0]]
    found = [
        proposal
        for cell in rows[totals[0]][1:]
        if (proposal := _column(cell, [rows[row] for row in above], quantities, starts)) is not None
    ]
    if any(one.holds for one in found):
        yield from found


def _column(total: Cell, above: list[list[Cell]], quantities: Sequence[Quantity], starts: list[int]) -> Proposal | None:
    stated = _figure(total, quantities, starts)
    column = [cell for row in above for cell in row if cell.column == total.column and cell.column_span == 1]
    if stated is None or any(_RATE.search(cell.text) for cell in column):
        return None
    parts = [place for cell in column if (place := _figure(cell, quantities, starts)) is not None]
    blank = sum(not cell.text.strip(" 　—–-－/") for cell in column)
    if len(parts) < 2 or len(parts) + blank < len(column) - 1:
        return None
    figures = [quantities[place] for place in parts]
    judgement = judge(quantities[stated], add, figures, derived=False)
    operands = {"total": stated} | {f"p{number}": place for number, place in enumerate(parts, 1)}
    written = quantities[stated].text
    value = shown(judgement.value, quantities[stated], more=2)
    verdict = "相符" if judgement.holds else f"不符，与各行相符的值为{value}"
    claim = Claim(
        type=ClaimType.SUM,
        relation="table_sums",
        span=Span(quantities[parts[0]].span.start, quantities[stated].span.end),
        operands=operands,
        formula="total = " + " + ".join(key for key in operands if key != "total"),
        verdict=judgement.verdict,
        computed=Computed(judgement.value, judgement.interval, quantities[stated].unit),
        message=f"表中各行之和：{joined(figures)}＝{value}，与合计“{written}”{verdict}",
        rounding=judgement.rounding,
    )
    return Proposal(claim, stated, EXPLICIT)


def _figure(cell: Cell, quantities: Sequence[Quantity], starts: list[int]) -> int | None:
    """Return the number of the figure that fills a cell; None when it holds words or no single figure."""
    place = bisect_left(starts, cell.span.start)
    if place >= len(quantities) or quantities[place].span.end > cell.span.end:
        return None
    figure = quantities[place]
    return place if figure.kind in _SUMMABLE and figure.text.strip() == cell.text.strip() else None
