"""Columns of a table and their total row: 小学 98, 初中 35, 合计 133.

A table whose total row fits in one column at least is built of parts; another column that does not fit is then wrong.
Tables with subtotals are left alone, and so are columns of rates and means.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from dudao.claims.arithmetic import add
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, Proposal, joined
from dudao.claims.table_claims import TableWording, as_written, table_claim
from dudao.claims.table_facts import caption_of, column_labels, header_height, rows_of
from dudao.documents.model import Cell, Table
from dudao.quantities.model import Kind, Quantity

_TOTAL = re.compile(r"^(?:合计|总计|共计|全[市县区省]合计|总和)$")
_PARTIAL = re.compile(r"小计|合计|总计|平均|占比|比例")
_RATE = re.compile(r"率|比|均|占|差异|系数|年份|序号|标准")
_SUMMABLE = (Kind.OTHER, Kind.COUNT, Kind.MONEY, Kind.AREA, Kind.SCORE)


def find(text: str, tables: Sequence[Table], quantities: Sequence[Quantity]) -> Iterator[Proposal]:
    """Yield the claims that a total row is the sum of the rows above it; spans are those of the document's text."""
    starts = [one.span.start for one in quantities]
    for table in tables:
        yield from _table(text, table, quantities, starts)


def _table(text: str, table: Table, quantities: Sequence[Quantity], starts: list[int]) -> Iterator[Proposal]:
    rows = rows_of(table)
    head = header_height(rows)
    if any(cell.row_span > 1 and cell.row >= head for row in rows for cell in row):
        return
    labels = {number: "".join(row[0].text.split()) for number, row in enumerate(rows) if row}
    totals = [number for number, label in labels.items() if _TOTAL.match(label)]
    within = {number for number, label in labels.items() if label.startswith("其中")}
    others = [label for number, label in labels.items() if number not in within and number not in totals]
    if len(totals) != 1 or any(_PARTIAL.search(label) for label in others):
        return
    names, caption = column_labels(rows[:head]), caption_of(text, table)
    above = [rows[number] for number in labels if number < totals[0] and number not in within]
    found = [
        proposal
        for cell in rows[totals[0]][1:]
        if (proposal := _column(cell, above, quantities, starts, (names.get(cell.column, ""), caption))) is not None
    ]
    # Rows behind 其中 need not all say so: then two columns must fit before a third is called wrong.
    if sum(one.holds for one in found) >= (2 if within else 1):
        yield from found


def _column(
    total: Cell, above: list[list[Cell]], quantities: Sequence[Quantity], starts: list[int], said: tuple[str, str]
) -> Proposal | None:
    """Return the sum of a column; `said` are the words of its header and the caption of the table."""
    stated = _figure(total, quantities, starts)
    column = [cell for row in above for cell in row if cell.column == total.column and cell.column_span == 1]
    if stated is None or _RATE.search(said[0]) or any(_RATE.search(cell.text) for cell in column):
        return None
    parts = [place for cell in column if (place := _figure(cell, quantities, starts)) is not None]
    blank = sum(not cell.text.strip(" 　—–-－/") for cell in column)
    if len(parts) < 2 or len(parts) + blank < len(column) - 1:
        return None
    figures = {place: as_written(quantities[place], *said) for place in (stated, *parts)}
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
    figure = quantities[place]
    return place if figure.kind in _SUMMABLE and figure.text.strip() == cell.text.strip() else None
