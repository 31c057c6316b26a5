"""The words of a table that say what its figures are: labels of row and column, years among them, 单位：万元."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from dudao.documents.model import Cell, Table

_UNIT_LINE = re.compile(r"单位\s*[：:]\s*(?P<unit>[^\s，,。；;）)]{1,12})")
_YEAR = re.compile(r"(?:19|20)\d\d(?=\s*(?:年|学年|$))")
_HAS_WORDS = re.compile(r"[\u4e00-\u9fff]{2,}")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class CellLabel:
    """What the table says of one figure; empty where it says nothing."""

    row: str
    column: str
    unit_line: str

    @property
    def measure(self) -> str:
        """Row and column label together, without years."""
        words = f"{self.row}{self.column}"
        return re.sub(r"(?:19|20)\d\d年?度?", "", words)

    @property
    def period(self) -> str:
        """The year in the labels, empty when there is none or more than one."""
        years = set(_YEAR.findall(f"{self.column} {self.row}"))
        return years.pop() if len(years) == 1 else ""


@dataclass(frozen=True, slots=True)
class TableReading:
    """The cells of all tables of a text by the places where they begin."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    labels: tuple[CellLabel, ...]

    def labels_at(self, position: int) -> CellLabel | None:
        """Return the labels of the cell that holds a position, None outside tables."""
        place = bisect_right(self.starts, position) - 1
        if place < 0 or position >= self.ends[place]:
            return None
        return self.labels[place]


def read_tables(text: str, tables: Sequence[Table]) -> TableReading:
    """Return the labels of every cell that holds a figure; label cells hold words and stand left or above."""
    found: list[tuple[int, int, CellLabel]] = []
    for table in tables:
        unit = _UNIT_LINE.search(text, max(0, table.span.start - 60), min(len(text), table.span.start + 200))
        unit_line = unit["unit"] if unit else ""
        left: dict[int, str] = {}
        above: dict[int, str] = {}
        for cell in table.cells:
            if _is_label(cell):
                words = _BLANK.sub("", cell.text)
                for column in range(cell.column, cell.column + cell.column_span):
                    above[column] = words
                if cell.column == 0 or cell.row not in left:
                    for row in range(cell.row, cell.row + cell.row_span):
                        left.setdefault(row, words)
            elif any(character.isdigit() for character in cell.text):
                label = CellLabel(left.get(cell.row, ""), above.get(cell.column, ""), unit_line)
                found.append((cell.span.start, max(cell.span.end, cell.span.start + 1), label))
    found.sort(key=lambda entry: entry[0])
    return TableReading(
        tuple(entry[0] for entry in found), tuple(entry[1] for entry in found), tuple(entry[2] for entry in found)
    )


def _is_label(cell: Cell) -> bool:
    """Return whether a cell names what stands beside or below it: some words, few digits beside a year."""
    words = _BLANK.sub("", cell.text)
    if len(words) > 30:
        return False
    return bool(_HAS_WORDS.search(words) or _YEAR.fullmatch(words.rstrip("年度")))
