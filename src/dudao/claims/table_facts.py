"""What the cells of a table state: header × row label, year, unit from brackets, header or 单位： line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dudao.documents.model import Cell, Table
from dudao.quantities.model import Kind, Quantity
from dudao.quantities.reading import read_quantities

_NUMBER = re.compile(r"[-−]?[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?")
_ONLY_NUMBER = re.compile(rf"(?P<number>{_NUMBER.pattern})(?P<unit>[^\d\s]{{0,6}})")
_YEAR = re.compile(r"(?:19|20)\d\d(?=\s*(?:年|学年|$))")
_YEARS = re.compile(r"(?:19|20)\d\d年?\s*[-—–~～至到]\s*(?:19|20)\d\d年")
"""A caption that names a stretch of years (2021—2024年主要指标) says of no cell of which year it is."""
_DATED_CELL = re.compile(r"(?:19|20)\d\d(?:(?:年度?|学年)[^\d\s]{0,8}|情况|数据)?")
_CLASS_CELL = re.compile(r"\d{1,4}(?:周?岁|人|年|万元|公里)(?:(?:及?以[上下内外]|[以之]前)[\u4e00-\u9fff]{0,6})?")
"""35岁及以下, 46人以上: a class into which a header divides."""
_BRACKET = re.compile(r"[（(](?P<inside>[^（）()]{1,8})[）)]$")
_UNIT_LINE = re.compile(r"单位\s*[：:]\s*(?P<unit>[^\s，,。；;）)]{1,6})")
_CAPTION_UNIT = re.compile(r"[（(](?:单位[：:])?(?P<unit>所|人|个|名|万元|亿元|元|%|％|平方米|万平方米)[）)]\s*$")
_UNIT_HEAD = re.compile(r"(?:计量)?单位")
_SHEET_NAME = re.compile(r"(?i)sheet ?\d*|工作表\d*")
_RATIO = re.compile(r"[\d.]+[:：∶][\d.]+")
_DASHES = re.compile(r"[—–－/／-]+")
_BOUND = re.compile(r"[≥≤＞＜><]=?\d")
_CAPTION_LINES = 3
_CAPTION_LENGTH = 60
_LONGEST_LABEL = 30
_CAPTION_WORDS = re.compile(
    r"表\s*[\d一二三四五六七八九十]{0,2}|附件\s*[\d一二三四五六七八九十]{0,2}|[（(][^（）()]*[）)]|(?:19|20)\d\d(?:年度?|学年)?|全[市县区旗州省]|我[市县区旗州省]|[：:\s]"
    r"|(?:基本)?(?:情况)?(?:统计|一览|汇总|明细)?表?$|主要指标$|基本$"
)
_TOTAL_ROW = re.compile(r"合\s*计|总\s*计|全[市县区旗州省](?:合计|总计)?|小\s*计")
_INDEX = re.compile(r"差异系数|生师比|班额")
_RATIO_CELL = re.compile(rf"(?P<number>{_NUMBER.pattern})(?P<unit>[:：∶]1)")
"""What is told without a unit: the figure, or so many pupils to one teacher."""
_SAYS_NOTHING = re.compile(
    r"(?:数量|人数|数值|指标值|完成值|完成情况|数据|金额|本年|当年|实际|全[市县区旗州省](?:平均|合计)?|合计|总数|总计)?"
)
_NO_FACT = re.compile(
    r"标准|目标|计划|(?<!公共)预算|规划|任务|要求|增长|增减|增幅|增量|比上年|同比|变化|占比$|排名|序号|备注|得分|分值|自评|扣分"
)
_PLACE_ROW = re.compile(r"[\u4e00-\u9fff]{1,6}(?:自治县|自治旗|县|区|市|旗|镇|乡|街道)")


@dataclass(frozen=True, slots=True)
class TableFact:
    """One figure of a table; spans count characters of the text the tables lie in.

    Attributes:
        measures: names its labels may mean, the fullest first; never empty.
        place: the place its row names, empty for the document's own.
        period: the year in its labels or in the caption, empty without one.
        quantity: the figure with its unit, `text` as a report would write it.
        caption: the words above the table.
        table: the number of the table.
    """

    measures: tuple[str, ...]
    place: str
    period: str
    quantity: Quantity
    caption: str
    table: int


def table_facts(text: str, tables: Sequence[Table]) -> tuple[TableFact, ...]:
    """Return what the tables of a text state, leaving out targets, standards, changes and points."""
    found: list[TableFact] = []
    for number, table in enumerate(tables):
        facts = list(_facts_of(text, table, number))
        names = [name for fact in facts for name in {(fact.measures[0], fact.place, fact.period)}]
        # Two cells with the same labels: the labels do not tell them apart, so neither states anything by itself.
        found.extend(fact for fact in facts if names.count((fact.measures[0], fact.place, fact.period)) == 1)
    return tuple(found)


def _facts_of(text: str, table: Table, number: int) -> Iterator[TableFact]:
    rows = rows_of(table)
    head = header_height(rows)
    if not head or head == len(rows):
        return
    top, caption = title_rows(rows[:head]), caption_of(text, table)
    caption = " ".join(part for part in (caption, *("".join(row[0].text.split()) for row in rows[:top])) if part)
    found = _UNIT_LINE.search(caption) or _UNIT_LINE.search(" ".join(cell.text for cell in rows[0][:3]))
    unit_line = found or _CAPTION_UNIT.search(caption)
    below = _unit_row(rows[top:head])
    line_unit = unit_line["unit"] if unit_line else ""
    columns = column_labels([row for row in rows[top:head] if row is not below])
    unit_of_column = {cell.column: cell.text.strip() for cell in below}
    units = unit_column(columns)
    left: dict[int, str] = {}
    for row in rows[head:]:
        unit = next((cell.text.strip() for cell in row if cell.column == units), "")
        label = row_label([cell for cell in row if cell.column != units], left)
        for cell in row:
            words = "".join(cell.text.split())
            written = _ONLY_NUMBER.fullmatch(words) or _RATIO_CELL.fullmatch(words)
            if written is None or cell.column not in columns:
                continue
            column = columns[cell.column]
            quantity = _quantity(cell, written, column, label, unit or unit_of_column.get(cell.column, "") or line_unit)
            if quantity is None and _INDEX.search(f"{label}{column}{caption}"):
                quantity = _bare_quantity(cell, written)
            named = _named(label, column, caption)
            if quantity is not None and named is not None:
                yield TableFact(*named, quantity, caption, number)


def title_rows(header: list[list[Cell]]) -> int:
    """Return how many rows at the top hold one cell only, a title or unit line within the table."""
    for number, row in enumerate(header[:-1]):
        if len([cell for cell in row if cell.text.strip()]) != 1 or len(header[-1]) == 1:
            return number
    return max(0, len(header) - 1)


def _unit_row(header: list[list[Cell]]) -> list[Cell]:
    """Return the row of a header that gives the unit of each column, empty without one."""
    for row in header[1:]:
        if row and _UNIT_HEAD.fullmatch("".join(row[0].text.split())):
            return row
    return []


def rows_of(table: Table) -> list[list[Cell]]:
    """Return the cells of each row, from left to right; a merged cell stands in its first row alone."""
    rows: list[list[Cell]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        if cell.row < len(rows):
            rows[cell.row].append(cell)
    return [sorted(row, key=lambda cell: cell.column) for row in rows]


def header_height(rows: list[list[Cell]]) -> int:
    """Return how many rows at the top hold words and years only."""
    for height, row in enumerate(rows):
        figures = [words for cell in row if _ONLY_NUMBER.fullmatch(words := "".join(cell.text.split()))]
        if any(not (_DATED_CELL.fullmatch(words) or _CLASS_CELL.fullmatch(words)) for words in figures):
            return height
    return len(rows)


def fills(figure: Quantity, cell: Cell) -> bool:
    """Return whether a figure is all that a cell holds, repaired or not; a minus before it is left aside."""
    words = cell.text.strip()
    if (
        figure.text.strip() == words.removeprefix("-").removeprefix("－").removeprefix("−")
        or figure.text.strip() == words
    ):
        return True
    if len(cell.text) != len(cell.span):
        return False
    start = cell.span.start + len(cell.text) - len(cell.text.lstrip())
    signed = words[:1] in "-－−"
    return figure.span.start in (start, start + signed) and figure.span.end == start + len(words)


def has_header(table: Table) -> bool:
    """Return whether rows of words and years stand above the figures of a table."""
    return 0 < header_height(rows_of(table)) < table.rows


def column_labels(header: list[list[Cell]]) -> dict[int, str]:
    """Return the words above each column, those of several header rows joined: 在校生数合计.

    A line over the whole width below the headings (山区片) heads the rows behind it and no column.
    """
    found: dict[int, str] = {}
    for number, row in enumerate(header):
        if number and len(found) > 1 and len(row) == 1 and row[0].column == 0:
            continue
        for cell in row:
            words = "".join(cell.text.split())
            for column in range(cell.column, cell.column + cell.column_span):
                if words and len(words) <= _LONGEST_LABEL and not found.get(column, "").endswith(words):
                    found[column] = found.get(column, "") + words
    return found


def unit_column(names: Mapping[int, str]) -> int:
    """Return the column whose cells tell the unit of each row, -1 without one."""
    return next((column for column, words in names.items() if _UNIT_HEAD.fullmatch(words)), -1)


def row_label(row: list[Cell], left: dict[int, str]) -> str:
    """Return the words at the left of a row; `left` keeps those of cells that reach down into further rows."""
    label = left.pop(row[0].row, "") if row else ""
    for cell in row:
        words = "".join(cell.text.split())
        if _ONLY_NUMBER.fullmatch(words) and not (cell.column == 0 and _DATED_CELL.fullmatch(words)):
            if cell.column == 0 and len(words) <= 2:
                continue  # the number of the row
            break
        if len(words) > _LONGEST_LABEL or _BOUND.match(words) or _RATIO.fullmatch(words):
            break
        if _DASHES.fullmatch(words):
            continue
        label += words
        for below in range(cell.row + 1, cell.row + cell.row_span):
            left[below] = left.get(below, "") + words
    return label


def caption_of(text: str, table: Table) -> str:
    """Return the last short lines above a table: its title and unit line."""
    kept: list[str] = []
    begins = text.rfind("\n", 0, table.span.start) + 1  # of two tables side by side one begins within the line
    for line in reversed(text[max(0, begins - 200) : begins].split("\n")):
        if not line.strip(" \t|") or _SHEET_NAME.fullmatch(line.strip()):
            continue  # | opens the first row of a table drawn with bars
        if len(line) > _CAPTION_LENGTH or line.rstrip().endswith(("。", "；")) or len(kept) == _CAPTION_LINES:
            break
        kept.append(line.strip())
        if not _UNIT_LINE.search(line):
            break
    return " ".join(reversed(kept))


def cell_quantity(cell: Cell, column: str, row: str, caption: str) -> Quantity | None:
    """Return the figure of a cell with the unit that labels or caption give it, None where none does."""
    written = _ONLY_NUMBER.fullmatch("".join(cell.text.split()))
    line = _UNIT_LINE.search(caption) or _CAPTION_UNIT.search(caption)
    return None if written is None else _quantity(cell, written, column, row, line["unit"] if line else "")


def _quantity(cell: Cell, written: re.Match[str], column: str, row: str, unit_line: str) -> Quantity | None:
    """Return the figure of a cell with its unit, None where none is written anywhere."""
    brackets = [match["inside"] for match in (_BRACKET.search(column), _BRACKET.search(row)) if match]
    for unit in (written["unit"], *brackets, unit_line):
        if not unit:
            continue
        figures = read_quantities(f"共{written['number']}{unit}")
        if len(figures) == 1 and figures[0].unit and figures[0].span.end == len(written["number"] + unit) + 1:
            return replace(figures[0], span=cell.span)
    return None


def _bare_quantity(cell: Cell, written: re.Match[str]) -> Quantity | None:
    """Return the figure of a cell that tells an index, which has no unit; None for a whole number without a point."""
    figures = read_quantities(written["number"])
    if len(figures) != 1 or not figures[0].decimals:
        return None
    return replace(figures[0], span=cell.span, unit="", kind=Kind.OTHER)


def _named(row: str, column: str, caption: str) -> tuple[tuple[str, ...], str, str] | None:
    """Return the names, the place and the period that labels and caption give a figure; None for no fact."""
    if _NO_FACT.search(column) or _NO_FACT.search(row):
        return None
    years = set(_YEAR.findall(f"{column} {row}")) or set(_YEAR.findall(_YEARS.sub("", caption)))
    if len(years) > 1:
        return None
    place = ""
    bare_row, bare_column = _bare(row), _bare(column)
    if _PLACE_ROW.fullmatch(bare_row):
        place, bare_row = bare_row, ""
    elif _TOTAL_ROW.fullmatch(bare_row):
        bare_row = ""
    if _SAYS_NOTHING.fullmatch(bare_column):
        bare_column = ""
    names = [f"{bare_row}{bare_column}"]
    subject = _CAPTION_WORDS.sub("", _UNIT_LINE.sub("", caption).strip())
    if subject and not place:
        names.append(f"{bare_row}{subject}{bare_column}")
    kept = tuple(dict.fromkeys(name for name in names if len(name) >= 2))
    return (kept, place, next(iter(years), "")) if kept else None


def _bare(label: str) -> str:
    """Return a label without years and brackets."""
    words = _BRACKET.sub("", label)
    return re.sub(r"(?:19|20)\d\d(?:年度?|学年)?(?:[底末])?", "", words)
