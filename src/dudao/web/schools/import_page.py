"""What the page of an import shows: columns with their meanings, rows as read, groups of problems, changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from dudao.tables.catalogue import KINDS
from dudao.tables.columns import Column, ColumnType, TableKind
from dudao.tables.kinds.schools import SCHOOLS
from dudao.web.schools.differences import Difference
from dudao.web.schools.models import Import
from dudao.web.schools.problem_report import Problem, key_of

PREVIEW_ROWS = 8
PAGE = 50
_WORDS = {"public": "公办", "private": "民办"}


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A heading of the file with what it was taken for; `sure` where it was recognised and not said by hand."""

    heading: str
    sheet: str
    meaning: str
    title: str
    examples: str
    by_hand: bool


def column_lines(row: Import) -> list[ColumnLine]:
    """Return the headings of an import, those without a meaning first."""
    kind = KINDS[row.kind]
    lines = [
        ColumnLine(
            heading=each["heading"],
            sheet=each["sheet"],
            meaning=each["meaning"],
            title=kind.column(each["meaning"]).title if each["meaning"] else "",
            examples="；".join(each["examples"]),
            by_hand=each["heading"] in row.assigned,
        )
        for each in row.columns
    ]
    return sorted(lines, key=lambda line: bool(line.meaning))


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows as read: titles of the columns, and cells as shown."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def preview_of(frame: pl.DataFrame | None, kind: TableKind) -> Preview | None:
    """Return the first rows in the columns that hold anything; None where there is no row."""
    if frame is None or frame.is_empty():
        return None
    head = frame.head(PREVIEW_ROWS)
    columns = [each for each in kind.columns if each.name in head.columns and head[each.name].null_count() < len(head)]
    titles = tuple(each.title + (f"（{each.unit}）" if each.unit else "") for each in columns)
    rows = tuple(tuple(shown(row[each.name], each) for each in columns) for row in head.iter_rows(named=True))
    return Preview(titles, rows)


def shown(value: object, column: Column) -> str:
    """Return a value as people read it; — where it is not reported."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, int | float) and column.type is not ColumnType.YEAR:
        return f"{value:,.10g}" if abs(value) < 1e10 else f"{value:,.2f}"
    return _WORDS.get(str(value), str(value))


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group of problems as drawn: what names it in an address, and whether it is the chosen one."""

    problem: Problem
    key: str
    on: bool


def problem_groups(problems: Iterable[Problem], chosen: str) -> list[GroupLine]:
    """Return the groups of problems, errors first."""
    return [GroupLine(each, key_of(each), key_of(each) == chosen) for each in problems]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One value that changes, as people read it."""

    region: str
    name: str
    id: str
    title: str
    unit: str
    before: str
    after: str
    amount: str


def change_page(found: Difference | None, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a page of changes shows: counts, added and removed rows, changed values page by page."""
    if found is None:
        return {"change": None}
    wanted = str(asked.get("column", ""))
    columns = {each.column.name: each.column for each in found.changed}
    counts = {name: sum(each.column.name == name for each in found.changed) for name in columns}
    lines = [
        ChangeLine(
            each.region,
            each.name,
            each.id,
            each.column.title,
            each.column.unit,
            shown(each.before, each.column),
            shown(each.after, each.column),
            "" if each.amount is None else f"{each.amount:+,.10g}".replace("-", "−"),
        )
        for each in found.changed
        if not wanted or each.column.name == wanted
    ]
    return {
        "change": found,
        "changed_columns": [(name, column.title, counts[name]) for name, column in columns.items()],
        "column": wanted,
        "added": found.added[:PAGE],
        "removed": found.removed[:PAGE],
        "page": Paginator(lines, PAGE).get_page(asked.get("page")),
        "schools": SCHOOLS.title,
    }
