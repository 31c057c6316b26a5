"""What a rule of a table is, and how it reports rows."""

from collections.abc import Callable, Mapping

import polars as pl

from dudao.issues import Level
from dudao.tables.columns import TableKind
from dudao.tables.problems import KEPT, Place, Problems

Check = Callable[[pl.DataFrame, TableKind, Mapping[str, str], Problems], None]
"""A rule looks at a typed frame, its kind, the file's own headings, and reports to the problems."""


def report_rows(
    rows: pl.DataFrame,
    problems: Problems,
    *,
    level: Level,
    code: str,
    sentence: str,
    remedy: str,
    heading: str,
    value: str,
    count: int | None = None,
) -> None:
    """Report each row of a frame; `value` names the column whose content is shown.

    `count` is how many rows there are, where `rows` are only the first of them.
    """
    if rows.is_empty():
        return
    shown = rows.head(KEPT)
    contents = shown[value].to_list()
    places = [
        Place(sheet or "", row or 0, heading, _text(content))
        for sheet, row, content in zip(shown["sheet"].to_list(), shown["sheet_row"].to_list(), contents, strict=True)
    ]
    problems.add(
        level,
        code,
        sentence,
        places=places,
        count=len(rows) if count is None else count,
        heading=heading,
        remedy=remedy,
    )


def untold(rows: pl.DataFrame, problems: Problems, *headings: str) -> pl.DataFrame:
    """Return the rows of which nothing is told yet under some headings: a text in a number cell is no blank as well."""
    told = problems.told(headings)
    if rows.is_empty() or not told:
        return rows
    schema = {"sheet": rows.schema["sheet"], "sheet_row": rows.schema["sheet_row"]}
    return rows.join(
        pl.DataFrame(list(told), schema=schema, orient="row"), on=list(schema), how="anti", nulls_equal=True
    )


def _text(content: object) -> str:
    if isinstance(content, float):
        return f"{content:g}" if abs(content) < 1e6 else f"{content:.0f}"
    return "" if content is None else str(content)


def present(frame: pl.DataFrame, *names: str) -> bool:
    """Return whether all the columns are there."""
    return all(name in frame.columns for name in names)
