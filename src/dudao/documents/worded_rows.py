"""Tables copied a cell a line in which several columns hold words: 项目学校 建设内容 总投资 已支付.

Below as many lines of words as there are columns, the header, the kinds of the lines come again row by row: words in
the columns of words, figures in those of figures; a dash may stand in either.
"""

import re
from collections.abc import Iterator, Sequence

from dudao.documents.model import Cell, Table
from dudao.documents.short_lines import ShortLine
from dudao.provenance import Span

_HAN = re.compile(r"[\u4e00-\u9fff]")
_DIGIT = re.compile(r"[0-9０-９]")
_NARROWEST, _WIDEST = 4, 16
_FEWEST_ROWS = 3
_FEWEST = 2
"""So many columns of words and so many of figures."""
_WORDS, _NUMBER, _EITHER = "w", "n", "-"


def worded_rows(lines: Sequence[ShortLine]) -> Iterator[tuple[int, int, Table]]:
    """Yield the tables of a stretch with the numbers of their first line and of the one behind their last."""
    kinds = "".join(map(_kind, lines))
    above = 0
    start = 1
    while start < len(lines):
        above = above + 1 if kinds[start - 1] == _WORDS else 0
        if above < _NARROWEST or kinds.count(_NUMBER, start, start + _WIDEST) < _FEWEST:
            start += 1
            continue
        width, rows = max(
            ((width, _rows(kinds, start, width)) for width in range(_NARROWEST, min(above, _WIDEST) + 1)),
            key=lambda one: one[0] * one[1],
            default=(0, 0),
        )
        if rows < _FEWEST_ROWS or not _named(lines, start, width, rows):
            start += 1
            continue
        first, end = start - width, start + width * rows
        yield first, end, _table(lines[first:end], width)
        start, above = end + 1, 0


def _kind(line: ShortLine) -> str:
    if not line.figure:
        return _WORDS
    return _NUMBER if _DIGIT.search(line.text) else _EITHER


def _rows(kinds: str, start: int, width: int) -> int:
    """Return how many rows of a width follow one another, each with the same kinds of cells."""
    first = kinds[start : start + width]
    if first.count(_NUMBER) < _FEWEST or first.count(_WORDS) < _FEWEST:
        return 0
    columns = list(first)
    rows = 0
    for at in range(start, len(kinds) - width + 1, width):
        row = kinds[at : at + width]
        if any(one != own and _EITHER not in (one, own) for one, own in zip(row, columns, strict=True)):
            break
        columns = [one if own == _EITHER else own for one, own in zip(row, columns, strict=True)]
        rows += 1
    return rows


def _named(lines: Sequence[ShortLine], start: int, width: int, rows: int) -> bool:
    """Return whether words name each row, in its first cell or behind its number."""
    names = [lines[at] if not lines[at].figure else lines[at + 1] for at in range(start, start + width * rows, width)]
    return all(not one.figure and _HAN.search(one.text) for one in names)


def _table(lines: Sequence[ShortLine], width: int) -> Table:
    cells = tuple(Cell(number // width, number % width, one.span, one.text) for number, one in enumerate(lines))
    return Table(Span(lines[0].span.start, lines[-1].span.end), len(lines) // width, width, cells)
