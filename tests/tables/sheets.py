"""Workbooks and csv files as offices draw them, written by code."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl

Cell = str | int | float | None


def write_xlsx(
    path: Path, rows: Sequence[Sequence[Cell]], *, merged: Sequence[str] = (), sheet: str = "Sheet1"
) -> Path:
    """Write one sheet with merged areas (`A1:C1`)."""
    workbook = openpyxl.Workbook()
    page = workbook.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for area in merged:
        page.merge_cells(area)
    workbook.save(path)
    return path


def write_sheets(path: Path, sheets: dict[str, Sequence[Sequence[Cell]]]) -> Path:
    """Write several sheets."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        page = workbook.create_sheet(name)
        for row in rows:
            page.append(list(row))
    workbook.save(path)
    return path


def write_csv(path: Path, rows: Sequence[Sequence[Cell]], encoding: str = "utf-8") -> Path:
    """Write a csv without quoting."""
    text = "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in rows)
    path.write_bytes(text.encode(encoding))
    return path
