"""Tables as offices lay them out, written as Word and Excel files: merged, repeated, blank; headers of two rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from docx import Document
from openpyxl import Workbook

Merge = tuple[int, int, int, int]


@dataclass(frozen=True)
class Sheet:
    """Rows as printed and the merged areas (first row, first column, last row, last column)."""

    rows: Sequence[Sequence[str]]
    merges: Sequence[Merge] = field(default=())
    before: str = ""
    after: str = ""


def write_docx(path: Path, *sheets: Sheet) -> Path:
    document = Document()
    for sheet in sheets:
        if sheet.before:
            document.add_paragraph(sheet.before)
        columns = max(len(row) for row in sheet.rows)
        table = document.add_table(len(sheet.rows), columns)
        for r, row in enumerate(sheet.rows):
            for c, text in enumerate(row):
                if text:
                    table.cell(r, c).text = text
        for top, left, bottom, right in sheet.merges:
            for r in range(top, bottom + 1):
                for c in range(left, right + 1):
                    if (r, c) != (top, left):
                        table.cell(r, c).text = ""
            merged = table.cell(top, left).merge(table.cell(bottom, right))
            merged.text = sheet.rows[top][left]
        if sheet.after:
            document.add_paragraph(sheet.after)
    document.save(str(path))
    return path


def write_xlsx(path: Path, *sheets: Sheet) -> Path:
    workbook = Workbook()
    for name in workbook.sheetnames:
        del workbook[name]
    for number, sheet in enumerate(sheets, start=1):
        page = workbook.create_sheet(f"表{number}")
        shift = 0
        if sheet.before:
            page.cell(1, 1, sheet.before)
            shift = 1
        for r, row in enumerate(sheet.rows):
            for c, text in enumerate(row):
                if text:
                    number_text = text.replace(".", "", 1)
                    value: str | float = float(text) if number_text.isdigit() else text
                    page.cell(r + 1 + shift, c + 1, value)
        for top, left, bottom, right in sheet.merges:
            page.merge_cells(
                start_row=top + 1 + shift, start_column=left + 1, end_row=bottom + 1 + shift, end_column=right + 1
            )
    workbook.save(path)
    return path
