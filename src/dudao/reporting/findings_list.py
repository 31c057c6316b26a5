"""核验意见清单 as a workbook: each finding with its place, its recomputation and what was decided."""

import io
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import xlsxwriter

_COLUMNS = (
    ("序号", 5),
    ("结论", 10),
    ("级别", 6),
    ("位置", 16),
    ("页", 4),
    ("原文", 30),
    ("说明与重算", 38),
    ("另一处", 18),
    ("处理", 10),
    ("理由", 18),
    ("处理人", 10),
    ("处理时间", 17),
    ("可取区间", 20),
    ("相符的值", 12),
    ("建议", 30),
    ("与前稿相比", 12),
)
_PRINTED = 11  # columns that fit on a page in type that can be read; what follows stands in the explanation as well
_LONGEST = 30_000  # characters that a cell of Excel takes, with room to spare


_LINE = 13.5  # points of a line of 10 pt 宋体
_HIGHEST = 400  # Excel takes no row higher than 409 points


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One line of the list; every field is shown as text, empty where there is nothing."""

    number: str
    verdict: str
    level: str
    heading: str
    page: str
    quote: str
    message: str
    other: str
    handling: str
    reason: str
    by: str
    at: str
    interval: str
    fits: str
    remedy: str
    standing: str


def findings_workbook(title: str, note: str, lines: Sequence[FindingLine]) -> bytes:
    """Return the workbook: a title, a line on the document, the list; A4 landscape, heads repeated.

    Every cell is text: what begins with = or + in a report is no formula here.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    body = {"font_name": "宋体", "font_size": 10, "border": 1, "text_wrap": True, "valign": "top", "num_format": "@"}
    head = book.add_format({**body, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#EDF1F5"})
    cell = book.add_format(body)
    heading = book.add_format({"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"})
    small = book.add_format({"font_name": "宋体", "font_size": 10, "align": "left"})
    sheet = book.add_worksheet("核验意见")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页 共 &N 页")
    sheet.merge_range(0, 0, 0, _PRINTED - 1, title, heading)
    sheet.merge_range(1, 0, 1, _PRINTED - 1, note, small)
    sheet.set_row(0, 28)
    for column, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, name, head)
    sheet.repeat_rows(2)
    sheet.freeze_panes(3, 1)
    for row, line in enumerate(lines, start=3):
        values = [value[:_LONGEST] for value in astuple(line)]
        for column, value in enumerate(values):
            sheet.write_string(row, column, value, cell)
        lines_high = max(_lines(value, width) for value, (_, width) in zip(values[:_PRINTED], _COLUMNS, strict=False))
        sheet.set_row(row, min(_LINE * lines_high + 3, _HIGHEST))
    sheet.print_area(0, 0, 2 + len(lines), _PRINTED - 1)
    sheet.autofilter(2, 0, max(2 + len(lines), 3), len(_COLUMNS) - 1)
    book.close()
    return buffer.getvalue()


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column; not every program measures rows when it opens a file."""
    return sum(max(1, -(-_width(line) // max(width - 1, 1))) for line in text.split("\n"))


def _width(line: str) -> int:
    """Return the width of a line in digits: a Chinese character is two wide."""
    return sum(2 if character > "\u2e7f" else 1 for character in line)
