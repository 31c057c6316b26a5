"""Files as grids of text: each sheet of an xlsx, or a csv, with the row numbers that people see."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import polars as pl

from dudao.errors import UnreadableInputError
from dudao.tables.sheet_marks import UNMARKED, SheetMarks, sheet_marks

HEAD_ROWS = 40
"""The heading of a table is looked for in so many rows."""

MAX_COLUMNS = 400
TEXTS = (".csv", ".tsv", ".txt")
"""Endings of files that are one grid of text."""

ROW = "row"
OVERFLOW = "overflow"


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its first rows as lists of text, and all rows as a frame of text columns `c0`, `c1`, ….

    The frame has the row number as people see it in column `row`; `overflow` holds what stands in a csv line
    beyond the columns of its heading. `merged` holds merged areas as ((top, left), (bottom, right)) from 0. `hidden`
    is the whole sheet.
    """

    sheet: str
    head: tuple[tuple[str, ...], ...]
    frame: pl.DataFrame
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    marks: SheetMarks = UNMARKED
    hidden: bool = False

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return sum(name not in (ROW, OVERFLOW) for name in self.frame.columns)


def read_grids(path: Path, *, hidden: bool = False) -> Iterator[Grid]:
    """Yield the sheets of a workbook, or the one grid of a csv or tab-separated file.

    Args:
        path: the file.
        hidden: whether hidden sheets are wanted as well.

    Raises:
        UnreadableInputError: the file is neither.
    """
    if path.suffix.lower() in TEXTS:
        yield _csv_grid(path)
    elif path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et"):
        yield from _workbook_grids(path, hidden=hidden)
    else:
        raise UnreadableInputError(
            f"{path.name} 的格式不能作为数据表读取。", advice="请使用 xlsx、xls、ods、csv 或 parquet 文件。"
        )


def _workbook_grids(path: Path, *, hidden: bool) -> Iterator[Grid]:
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_path(str(path))
    except python_calamine.PasswordError as error:
        raise UnreadableInputError(f"{path.name} 有密码保护，无法读取。", advice="请取消密码后另存再试。") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableInputError(
            f"{path.name} 不是可读的电子表格，或已损坏。", advice="请用表格软件打开后另存为 xlsx 再试。"
        ) from error
    marks = sheet_marks(path)
    for meta in workbook.sheets_metadata:
        covered = meta.visible != python_calamine.SheetVisibleEnum.Visible
        if covered and not hidden:
            continue
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        try:
            sheet = workbook.get_sheet_by_name(meta.name)
            cells = sheet.to_python(skip_empty_area=False)
        except python_calamine.CalamineError as error:
            raise UnreadableInputError(f"{path.name} 的工作表“{meta.name}”损坏：{error}") from error
        merged = tuple(sheet.merged_cell_ranges or ())
        rows = [[_cell_text(cell) for cell in row[:MAX_COLUMNS]] for row in cells]
        marked = marks.get(meta.name, UNMARKED)
        for row, column, text in marked.broken:
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = text
        yield replace(_grid(meta.name, rows, merged), marks=marked, hidden=covered)


def _cell_text(cell: object) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return "" if cell is None else str(cell)


def _grid(
    name: str, rows: Sequence[Sequence[str]], merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...]
) -> Grid:
    width = max((len(row) for row in rows), default=0)
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    for (top, left), (bottom, right) in merged:
        # words in a merged cell hold for every row it spans (a county, a heading); a figure would count twice
        if left == right and top < len(filled) and left < width and not _is_figure(filled[top][left]):
            for row in range(top + 1, min(bottom + 1, len(filled))):
                filled[row][left] = filled[top][left]
    columns = {f"c{index}": [row[index] for row in filled] for index in range(width)}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    frame = frame.with_columns(pl.Series(ROW, range(1, len(filled) + 1), dtype=pl.Int64))
    return Grid(name, tuple(tuple(row) for row in filled[:HEAD_ROWS]), frame, merged)


def _is_figure(text: str) -> bool:
    return text.replace(",", "").replace(".", "", 1).removeprefix("-").isdecimal()


def _csv_grid(path: Path) -> Grid:
    try:
        with path.open("rb") as file:
            beginning = file.read(_SNIFFED)
    except OSError as error:
        raise UnreadableInputError(f"{path.name} 无法打开：{error.strerror}。") from error
    encoding = _encoding(path, beginning)
    skipped = _mark_before(encoding, beginning)
    text_head = codecs.getincrementaldecoder(encoding)(errors="replace").decode(beginning[skipped:])
    text_head = text_head.replace("\r\n", "\n").replace("\r", "\n")
    separator = max(",\t;|", key=text_head.count) if text_head else ","
    try:
        head = list(islice(csv.reader(io.StringIO(text_head), delimiter=separator), HEAD_ROWS))
    except csv.Error:
        head = [line.split(separator) for line in text_head.splitlines()[:HEAD_ROWS]]
    width = min(max((len(row) for row in head), default=1), MAX_COLUMNS)
    names = [f"c{index}" for index in range(width)]
    frame = _read_csv(path, encoding, separator, [*names, OVERFLOW], skipped)
    frame = frame.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias(ROW))
    rows = frame.head(HEAD_ROWS).select(pl.col(names).fill_null("")).rows()
    return Grid("", tuple(rows), frame)


_SNIFFED = 200_000
_BLOCK = 1 << 20


def _encoding(path: Path, beginning: bytes) -> str:
    """Return the encoding of a csv: UTF-8 (with or without a mark), UTF-16, or GB18030, in which offices save it."""
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\x00" in beginning[:4096]:
        raise UnreadableInputError(f"{path.name} 不是文本文件。", advice="请确认文件没有损坏，或另存为 csv 再试。")
    for encoding in ("utf-8-sig", "gb18030"):
        if _decodes(path, encoding):
            return encoding
    raise UnreadableInputError(
        f"{path.name} 的编码既不是 UTF-8 也不是 GB18030。", advice="请用表格软件另存为“CSV UTF-8”再试。"
    )


_MARKS = (codecs.BOM_UTF8, b"\x84\x31\x95\x33")
"""Marks of an encoding that some programs put before text in GB18030: that of UTF-8, and its own."""


def _mark_before(encoding: str, beginning: bytes) -> int:
    """Return how many bytes before GB18030 text are no text: read as such, they garble the first heading."""
    return next((len(mark) for mark in _MARKS if encoding == "gb18030" and beginning.startswith(mark)), 0)


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            file.seek(_mark_before(encoding, file.read(4)))
            while block := file.read(_BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _read_csv(path: Path, encoding: str, separator: str, names: list[str], skipped: int) -> pl.DataFrame:
    # a line of our own on top gives every column a name, however few cells the first line of the file has
    buffer = io.BytesIO()
    buffer.write(separator.join(names).encode() + b"\n")
    heading = buffer.tell()
    with path.open("rb") as raw:
        raw.seek(skipped)
        # whatever ends a line, that of old Macs alone included, ends one here
        file = io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline=None)
        while block := file.read(_BLOCK):
            buffer.write(block.encode("utf-8"))
    if buffer.tell() == heading:
        return pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    try:
        return _parsed(buffer, separator, quote='"')
    except pl.exceptions.PolarsError:
        # an unpaired quotation mark: take every mark as a plain character, and none for a part of what it stands around
        return _parsed(buffer, separator, quote=None).with_columns(pl.all().str.strip_chars('"'))


def _parsed(buffer: io.BytesIO, separator: str, *, quote: str | None) -> pl.DataFrame:
    buffer.seek(0)
    lines = pl.scan_csv(buffer, separator=separator, quote_char=quote, infer_schema=False, truncate_ragged_lines=True)
    # in batches, so that millions of lines are not held twice
    return lines.with_columns(pl.all().str.strip_chars()).collect(engine="streaming")
