"""Tables whose cells were written one to a line, each behind a tab, with a blank line between the rows.

Seen in the score sheet of Fuxin as copied out of Word:

        1.学习情况(4分)
        共学习11次。
        4

A cell may run over several lines (those without a tab), a cell merged with the one above is a lone tab.
Rows whose cells stand in one line, set apart by tabs or as `| a | b |`, are recognised as well. The text
stays as it is; only the table with the places of its cells is told.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dudao.documents.model import Cell, Table
from dudao.provenance import Span

_LINE = re.compile(r"[^\n]*\n?")
_PIPED = re.compile(r"[ \u3000]*\|[^\t|]*\|.*\|")
_RULED = re.compile(r"[\s|:+=-]+")
_MAX_COLUMNS = 60


@dataclass(slots=True)
class _Piece:
    """A cell as found: where its text starts and ends, its lines joined."""

    start: int
    end: int
    text: str


def flattened_tables(text: str) -> tuple[Table, ...]:
    """Return the tables that stand in the text as indented lines or as lines with tabs."""
    tables = [table for rows in _piped_regions(text) if (table := _table(rows)) is not None] if "|" in text else []
    if "\t" in text:
        tables += [table for rows in _regions(text) if (table := _table(rows)) is not None]
    return tuple(sorted(tables, key=lambda table: table.span))


def _piped_regions(text: str) -> Iterator[list[list[_Piece]]]:
    """Yield the rows of each stretch of lines between upright strokes; the stroke below the header is left out."""
    rows: list[list[_Piece]] = []
    for match in _LINE.finditer(text):
        line = match[0].rstrip("\r\n \u3000")
        if not _PIPED.fullmatch(line):
            if rows:
                yield rows
            rows = []
        elif not _RULED.fullmatch(line):
            begin = line.index("|") + 1
            rows.append(list(_cells_of_line(text, match.start() + begin, line[begin:-1], "|")))
    if rows:
        yield rows


def _regions(text: str) -> Iterator[list[list[_Piece]]]:
    """Yield the rows of each stretch of lines that looks like a table."""
    rows: list[list[_Piece]] = []
    row: list[_Piece] = []
    indented = False  # the running row has a cell to a line
    for match in _LINE.finditer(text):
        line = match[0].rstrip("\r\n")
        start = match.start()
        if not line.strip(" \t\u3000"):
            if line.startswith("\t"):
                row.append(_Piece(start + 1, start + 1, ""))
                indented = True
            elif row and not line.strip():
                rows.append(row)
                row, indented = [], False
            continue
        if line.startswith("\t") and "\t" not in line[1:].rstrip("\t"):
            if row and not indented:
                rows.append(row)
                row = []
            row.append(_piece(text, start + 1, start + len(line)))
            indented = True
        elif "\t" in line.strip("\t") or (rows and not row and _heads_rows(line, rows[-1])):
            if row:
                rows.append(row)
            rows.append(list(_cells_of_line(text, start, line)))
            row, indented = [], False
        elif row and indented:
            more = _piece(text, start, start + len(line))
            if not row[-1].text:
                row[-1].start = more.start
            row[-1].text += more.text
            row[-1].end = more.end
        else:
            if rows:
                yield rows
            rows = []
    if row:
        rows.append(row)
    if rows:
        yield rows


def _heads_rows(line: str, before: list[_Piece]) -> bool:
    """Return whether words and the tabs of empty cells make a row like the one before: 一、小学 and three tabs."""
    return line.endswith("\t") and line.count("\t") == len(before) - 1


def _piece(text: str, start: int, end: int) -> _Piece:
    """Return the stretch without surrounding blanks."""
    stretch = text[start:end]
    start += len(stretch) - len(stretch.lstrip())
    stripped = stretch.strip()
    return _Piece(start, start + len(stripped), stripped)


def _cells_of_line(text: str, start: int, line: str, between: str = "\t") -> Iterator[_Piece]:
    position = start
    for part in line.split(between):
        yield _piece(text, position, position + len(part)) if part.strip() else _Piece(position, position, "")
        position += len(part) + 1


def _table(rows: list[list[_Piece]]) -> Table | None:
    """Return the rows as a table when most have the same number of cells, at least two."""
    counts = sorted(len(row) for row in rows)
    columns = max(counts)
    usual = counts[len(counts) // 2]
    if len(rows) < 2 or usual < 2 or columns > _MAX_COLUMNS or counts.count(usual) * 2 < len(rows):
        return None
    placed: list[Cell] = []
    above: dict[int, int] = {}  # column → index of the cell that reaches down to the row before
    for number, row in enumerate(rows):
        leading = True
        current: dict[int, int] = {}
        for column, piece, width in _columns_of(row, columns):
            if not piece.text:
                # Empty cells before the first filled one continue the merged cell above.
                if leading and column in above:
                    index = above[column]
                    cell = placed[index]
                    placed[index] = Cell(
                        cell.row, cell.column, cell.span, cell.text, number - cell.row + 1, cell.column_span
                    )
                    current[column] = index
                continue
            leading = False
            current[column] = len(placed)
            placed.append(Cell(number, column, Span(piece.start, piece.end), piece.text, 1, width))
        above = current
    if not placed:
        return None
    span = Span(min(cell.span.start for cell in placed), max(cell.span.end for cell in placed))
    return Table(span, len(rows), columns, tuple(placed))


def _columns_of(row: list[_Piece], columns: int) -> Iterator[tuple[int, _Piece, int]]:
    """Yield column, cell and width; in a row with fewer cells (a total) the first cell spans the missing ones."""
    missing = columns - len(row)
    for index, piece in enumerate(row):
        if index == 0:
            yield 0, piece, 1 + missing
        else:
            yield index + missing, piece, 1
