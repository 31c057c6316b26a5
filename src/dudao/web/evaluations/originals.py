"""The file a draft was imported from, beside the draft: its tables as printed, and what stands in which row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dudao.issues import Location
from dudao.scheme.table_import.grid import PlainTable, tidy
from dudao.web.evaluations.draft_tree import Line
from dudao.web.evaluations.models import SchemeOriginal

LONGEST_CELL = 2_000  # characters; what is longer is no cell of a table of indicators
MOST_ROWS = 5_000
_BEFORE, _BEHIND = 80, 220  # rows around the one that is looked at


@dataclass(frozen=True, slots=True)
class Original:
    """What is kept of a file; the fields are those of `SchemeOriginal`."""

    file_name: str
    tables: list[dict[str, Any]]
    places: dict[str, tuple[int, int]]
    doubts: dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Held:
    """A cell that covers `width` columns until before the row `end`."""

    text: str
    end: int
    width: int


@dataclass(frozen=True, slots=True)
class OriginalRow:
    """One row: its number as people count, its cells, the line of the draft that begins there, and its standing."""

    number: int
    cells: list[tuple[str, int, int]]
    path: str
    chosen: bool
    doubtful: bool


@dataclass(frozen=True, slots=True)
class OriginalPage:
    """A table of the original around the row that is looked at.

    `tables` are place and name of every table that something was read from; `doubts` the address of each sentence
    (`table.row`, from 0); `hidden` counts the rows before and behind those shown.
    """

    file_name: str
    name: str
    rows: list[OriginalRow]
    table: int
    tables: list[tuple[int, str]]
    doubts: dict[str, str]
    hidden: tuple[int, int]


def original_of(
    file_name: str, tables: Sequence[PlainTable], places: Mapping[str, Location], doubts: Mapping[str, Location]
) -> Original:
    """Return what to keep of a file: every table as text, and the rows that ids and sentences point at."""
    numbers = {table.name: number for number, table in reversed(list(enumerate(tables)))}

    def found(wanted: Mapping[str, Location]) -> dict[str, tuple[int, int]]:
        return {
            key: (numbers[place.sheet], place.row - 1)
            for key, place in wanted.items()
            if place.row is not None and place.sheet in numbers
        }

    return Original(file_name[:255], [_kept(table) for table in tables], found(places), found(doubts))


def _kept(table: PlainTable) -> dict[str, Any]:
    rows: list[list[tuple[str, int, int, int]]] = [[] for _ in range(min(table.rows, MOST_ROWS))]
    for cell in sorted(table.cells, key=lambda each: (each.row, each.column)):
        if cell.row < len(rows):
            text = tidy(cell.text)[:LONGEST_CELL].replace("\x00", "")
            rows[cell.row].append((text, cell.column, cell.row_span, cell.column_span))
    return {"name": table.name, "columns": table.columns, "rows": rows}


def original_page(
    kept: SchemeOriginal, lines: Sequence[Line], undecided: Sequence[str], chosen: str, asked: str
) -> OriginalPage | None:
    """Return the table to show beside the draft, None when nothing was read from any.

    Args:
        lines: the draft as it stands.
        undecided: the sentences still to be settled.
        chosen: path of the line that is open, empty for none.
        asked: `table.row` of a row to be looked at, `table` alone for a table; empty for the row of the line.
    """
    used = sorted({place[0] for place in (*kept.places.values(), *kept.doubts.values())})
    doubts = {text: kept.doubts[text] for text in undecided if text in kept.doubts}
    if not used:
        return None
    own = {line.path: kept.places[line.id] for line in lines if line.id in kept.places}
    place = _asked(kept, asked) or own.get(chosen)
    table, row = (place[0], place[1]) if place and place[0] in used else (used[0], -1)
    kept_table = kept.tables[table]
    here = {place[1]: path for path, place in own.items() if place[0] == table}  # the innermost line of a row stays
    doubtful = {place[1] for place in doubts.values() if place[0] == table}
    first = max(0, row - _BEFORE)
    last = min(len(kept_table["rows"]), max(row, 0) + _BEHIND)
    rows = [
        OriginalRow(number + 1, cells, here.get(number, ""), number == row, number in doubtful)
        for number, cells in enumerate(_cells(kept_table, first, last), start=first)
    ]
    return OriginalPage(
        file_name=kept.file_name,
        name=kept_table["name"],
        rows=rows,
        table=table,
        tables=[(each, kept.tables[each]["name"]) for each in used],
        doubts={text: f"{place[0]}.{place[1]}" for text, place in doubts.items()},
        hidden=(first, len(kept_table["rows"]) - last),
    )


def _asked(kept: SchemeOriginal, asked: str) -> tuple[int, int] | None:
    table, _dot, row = asked.partition(".")
    if not (table.isdecimal() and len(table) < 6 and int(table) < len(kept.tables)):
        return None
    return int(table), int(row) if row.isdecimal() and len(row) < 6 else -1


def _cells(table: Mapping[str, Any], first: int, last: int) -> Iterator[list[tuple[str, int, int]]]:
    """Yield the cells of each row as text, row span and column span; a blank place is an empty cell.

    Cells that began above the first row begin again in it, so that every column stays where it is.
    """
    held: dict[int, _Held] = {}
    for number in range(last):
        begun = {column: _Held(text, number + rows, width) for text, column, rows, width in table["rows"][number]}
        held = {column: cell for column, cell in held.items() if cell.end > number} | begun
        if number < first:
            continue
        covered = {each for column, cell in held.items() for each in range(column, column + cell.width)}
        fresh = held if number == first else begun
        row = []
        for column in range(table["columns"]):
            if column in fresh:
                row.append((fresh[column].text, min(fresh[column].end, last) - number, fresh[column].width))
            elif column not in covered:
                row.append(("", 1, 1))
        yield row
