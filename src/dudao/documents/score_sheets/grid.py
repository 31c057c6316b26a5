"""A table as a grid in which a merged cell stands at every place that it covers."""

from dataclasses import dataclass

from dudao.documents.model import Cell, Table


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells; None where the table has no cell."""

    rows: tuple[tuple[Cell | None, ...], ...]

    def words(self, row: int, column: int) -> str:
        """Return the words at a place, without the white space around them; empty where there is no cell."""
        cell = self.rows[row][column]
        return cell.text.strip() if cell is not None else ""

    def is_start(self, row: int, column: int) -> bool:
        """Return whether a cell begins in this row, so that a merged cell is met once."""
        cell = self.rows[row][column]
        return cell is not None and cell.row == row

    def is_one_cell(self, row: int) -> bool:
        """Return whether one cell goes over the whole row, or is the only one with words."""
        return len({id(cell) for cell in self.rows[row] if cell is not None and cell.text.strip()}) == 1


def grid_of(table: Table) -> Grid:
    """Return the grid of a table; cells that reach beyond its edge are cut off."""
    rows: list[list[Cell | None]] = [[None] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, table.rows)):
            for column in range(cell.column, min(cell.column + cell.column_span, table.columns)):
                rows[row][column] = cell
    return Grid(tuple(tuple(row) for row in rows))
