"""The figures of a table by row and column, with the names of both, for the relations between columns."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dudao.claims.proposals import Proposal
from dudao.claims.table_claims import (
    as_amount,
    as_point,
    as_written,
    is_rate_column,
    is_scored,
    negated,
    told_digits,
    written_digits,
)
from dudao.claims.table_facts import caption_of, column_labels, fills, header_height, row_label, rows_of, unit_column
from dudao.claims.to_one import as_number
from dudao.documents.model import Cell, Table
from dudao.quantities.model import Kind, Quantity

NEEDED = 3
"""So many rows a reading must make before another row that it does not make is called wrong."""
FEW = 2
"""So many rows are enough where their results have so many digits that none is met by chance."""
PRECISE = 3
ROWS_LIMIT = 400
FEWEST_ROWS = 2
YEAR_LINE = re.compile(r"(?P<year>(?:19|20)\d\d)(?:年度?|学年|年[底末])?")
_DASH = re.compile(r"[—–－/／-]{1,4}|无")
_OF_NOTHING = frozenset({Kind.DATE})


@dataclass(frozen=True, slots=True)
class TableGrid:
    """The figures of a table by row and column, with the names of both; `quantities` are the figures by number.

    A `turned` grid has the columns of the table for rows, for what the rows of a table make of each other. In the
    cells of `none` a dash says that there is nothing to count; `scored` ones tell points.
    """

    rows: tuple[int, ...]
    names: Mapping[int, str]
    labels: Mapping[int, str]
    cells: Mapping[tuple[int, int], int]
    quantities: Mapping[int, Quantity]
    none: frozenset[tuple[int, int]] = frozenset()
    scored: bool = False
    turned: bool = False

    def figure(self, row: int, column: int) -> Quantity | None:
        """Return the figure of a cell; None when it holds no single one."""
        number = self.cells.get((row, column))
        return None if number is None else self.quantities[number]

    def where(self, row: int, column: int) -> str:
        """Return how a cell is spoken of."""
        line, pillar = (column, row) if self.turned else (row, column)
        labels, names = (self.names, self.labels) if self.turned else (self.labels, self.names)
        return f"表中“{labels[line]}”的“{names[pillar]}”："

    def turn(self) -> "TableGrid":
        """Return the same table with its columns for rows."""
        return TableGrid(
            tuple(sorted(self.names)),
            self.labels,
            self.names,
            {(column, row): number for (row, column), number in self.cells.items()},
            self.quantities,
            frozenset((column, row) for row, column in self.none),
            self.scored,
            not self.turned,
        )


def read_grid(text: str, table: Table, quantities: Sequence[Quantity], starts: list[int]) -> TableGrid | None:
    """Return the figures of a table below its header, None for one without header or of too few or many rows.

    `starts` are the places where the figures of the text begin.
    """
    rows = rows_of(table)
    head = header_height(rows)
    if not 0 < head < len(rows) or len(rows) - head < FEWEST_ROWS or len(rows) > ROWS_LIMIT:
        return None
    names = column_labels(rows[:head])
    units = unit_column(names)
    caption, scored = caption_of(text, table), is_scored(names.values())
    cells: dict[tuple[int, int], int] = {}
    labels: dict[int, str] = {}
    read: dict[int, Quantity] = {}
    none: set[tuple[int, int]] = set()
    left: dict[int, str] = {}
    for number, row in enumerate(rows[head:], head):
        unit = "".join(next((cell.text for cell in row if cell.column == units), "").split())
        label = row_label([cell for cell in row if cell.column != units], left) or _year_of(row)
        labels[number] = f"{label}（{unit}）" if label and unit.strip("—–－/／-") else label
        for cell in row:
            if _DASH.fullmatch(cell.text.strip()):
                none.add((number, cell.column))
            found = _figure(cell, quantities, starts)
            if found is None or cell.column_span > 1 or cell.row_span > 1 or cell.column not in names:
                continue
            place, figure = found
            cells[number, cell.column] = place
            name = names[cell.column]
            exact = scored and not is_rate_column(name)
            read[place] = as_point(figure) if exact else as_written(figure, name, caption)
    return TableGrid(tuple(range(head, len(rows))), names, labels, cells, read, frozenset(none), scored)


def _year_of(row: Sequence[Cell]) -> str:
    """Return the year that names a row: 2021年."""
    words = "".join(row[0].text.split()) if row else ""
    return words if row and row[0].column == 0 and YEAR_LINE.fullmatch(words) else ""


def _figure(cell: Cell, quantities: Sequence[Quantity], starts: list[int]) -> tuple[int, Quantity] | None:
    """Return the figure that fills a cell, below zero when a minus stands before it."""
    place = bisect_left(starts, cell.span.start)
    if place >= len(quantities) or quantities[place].span.end > cell.span.end:
        return None
    figure, words = quantities[place], cell.text.strip()
    if figure.kind in _OF_NOTHING or figure.upper is not None:
        return None
    if not fills(figure, cell):
        return None
    figure = as_number(as_amount(figure))
    below = words[:1] in "-－−" and figure.text.strip()[:1] not in "-－−"
    return place, negated(figure) if below else figure


def best_reading(grid: TableGrid, readings: Sequence[list[Proposal]]) -> Iterator[Proposal]:
    """Yield the claims of the reading that makes most rows, when it makes nearly all of those it speaks of."""
    best: list[Proposal] = []
    held = 0
    for found in readings:
        holding = [one for one in found if one.holds]
        if len(holding) > held and _nearly_all(grid, holding, found) and _telling(grid, holding):
            best, held = found, len(holding)
    yield from best


def _nearly_all(grid: TableGrid, holding: list[Proposal], found: list[Proposal]) -> bool:
    """Return whether so many rows fit that the reading is meant, and another row is wrong."""
    if len(holding) >= NEEDED:
        return len(holding) * 4 >= len(found) * 3
    if len(holding) < FEW or len(found) > NEEDED:
        return False
    digits = [told_digits(grid.quantities[one.stated]) for one in holding]
    return min(digits) >= FEW and sum(digits) >= FEW * PRECISE - 1


def _telling(grid: TableGrid, holding: list[Proposal]) -> bool:
    """Return whether the rows that fit do so over figures that differ: 0 of 0 and 100% of all say nothing."""
    stated = {grid.quantities[one.stated].value for one in holding}
    if len(stated) >= min(NEEDED, len(holding)):
        return True
    made = {tuple(grid.quantities[index].value for index in one.claim.operands.values()) for one in holding}
    precise = all(written_digits(grid.quantities[one.stated]) >= FEW for one in holding)
    return len(stated) >= FEW and precise and len(made) == len(holding)
