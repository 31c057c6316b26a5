"""The rows and columns of tables as lines of figures that a sentence may name: 初中 | 2022年 191 | 2023年 198."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from dudao.claims.table_claims import is_rate_column
from dudao.claims.table_facts import caption_of, cell_quantity
from dudao.claims.table_grid import YEAR_LINE, TableGrid, read_grid
from dudao.documents.model import Table
from dudao.quantities.model import Interval, Quantity

TABLES_LIMIT = 24
CELLS_LIMIT = 3000
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_NUMBER_OF_ROW = 2
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(]?[一二三四五六七八九十\d]{1,2}[）)][、.]?|\d{1,2}[、.．])"
)
_CODED = re.compile(r"^[A-Z]\d{1,2}[.．、]?")
_AMONG = re.compile(r"^(?:其中|其(?![他它余]))?[：:]?|^\d[.、]")
_TOTAL = re.compile(
    r"^(?:[全本][省市县区旗州盟校镇乡](?:合计|总计)?|合\s*计|总\s*计|共\s*计|总和|总分|全体)$|(?:合计|总计)$"
)
_PART_TOTAL = re.compile(r"小\s*计$")
_OF_FUNDS = re.compile(r"的(?:教育)?(?:经费|资金|支出|收入|投入)$")
"""政府性基金预算安排的教育经费 is told as 政府性基金安排."""
_TIME = re.compile(
    r"(?:19|20)\d\d[-—–至]?(?:(?:19|20)\d\d)?(?:学?年度?)?[底末初]?|上学?年|去年|本学?年|今年|当年|前年|同期|基期|报告期|现期"
)
_DERIVED = re.compile(r"增减|增长|增幅|增加|减少|变化|增量|占比|比重|差额|差值")


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: the number it has in the text, its value in base units where `known`, else as written.

    `time` are the years its name across the line says, `stem` that name without them; `place` is its number across.
    """

    index: int
    quantity: Quantity
    known: bool
    name: str
    time: frozenset[str]
    stem: str
    place: int

    @property
    def rate(self) -> bool:
        """Whether the figure is a rate or a mean by the name across."""
        return self.quantity.unit == "%" or is_rate_column(self.name)

    @property
    def derived(self) -> bool:
        """Whether the name says a change or a share of other figures."""
        return _DERIVED.search(self.name) is not None


@dataclass(frozen=True, slots=True)
class Line:
    """A row, or in a turned table a column: what it may be called, whether it is a total, its figures by place.

    `head` is what a row without figures above says of it: 初中 over 学校数, 班级数, 专任教师; `group` is what a cell
    over several rows says of each.
    """

    names: tuple[str, ...]
    total: bool
    partial: bool
    time: frozenset[str]
    stem: str
    rate: bool
    derived: bool
    cells: dict[int, Cell]
    table: int
    number: int
    turned: bool
    grid: TableGrid
    head: str = ""
    group: str = ""


def lines_of(text: str, tables: Sequence[Table], quantities: Sequence[Quantity]) -> list[Line]:
    """Return the lines of all tables, rows before columns; none where there are too many cells."""
    starts = [one.span.start for one in quantities]
    found: list[Line] = []
    held = 0
    for number, table in enumerate(tables[:TABLES_LIMIT]):
        held += len(table.cells)
        if held > CELLS_LIMIT:
            break
        grid = read_grid(text, table, quantities, starts)
        if grid is None:
            continue
        caption = caption_of(text, table)
        cells = {(cell.row, cell.column): cell for cell in table.cells}
        known: dict[int, Quantity] = {}
        for (row, column), index in grid.cells.items():
            told = cell_quantity(cells[row, column], grid.names[column], grid.labels[row], caption)
            if told is not None:
                known[index] = _exactly(told, grid.quantities[index])
        found.extend(_lines(grid, known, number, _own_labels(table)))
        found.extend(_lines(grid.turn(), known, number, {}))
    return found


def _own_labels(table: Table) -> dict[int, str]:
    """Return the last words at the left of each row: 新增学位 beside 产出指标, which goes over several rows."""
    found: dict[int, str] = {}
    ended: set[int] = set()
    for cell in sorted(table.cells, key=lambda one: (one.row, one.column)):
        words = "".join(cell.text.split())
        if cell.row in ended or not words:
            continue
        if any(one.isdecimal() for one in words) and _WORDS.search(words) is None:
            if cell.column or len(words) > _NUMBER_OF_ROW:
                ended.add(cell.row)
            continue
        if cell.row_span == 1:
            found[cell.row] = words
    return found


def _exactly(told: Quantity, written: Quantity) -> Quantity:
    """Return a figure with its unit, below zero or rounded to whole ones where the cell is."""
    if written.value < 0:
        return replace(written, unit=told.unit, kind=told.kind)
    if told.interval.low == told.interval.high and written.interval.low != written.interval.high:
        half = told.scale.scaleb(-told.decimals) / 2
        return replace(told, interval=Interval(told.value - half, told.value + half))
    return told


def _lines(grid: TableGrid, known: dict[int, Quantity], table: int, own: dict[int, str]) -> Iterator[Line]:
    by_row: dict[int, dict[int, Cell]] = {}
    for (row, column), index in sorted(grid.cells.items()):
        name = grid.names.get(column, "")
        if YEAR_LINE.fullmatch(grid.quantities[index].text.strip()) and not known.get(index):
            continue  # the year that names a row
        quantity = known.get(index, grid.quantities[index])
        years = frozenset(_YEAR.findall(name))
        by_row.setdefault(row, {})[column] = Cell(index, quantity, index in known, name, years, stem_of(name), column)
    heads = _heads(grid) if grid.turned else {}
    sections = {} if grid.turned else _sections(grid)
    for row, cells in by_row.items():
        label = grid.labels.get(row, "")
        bare = plain(label)
        names = names_of(bare)
        if _BRACKETS.search(label):
            names |= names_of(_NUMBERED.sub("", label))  # 县（市、区）小计
        names |= heads.get(row, set())
        if row in own and label.endswith(own[row]):
            names |= names_of(plain(own[row]))
        if (code := _code_of(label, own.get(row, ""))) is not None:
            names.add(code)
        head = sections.get(row, "")
        names |= {f"{head}{name}" for name in names if head and not name.startswith(head)}
        if names:
            yield Line(
                tuple(sorted(names, key=lambda name: ("（" in name, -len(name), name))),
                _TOTAL.search(bare) is not None,
                _PART_TOTAL.search(bare) is not None,
                frozenset(_YEAR.findall(label)),
                stem_of(label),
                is_rate_column(label),
                _DERIVED.search(label) is not None,
                cells,
                table,
                row,
                grid.turned,
                grid,
                head,
                label.removesuffix(own[row]) if own.get(row) else "",
            )


def _sections(grid: TableGrid) -> dict[int, str]:
    """Return for each row with figures what the last row without any says: 二、初中."""
    found: dict[int, str] = {}
    filled = {row for row, _ in grid.cells}
    head = ""
    for row in grid.rows:
        if row in filled:
            found[row] = head
        elif _NUMBERED.match(label := grid.labels.get(row, "")):
            head = plain(label)
    return found


def _code_of(label: str, own: str) -> str | None:
    """Return the code by which a row is spoken of: A2 of A2教育投入小计, B4 of A2教育投入B4财政教育支出."""
    return code_of(label if _PART_TOTAL.search(own) or not own else own)


def code_of(label: str) -> str | None:
    """Return the code that a label begins with: A2."""
    found = _CODED.match(label)
    return found[0].strip(".．、") if found is not None else None


def _heads(grid: TableGrid) -> dict[int, set[str]]:
    """Return what stands above several columns and what is left of each: 第一小学 and 得分 of 第一小学得分."""
    found: dict[int, set[str]] = {}
    for one, other in pairwise(sorted(grid.labels)):
        begun = _beginning(grid.labels[one], grid.labels[other])
        shared = plain(begun)
        dated = begun.endswith("年") and _YEAR.search(begun) is not None
        for column in (one, other) if dated or _WORDS.search(shared) else ():
            told = {shared, *names_of(plain(grid.labels[column][len(begun) :]))}
            found.setdefault(column, set()).update(
                name for name in told if _WORDS.search(name) and not _YEAR.search(name)
            )
    return found


def _beginning(one: str, other: str) -> str:
    return "".join(left for left, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def is_total(label: str) -> bool:
    """Return whether a label names what sums up all others: 合计, 全县, 教育支出合计."""
    return _TOTAL.search(plain(label)) is not None


def plain(label: str) -> str:
    """Return a label without brackets, the number of its heading and 其中."""
    bare = _CODED.sub("", _NUMBERED.sub("", _BRACKETS.sub("", label)))
    return _AMONG.sub("", bare, count=1).strip("：:、. ")


def stem_of(label: str) -> str:
    """Return a label without years and the words for them: of 2022年决算数 and 2023年决算数 it is the same."""
    return _TIME.sub("", plain(label)).strip("：:、. ")


def names_of(bare: str) -> set[str]:
    """Return how a sentence may call what a line is of: 普通初中 or 初中, 学前教育 or 学前."""
    found = {
        bare,
        bare.removeprefix("普通"),
        bare.removesuffix("数"),
        _OF_FUNDS.sub("", bare).replace("基金预算", "基金"),
    }
    for behind in (
        "小计",
        "合计",
        "教育",
        "学校",
        "支出",
        "安排",
        "情况",
        "阶段教育",
        "教育支出",
        "阶段",
        "总数",
        "面积",
        "人数",
        "经费",
        "金额",
    ):
        found.add(bare.removesuffix(behind))
    return {one for one in found if len(one) > 1}
