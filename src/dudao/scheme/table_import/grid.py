"""A table as a grid: every place knows its cell, a merged cell is the same cell at all its places."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_BREAKS = re.compile(r"[ \t\u3000\xa0]*\n\s*")
_CONTROLS = re.compile(r"[\x00-\x08\x0c-\x1f\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff]")
_SPACES = re.compile(r"[ \t\u3000\xa0]+")


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell with its place and extent; rows and columns count from 0."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A table as any reader of files can hand it over; `name` is the sheet's, empty for Word."""

    rows: int
    columns: int
    cells: tuple[TableCell, ...]
    name: str = ""


def table_of_rows(rows: Iterable[Iterable[str]], name: str = "") -> PlainTable:
    """Return a table without merged cells from rows of texts."""
    listed = [list(row) for row in rows]
    cells = tuple(TableCell(text, r, c) for r, row in enumerate(listed) for c, text in enumerate(row))
    return PlainTable(len(listed), max((len(row) for row in listed), default=0), cells, name)


def tidy(text: str) -> str:
    """Return the text with runs of blanks made one, line ends kept."""
    visible = _CONTROLS.sub("", text.replace("\r", "\n").replace("\x0b", "\n"))
    return _BREAKS.sub("\n", _SPACES.sub(" ", visible)).strip()


def on_one_line(text: str) -> str:
    """Return the text with line ends taken out: inside Chinese they are only where the cell was too narrow."""
    return re.sub(r"(?<=[\x21-\x7e]) *\n *(?=[\x21-\x7e])", " ", tidy(text)).replace("\n", "")


class Grid:
    """Places of a table; a place without a cell holds an empty one."""

    def __init__(self, table: PlainTable) -> None:
        self.table = table
        self.rows = table.rows
        self.columns = table.columns
        self._at: dict[tuple[int, int], TableCell] = {}
        for cell in table.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, table.rows)):
                for column in range(cell.column, min(cell.column + cell.column_span, table.columns)):
                    self._at.setdefault((row, column), cell)

    def cell(self, row: int, column: int) -> TableCell:
        """Return the cell at a place."""
        return self._at.get((row, column)) or TableCell("", row, column)

    def text(self, row: int, column: int) -> str:
        """Return the tidied text at a place."""
        return tidy(self.cell(row, column).text)

    def cells_of_row(self, row: int) -> list[TableCell]:
        """Return the different non-empty cells of a row, left to right."""
        found: list[TableCell] = []
        for column in range(self.columns):
            cell = self.cell(row, column)
            if cell.text.strip() and cell not in found:
                found.append(cell)
        return found
