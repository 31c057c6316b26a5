"""Tables as they were meant: those that a page end cut are one again, those drawn side by side are two.

项目 预算数 项目 预算数 is two tables; a table without header, or with the same header once more (续表), right behind
another of as many columns goes on with it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dudao.claims.table_facts import header_height, rows_of
from dudao.documents.model import Cell, Table

_PAGE_MARKS = re.compile(
    r"[（(]?续?(?:上|前)?(?:接)?表[\d一二三四五六七八九十.\-]{0,5}[（(]?续表?[）)]?|[（(]续(?:表|上表)?[）)]|续表\d{0,2}|第\d{1,3}页|共\d{1,3}页"
    r"|[—–-]{0,2}\d{1,3}[—–-]{0,2}|单位[：:][\u4e00-\u9fff、/]{1,8}"
)
_GAP_LIMIT = 60
_NUMBER = re.compile(r"[-−－]?[\d,.]+[%％]?")
_FEWEST_ROWS = 3
_BLANKS = " \u3000—–-－/"


def as_meant(text: str, tables: Sequence[Table]) -> list[Table]:
    """Return tables joined and parted; spans of the cells stay where they are in the text."""
    return [half for table in _joined(text, tables) for half in _parted(table)]


def _joined(text: str, tables: Sequence[Table]) -> list[Table]:
    found: list[Table] = []
    for table in tables:
        more = _going_on(text, found[-1], table) if found else None
        if more is None:
            found.append(table)
        else:
            found[-1] = more
    return found


def _going_on(text: str, first: Table, second: Table) -> Table | None:
    """Return both tables as one; None where the second does not go on with the first."""
    if first.columns != second.columns or not 0 <= second.span.start - first.span.end <= _GAP_LIMIT:
        return None
    between = "".join(text[first.span.end : second.span.start].split())
    if _PAGE_MARKS.sub("", between):
        return None
    above, below = rows_of(first), rows_of(second)
    height, torn = header_height(above), _is_torn(below, second.columns) and not between
    again = header_height(below[torn:])
    if not 0 < height < len(above) or again == len(below) - torn:
        return None
    if again:
        same = again == height and all(
            _words(one) == _words(other) for one, other in zip(above[:again], below[torn : torn + again], strict=True)
        )
        if not same:
            return None
    left = again + torn
    moved = first.rows - left
    cells = [replace(one, row=one.row + moved) for one in second.cells if one.row >= left]
    span = replace(first.span, end=second.span.end)
    return replace(first, span=span, rows=moved + second.rows, cells=(*first.cells, *cells))


def _is_torn(rows: Sequence[Sequence[Cell]], columns: int) -> bool:
    """Return whether a first row is what the end of a page left over of the words of the last one before it."""
    words = [one for one in _words(rows[0]) if one] if len(rows) > 1 else []
    return 0 < len(words) * 2 <= columns and not any(one.isdecimal() for word in words for one in word)


def _words(row: Sequence[Cell]) -> list[str]:
    return ["".join(cell.text.split()) for cell in row]


def _parted(table: Table) -> Iterator[Table]:
    """Yield the tables that stand side by side in one, left to right; most tables are one."""
    at = _second_names(table)
    if at is None:
        yield table
        return
    for low, high in ((0, at), (at, table.columns)):
        cells = []
        for cell in table.cells:
            start, end = max(cell.column, low), min(cell.column + cell.column_span, high)
            if start < end:
                cells.append(replace(cell, column=start - low, column_span=end - start))
        yield replace(table, columns=high - low, cells=tuple(cells))


def _second_names(table: Table) -> int | None:
    """Return the column in which the names of a second table begin, figures on both sides of it."""
    if table.columns < 4:
        return None
    rows = rows_of(table)
    head = header_height(rows)
    if not 0 < head <= len(rows) - _FEWEST_ROWS:
        return None
    heads = {cell.column: "".join(cell.text.split()) for cell in rows[head - 1]}
    for column in range(2, table.columns - 1):
        width = table.columns - column
        again = heads.get(column) == heads.get(0) and bool(heads.get(0))
        beside = [heads.get(column + step) for step in range(1, width)]
        like = width == column and all(beside) and beside == [heads.get(step) for step in range(1, width)]
        if (again or like) and _names_and_figures(rows[head:], column):
            return column
    return None


def _names_and_figures(rows: Sequence[Sequence[Cell]], column: int) -> bool:
    """Return whether a column holds words, and those beside it figures."""
    words = before = behind = 0
    for row in rows:
        by_column = {cell.column: "".join(cell.text.split()).strip(_BLANKS) for cell in row}
        name = by_column.get(column, "")
        words += bool(name) and _NUMBER.fullmatch(name) is None
        before += _NUMBER.fullmatch(by_column.get(column - 1, "")) is not None
        behind += _NUMBER.fullmatch(by_column.get(column + 1, "")) is not None
    least = max(_FEWEST_ROWS, len(rows) * 3 // 5)
    return words >= least and before >= _FEWEST_ROWS - 1 and behind >= _FEWEST_ROWS - 1
