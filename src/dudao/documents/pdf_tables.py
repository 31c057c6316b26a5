"""Finds the ruled tables of a pdf page: border lines make a grid, the text within each cell is its content."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from dudao.documents.text_builder import CellText

_SAME = 3.0  # points within which two lines are one
_LONG = 8.0  # shorter strokes are parts of characters and drawings
_MOST_OBJECTS = 5000
_MOST_SEGMENTS = 20000
_MOST_LINES = 600


@dataclass(frozen=True, slots=True)
class _Line:
    """A horizontal or vertical line: where it lies, and from where to where it runs."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of a page: its place in points from the bottom left, and its cells."""

    left: float
    bottom: float
    right: float
    top: float
    cells: tuple[CellText, ...]


def page_tables(page: pypdfium2.PdfPage, layer: pypdfium2.PdfTextPage) -> list[PageTable]:
    """Return the ruled tables of a page from top to bottom, those with at least two cells that hold text."""
    across, down = _lines(page)
    if len(across) < 2 or len(down) < 2 or len(across) + len(down) > _MOST_LINES:
        return []
    tables = [_table(rows, columns, layer) for rows, columns in _connected(across, down)]
    found = [table for table in tables if table is not None]
    return sorted(found, key=lambda table: -table.top)


def _lines(page: pypdfium2.PdfPage) -> tuple[list[_Line], list[_Line]]:
    """Return the horizontal and the vertical lines; thin filled boxes count as lines."""
    across: list[_Line] = []
    down: list[_Line] = []
    segments = 0
    for count, drawn in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if count > _MOST_OBJECTS or segments > _MOST_SEGMENTS:
            return [], []
        left, bottom, right, top = drawn.get_bounds()
        if top - bottom <= _SAME and right - left >= _LONG:
            across.append(_Line((top + bottom) / 2, left, right))
        elif right - left <= _SAME and top - bottom >= _LONG:
            down.append(_Line((left + right) / 2, bottom, top))
        else:
            for one, other in _strokes(drawn):
                segments += 1
                if abs(one[1] - other[1]) <= 1 and abs(one[0] - other[0]) >= _LONG:
                    across.append(_Line(one[1], min(one[0], other[0]), max(one[0], other[0])))
                elif abs(one[0] - other[0]) <= 1 and abs(one[1] - other[1]) >= _LONG:
                    down.append(_Line(one[0], min(one[1], other[1]), max(one[1], other[1])))
    return across, down


_Point = tuple[float, float]


def _strokes(drawn: pypdfium2.PdfObject) -> Iterator[tuple[_Point, _Point]]:
    """Yield the straight strokes of a path in page coordinates."""
    matrix = drawn.get_matrix()
    first = last = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(pdfium.FPDFPath_CountSegments(drawn.raw), _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn.raw, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield last, point
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield last, first


def _connected(across: list[_Line], down: list[_Line]) -> Iterator[tuple[list[_Line], list[_Line]]]:
    """Yield the lines of each table: horizontal and vertical ones that touch."""
    waiting = set(range(len(down)))
    unused = set(range(len(across)))
    while unused:
        rows, columns = {min(unused)}, set[int]()
        grown = True
        while grown:
            more = {index for index in waiting if any(_touch(across[row], down[index]) for row in rows)}
            columns |= more
            waiting -= more
            further = {row for row in unused - rows if any(_touch(across[row], down[index]) for index in columns)}
            rows |= further
            grown = bool(more or further)
        unused -= rows
        yield [across[row] for row in rows], [down[index] for index in columns]


def _touch(row: _Line, column: _Line) -> bool:
    return row.start - _SAME <= column.at <= row.end + _SAME and column.start - _SAME <= row.at <= column.end + _SAME


def _distinct(values: list[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _SAME:
            kept.append(value)
    return kept


def _table(across: list[_Line], down: list[_Line], layer: pypdfium2.PdfTextPage) -> PageTable | None:
    xs = _distinct([line.at for line in down])
    ys = _distinct([line.at for line in across])[::-1]
    if len(xs) < 3 or len(ys) < 2:
        return None
    taken: set[tuple[int, int]] = set()
    cells: list[CellText] = []
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            wide, high = 1, 1
            middle = (ys[row] + ys[row + 1]) / 2
            while column + wide < len(xs) - 1 and not _bounded(down, xs[column + wide], middle):
                wide += 1
            centre = (xs[column] + xs[column + 1]) / 2
            while row + high < len(ys) - 1 and not _bounded(across, ys[row + high], centre):
                high += 1
            taken |= {(row + under, column + beside) for under in range(high) for beside in range(wide)}
            text = _text(layer, xs[column], ys[row + high], xs[column + wide], ys[row])
            cells.append(CellText(row, column, text, high, wide))
    if sum(1 for cell in cells if cell.text) < 2:
        return None
    return PageTable(xs[0], ys[-1], xs[-1], ys[0], tuple(cells))


def _bounded(lines: list[_Line], at: float, along: float) -> bool:
    return any(abs(line.at - at) <= _SAME and line.start - 1 <= along <= line.end + 1 for line in lines)


def _text(layer: pypdfium2.PdfTextPage, left: float, bottom: float, right: float, top: float) -> str:
    """Return the text of a cell in one line: its lines were broken by the width of the cell."""
    lines = [line.strip() for line in layer.get_text_bounded(left, bottom, right, top).splitlines() if line.strip()]
    text = ""
    for line in lines:
        gap = " " if text and text[-1].isascii() and line[0].isascii() and text[-1].isalpha() else ""
        text += gap + line
    return text.replace("\ufffe", "").replace("\x02", "").replace("\t", " ")
