"""Formulas of an xlsx that have no value: in error, or never worked out by the program that wrote them."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree

NOT_WORKED_OUT = "#未计算的公式"
"""What stands for a formula without any saved value."""

_CELL = re.compile(rb'<c r="([A-Z]+)([0-9]+)"([^>]*)>(.*?)</c>', re.DOTALL)
_VALUE = re.compile(rb"<v>([^<]*)</v>")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def broken_formulas(path: Path) -> Mapping[str, Sequence[tuple[int, int, str]]]:
    """Return, by sheet, row and column from 0 and text of every formula that has no value.

    Readers of values show such cells as blank, and a blank would pass for a figure that nobody reported.
    """
    if not zipfile.is_zipfile(path):
        return {}
    found = {}
    try:
        with zipfile.ZipFile(path) as archive:
            for name, part in _sheet_parts(archive):
                xml = archive.read(part)
                if b't="e"' in xml or b"<f" in xml:
                    found[name] = list(_broken_cells(xml))
    except (KeyError, zipfile.BadZipFile, ElementTree.ParseError):
        return {}
    return found


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
    for column, row, attributes, content in _CELL.findall(xml):
        value = _VALUE.search(content)
        if b't="e"' in attributes:
            text = value[1].decode("utf-8", errors="replace") if value else "#VALUE!"
        elif b"<f" in content and (value is None or not value[1]) and b"<is>" not in content:
            if b't="str"' in attributes and value is not None:
                continue  # a formula whose value is the empty text
            text = NOT_WORKED_OUT
        else:
            continue
        cells.append((int(row) - 1, _index(column.decode()), text))
    return cells


def _index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
