"""The worksheet in which a department fills in figures and points at its desk: pre-filled, its head and keys locked."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter

HEADS = ("识别码（勿改）", "指标", "项目", "分项", "单位", "上年", "本年填写", "来源或理由")
SHEET = "填报"
_WIDTHS = (16, 24, 40, 14, 8, 14, 16, 32)
_TYPED = (6, 7)
_HELP = (
    "只填“本年填写”“来源或理由”两列，其余各列已锁定。",
    "数据行填数字，不带单位；是非项填“是”或“否”；还没有的数留空，空不等于 0。",
    "自评分行填分数；自评高于数据支持的分数时，在“来源或理由”中说明。",
    "判定行照“分项”括号里的词填写，例如“完成”“优”“没有”；次数填整数；酌情给分须在“来源或理由”中写理由。",
    "请不要移动、增加或删除列。填好后在“批量填报”页上传，先看变化，确认后才保存。",
)


@dataclass(frozen=True, slots=True)
class FillInRow:
    """One line: `key` is what it is recognised by when it comes back, `value` and `remark` what stands there now."""

    key: str
    item: str
    name: str
    part: str
    unit: str
    last: str
    value: str
    remark: str


def fill_in_sheet(title: str, rows: Iterable[FillInRow]) -> bytes:
    """Return the worksheet as xlsx; typed cells are text, so that figures come back digit by digit as typed."""
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        head = book.add_format({"bold": True, "bg_color": "#EDF1F5", "border": 1, "text_wrap": True})
        fixed = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "font_color": "#445162"})
        typed = book.add_format(
            {"border": 1, "locked": False, "num_format": "@", "bg_color": "#FFF9E8", "text_wrap": True, "valign": "top"}
        )
        sheet = book.add_worksheet(SHEET)
        for column, (name, width) in enumerate(zip(HEADS, _WIDTHS, strict=True)):
            sheet.write_string(0, column, name, head)
            sheet.set_column(column, column, width)
        for number, row in enumerate(rows, start=1):
            cells = (row.key, row.item, row.name, row.part, row.unit, row.last, row.value, row.remark)
            for column, text in enumerate(cells):
                sheet.write_string(number, column, text, typed if column in _TYPED else fixed)
        sheet.freeze_panes(1, 3)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        told = book.add_worksheet("填写说明")
        told.set_column(0, 0, 80)
        for number, line in enumerate((title, *_HELP)):
            told.write_string(number, 0, line)
    return held.getvalue()
