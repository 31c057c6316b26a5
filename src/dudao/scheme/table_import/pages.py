"""Tables that a document breaks at its pages, joined to one again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dudao.scheme.table_import.columns import Header, Role, find_header
from dudao.scheme.table_import.grid import Grid, PlainTable
from dudao.scheme.table_import.printed import read_name, read_points


@dataclass(frozen=True, slots=True)
class JoinedTable:
    """A whole table with its header; `origins` says for each row which table and row of the file it was."""

    table: PlainTable
    header: Header
    origins: tuple[tuple[str, int], ...]


def join_pages(tables: Iterable[PlainTable]) -> list[JoinedTable]:
    """Return the tables of indicators, each with the tables that go on from it.

    A table goes on from the one before when it has the same columns under the same header, or no header and as
    many columns; its header, and what stands above it, is left out. Tables of other things are left out.
    """
    joined: list[JoinedTable] = []
    for number, table in enumerate(tables, start=1):
        name = table.name or f"表{number}"
        header = find_header(Grid(table))
        if header is not None and not header.of(Role.LEVEL, Role.CONTENT):
            continue
        last = joined[-1] if joined else None
        goes_on = last is not None and table.columns == last.table.columns
        if header is None:
            if last is not None and goes_on:
                joined[-1] = _joined(last, table, name, 0)
        elif last is not None and goes_on and header.roles == last.header.roles:
            joined[-1] = _joined(last, table, name, header.behind)
        else:
            joined.append(JoinedTable(table, header, tuple((name, row) for row in range(table.rows))))
    return joined


def _joined(before: JoinedTable, table: PlainTable, name: str, start: int) -> JoinedTable:
    shift = before.table.rows - start
    cells = tuple(replace(cell, row=cell.row + shift) for cell in table.cells if cell.row >= start)
    whole = replace(before.table, rows=table.rows + shift, cells=(*before.table.cells, *cells))
    origins = (*before.origins, *((name, row) for row in range(start, table.rows)))
    return JoinedTable(whole, before.header, origins)


def prints_points(joined: JoinedTable) -> bool:
    """Return whether any row of the table prints points, in a column of their own or in a name."""
    grid = Grid(joined.table)
    for row in range(joined.header.behind, grid.rows):
        for column in joined.header.of(Role.POINTS):
            if read_points(grid.text(row, column))[0] is not None:
                return True
        for column in joined.header.of(Role.LEVEL, Role.CONTENT):
            if read_name(grid.text(row, column)).points is not None:
                return True
    return False
