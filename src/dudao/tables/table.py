"""A table that was read: a typed frame in canonical columns, and everything found wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from dudao.issues import Issue
from dudao.tables.columns import TableKind
from dudao.tables.problems import Group, Place


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row that makes its county's result unsure: which school it is, or which of its figures is right, is not clear.

    `decides` is False where the verdict on the county is the same whichever is right.
    """

    year: int | None
    region: str
    school_id: str
    school_name: str
    reason: str
    sheet: str = ""
    sheet_row: int | None = None
    decides: bool = True


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of a sheet: its heading in the sheet's own words, what it was taken for, and what stands in it.

    `meaning` is the canonical name of the column, empty where the column is not used; `examples` are the first
    values below the heading, as written.
    """

    sheet: str
    heading: str
    meaning: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The schools of a file.

    Attributes:
        kind: what kind of table it is.
        frame: canonical columns; `sheet` and `sheet_row` say where a row stands; `region` names the county.
        issues: everything found, errors first.
        places: the cells that issues are about, for marking them in a copy.
        headings: the file's own words for canonical columns.
        doubts: rows that make their county unsure.
        groups: the problems in cells by kind and column, every place that is kept with them.
        remarks: the issues that stand for themselves, not for cells.
        columns: the columns of the sheets that were read, used and unused.
    """

    kind: TableKind
    frame: pl.DataFrame
    issues: tuple[Issue, ...]
    places: tuple[tuple[Place, str], ...] = ()
    headings: Mapping[str, str] | None = None
    doubts: tuple[Doubt, ...] = ()
    groups: tuple[Group, ...] = ()
    remarks: tuple[Issue, ...] = ()
    columns: tuple[SheetColumn, ...] = ()
