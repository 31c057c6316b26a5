"""Reads workbooks (xlsx, xls, ods): each sheet a table, its cells as they are shown."""

import datetime
import io
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from dudao.documents.archives import Archive
from dudao.documents.cell_formats import CellFormat, SheetFormats, sheet_formats
from dudao.documents.limits import MAX_CELLS
from dudao.documents.safe_xml import refuse_declarations
from dudao.documents.text_builder import CellText, Draft, TextBuilder
from dudao.errors import UnreadableInputError

CellValue = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def read_workbook(raw: bytes, file: str, archive: Archive | None) -> Draft:
    """Return the sheets of a workbook as tables under their names; hidden sheets are left out.

    Args:
        archive: the opened container of an xlsx, from which number formats are taken (92.33% is stored as
            0.9233); None for xls and ods, whose numbers come as stored.

    Raises:
        UnreadableInputError: damaged, with a password, too large, or empty.
    """
    if archive is not None:
        _refuse_declarations(archive, file)
    formats = sheet_formats(archive) if archive is not None else {}
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        builder = TextBuilder()
        total = 0
        for sheet in workbook.sheets_metadata:
            if sheet.visible is not SheetVisibleEnum.Visible:
                continue
            page = workbook.get_sheet_by_name(sheet.name)
            total += page.total_height * page.total_width
            if total > MAX_CELLS * 10:
                raise _too_large(file)
            cells = list(_cells(page, formats.get(sheet.name, SheetFormats())))
            if len(cells) > MAX_CELLS:
                raise _too_large(file)
            if cells:
                builder.paragraph(sheet.name)
                builder.table(cells, name=sheet.name)
    except UnreadableInputError:
        raise  # is a ValueError as well
    except PasswordError as error:
        raise UnreadableInputError(f"“{file}”加了密码，无法读取。", advice="请先取消密码再读。") from error
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableInputError(
            f"“{file}”已损坏，表格读不出来。", advice="请用 Excel/WPS 打开后另存一份，再读。"
        ) from error
    draft = builder.draft()
    if not draft.tables:
        raise UnreadableInputError(f"“{file}”里没有数据。", advice="请确认是否存错了文件。")
    return draft


def _refuse_declarations(archive: Archive, file: str) -> None:
    """Raise when a part declares a document type; it stands before the first element, so the beginning tells."""
    for name in sorted(archive.names()):
        if name.endswith((".xml", ".rels")):
            refuse_declarations(archive.beginning(name), file, name)


def _too_large(file: str) -> UnreadableInputError:
    return UnreadableInputError(
        f"“{file}”的单元格超过{MAX_CELLS // 10000}万个，无法一次读取。", advice="请只保留需要核对的工作表再读。"
    )


def _cells(sheet: CalamineSheet, formats: SheetFormats) -> Iterator[CellText]:
    """Yield the filled cells in reading order; merged cells once, with their spans."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        spans[top, left] = (bottom - top + 1, right - left + 1)
    first_row, first_column = sheet.start or (0, 0)
    for row, values in enumerate(sheet.iter_rows(), start=first_row):
        for column, value in enumerate(values, start=first_column):
            if value == "" or value is None:
                continue
            height, width = spans.get((row, column), (1, 1))
            text = shown(value, formats.of(row, column))
            yield CellText(row, column, text, height, width)


def shown(value: CellValue, shape: CellFormat | None) -> str:
    """Return a value as the sheet shows it: with its decimals and percent sign, whole numbers without `.0`."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, int | float):
        if shape is not None:
            return shape.written(float(value))
        return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else f"{value:.11g}"
    return str(value).replace("\r\n", "\n").replace("\t", " ").strip()
