"""Tables as offices draw them, their figures true: what is objected to in each kind of file, and what slips raise.

python bench/claims/drawn_tables.py [--show] [--only docx] [--table 3] [--pages]

`drawn_tables.txt` holds the tables: # a name, > lines above, rows of cells parted by |, < merged with the cell on
its left, ^ with the cell above, ' before a figure that nothing in the table follows from. Every other figure is
changed in turn by one slip of a digit; it counts as flagged when an error stands over it or over a row or column
that it belongs to. `--pages` prints pdf, of three slips for each table.
"""

import argparse
import io
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import xlsxwriter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.damage.page_files import printed
from claims.damage.word_parts import file, paragraph, run
from claims.whole_reports import slipped
from dudao.claims.check import check_text
from dudao.documents.reading import read_document
from dudao.issues import Level

FIGURE = re.compile(r"-?[\d.]+(?:%|所|人)?")
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One table: the lines above it and its cells, with < and ^ where a cell goes on; `planted` are its figures."""

    name: str
    above: tuple[str, ...]
    rows: Rows
    planted: tuple[tuple[int, int], ...]


def read_tables(path: Path) -> list[Drawn]:
    """Return the tables of the file."""
    found = []
    for block in re.split(r"^# ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, *lines = block.strip().split("\n")
        above = tuple(line.removeprefix("> ") for line in lines if line.startswith("> "))
        written = [line.split("|") for line in lines if not line.startswith("> ")]
        planted = tuple(
            (row, column)
            for row, cells in enumerate(written)
            for column, cell in enumerate(cells)
            if FIGURE.fullmatch(cell) and cell not in ("0", "100%", "100.0")
        )
        found.append(Drawn(name, above, tuple(tuple(cell.lstrip("'") for cell in row) for row in written), planted))
    return found


def spans(rows: Rows) -> dict[tuple[int, int], tuple[int, int]]:
    """Return how many rows and columns each cell that is written covers."""
    found = {}
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell in ("<", "^"):
                continue
            right, down = column + 1, row + 1
            while right < len(cells) and cells[right] == "<":
                right += 1
            while down < len(rows) and rows[down][column] == "^":
                down += 1
            found[row, column] = (down - row, right - column)
    return found


def word(table: Drawn) -> bytes:
    """Return the table in Word, its cells merged, ruled."""
    size, body = spans(table.rows), "".join(paragraph(run(line)) for line in table.above)
    rows = ""
    for row, cells in enumerate(table.rows):
        line = ""
        for column, cell in enumerate(cells):
            if cell == "<":
                continue
            down, right = size.get((row, column), (1, 1))
            merged = '<w:vMerge w:val="restart"/>' if down > 1 else "<w:vMerge/>" if cell == "^" else ""
            width = f'<w:gridSpan w:val="{right}"/>' if right > 1 else ""
            line += f"<w:tc><w:tcPr>{width}{merged}</w:tcPr>{paragraph(run('' if cell == '^' else cell))}</w:tc>"
        rows += f"<w:tr>{line}</w:tr>"
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    sides = "".join(f'<w:{edge} w:val="single" w:sz="4"/>' for edge in edges)
    look = f'<w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{sides}</w:tblBorders>'
    grid = "<w:gridCol/>" * len(table.rows[0])
    drawn = f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    return file(body + drawn + paragraph(run("注：数据截至学年初。")))


def workbook(table: Drawn) -> bytes:
    """Return the table as a sheet, figures as numbers where they carry no unit."""
    target, size = io.BytesIO(), spans(table.rows)
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("表")
        for row, line in enumerate(table.above):
            sheet.write(row, 0, line)
        top = len(table.above)
        for (row, column), (down, right) in size.items():
            cell = table.rows[row][column]
            if down > 1 or right > 1:
                sheet.merge_range(top + row, column, top + row + down - 1, column + right - 1, cell)
            elif re.fullmatch(r"-?\d+(\.\d+)?", cell):
                places = len(cell.partition(".")[2])
                form = book.add_format({"num_format": f"0.{'0' * places}" if places else "0"})
                sheet.write_number(top + row, column, float(cell), form)
            else:
                sheet.write(top + row, column, cell)
        sheet.write(top + len(table.rows), 0, "注：数据截至学年初。")
    return target.getvalue()


def flat(gap: str) -> Callable[[Drawn], bytes]:
    """Return a writer of rows as lines of text, cells parted by a gap; what is merged is written once."""

    def written(table: Drawn) -> bytes:
        lines = [gap.join(cell for cell in row if cell not in ("<", "^", "")) for row in table.rows]
        return "\n".join([*table.above, *lines, "注：数据截至学年初。"]).encode()

    return written


WIDTHS = {"tables": 8, "alarms": 8, "planted": 9, "flagged": 9}
FORMS: dict[str, tuple[str, Callable[[Drawn], bytes]]] = {
    "docx": (".docx", word),
    "xlsx": (".xlsx", workbook),
    "tabs": (".txt", flat("\t")),
    "flattened": (".txt", flat(" ")),
}


def objections(raw: bytes, suffix: str) -> list[str]:
    """Return the stretches of text that are objected to, with the message behind each."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table{suffix}"
        path.write_bytes(raw)
        document = read_document(path)
    found = [one for one in check_text(document).findings if one.level is Level.ERROR]
    return [f"{document.text[one.span.start : one.span.end]} | {one.message}" for one in found]


def with_slips(table: Drawn) -> list[tuple[str, str, Drawn]]:
    """Return the table with each of its planted figures changed in turn: what stood there, what stands there now."""
    chance, found = random.Random(table.name), []
    for row, column in table.planted:
        cell = table.rows[row][column]
        broken = slipped(cell, chance)
        cells = tuple(
            tuple(broken if (row, column) == (down, right) else one for right, one in enumerate(line))
            for down, line in enumerate(table.rows)
        )
        found.append((cell, broken, replace(table, rows=cells)))
    return found


def main() -> None:
    """Draw, read, plant."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print what is objected to and not flagged")
    parser.add_argument("--only", default="", help="this kind of file alone")
    parser.add_argument("--table", type=int, default=0, help="the table of this number alone, from 1")
    parser.add_argument("--pages", action="store_true", help="print pdf, three slips of each table")
    chosen = parser.parse_args()
    tables = read_tables(Path(__file__).with_suffix(".txt"))
    tables = tables[chosen.table - 1 : chosen.table] if chosen.table else tables
    print(f"{'file':12}" + "".join(f"{key:>{width}}" for key, width in WIDTHS.items()))
    forms = {**FORMS, "pdf": (".pdf", word)} if chosen.pages else FORMS
    for name, (suffix, write) in forms.items():
        if chosen.only not in name:
            continue
        total = Counter[str]()
        slips = [with_slips(table) for table in tables]
        if suffix == ".pdf":
            slips = [random.Random(3).sample(one, 3) for one in slips]
        files = {f"{number}": write(table) for number, table in enumerate(tables)}
        files |= {
            f"{number}-{count}": write(broken)
            for number, one in enumerate(slips)
            for count, (_, _, broken) in enumerate(one)
        }
        if suffix == ".pdf":
            files = printed(files)
        for number, table in enumerate(tables):
            clean = objections(files[f"{number}"], suffix)
            total += Counter(tables=1, alarms=len(clean))
            row = Counter[str]()
            for count, (cell, broken, _) in enumerate(slips[number]):
                hits = [one for one in objections(files[f"{number}-{count}"], suffix) if broken in one]
                row += Counter(planted=1, flagged=bool(hits))
                if chosen.show and not hits:
                    print("   NOT FLAGGED", table.name, cell, "→", broken)
            if chosen.show:
                print(f"   {table.name}: {row['flagged']} of {row['planted']}")
                print("".join(f"   ALARM {one}\n" for one in clean), end="")
            total += row
        figures = "".join(f"{total[key]:>{width}}" for key, width in WIDTHS.items())
        print(f"{name:12}{figures}", flush=True)


if __name__ == "__main__":
    main()
