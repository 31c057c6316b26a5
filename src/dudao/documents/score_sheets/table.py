"""A score sheet printed as a table: level columns, full points, self points and notes, in any order."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from dudao.documents.model import Cell, Table
from dudao.documents.score_sheet import ScoreRow, ScoreSheet
from dudao.documents.score_sheets.columns import Column, Role, columns_of
from dudao.documents.score_sheets.grid import Grid, grid_of
from dudao.documents.score_sheets.numbering import numbering
from dudao.documents.score_sheets.points import NUMBER, PrintedPoints, number, plain, printed_behind
from dudao.documents.score_sheets.row_depths import RowDepths
from dudao.documents.score_sheets.totals import PrintedTotal, completed
from dudao.provenance import Span

_HEADER_WITHIN = 8
_MOST_COLUMNS, _MOST_ROWS = 60, 10_000
_TOTAL = re.compile(
    r"(?:自评|自查|得分|指标)?(?:总得分|总分值?|总计|合计|共计|总评分|得分合计|分值合计|总成绩)(?:得分|分值|分)?:?"
)
_SUBTOTAL = re.compile(r".{0,12}小计(?:得分|分值|分)?:?")
_PRINTED_NUMBER = re.compile(rf"\s*{NUMBER}\s*(?:分|%)?\s*")
_BARE_POINTS = re.compile(rf"(.*[^\d(\s])(?:\s?\({NUMBER}\)|\s{{1,3}}{NUMBER}\s?分)")
_ALL_POINTS = re.compile(r"(?:得|自评|计)?满分")
_LEVELS = {"一": 1, "二": 2, "三": 3, "四": 4, "A": 1, "B": 2, "C": 3}

Repair = Callable[[Span], str]


def read_tables(tables: Iterable[Table], repair: Repair) -> ScoreSheet | None:
    """Return the score sheet of tables in reading order; None when no table is one.

    `repair` gives the repaired words of a stretch of the text. A table without header goes on with the columns
    of the one before it, as tables cut by page ends do; after the row of the total no table is read.
    """
    reading = _Reading(repair)
    columns: tuple[Column, ...] | None = None
    width = beside = 0
    for table in tables:
        if reading.total is not None:
            break
        if table.columns > _MOST_COLUMNS or table.rows > _MOST_ROWS:
            continue
        grid = grid_of(table)
        header = _header(grid)
        if header is not None:
            columns, first = header
            width = table.columns
            beside = _blocks_beside(columns, width)
        elif columns is not None and table.columns == width and not _headed_otherwise(grid):
            first = 0
        else:
            continue
        if beside > 1:
            reading.read_beside(grid, columns, first, beside)
        else:
            reading.read(grid, columns, first)
    if not reading.rows:
        return None
    _take_bare_points(reading.rows)
    rows = tuple(item.row() for item in reading.rows)
    return completed(rows, reading.total or PrintedTotal())


def _headed_otherwise(grid: Grid) -> bool:
    """Return whether a table begins with headings of its own, none over points: 项目 预算 到位 到位率."""
    words = [grid.words(0, column).strip() for column in range(len(grid.rows[0]))]
    return all(words) and len({*words}) == len(words) and not any(one.isdecimal() for word in words for one in word)


def _header(grid: Grid) -> tuple[tuple[Column, ...], int] | None:
    """Return the columns and the first row below the header, which may take two rows."""
    for row in range(min(_HEADER_WITHIN, len(grid.rows))):
        if grid.is_one_cell(row):
            continue  # the title of the table
        headings = [grid.words(row, column) for column in range(len(grid.rows[row]))]
        one = columns_of(headings)
        if row + 1 < len(grid.rows):
            below = [grid.words(row + 1, column) for column in range(len(headings))]
            two = _two_rows(headings, below)
            if two is not None and _known(two) > _known(one or ()):
                return _of_one_school(two, grid, row + 1), row + 2
            if two is not None and one is not None and below == headings:
                return _of_one_school(one, grid, row + 1), row + 2
        if one is not None and len(set(headings)) > 1:
            return _of_one_school(one, grid, row), row + 1
    return None


def _of_one_school(columns: tuple[Column, ...], grid: Grid, row: int) -> tuple[Column, ...]:
    """Return the columns without the points of a second and third school: 第一小学 得分 扣分 第二小学 得分 扣分.

    `row` is the last one of the header.
    """
    seen: dict[tuple[Role, str], Cell | None] = {}
    kept = []
    names = [(one.role, re.split(r"\s", grid.words(row, one.index))[-1]) for one in columns]
    several = max((names.count(name) for name in names if name[0] is Role.SELF), default=0) > 1
    if not several or _blocks_beside(columns, len(grid.rows[row])) > 1:
        return columns
    for one, name in zip(columns, names, strict=True):
        cell = grid.rows[row][one.index]
        if one.role in (Role.SELF, Role.DEDUCTION) and name in seen and seen[name] is not cell:
            continue
        seen.setdefault(name, cell)
        kept.append(one)
    return tuple(kept)


def _blocks_beside(columns: tuple[Column, ...], width: int) -> int:
    """Return how many times the header says the same columns side by side, to save paper; 1 for a plain table."""
    names = [""] * width
    for column in columns:
        names[column.index] = re.sub(r"\s", "", column.heading)
    for blocks in (2, 3):
        size = width // blocks
        if width % blocks == 0 and size > 1 and all(names[place] == names[place % size] for place in range(width)):
            return blocks
    return 1


def _two_rows(upper: list[str], lower: list[str]) -> tuple[Column, ...] | None:
    if any(_PRINTED_NUMBER.fullmatch(words) or len(words) > 12 for words in lower if words):
        return None
    filled = ""
    headings = []
    for above, below in zip(upper, lower, strict=True):
        filled = above or filled
        headings.append(above if below in {"", above} else f"{filled}{below}")
    return columns_of(headings)


def _known(columns: tuple[Column, ...]) -> int:
    return len({(column.role, column.heading) for column in columns if column.role is not Role.OTHER})


@dataclass(slots=True)
class _Item:
    """A row being read."""

    id: str
    level: int
    name: str
    parent: "_Item | None"
    span: Span
    full: Decimal | None = None
    own: Decimal | None = None
    deduction: Decimal | None = None
    notes: list[str] = field(default_factory=list)
    written: str = ""

    def row(self) -> ScoreRow:
        own = self.own
        if own is None and self.full is not None and self.deduction is not None:
            own = self.full - self.deduction
        parent = self.parent.id if self.parent else None
        note = "\n".join(self.notes)
        return ScoreRow(self.id, self.level, self.name, self.full, own, note, self.span, parent)


def _take_bare_points(items: list[_Item]) -> None:
    """Read `党的领导(12)` as 12 points where all groups of a level that print no points are written so."""
    groups = {id(item.parent): item.parent for item in items if item.parent is not None}.values()
    for level in {group.level for group in groups}:
        alike = [group for group in groups if group.level == level and group.full is None]
        found = [(group, _BARE_POINTS.fullmatch(plain(group.name))) for group in alike]
        if not all(match for _, match in found):
            continue
        for group, match in found:
            if match is not None:
                group.name = group.name[: match.end(1)].rstrip()
                group.full = number(match[2] or match[3])


class _Reading:
    """Reads grids one after another; a level cell left blank goes on with the item above."""

    def __init__(self, repair: Repair) -> None:
        self.repair = repair
        self.rows: list[_Item] = []
        self.total: PrintedTotal | None = None
        self._open: dict[int, _Item] = {}
        self._children: dict[str | None, int] = {}
        self._ids: dict[str, int] = {}
        self._depths = RowDepths()

    def read(self, grid: Grid, columns: tuple[Column, ...], first: int) -> None:
        """Read the rows of a grid from `first` on."""
        levels = _level_columns(columns)
        depths = self._depths.of(grid, columns, first)
        for row in range(first, len(grid.rows)):
            words = [grid.words(row, column) for column in range(len(grid.rows[row]))]
            if not any(words) or _repeats_header(words, columns):
                continue
            leading = plain(re.sub(r"\s", "", next(word for word in words if word)))
            if _TOTAL.fullmatch(leading):
                self.total = self._total(grid, columns, row)
                return
            if _SUBTOTAL.fullmatch(leading) or _SUBTOTAL.fullmatch(plain(_leaf_words(words, levels))):
                self._subtotal(grid, columns, row)
                continue
            self._row(grid, columns, levels, row, depths.get(row))

    def read_beside(self, grid: Grid, columns: tuple[Column, ...], first: int, blocks: int) -> None:
        """Read blocks of columns that stand side by side, one after another.

        A single total is that of all; where each block prints its own, the whole prints none.
        """
        size = len(grid.rows[0]) // blocks
        own = tuple(column for column in columns if column.index < size)
        totals = []
        for block in range(blocks):
            self.read(Grid(tuple(row[block * size : (block + 1) * size] for row in grid.rows)), own, first)
            totals.append(self.total)
            self.total = None
            self._open.clear()
        found = [total for total in totals if total is not None]
        self.total = found[0] if len(found) == 1 else PrintedTotal() if found else None

    def _row(
        self, grid: Grid, columns: tuple[Column, ...], levels: dict[int, int], row: int, depth: int | None
    ) -> None:
        new: dict[int, _Item] = {}
        seen: list[Cell] = []
        for index, level in levels.items():
            cell = grid.rows[row][index]
            if cell is None or cell in seen or not grid.is_start(row, index) or not cell.text.strip():
                continue
            seen.append(cell)
            if depth is not None or not self._goes_on(cell, level, levels):
                new[index] = self._open_item(cell, depth or level)
        if not new:
            self._more(grid, columns, levels, row)
            return
        deepest = new[max(new, key=lambda index: levels[index])]
        part = self._part(deepest, grid, columns, row) if _has_parts(grid, columns, levels, row) else deepest
        for column in columns:
            cell = grid.rows[row][column.index]
            if cell is None or cell.row != row or column.index in levels or any(cell is name for name in seen):
                continue
            owner = _owner(column, columns, new, levels, cell, grid, row)
            if owner is not None:
                self._put(part if owner is deepest and cell.row_span == 1 else owner, column, cell)

    def _more(self, grid: Grid, columns: tuple[Column, ...], levels: dict[int, int], row: int) -> None:
        """Take a row without a name: more words on the item above, or points of a part of it."""
        if not self._open:
            return
        item = self._open[max(self._open)]
        if _has_points(grid, columns, row):
            item = self._part(item, grid, columns, row)
        for column in columns:
            cell = grid.rows[row][column.index]
            if cell is not None and cell.row == row and column.index not in levels:
                self._put(item, column, cell)

    def _part(self, item: _Item, grid: Grid, columns: tuple[Column, ...], row: int) -> _Item:
        """Open a part of an item that the sheet scores without naming it; its standard (评分标准) tells it apart."""
        described = [c for c in columns if c.role is Role.OTHER and grid.is_start(row, c.index)]
        cells = [grid.rows[row][c.index] for c in described]
        words = next((self.repair(cell.span).strip() for cell in cells if cell and cell.text.strip()), "")
        place = next(cell.span for cell in grid.rows[row] if cell is not None and cell.row == row)
        part = self._item(words[:80], None, item.level + 1, item, place)
        self.rows.append(part)
        return part

    def _goes_on(self, cell: Cell, level: int, levels: dict[int, int]) -> bool:
        """Return whether a group's name is printed once more beside its next item."""
        item = self._open.get(level)
        return item is not None and level < max(levels.values()) and item.written == cell.text.strip()

    def _open_item(self, cell: Cell, level: int) -> _Item:
        words = re.sub(r"\s*\n\s*", "", self.repair(cell.span)).strip()
        for deeper in [other for other in self._open if other >= level]:
            del self._open[deeper]
        parent = self._open[max(self._open)] if self._open else None
        printed = printed_behind(plain(words))
        item = self._item(words, printed, (parent.level if parent else 0) + 1, parent, cell.span)
        item.written = cell.text.strip()
        self._open[level] = item
        self.rows.append(item)
        return item

    def _item(self, words: str, printed: PrintedPoints | None, level: int, parent: _Item | None, span: Span) -> _Item:
        found = numbering(plain(words), glued=True)
        above = parent.id if parent else None
        self._children[above] = self._children.get(above, 0) + 1
        last = found.last if found and found.last is not None else self._children[above]
        path = _unused(f"{above}.{last}" if above else str(last), self._ids)
        begin = found.length if found else 0
        name = words[begin : printed.start if printed else len(words)].strip(" \t　。，,；;：:")
        item = _Item(path, level, name, parent, span)
        if printed is not None:
            item.full, item.own, item.deduction = printed.full_points, printed.self_points, printed.deduction
        return item

    def _put(self, item: _Item, column: Column, cell: Cell) -> None:
        words = self.repair(cell.span).strip()
        if not words:
            return
        value = _number(words)
        if column.role is Role.FULL and value is not None:
            item.full = value
        elif column.role is Role.SELF and value is not None:
            item.own = value
            item.span = Span(min(item.span.start, cell.span.start), max(item.span.end, cell.span.end))
        elif column.role is Role.SELF and _ALL_POINTS.fullmatch(words):
            item.own = item.full
        elif column.role is Role.DEDUCTION and value is not None:
            item.deduction = abs(value)
        elif column.role in {Role.NOTE, Role.SELF, Role.DEDUCTION}:
            item.notes.append(words)

    def _subtotal(self, grid: Grid, columns: tuple[Column, ...], row: int) -> None:
        if not self._open:
            return
        item = self._open[min(self._open)]
        for column in columns:
            value = _number_at(grid, row, column)
            if column.role is Role.FULL and item.full is None:
                item.full = value
            if column.role is Role.SELF and item.own is None:
                item.own = value

    def _total(self, grid: Grid, columns: tuple[Column, ...], row: int) -> PrintedTotal:
        values = {role: self._last(grid, columns, row, role) for role in (Role.FULL, Role.SELF, Role.DEDUCTION)}
        own = values[Role.SELF]
        if own is None:
            cells = {id(cell): cell for cell in grid.rows[row] if cell is not None and _number(cell.text) is not None}
            if len(cells) == 1 and values[Role.FULL] is None and values[Role.DEDUCTION] is None:
                own = next(iter(cells.values()))
        points = {role: _number(cell.text) if cell else None for role, cell in values.items()}
        full, lost = points[Role.FULL], points[Role.DEDUCTION]
        if own is None and full is not None and lost is not None:
            own = values[Role.DEDUCTION]
            return PrintedTotal(full, full - abs(lost), own.span if own else None)
        return PrintedTotal(full, _number(own.text) if own else None, own.span if own else None)

    def _last(self, grid: Grid, columns: tuple[Column, ...], row: int, role: Role) -> Cell | None:
        """Return the cell of the last column with this role that holds a number in the row."""
        found = [c.index for c in columns if c.role is role and _number_at(grid, row, c) is not None]
        return grid.rows[row][found[-1]] if found else None


def _level_columns(columns: tuple[Column, ...]) -> dict[int, int]:
    """Return the level of each naming column, in the order of the levels."""
    named = [column for column in columns if column.role is Role.NAME]
    ranked = []
    for position, column in enumerate(named):
        match = re.search(r"([一二三四])级|\b([ABC])\b|^([ABC])", column.heading)
        said = _LEVELS[next(group for group in match.groups() if group)] if match else position + 1
        ranked.append((said, position, column.index))
    ranked.sort()
    return {index: level for level, (_, _, index) in enumerate(ranked, start=1)}


def _owner(
    column: Column,
    columns: tuple[Column, ...],
    new: dict[int, _Item],
    levels: dict[int, int],
    cell: Cell,
    grid: Grid,
    row: int,
) -> _Item | None:
    """Return the item of this row that a cell speaks of.

    Where several columns hold the same thing, each belongs to the naming column on its left; else a cell that
    covers the same rows as a name belongs to it, and any other to the deepest item.
    """
    alike = [other for other in columns if other.role is column.role]
    if len(alike) > 1 and column.role in {Role.FULL, Role.SELF}:
        left = [index for index in levels if index < column.index]
        nearest = max(left) if left else min(levels)
        between = [other for other in alike if nearest < other.index < column.index]
        return new.get(nearest) if not between else None
    deepest = new[max(new, key=lambda index: levels[index])]
    if cell.row_span > 1:
        for index in sorted(new, key=lambda index: -levels[index]):
            name = grid.rows[row][index]
            if name is not None and name.row_span == cell.row_span:
                return new[index]
    return deepest


def _has_points(grid: Grid, columns: tuple[Column, ...], row: int) -> bool:
    return any(c.role in {Role.FULL, Role.SELF} and _number_at(grid, row, c) is not None for c in columns)


def _has_parts(grid: Grid, columns: tuple[Column, ...], levels: dict[int, int], row: int) -> bool:
    """Return whether rows without a name of their own follow that print points: the item is scored in parts."""
    for following in range(row + 1, len(grid.rows)):
        words = [grid.words(following, column) for column in range(len(grid.rows[following]))]
        if any(words[index] and grid.is_start(following, index) for index in levels):
            return False
        leading = plain(re.sub(r"\s", "", next((word for word in words if word), "")))
        if _TOTAL.fullmatch(leading) or _SUBTOTAL.fullmatch(leading):
            return False
        if _has_points(grid, columns, following):
            return _has_points(grid, columns, row)
    return False


def _repeats_header(words: list[str], columns: tuple[Column, ...]) -> bool:
    return (
        all(words[column.index] in column.heading for column in columns if words[column.index])
        and sum(bool(words[column.index]) for column in columns) > 1
    )


def _leaf_words(words: list[str], levels: dict[int, int]) -> str:
    return next((re.sub(r"\s", "", words[index]) for index in reversed(levels) if words[index]), "")


def _number_at(grid: Grid, row: int, column: Column) -> Decimal | None:
    return _number(grid.words(row, column.index)) if grid.is_start(row, column.index) else None


def _number(words: str) -> Decimal | None:
    match = _PRINTED_NUMBER.fullmatch(plain(words))
    return number(match[1]) if match else None


def _unused(path: str, used: dict[str, int]) -> str:
    found, copies = path, used.get(path, 1)
    while found in used:
        copies += 1
        found = f"{path}~{copies}"
    used[path] = copies
    used.setdefault(found, 1)
    return found
