"""From the rows of a table to a tree of items: merged, repeated or blank first columns all mean "as above"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from dudao.issues import Issue, Level, Location
from dudao.scheme.table_import.columns import Role, repeats_header
from dudao.scheme.table_import.grid import Grid, PlainTable, TableCell, on_one_line
from dudao.scheme.table_import.items import DraftItem
from dudao.scheme.table_import.pages import JoinedTable, join_pages, prints_points
from dudao.scheme.table_import.printed import read_departments, read_evidence, read_name, read_points, read_serial

_TOTAL = re.compile(r"^(?:自评)?(?:合计|总计|总分|总分值|满分|总得分)(?:[（(:：\d].*)?$")
_SUBTOTAL = re.compile(r"^(?:小计|分计|本项合计|本页合计)")
_NOTE = re.compile(r"^(?:注|说明|备注|附注|填表说明)\s*\d*\s*[:：.、]|^(?:注|说明|备注)$")
_OUTCOME = re.compile(
    r"(?:定|评|列|确定|认定)为.{0,6}(?:等次|等级|档|优秀|良好|合格)|\d分.{0,6}为.{0,4}(?:优秀|良好|合格|[ABC]级)|一票否决"
)
_SECTION = re.compile(r"^(?:第[一二三四五六七八九十]+(?:部分|项|类|方面)|[一二三四五六七八九十]+[、.．])")
LONGEST_SECTION = 60
LONGEST_GROUP = 30
LONGEST_QUOTE = 80


@dataclass
class ReadTables:
    """What all tables together say."""

    title: str = ""
    items: list[DraftItem] = field(default_factory=list)
    total: Decimal | None = None
    notes: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    file: str = ""

    def keep_provision(self, text: str, place: Location, *, where: str) -> None:
        """Keep a text below or beside the table; one on grades or vetoes decides the result, so it must be told."""
        self.notes.append(text)
        if _OUTCOME.search(text):
            message = f"{where}写着等次或否决的规定，已记在notes里，还不会计算等次：“{_shortened(text)}”"
            remedy = "请按需要写成pack.yaml里的grades和outcome_rules（veto、cap、downgrade）。"
            self.undecided("condition", message, place, remedy)

    def undecided(self, code: str, message: str, place: Location, remedy: str = "") -> None:
        """Collect something that a person has to decide."""
        self.issues.append(Issue(Level.WARNING, f"import.{code}", message, place, remedy))


def provisions_in(text: str) -> Iterable[str]:
    """Yield the lines of a text outside of the tables that say what decides grades or vetoes."""
    for line in text.splitlines():
        if _OUTCOME.search(line):
            yield on_one_line(line)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"


def read_tables(tables: list[PlainTable], *, file: str = "") -> ReadTables:
    """Return the items of all tables that belong to the scheme; a table without header continues the one before."""
    read = ReadTables(file=file)
    path: list[DraftItem] = []
    joined_tables = join_pages(tables)
    with_points = [prints_points(joined) for joined in joined_tables]
    for joined, has_points in zip(joined_tables, with_points, strict=True):
        if any(with_points) and not has_points:
            # A list of duties or a calendar behind the indicators looks like them, but asks for no points.
            name, row = joined.origins[joined.header.first]
            message = f"“{name}”没有分值，像是任务分工之类的表，没有读入。"
            place = Location(file, sheet=name, row=row + 1)
            read.undecided("table_left_out", message, place, "它也是指标表的，请补上分值后再导入。")
            continue
        grid = Grid(joined.table)
        for row in range(joined.header.first):
            _above_header(read, grid, row)
        rows = _Rows(read, grid, joined, path)
        rows.run()
        path = rows.path
    return read


def _above_header(read: ReadTables, grid: Grid, row: int) -> None:
    cells = grid.cells_of_row(row)
    text = on_one_line(cells[0].text) if len(cells) == 1 else ""
    if text and not read.title and not re.match(r"^附件?\s*\d*[:：]?$", text):
        read.title = text


class _Rows:
    """Reads the rows of one table; `path` is the open item of each level and goes on into the next table."""

    def __init__(self, read: ReadTables, grid: Grid, joined: JoinedTable, path: list[DraftItem]) -> None:
        self.read = read
        self.grid = grid
        self.header = joined.header
        self.start = joined.header.behind
        self.origins = joined.origins
        self.path = path
        self.points_columns = self.header.of(Role.POINTS)
        self.levels = self._level_columns()
        self._serials_tell_levels = self._has_levels_in_serials()
        self.requirements = tuple(c for c in self.header.of(Role.CONTENT, Role.RULE) if c not in self.levels)
        self.section = 1 if path and path[0].style == "section" else 0

    # -- columns ------------------------------------------------------------------------------------------------

    def _has_levels_in_serials(self) -> bool:
        """Return whether the column of numbers writes them in several styles (一 and 1, 1 and 1.1)."""
        column = next(iter(self.header.of(Role.SERIAL)), None)
        if column is None:
            return False
        styles = {read_serial(self.grid.text(row, column))[1] for row in range(self.start, self.grid.rows)}
        return len(styles - {""}) > 1

    def _level_columns(self) -> tuple[int, ...]:
        levels = self.header.of(Role.LEVEL)
        contents = self.header.of(Role.CONTENT)
        if not levels:
            return contents[:1] if contents else ()
        # 评价内容 in merged cells on the left of 评价指标 groups them, whatever its name says.
        levels = (*(column for column in contents if column < levels[0] and self._groups(column, levels[0])), *levels)
        for column in (*contents, *self.header.of(Role.RULE)):
            if column > levels[-1] and self._is_level_of_its_own(column, levels[-1]):
                levels = (*levels, column)
                if self.header.roles[column] is Role.RULE:
                    title = self.header.titles[column]
                    message = f"“{title}”一列每行各有分值，已把每行当作一个测评点，名称取自该列文字。"
                    self.read.undecided(
                        "rule_as_point", message, self._place(self.header.first), "请为测评点另起名称。"
                    )
        return levels

    def _groups(self, column: int, below: int) -> bool:
        """Return whether the short texts of a column each stand for one or more entries of the column below it."""
        entries, groups = 0, []
        for row in range(self.start, self.grid.rows):
            if self._is_apart(row):
                continue
            inner, outer = self.grid.cell(row, below), self.grid.cell(row, column)
            entries += inner.row == row and bool(inner.text.strip())
            if outer.row == row and outer.text.strip():
                groups.append(outer.text.strip())
        return 0 < len(set(groups)) < entries and all(len(text) <= LONGEST_GROUP for text in groups)

    def _is_level_of_its_own(self, column: int, above: int) -> bool:
        """Return whether a column divides the one above it further, with points for each of its own rows.

        In a table without any points the division alone makes a level of a column of contents.
        """
        groups: list[list[bool]] = []
        last = None
        for row in range(self.start, self.grid.rows):
            cell, parent = self.grid.cell(row, column), self.grid.cell(row, above)
            if cell.row != row or not cell.text.strip() or self._is_apart(row):
                continue
            continued = parent.row < row or not parent.text.strip() or parent.text == last
            if not continued or not groups:
                groups.append([])
            groups[-1].append(self._row_has_points(row, column, cell))
            last = parent.text if parent.text.strip() else last
        divided = [group for group in groups if len(group) > 1]
        if not divided:
            return False
        if not self.points_columns and not any(self._name_has_points(row) for row in range(self.start, self.grid.rows)):
            return self.header.roles[column] is Role.CONTENT
        return sum(all(group) for group in divided) * 2 > len(divided)

    def _name_has_points(self, row: int) -> bool:
        columns = self.header.of(Role.LEVEL, Role.CONTENT)
        return any(read_name(self.grid.text(row, column)).points is not None for column in columns)

    def _row_has_points(self, row: int, column: int, cell: TableCell) -> bool:
        if self.header.roles[column] is Role.CONTENT and read_name(cell.text).points is not None:
            return True
        for points_column in self.points_columns:
            points = self.grid.cell(row, points_column)
            if points.row == row and points.row_span <= cell.row_span and read_points(points.text)[0] is not None:
                return True
        return False

    # -- rows ---------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Read every row behind the header."""
        for row in range(self.start, self.grid.rows):
            cells = self.grid.cells_of_row(row)
            if not cells or repeats_header(self.grid, row, self.header):
                continue
            if not (self._is_total(row, cells) or self._is_alone(row, cells)):
                self._read_row(row)

    def _is_apart(self, row: int) -> bool:
        cells = self.grid.cells_of_row(row)
        return (
            not cells
            or _TOTAL.match(_squeezed(cells[0].text)) is not None
            or repeats_header(self.grid, row, self.header)
        )

    def _is_total(self, row: int, cells: list[TableCell]) -> bool:
        first = _squeezed(cells[0].text)
        if _SUBTOTAL.match(first):
            return True
        if not _TOTAL.match(first) or cells[0].row != row:
            return False
        printed = [read_points(self.grid.text(row, column))[0] for column in self.points_columns]
        numbers = [number for number in printed if number is not None]
        own = read_name(first).points or read_points(first)[0]
        if not numbers and own is not None:
            numbers = [own]
        if not numbers:
            ignored = self.header.of(Role.IGNORED)
            others = [read_points(cell.text)[0] for cell in cells[1:] if cell.column not in ignored]
            numbers = [number for number in others if number is not None]
        if numbers:
            self.read.total = numbers[0]
        return True

    def _is_alone(self, row: int, cells: list[TableCell]) -> bool:
        """Take a row with one cell over the whole width: a heading within the table, or a note below it."""
        cell = cells[0]
        text = on_one_line(cell.text)
        if _NOTE.match(text):
            note = " ".join(on_one_line(each.text) for each in cells)
            self.read.keep_provision(note, self._place(row), where="表下的注")
            return True
        wide = cell.column_span > 1 and cell.column_span >= self.grid.columns - 1
        if len(cells) > 1 or not (wide or not self.levels):
            return False
        if cell.row != row:
            return True
        printed = read_name(cell.text)
        is_section = len(text) <= LONGEST_SECTION and (printed.points is not None or _SECTION.match(text))
        if not is_section:
            self.read.notes.append(text)
            return True
        below_has_first_level = len(self.levels) > 0 and self._opens_first_level(row + 1)
        item = self._new_item(cell, row)
        self.section = 1 if below_has_first_level else 0
        if below_has_first_level:
            item.style = "section"
        self._attach(item, 0)
        return True

    def _opens_first_level(self, row: int) -> bool:
        if row >= self.grid.rows:
            return False
        cell = self.grid.cell(row, self.levels[0])
        return bool(cell.text.strip())

    def _read_row(self, row: int) -> None:
        cells = [self.grid.cell(row, column) for column in self.levels]
        filled = [depth for depth, cell in enumerate(cells) if cell.text.strip()]
        if not filled:
            self._continue_leaf(row)
            return
        deepest = max(filled)
        # A cell merged over several level columns names an item of the first of them.
        while deepest > 0 and cells[deepest] is cells[deepest - 1]:
            deepest -= 1
        opened = False
        for depth in range(deepest + 1):
            cell = cells[depth]
            if not opened and self._is_continued(row, depth, cell, last=depth == deepest):
                continue
            if not cell.text.strip():
                if depth + self.section >= len(self.path):
                    place = self._place(row, self.levels[depth])
                    message = f"第{row + 1}行缺少“{self.header.titles[self.levels[depth]]}”，不知道属于哪一项。"
                    self.read.undecided("parent_missing", message, place, "已放在上一级下面，请核对。")
                continue
            item = self._new_item(cell, row)
            self._attach(item, self._depth(item, depth))
            opened = True
        self._details(row)

    def _depth(self, item: DraftItem, depth: int) -> int:
        if len(self.levels) > 1:
            return min(depth + self.section, len(self.path))
        return self._depth_by_number(item.style)

    def _depth_by_number(self, style: str) -> int:
        """Return the depth of an item in a table with one level column, from the style of its number."""
        for depth, item in enumerate(self.path):
            if item.style == style:
                return depth
        return len(self.path) if style and (not self.path or self.path[-1].style) else max(len(self.path) - 1, 0)

    def _is_continued(self, row: int, depth: int, cell: TableCell, *, last: bool) -> bool:
        place = depth + self.section
        if place >= len(self.path):
            return False
        if not cell.text.strip() or cell.row < row:
            return True
        same = read_name(cell.text).name == self.path[place].name
        if not same or len(self.levels) == 1:
            return False
        return not last or self._says_nothing_new(row)

    def _says_nothing_new(self, row: int) -> bool:
        """Return whether a row repeats the leaf above: its points are blank, merged from above or the same."""
        for column in self.points_columns:
            cell = self.grid.cell(row, column)
            if cell.row == row and cell.text.strip() and read_points(cell.text)[0] != self.path[-1].points:
                return False
        return True

    def _new_item(self, cell: TableCell, row: int) -> DraftItem:
        printed = read_name(cell.text)
        place = self._place(row, cell.column)
        if printed.doubtful:
            message = f"“{on_one_line(cell.text)}”里的{printed.points}没有写“分”，已当作分值。"
            self.read.undecided("points_without_unit", message, place, "请核对分值。")
        number, style = printed.number, printed.style
        if not style and len(self.levels) == 1 and self._serials_tell_levels:
            number, style = read_serial(self.grid.text(row, self.header.of(Role.SERIAL)[0]))
        return DraftItem(printed.name, place, number, style, printed.points)

    def _attach(self, item: DraftItem, depth: int) -> None:
        del self.path[depth:]
        (self.path[-1].children if self.path else self.read.items).append(item)
        self.path.append(item)

    # -- what stands beside an item -----------------------------------------------------------------------------

    def _continue_leaf(self, row: int) -> None:
        if self.path:
            self._details(row)
            return
        message = f"第{row + 1}行没有指标名称，没有读入。"
        self.read.undecided("row_without_item", message, self._place(row), "请核对原表。")

    def _details(self, row: int) -> None:
        leaf = self.path[-1]
        for column in self.points_columns:
            self._points(row, column)
        for column in self.requirements:
            cell = self.grid.cell(row, column)
            if cell.row == row and cell.text.strip():
                is_rule = self.header.roles[column] is Role.RULE
                leaf.add(leaf.rules if is_rule else leaf.requirements, on_one_line(cell.text))
        for column in self.header.of(Role.EVIDENCE):
            for name in read_evidence(self.grid.cell(row, column).text):
                leaf.add(leaf.evidence, name)
        for column in self.header.of(Role.LEAD, Role.DEPARTMENT):
            self._departments(leaf, row, column)

    def _departments(self, leaf: DraftItem, row: int, column: int) -> None:
        text = self.grid.cell(row, column).text
        if not text.strip():
            return
        lead, others = read_departments(text)
        if self.header.roles[column] is Role.LEAD or not leaf.lead:
            leaf.lead = leaf.lead or lead
        for name in (lead, *others):
            if name != leaf.lead:
                leaf.add(leaf.departments, name)

    def _points(self, row: int, column: int) -> None:
        cell = self.grid.cell(row, column)
        if cell.row != row or not cell.text.strip():
            return
        points, doubtful = read_points(cell.text)
        place = self._place(row, column)
        item = self._owner(row, column, cell)
        if points is None:
            message = f"“{item.name}”的分值一栏写的是“{on_one_line(cell.text)}”，读不出分数。"
            self.read.undecided("points_unreadable", message, place, "请在草稿里写上full_points，或删去这一项。")
            return
        if doubtful:
            message = f"“{item.name}”的分值一栏写的是“{on_one_line(cell.text)}”，已读作{points}分。"
            self.read.undecided("points_doubtful", message, place, "请核对分值。")
        if item.points is not None and item.points != points:
            message = f"“{item.name}”的名称里是{item.points}分，分值一栏是{points}分，已取分值一栏的。"
            self.read.undecided("points_contradict", message, place, "请核对分值。")
        item.points = points

    def _owner(self, row: int, column: int, cell: TableCell) -> DraftItem:
        """Return whose points a cell gives: of the level column it stands behind, or of the item as high as it is."""
        before = [depth for depth, level in enumerate(self.levels) if level < column]
        if before and (len(self.points_columns) > 1 or len(before) < len(self.levels)):
            return self.path[min(before[-1] + self.section, len(self.path) - 1)]
        if cell.row_span > 1:
            for depth in range(len(self.levels) - 1, -1, -1):
                level = self.grid.cell(row, self.levels[depth])
                place = depth + self.section
                if place < len(self.path) and level.row == cell.row and level.row_span == cell.row_span:
                    return self.path[place]
        return self.path[-1]

    def _place(self, row: int, column: int | None = None) -> Location:
        title = self.header.titles[column] if column is not None and column < len(self.header.titles) else ""
        sheet, own_row = self.origins[min(row, len(self.origins) - 1)]
        return Location(self.read.file, sheet=sheet, row=own_row + 1, column=on_one_line(title))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
