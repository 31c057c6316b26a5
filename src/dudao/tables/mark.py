"""A copy of an office's xlsx in which the cells with problems are coloured and carry the problem as a comment."""

import re
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from dudao.errors import WrongUseError
from dudao.tables.grids import read_grids
from dudao.tables.header import find_header
from dudao.tables.table import Table

FILL = PatternFill(fill_type="solid", fgColor="FFFFE08A")
MOST_MARKS = 5_000
"""So many cells are marked; a sheet with more problems is mended by column, not cell by cell."""
_REACHES_OUT = re.compile(
    r"[|\[]|\b(?:WEBSERVICE|FILTERXML|HYPERLINK|IMAGE|RTD|CALL|EXEC|REGISTER|DDE|SQL)\b", re.IGNORECASE
)
"""Formulas that ask a program, another file or the network."""


def write_marked_copy(source: Path, table: Table, target: Path) -> int:
    """Write the copy and return how many cells were marked.

    Raises:
        WrongUseError: the source is no xlsx, or the target would overwrite it.
    """
    if source.suffix.lower() not in (".xlsx", ".xlsm"):
        raise WrongUseError(f"只能在 xlsx 文件上加标记，{source.name} 不是。", advice="请先另存为 xlsx。")
    if source.resolve() == target.resolve():
        raise WrongUseError("加标记的副本不能覆盖原文件。", advice="请换一个文件名。")
    try:
        workbook = load_workbook(source, keep_links=False)
    except (InvalidFileException, KeyError, ValueError) as error:
        raise WrongUseError(f"{source.name} 不能打开来加标记：{error}") from error
    _still(workbook)
    columns = _columns_by_heading(source, table)
    marked: dict[tuple[str, int, int], list[str]] = {}
    for place, message in table.places[:MOST_MARKS]:
        column = columns.get((place.sheet, place.heading), 1)
        marked.setdefault((place.sheet, place.row, column), []).append(message)
    for (sheet, row, column), messages in marked.items():
        if sheet not in workbook.sheetnames or row < 1:
            continue
        cell = workbook[sheet].cell(row=row, column=column)
        if not hasattr(cell, "column_letter"):
            continue  # inside a merged area: only its first cell can be marked
        cell.fill = FILL
        cell.comment = Comment("\n".join(dict.fromkeys(messages)), "dudao", width=320, height=120)
    workbook.save(target)
    return len(marked)


def _still(workbook: Workbook) -> None:
    """Turn formulas that reach outside of the workbook into text, and drop links: the copy is passed on to others."""
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" and _REACHES_OUT.search(_formula(cell.value)):
                    cell.value = _formula(cell.value)
                    cell.data_type = "s"
                if getattr(cell, "hyperlink", None) is not None:
                    cell.hyperlink = None


def _formula(value: object) -> str:
    return str(getattr(value, "text", value) or "")  # an array formula carries its text inside


def _columns_by_heading(source: Path, table: Table) -> dict[tuple[str, str], int]:
    columns: dict[tuple[str, str], int] = {}
    for grid in read_grids(source):
        header = find_header(table.kind, grid)
        if header is not None:
            for index, text in header.texts.items():
                columns.setdefault((grid.sheet, text), index + 1)
    return columns
