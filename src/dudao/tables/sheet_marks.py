"""What readers of values do not tell of an xlsx: formulas without a value, hidden rows and hidden columns."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

NOT_WORKED_OUT = "#未计算的公式"
"""What stands for a formula without any saved value."""

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
"""A cell; one that is closed in its own tag (styled, nothing in it) must not swallow the one after it."""

_WHERE = re.compile(rb'(?:^|\s)r="([A-Z]+)([0-9]+)"')
_KIND = re.compile(rb'(?:^|\s)t="(\w+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_WRITTEN = re.compile(rb"<(?:\w+:)?is[\s>]")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</(?:\w+:)?v>")
_ROW = re.compile(rb"<(?:\w+:)?row [^>]*>")
_ROW_NUMBER = re.compile(rb'\br="(\d+)"')
_COLUMN = re.compile(rb"<(?:\w+:)?col [^>]*>")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_FIRST, _LAST = re.compile(rb'\bmin="(\d+)"'), re.compile(rb'\bmax="(\d+)"')
MOST_COLUMNS = 400
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """Of one sheet, all counted from 0.

    `broken` holds row, column and text of every formula that has no value: in error, or never worked out by the
    program that wrote it. Readers of values show such cells as blank, and a blank would pass for a figure that
    nobody reported.
    """

    broken: tuple[tuple[int, int, str], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


UNMARKED = SheetMarks()
"""A sheet with nothing of the kind."""


def sheet_marks(path: Path) -> Mapping[str, SheetMarks]:
    """Return the marks of every sheet that has any; of nothing but an xlsx there are none."""
    if not zipfile.is_zipfile(path):
        return {}
    found = {}
    try:
        with zipfile.ZipFile(path) as archive:
            for name, part in _sheet_parts(archive):
                xml = archive.read(part)
                broken = tuple(_broken_cells(xml)) if b't="e"' in xml or _FORMULA.search(xml) else ()
                rows, columns = _hidden(xml) if b"hidden=" in xml else (frozenset[int](), frozenset[int]())
                if broken or rows or columns:
                    found[name] = SheetMarks(broken, rows, columns)
    except (KeyError, zipfile.BadZipFile, ElementTree.ParseError):
        return {}
    return found


def _hidden(xml: bytes) -> tuple[frozenset[int], frozenset[int]]:
    numbers = [_ROW_NUMBER.search(tag) for tag in _ROW.findall(xml) if _HIDDEN.search(tag)]
    rows = {int(number[1]) - 1 for number in numbers if number}
    columns: set[int] = set()
    for tag in _COLUMN.findall(xml):
        first, last = _FIRST.search(tag), _LAST.search(tag)
        if _HIDDEN.search(tag) and first and last:
            columns.update(range(int(first[1]) - 1, min(int(last[1]), MOST_COLUMNS)))
    return frozenset(rows), frozenset(columns)


def _sheet_parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    if "xl/workbook.xml" not in archive.namelist():
        return []
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    parts = []
    for sheet in workbook.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        if target:
            parts.append((sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"))
    return parts


def _broken_cells(xml: bytes) -> list[tuple[int, int, str]]:
    cells = []
    for attributes, content in _CELL.findall(xml):
        if not content:
            continue
        where, kind, value = _WHERE.search(attributes), _KIND.search(attributes), _VALUE.search(content)
        if where is None:
            continue
        if kind is not None and kind[1] == b"e":
            text = value[1].decode("utf-8", errors="replace") if value else "#VALUE!"
        elif _FORMULA.search(content) and (value is None or not value[1]) and not _WRITTEN.search(content):
            if kind is not None and kind[1] == b"str" and value is not None:
                continue  # a formula whose value is the empty text
            text = NOT_WORKED_OUT
        else:
            continue
        cells.append((int(where[2]) - 1, _index(where[1].decode()), text))
    return cells


def _index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
