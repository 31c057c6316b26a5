"""部门职责清单 as a workbook: rows to fill in and send back, and the matrix to look at."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter

HEADINGS = ("指标编号", "指标名称", "部门", "职责类型", "任务内容", "依据")


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One line of the list: who does what for an item; without a department the item is still to be given out."""

    item: str
    name: str
    department: str = ""
    duty: str = ""
    text: str = ""
    source: str = ""


def duty_workbook(
    title: str,
    lines: Sequence[DutyLine],
    *,
    departments: Sequence[str],
    items: Mapping[str, str],
) -> bytes:
    """Return the workbook: the list on the first sheet, the matrix on the second.

    Args:
        title: heads the matrix.
        lines: the list, in order.
        departments: every department, offered where one is to be chosen.
        items: id → name of every item, in order.
    """
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = workbook.add_format(
        {"bold": True, "bg_color": "#EDF1F5", "border": 1, "text_wrap": True, "valign": "vcenter"}
    )
    cell = workbook.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"})
    middle = workbook.add_format({"border": 1, "align": "center", "valign": "vcenter"})
    sheet = workbook.add_worksheet("职责清单")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    for column, (heading, width) in enumerate(zip(HEADINGS, (10, 30, 24, 10, 48, 32), strict=True)):
        sheet.write_string(0, column, heading, head)
        sheet.set_column(column, column, width)
    for row, line in enumerate(lines, start=1):
        values = (line.item, line.name, line.department, line.duty, line.text, line.source)
        for column, value in enumerate(values):
            sheet.write_string(row, column, value, cell)
    last = len(lines) + 200
    sheet.data_validation(1, 3, last, 3, {"validate": "list", "source": ["牵头", "配合"]})
    names = workbook.add_worksheet("部门名单")
    names.set_column(0, 0, 30)
    names.write_string(0, 0, "部门名单", head)
    for row, department in enumerate(departments, start=1):
        names.write_string(row, 0, department, cell)
    if departments:
        source = f"=部门名单!$A$2:$A${len(departments) + 1}"
        sheet.data_validation(1, 2, last, 2, {"validate": "list", "source": source, "error_type": "warning"})
    _matrix(workbook.add_worksheet("矩阵"), title, lines, departments, items, (head, cell, middle))
    workbook.close()
    return buffer.getvalue()


def _matrix(
    sheet: xlsxwriter.worksheet.Worksheet,
    title: str,
    lines: Sequence[DutyLine],
    departments: Sequence[str],
    items: Mapping[str, str],
    formats: tuple[xlsxwriter.format.Format, xlsxwriter.format.Format, xlsxwriter.format.Format],
) -> None:
    head, cell, middle = formats
    marks = {"牵头": "●", "配合": "○"}
    given = {(line.department, line.item): marks.get(line.duty, "") for line in lines}
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, f"{title}　●牵头　○配合")
    sheet.write_string(1, 0, "部门", head)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, len(items), 7)
    sheet.freeze_panes(2, 1)
    for column, (item, name) in enumerate(items.items(), start=1):
        sheet.write_string(1, column, f"{item} {name}", head)
    for row, department in enumerate(departments, start=2):
        sheet.write_string(row, 0, department, cell)
        for column, item in enumerate(items, start=1):
            sheet.write_string(row, column, given.get((department, item), ""), middle)
