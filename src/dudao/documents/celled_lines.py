"""Tables of which every cell stands in a line of its own, as the text of a pdf is copied.

    学段
    学校数
    学生数
    小学
    98
    35420
    初中
    …

A row is a line of words and the lines of figures behind it; all rows have as many of them. The lines of words before
the first row are the header, as far as there is one for each column. A number of the row may stand before its words.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dudao.documents.model import Cell, Table
from dudao.documents.short_lines import ShortLine, stretches
from dudao.documents.worded_rows import worded_rows
from dudao.provenance import Span

_SERIAL = re.compile(r"[0-9]{1,3}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_UNIT_BELOW = re.compile(r"[（(][^（）()]{1,12}[）)]")
_TOTAL = re.compile(r"合\s?计|总\s?计|小\s?计|共\s?计|全[省市县区旗州]")
_FEWEST_ROWS = 3
_FEWEST_FIGURES = 2
_MOST_FIGURES = 30


def celled_lines(text: str) -> tuple[Table, ...]:
    """Return the tables whose cells stand a line each; spans count characters of the text."""
    found: list[Table] = []
    for lines in stretches(text):
        done = 0
        for first, end, table in worded_rows(lines):
            found.extend((*_tables(lines[done:first]), table))
            done = end
        found.extend(_tables(lines[done:]))
    return tuple(found)


def _tables(lines: Sequence[ShortLine]) -> Iterator[Table]:
    """Yield the tables within a stretch: the longest runs of rows that all have as many figures."""
    starts = [at for at, line in enumerate(lines) if not line.figure and _follows(lines, at)]
    widths = {at: _width(lines, at) for at in starts}
    place = 0
    while place < len(starts):
        rows = [starts[place]]
        while place + len(rows) < len(starts):
            following = starts[place + len(rows)]
            if rows[-1] + widths[rows[-1]] + 1 != following or not _alike(lines, rows, following, widths):
                break
            rows.append(following)
        if len(rows) >= _FEWEST_ROWS:
            table = _table(lines, rows, widths)
            if table is not None:
                yield table
        place += len(rows)


def _follows(lines: Sequence[ShortLine], at: int) -> bool:
    """Return whether a line of words is followed by a figure."""
    return at + 1 < len(lines) and lines[at + 1].figure and _HAN.search(lines[at].text) is not None


def _width(lines: Sequence[ShortLine], at: int) -> int:
    end = at + 1
    while end < len(lines) and lines[end].figure:
        end += 1
    return end - at - 1


def _alike(lines: Sequence[ShortLine], rows: list[int], following: int, widths: dict[int, int]) -> bool:
    """Return whether a row has as many figures as those before.

    Where rows are numbered, the number of each seems to belong to the row before: the last one has one figure less, and
    so has the total row behind it.
    """
    width = widths[rows[0]]
    if widths[following] == width:
        return widths[rows[-1]] == width
    if widths[following] != width - 1:
        return False
    if widths[rows[-1]] == width - 1:
        return _TOTAL.fullmatch(lines[following].text) is not None
    return _serials(lines, [*rows, following]) is not None


def _serials(lines: Sequence[ShortLine], rows: Sequence[int]) -> list[int] | None:
    """Return the numbers that stand before the words of the rows, None for rows that are not numbered one by one."""
    if len(rows) > 1 and _TOTAL.fullmatch(lines[rows[-1]].text):
        rows = rows[:-1]
    before = [lines[at - 1].text if at else "" for at in rows]
    if not before or not all(_SERIAL.fullmatch(one) for one in before):
        return None
    numbers = [int(one) for one in before]
    counted = numbers[0] == 1 and all(right - left == 1 for left, right in pairwise(numbers))
    return numbers if counted else None


def _table(lines: Sequence[ShortLine], rows: list[int], widths: dict[int, int]) -> Table | None:
    numbered = _serials(lines, rows) is not None
    width = widths[rows[-1]] if numbered else widths[rows[0]]
    if not _FEWEST_FIGURES <= width <= _MOST_FIGURES:
        return None
    header = _header(lines, rows[0] - numbered, width)
    cells = [Cell(0, column, span, text) for column, text, span in header]
    head = 1 if header else 0
    for number, at in enumerate(rows, head):
        cells.append(Cell(number, 0, lines[at].span, lines[at].text))
        cells.extend(
            Cell(number, column, line.span, line.text) for column, line in enumerate(lines[at + 1 : at + 1 + width], 1)
        )
    span = Span(min(cell.span.start for cell in cells), max(cell.span.end for cell in cells))
    return Table(span, head + len(rows), width + 1, tuple(cells))


def _header(lines: Sequence[ShortLine], end: int, width: int) -> list[tuple[int, str, Span]]:
    """Return column, words and place of the lines that name the columns; none where there are too few of them."""
    named: list[tuple[str, Span]] = []
    at = end - 1
    behind = ""
    while at >= 0 and not lines[at].figure and len(named) <= width:
        line = lines[at]
        if _UNIT_BELOW.fullmatch(line.text) and not behind:
            behind = line.text  # 教学及辅助用房面积 / （平方米）
        else:
            named.append((f"{line.text}{behind}", line.span))
            behind = ""
        at -= 1
    if len(named) < width:
        return []
    named.reverse()
    first = width + 1 - len(named)
    return [(column, words, span) for column, (words, span) in enumerate(named, first)]
