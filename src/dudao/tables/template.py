"""Blank tables to fill in: one sheet with headings, one that explains them, and last year's figures beside."""

from pathlib import Path

import polars as pl
import xlsxwriter

from dudao.tables.codes import SCHOOL_TYPES, URBAN_RURAL
from dudao.tables.columns import Column, ColumnType, TableKind, Timing
from dudao.tables.table import Table

LAST_YEAR_SHEET = "上年数据（参考）"
"""Reading skips this sheet: figures of last year are looked at, not handed in again."""

TIMES = {
    Timing.POINT: "9月1日时点",
    Timing.SCHOOL_YEAR: "上学年（上年9月1日至当年8月31日）",
    Timing.FISCAL_YEAR: "财政年度",
    Timing.STANDING: "",
}
TYPES = {
    ColumnType.TEXT: "文字",
    ColumnType.COUNT: "整数",
    ColumnType.NUMBER: "数字",
    ColumnType.YEAR: "年份",
    ColumnType.FLAG: "是或否",
}
EMPTY_ROWS = 300


def heading(column: Column) -> str:
    """Return the heading as a template prints it, with its unit."""
    return f"{column.title}（{column.unit}）" if column.unit else column.title


def write_template(kind: TableKind, target: Path, *, last: Table | None = None) -> int:
    """Write the template and return how many rows were filled in from last year.

    What stays from year to year (identifier, name, county, type, flags) is filled in; figures are not, so that
    none is handed in again unseen. They stand on a sheet of their own.
    """
    # names of schools come from offices: whatever they begin with, no cell is a formula or a link
    safe = {"strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(str(target), {"in_memory": True, **safe})
    style = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#DDEBF7"}
    bold = workbook.add_format(style)
    text = workbook.add_format({"num_format": "@"})
    sheet = workbook.add_worksheet(kind.title[:31])
    sheet.set_row(0, 48)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(kind.columns):
        sheet.write(0, place, heading(column), bold)
        sheet.set_column(place, place, 14, text if column.type is ColumnType.TEXT else None)
        _validate(sheet, place, column)
    filled = 0
    if last is not None:
        filled = _fill(sheet, kind, last.frame)
        _write_last_year(workbook.add_worksheet(LAST_YEAR_SHEET), kind, last.frame, bold)
    _explain(workbook.add_worksheet("填表说明"), kind, bold)
    workbook.close()
    return filled


def _validate(sheet: xlsxwriter.worksheet.Worksheet, place: int, column: Column) -> None:
    first, last = 1, EMPTY_ROWS
    if column.type is ColumnType.FLAG:
        sheet.data_validation(first, place, last, place, {"validate": "list", "source": ["是", "否"]})
    elif column.is_numeric and column.low is not None:
        rule = {"validate": "decimal", "criteria": ">=", "value": column.low, "ignore_blank": True}
        rule |= {"error_title": column.title, "error_message": "请填不小于0的数字；没有数据请留空。"}
        sheet.data_validation(first, place, last, place, rule)


def _standing(column: Column) -> bool:
    return column.timing is Timing.STANDING and not column.is_numeric


def _fill(sheet: xlsxwriter.worksheet.Worksheet, kind: TableKind, frame: pl.DataFrame) -> int:
    latest = frame
    if "year" in frame.columns and frame["year"].max() is not None:
        latest = frame.filter(pl.col("year") == frame["year"].max())
    for row, values in enumerate(latest.iter_rows(named=True), start=1):
        for place, column in enumerate(kind.columns):
            value = values.get(column.name)
            if column.name == "year" and isinstance(value, int):
                sheet.write(row, place, value + 1)
            elif value is not None and _standing(column):
                sheet.write(row, place, _shown(value))
    return len(latest)


def _write_last_year(
    sheet: xlsxwriter.worksheet.Worksheet,
    kind: TableKind,
    frame: pl.DataFrame,
    bold: xlsxwriter.format.Format,
) -> None:
    columns = [column for column in kind.columns if column.name in frame.columns]
    for place, column in enumerate(columns):
        sheet.write(0, place, heading(column), bold)
        for row, value in enumerate(frame[column.name].to_list(), start=1):
            if value is not None:
                sheet.write(row, place, _shown(value))


def _shown(value: object) -> object:
    if isinstance(value, bool):
        return "是" if value else "否"
    return {"public": "公办", "private": "民办"}.get(value, value) if isinstance(value, str) else value


def _explain(sheet: xlsxwriter.worksheet.Worksheet, kind: TableKind, bold: xlsxwriter.format.Format) -> None:
    for place, title in enumerate(("列名", "填什么", "单位", "时间", "统计报表", "必填")):
        sheet.write(0, place, title, bold)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 5, 16)
    for row, column in enumerate(kind.columns, start=1):
        required = "是" if column.required else ""
        values = (column.title, TYPES[column.type], column.unit, TIMES[column.timing], column.form, required)
        for place, value in enumerate(values):
            sheet.write(row, place, value)
    row = len(kind.columns) + 2
    lines = ["没有数据请留空，不要填0；0表示确实没有。"]
    if kind.name == "schools":
        types = [f"{code} {name}" for code, name in SCHOOL_TYPES.items() if code[0] in "23"]
        towns = [f"{code} {name}" for code, name in URBAN_RURAL.items() if len(code) == 3]
        lines.append("一贯制学校、完全中学的教师数按学段填，共用的房屋、设备、图书填全校数。")
        lines += ["办学类型：" + "，".join(types), "城乡类型：" + "，".join(towns)]
    for offset, line in enumerate(lines):
        sheet.write(row + offset, 0, line)
