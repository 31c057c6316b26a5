"""How an xlsx shows its numbers: decimals, percent signs, thousands marks, cell by cell."""

import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from dudao.documents.archives import Archive
from dudao.documents.limits import MAX_CELLS
from dudao.documents.safe_xml import Element, attribute, children_of, local_name, parse
from dudao.errors import UnreadableInputError

_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 39: "#,##0.00"}
_PLAIN = re.compile(r"(?:[#,]*0|#)(?:\.(?P<decimals>0+))?(?P<percent>%)?")
_NOISE = re.compile(r'"[^"]*"|\[[^\]]*\]|_.|\*.|\\.')
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_RELATIONS = "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True, slots=True)
class CellFormat:
    """A number format with fixed decimals, perhaps as percent or with thousands marks."""

    decimals: int
    percent: bool
    thousands: bool

    def written(self, value: float) -> str:
        """Return the number as shown."""
        number = Decimal(repr(value)) * (100 if self.percent else 1)
        rounded = number.quantize(Decimal(1).scaleb(-self.decimals), rounding=ROUND_HALF_UP)
        text = f"{rounded:,f}" if self.thousands else f"{rounded:f}"
        return text + ("%" if self.percent else "")


@dataclass(slots=True)
class SheetFormats:
    """The formats of one sheet's cells, rows and columns from 0."""

    styles: dict[int, CellFormat] = field(default_factory=dict)
    cells: dict[tuple[int, int], int] = field(default_factory=dict)

    def of(self, row: int, column: int) -> CellFormat | None:
        """Return how the cell shows its number, None for the general format."""
        return self.styles.get(self.cells.get((row, column), -1))


def sheet_formats(archive: Archive) -> dict[str, SheetFormats]:
    """Return the number formats by sheet name.

    Raises:
        UnreadableInputError: a sheet spans more cells than can be read, however few of them are filled.
    """
    names = archive.names()
    if "xl/workbook.xml" not in names or _RELATIONS not in names:
        return {}
    styles = _styles(archive)
    targets = {
        attribute(relation, "Id"): attribute(relation, "Target") or ""
        for relation in parse(archive.read(_RELATIONS), archive.file, _RELATIONS)
    }
    found: dict[str, SheetFormats] = {}
    for sheet in parse(archive.read("xl/workbook.xml"), archive.file, "xl/workbook.xml").iter("{*}sheet"):
        target = targets.get(_relation_id(sheet), "").lstrip("/")
        part = target if target.startswith("xl/") else f"xl/{target}"
        if part in names:
            found[attribute(sheet, "name") or ""] = _cells(archive, part, styles)
    return found


def _relation_id(sheet: Element) -> str:
    return next((str(value) for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")


def _cells(archive: Archive, part: str, styles: dict[int, CellFormat]) -> SheetFormats:
    """Return the styled cells of a sheet, and refuse one whose corners lie too far apart."""
    formats = SheetFormats(styles)
    last_row = last_column = count = 0
    for row in children_of(archive.read(part), "sheetData", archive.file, part):
        for cell in row:
            reference = _REFERENCE.fullmatch(cell.get("r") or "")
            if local_name(cell) != "c" or not reference:
                continue
            count += 1
            place = int(reference[2]) - 1, _column(reference[1])
            last_row, last_column = max(last_row, place[0]), max(last_column, place[1])
            style = cell.get("s") or ""
            if style.isdecimal() and len(style) < 6 and int(style) in styles:
                formats.cells[place] = int(style)
    if count > MAX_CELLS or (last_row + 1) * (last_column + 1) > 10 * MAX_CELLS:
        raise UnreadableInputError(
            f"“{archive.file}”的工作表太大（{last_row + 1}行、{last_column + 1}列），无法一次读取。",
            advice="请删去表格外多余的行列，另存后再读。",
        )
    return formats


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _styles(archive: Archive) -> dict[int, CellFormat]:
    part = "xl/styles.xml"
    if part not in archive.names():
        return {}
    root = parse(archive.read(part), archive.file, part)
    codes = dict(_BUILT_IN)
    for custom in root.iter("{*}numFmt"):
        identifier = custom.get("numFmtId") or ""
        if identifier.isdecimal() and len(identifier) < 6:
            codes[int(identifier)] = custom.get("formatCode") or ""
    shapes: dict[int, CellFormat] = {}
    table = root.find("{*}cellXfs")
    for index, style in enumerate(table if table is not None else ()):
        identifier = style.get("numFmtId") or ""
        code = codes.get(int(identifier), "") if identifier.isdecimal() and len(identifier) < 6 else ""
        if shape := _shape(code):
            shapes[index] = shape
    return shapes


def _shape(code: str) -> CellFormat | None:
    """Return the format when it only fixes decimals, percent and thousands; others (dates, text) are left."""
    first = _NOISE.sub("", code.split(";")[0]).strip()
    match = _PLAIN.fullmatch(first.replace("#,##", "").strip()) if first else None
    if match is None:
        return None
    return CellFormat(len(match["decimals"] or ""), bool(match["percent"]), "," in first)
