"""What a self-evaluation prints: the score sheet (自评表) as docx and xlsx, the report (自评报告) as docx."""

from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from dudao.reporting.official_page import add_body, add_heading, add_title, official_document, set_font

_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class PrintedPoint:
    """One point with its points; None prints as —."""

    name: str
    full_points: Decimal | None
    self_points: Decimal | None


@dataclass(frozen=True, slots=True)
class PrintedItem:
    """One item: its number as printed, its points, its text, and its points in detail where it has several."""

    number: str
    name: str
    full_points: Decimal | None
    self_points: Decimal | None
    note: str
    points: tuple[PrintedPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """A first-level indicator with its items."""

    name: str
    full_points: Decimal | None
    self_points: Decimal | None
    items: tuple[PrintedItem, ...]


@dataclass(frozen=True, slots=True)
class SelfEvaluation:
    """A self-evaluation as it is printed; `mark` is a line such as 征求意见稿, empty for what was submitted."""

    region_name: str
    year: int
    scheme_name: str
    scheme_number: str
    addressee: str
    full_points: Decimal | None
    self_points: Decimal | None
    sections: tuple[PrintedSection, ...]
    mark: str = ""
    date: str = ""


def points_text(points: Decimal | None) -> str:
    """Return points as documents print them: 9.8, 4; — when not given."""
    return "—" if points is None else f"{points.normalize():f}"


def _full(points: Decimal | None) -> str:
    """Return the full points behind a name; nothing where there are none, as of a section of bonuses."""
    return "" if points is None else f"（{points_text(points)}分）"


def han_number(number: int) -> str:
    """Return 1–99 in Chinese, as first-level headings count: 一, 十二, 二十.

    Raises:
        ValueError: the number lies outside.
    """
    if not 1 <= number <= 99:
        raise ValueError(f"headings count from 1 to 99, not {number}")
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("" if tens == 1 else _DIGITS[tens]) + "十"
    return head + (_DIGITS[ones] if ones else "")


def score_sheet_docx(content: SelfEvaluation) -> bytes:
    """Return the score sheet as Word: first-level cells merged over their items, head repeated, total below."""
    document = official_document(landscape=True)
    add_title(document, f"{content.region_name}政府履行教育职责自评表")
    below = f"{content.scheme_name}　{content.year} 年度　{content.mark}".rstrip()
    set_font(document.add_paragraph().add_run(below), "楷体_GB2312", Pt(12))
    rows = sum(len(section.items) for section in content.sections)
    table = document.add_table(rows=rows + 2, cols=4)
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = (Mm(38), Mm(58), Mm(132), Mm(24))
    for cell, text in zip(table.rows[0].cells, ("一级指标", "二级指标", "自评说明", "自评得分"), strict=True):
        _write(cell, text, bold=True, centred=True)
    _repeat_head(table)
    row = 1
    for section in content.sections:
        first = row
        for item in section.items:
            cells = table.rows[row].cells
            _write(cells[1], f"{item.number}.{item.name}{_full(item.full_points)}")
            _write(cells[2], item.note or "—")
            _write(cells[3], points_text(item.self_points), centred=True)
            row += 1
        if row > first:
            merged = table.cell(first, 0).merge(table.cell(row - 1, 0))
            _write(merged, f"{section.name}{_full(section.full_points)}")
    last = table.rows[row].cells
    _write(last[0].merge(last[2]), f"自评总分（满分 {points_text(content.full_points)} 分）", bold=True, centred=True)
    _write(last[3], points_text(content.self_points), bold=True, centred=True)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for each in table.rows[:-1]:
        for cell, width in zip(each.cells, widths, strict=True):
            cell.width = width
    last[0].width, last[3].width = sum(widths[:3]), widths[3]
    sign = document.add_paragraph()
    sign.paragraph_format.space_before = Pt(12)
    set_font(
        sign.add_run("填表人：　　　　　审核人：　　　　　单位负责人（签字）：　　　　　（盖章）　　　　年　月　日"),
        "仿宋_GB2312",
        Pt(12),
    )
    return _saved(document)


def report_docx(content: SelfEvaluation) -> bytes:
    """Return the report as Word: points behind every title, the text of every item below it."""
    document = official_document()
    add_title(document, f"{content.region_name}人民政府关于{content.year}年度履行教育职责情况的自评报告")
    if content.mark:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        set_font(paragraph.add_run(f"（{content.mark}）"), "楷体_GB2312")
    document.add_paragraph()
    addressee = document.add_paragraph()
    set_font(addressee.add_run(f"{content.addressee}："), "仿宋_GB2312")
    items = sum(len(section.items) for section in content.sections)
    cited = f"《{content.scheme_name}》" + (f"（{content.scheme_number}）" if content.scheme_number else "")
    add_body(document, f"按照{cited}要求，我们逐项开展了自查自评，现将有关情况报告如下。")
    add_heading(document, 1, "一、总体情况")
    total = f"自评总分{points_text(content.self_points)}分" if content.self_points is not None else "自评分尚未填全"
    add_body(
        document,
        f"本次自评共涉及{len(content.sections)}项一级指标、{items}项二级指标，满分{points_text(content.full_points)}分，{total}。",
    )
    add_heading(document, 1, "二、主要做法和自评得分")
    for index, section in enumerate(content.sections, 1):
        add_heading(
            document, 2, f"（{han_number(index)}）{section.name}{_behind(section.full_points, section.self_points)}"
        )
        for item in section.items:
            add_heading(document, 3, f"{item.number}.{item.name}{_behind(item.full_points, item.self_points)}")
            if len(item.points) > 1:
                for place, point in enumerate(item.points, 1):
                    add_heading(document, 4, f"（{place}）{point.name}{_behind(point.full_points, point.self_points)}")
            add_body(document, item.note or "（未填写自评说明）")
    document.add_paragraph()
    for text in (f"{content.region_name}人民政府", content.date):
        if text:
            paragraph = document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.right_indent = Pt(64)
            set_font(paragraph.add_run(text), "仿宋_GB2312")
    return _saved(document)


def score_sheet_xlsx(content: SelfEvaluation) -> bytes:
    """Return the score sheet as Excel: totals are live sums, cells of text are never formulas."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("自评表")
    head = book.add_format({"bold": True, "align": "center", "valign": "vcenter", "border": 1, "bg_color": "#EDF1F5"})
    text = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    number = book.add_format({"align": "center", "valign": "top", "border": 1, "num_format": "0.###"})
    title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    for column, width in enumerate((20, 8, 34, 70, 10, 10)):
        sheet.set_column(column, column, width)
    sheet.merge_range(0, 0, 0, 5, f"{content.region_name}政府履行教育职责自评表（{content.year} 年度）", title)
    sheet.write_string(1, 0, content.scheme_name + (f"　{content.mark}" if content.mark else ""))
    for column, name in enumerate(("一级指标", "序号", "二级指标", "自评说明", "满分", "自评得分")):
        sheet.write_string(2, column, name, head)
    row = 3
    for section in content.sections:
        for item in section.items:
            sheet.write_string(row, 0, section.name, text)
            sheet.write_string(row, 1, item.number, text)
            sheet.write_string(row, 2, item.name, text)
            sheet.write_string(row, 3, item.note, text)
            for column, points in ((4, item.full_points), (5, item.self_points)):
                if points is None:
                    sheet.write_string(row, column, "—", number)
                else:
                    sheet.write_number(row, column, float(points), number)
            row += 1
    sheet.merge_range(row, 0, row, 3, "合计", head)
    for column, letter, points in ((4, "E", content.full_points), (5, "F", content.self_points)):
        value = float(points) if points is not None else 0
        sheet.write_formula(row, column, f"=SUM({letter}4:{letter}{row})", head, value)
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页 共 &N 页")
    book.close()
    return buffer.getvalue()


def _behind(full: Decimal | None, own: Decimal | None) -> str:
    if full is None:
        return ""
    given = f"自评分{points_text(own)}分" if own is not None else "未自评"
    return f"（{points_text(full)}分，{given}）"


def _write(cell: _Cell, text: str, *, bold: bool = False, centred: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    for extra in cell.paragraphs[1:]:
        extra._element.getparent().remove(extra._element)
    paragraph.text = ""
    paragraph.paragraph_format.line_spacing = Pt(18)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    set_font(paragraph.add_run(text), "宋体", Pt(10.5), bold=bold)


def _repeat_head(table: Table) -> None:
    properties = table.rows[0]._tr.get_or_add_trPr()
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    properties.append(mark)
    for row in table.rows:
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(whole)


def _saved(document: Document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()
