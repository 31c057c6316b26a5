"""Tables printed as lines of text, cells parted by gaps, as they are pasted out of Word or lie in a pdf without rules.

    学段 2021年 2022年 增减
    小学 52 50 -2
    合计 145 148 3

A line is a row when words stand first and figures behind them. All rows of a table have as many figures; where one
has not, it cannot be told which cell is missing, and the lines are no table. Where words stand before figures twice in
each line and the header repeats itself, two tables stand side by side.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from dudao.documents.model import Cell, Table
from dudao.provenance import Span

_WORD = re.compile(r"[^\s\u3000|｜]+")
_LISTED = re.compile(r"[^\s、]+")
_PARTED = re.compile(r"[^\s\u3000|｜、][\s\u3000|｜、]+[^\s\u3000|｜、]")
_NUMBER = r"[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?"
_FIGURE = re.compile(rf"[-－−+]?{_NUMBER}(?:[%％‰]|[\u4e00-\u9fff]{{1,3}}|[:：∶]{_NUMBER})?|[—–－/／-]{{1,4}}|…{{1,2}}")
_SERIAL = re.compile(r"[0-9]{1,3}")
_SERIAL_NAME = re.compile(r"序号|编号|No\.?|NO\.?")
_REMARK = re.compile(r"备注|说明|备考")
_PROSE = re.compile(r"[。，；！？]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ALONE = re.compile(r"占比|比重|率|[（(][%％][）)]|备注|说明")
_LONGEST_LINE = 200
_FEWEST_ROWS = 3
_MOST_ROWS = 400

_Words = list[tuple[str, Span]]
_Line = tuple[str, int]
"""A line that may be part of a header and its place in the text; its words are parted only where a table follows."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One line: the number of the row, the words at its left, its figures, the words behind them."""

    serial: _Words
    label: _Words
    figures: _Words
    remark: _Words


def lined_tables(text: str) -> tuple[Table, ...]:
    """Return the tables printed as lines; spans count characters of the text."""
    found: list[Table] = []
    above: list[_Line] = []
    rows: list[tuple[_Row, ...]] = []
    position = 0
    for line in chain(text.split("\n"), ("",)):
        place = position
        position += len(line) + 1
        told = len(line) <= _LONGEST_LINE and _WORD.search(line) is not None and _PROSE.search(line) is None
        beside = _beside(_words_of(line, place)) if told and _PARTED.search(line) else ()
        if beside and len(rows) < _MOST_ROWS and len(beside) <= len(rows[0] if rows else beside):
            rows.append(beside)
            continue
        if rows:
            if told and above and _said(_words_of(line, place)) == _said(_words_of(*above[-1])):
                continue  # the header again, on the next page
            found.extend(_tables([_words_of(*one) for one in above], rows))
        above = ([] if rows or not told else above)[-1:] + ([(line, place)] if told else [])
        rows = [beside] if beside and len(rows) < _MOST_ROWS else []
    return tuple(found)


def _words_of(line: str, place: int) -> _Words:
    """Return the words of a line, which begins at the place; a list with 、 between is parted there."""
    parted = _LISTED if line.count("、") > 1 and len(line.split()) == 1 else _WORD
    return [(match[0], Span(place + match.start(), place + match.end())) for match in parted.finditer(line)]


def _beside(words: _Words) -> tuple[_Row, ...]:
    """Return the row that a line is, or the two that stand side by side in it; nothing for any other line."""
    row = _row(words)
    if row is not None:
        return (row,)
    said = [_FIGURE.fullmatch(word) is not None for word, _ in words]
    first = said.index(True) if True in said else len(said)
    at = next((at for at in range(first, len(said)) if not said[at]), len(said))
    left, right = _row(words[:at]), _row(words[at:]) if at < len(words) else None
    return (left, right) if left is not None and right is not None else ()


def _tables(above: list[_Words], rows: list[tuple[_Row, ...]]) -> Iterator[Table]:
    """Yield the table of rows, or the two that stand side by side under a header said twice."""
    if not rows or len(rows[0]) == 1:
        yield from _table(above, [row for (row,) in rows])
        return
    names = above[-1] if above else []
    half = len(names) // 2
    if not names or len(names) % 2 or _said(names[:half]) != _said(names[half:]):
        return
    for side, header in enumerate((names[:half], names[half:])):
        yield from _table([header], [row[side] for row in rows if len(row) > side])


def _said(words: _Words) -> list[str]:
    return [word for word, _ in words]


def _row(words: _Words) -> _Row | None:
    """Return the row that a line is; None when no words stand first or no figure behind them."""
    serial = words[:1] if len(words) > 2 and _SERIAL.fullmatch(words[0][0]) else []
    rest = words[len(serial) :]
    if not rest or not _HAN.search(rest[0][0]):
        return None
    first = next((at for at, (word, _) in enumerate(rest[1:], 1) if _FIGURE.fullmatch(word)), len(rest))
    last = first
    while last < len(rest) and _FIGURE.fullmatch(rest[last][0]):
        last += 1
    figures = rest[first:last]
    if not figures or all(word.endswith("年") for word in _said(figures)):
        return None
    if any(_FIGURE.fullmatch(word) for word in _said(rest[last:])):
        return None
    return _Row(serial, rest[:first], figures, rest[last:])


def _table(above: list[_Words], rows: list[_Row]) -> Iterator[Table]:
    """Yield the table of rows that all have as many figures, with the lines above as its header where they fit."""
    if len(rows) < _FEWEST_ROWS:
        return
    if sum(any(map(str.isdecimal, "".join(_said(row.figures)))) for row in rows) < _FEWEST_ROWS:
        return
    [(width, count)] = Counter(len(row.figures) for row in rows).most_common(1)
    if count < len(rows):
        return
    header = _header(above, width)
    labels = max((cell.column for cell in header), default=0) + 1 - width if header else 1
    if header and _REMARK.fullmatch(header[-1].text):
        labels -= 1
    if labels < 1:
        return
    head = max((cell.row + 1 for cell in header), default=0)
    cells = [*header]
    for number, row in enumerate(rows, head):
        cells.extend(_cells(row, number, labels))
    columns = max(cell.column + cell.column_span for cell in cells)
    yield Table(Span(cells[0].span.start, cells[-1].span.end), head + len(rows), columns, tuple(cells))


def _cells(row: _Row, number: int, labels: int) -> Iterator[Cell]:
    if row.serial and labels > 1:
        yield Cell(number, 0, row.serial[0][1], row.serial[0][0])
    span = Span(row.label[0][1].start, row.label[-1][1].end)
    yield Cell(number, labels - 1, span, "".join(_said(row.label)))
    for column, (word, place) in enumerate(row.figures, labels):
        yield Cell(number, column, place, word)
    if row.remark:
        place = Span(row.remark[0][1].start, row.remark[-1][1].end)
        yield Cell(number, labels + len(row.figures), place, "".join(_said(row.remark)))


def _header(above: list[_Words], width: int) -> list[Cell]:
    """Return the cells of the one or two lines that name the columns; none when they do not fit the rows."""
    if not above:
        return []
    last = above[-1]
    plain = len(last) - width - bool(_REMARK.fullmatch(last[-1][0]))
    if plain == 1 or (plain == 2 and _SERIAL_NAME.fullmatch(last[0][0])):
        return [Cell(0, column, span, word) for column, (word, span) in enumerate(last)]
    return _two_lines(above[-2], last, width) if len(above) == 2 else []


def _two_lines(upper: _Words, lower: _Words, width: int) -> list[Cell]:
    """Return a header of groups over columns: 学段 2021年 2022年 over 学校数 学生数 学校数 学生数."""
    alone = {0} | ({len(upper) - 1} if len(upper) > 2 and _ALONE.search(upper[-1][0]) else set())
    for single in (alone, {0}):
        groups = len(upper) - len(single)
        if groups and len(lower) % groups == 0 and len(lower) + len(single) - 1 == width:
            each = len(lower) // groups
            break
    else:
        return []
    cells: list[Cell] = []
    column = 0
    below = iter(lower)
    second: list[Cell] = []
    for number, (word, span) in enumerate(upper):
        if number in single:
            cells.append(Cell(0, column, span, word, row_span=2))
            column += 1
            continue
        cells.append(Cell(0, column, span, word, column_span=each))
        for _ in range(each):
            name, place = next(below)
            second.append(Cell(1, column, place, name))
            column += 1
    return cells + second
