"""A score table whose cells stand in lines with spaces between, as the text layer of a pdf gives it."""

import re

from dudao.documents.model import Cell, Table
from dudao.documents.score_sheets.columns import Column, Role, columns_of
from dudao.documents.score_sheets.points import NUMBER, plain
from dudao.provenance import Span

_WORDS = re.compile(r"[^\s　|｜│┃║]+")
_RULE = re.compile(r"[\s|｜+:=_\u2014\u2500-\u257f-]+")
_POINTS = re.compile(rf"{NUMBER}分?")
_POINT_ROLES = {Role.FULL, Role.SELF, Role.DEDUCTION}
_FEWEST_ROWS = 2
_LONGEST_LINE = 200
_SHORTEST_HEADER = 5  # three columns of a character each


def spaced_tables(text: str) -> tuple[Table, ...]:
    """Return the score tables printed as spaced lines; their spans count characters of the text given.

    The header names the columns, the points stand last in every line, and the table ends with the first line
    that has no points.
    """
    found = []
    rows: list[list[Cell]] = []
    columns: tuple[Column, ...] = ()
    place = 0
    for line in text.splitlines(keepends=True):
        start, place = place, place + len(line)
        if not columns and len(line) < _SHORTEST_HEADER:
            continue
        if _RULE.fullmatch(line):
            continue
        tokens = [(m[0], Span(start + m.start(), start + m.end())) for m in _WORDS.finditer(line[:_LONGEST_LINE])]
        if not tokens:
            continue
        cells = _cells(tokens, columns, len(rows)) if columns else None
        if cells is not None:
            rows.append(cells)
            continue
        if len(rows) > _FEWEST_ROWS:
            found.append(_table(rows, columns))
        columns = _header(tokens)
        rows = [_header_cells(tokens)] if columns else []
    if len(rows) > _FEWEST_ROWS:
        found.append(_table(rows, columns))
    return tuple(found)


def _header(tokens: list[tuple[str, Span]]) -> tuple[Column, ...]:
    """Return the columns of a header line; none unless its last columns, and only they, hold points."""
    columns = columns_of([words for words, _ in tokens]) if 3 <= len(tokens) <= 8 else None
    if columns is None:
        return ()
    roles = [column.role for column in columns]
    points = [role in _POINT_ROLES for role in roles]
    first = points.index(True)
    named = {Role.NAME, Role.NUMBER}
    return columns if all(points[first:]) and all(role in named for role in roles[:first]) else ()


def _header_cells(tokens: list[tuple[str, Span]]) -> list[Cell]:
    return [Cell(0, column, span, words) for column, (words, span) in enumerate(tokens)]


def _cells(tokens: list[tuple[str, Span]], columns: tuple[Column, ...], row: int) -> list[Cell] | None:
    """Return the cells of a line (number, names, points from the right); None for a line without points."""
    points = [column.index for column in columns if column.role in _POINT_ROLES]
    before = tokens[: -len(points)]
    values = tokens[-len(points) :]
    if not before or not all(_POINTS.fullmatch(plain(words)) for words, _ in values):
        return None
    cells = [Cell(row, column, span, words) for column, (words, span) in zip(points, values, strict=True)]
    if columns[0].role is Role.NUMBER and before[0][0].isdigit() and len(before) > 1:
        words, span = before[0]
        cells.insert(0, Cell(row, 0, span, words))
        before = before[1:]
    names = [column.index for column in columns if column.role is Role.NAME]
    while before and names:
        column = names.pop()
        taken = before[-1:] if names else before
        before = before[: -len(taken)]
        span = Span(taken[0][1].start, taken[-1][1].end)
        cells.insert(0, Cell(row, column, span, " ".join(words for words, _ in taken)))
    return sorted(cells, key=lambda cell: cell.column)


def _table(rows: list[list[Cell]], columns: tuple[Column, ...]) -> Table:
    cells = tuple(cell for row in rows for cell in row)
    return Table(Span(cells[0].span.start, cells[-1].span.end), len(rows), len(columns), cells)
