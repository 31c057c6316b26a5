"""A sentence that tells a figure of a table with one digit wrong: 表中平川县51377人, 文中平川县在校生51777人.

The row is the one that the sentence names last before the figure, or the total row where it speaks of all. Which
column is meant is told by unit and words; a figure of four digits that differs from a cell of its row by one digit, or
has the digits in another order, and stands nowhere in the tables, is that cell miswritten. Shorter figures must be
named by their column as well.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dudao.claims.contradictions.differences import fitting
from dudao.claims.contradictions.echo_words import SORTS, plain, sorts
from dudao.claims.contradictions.facts import prose_cells
from dudao.claims.contradictions.reading import Reading
from dudao.claims.mentions import Mention
from dudao.claims.model import ClaimReport, ClaimType, Finding, Verdict
from dudao.claims.table_claims import is_rate_column
from dudao.claims.table_facts import (
    caption_of,
    cell_quantity,
    column_labels,
    fills,
    header_height,
    row_label,
    rows_of,
    title_rows,
)
from dudao.documents.bare_tables import bare_tables
from dudao.documents.model import Table
from dudao.issues import Level
from dudao.provenance import Span
from dudao.quantities.model import Kind, Quantity

CODE = "claims.contradiction.quoted_cell"
_WITH_OTHERS = 3
"""A claim of so many figures says of one of them what the others make it."""
_OF_CELLS = frozenset({"table_columns", "table_sums", "text_tables"})
"""Relations between cells, which say nothing of the prose."""
BEFORE = 110
"""So many characters before a figure are read for the row it is of."""
ROWS_LIMIT = 200
CELLS_LIMIT = 4000
WORK_LIMIT = 2_000_000
"""So many pairs of a figure and a cell are looked at: 2,000 figures beside 1,000 cells."""
_LONG, _SHORT = 4, 3
_CHANGE = re.compile(r"增长|增幅|下降|降幅|提高|上升|升幅|增减率|增速")
_RISE = re.compile(r"增加|减少|增减|净增|新增|多|少|提高|下降")
_SHARE = re.compile(r"占|比重|率|比例|构成")
_TOTAL = re.compile(r"合计|总计|共计|总和|^全[省市县区旗州]$|^全体$|小计")
_SUMMED = re.compile(r"[合小总共]计|人数|总数|金额|[预决]算数?|执行数|实际[值数]?|基期值?|完成值?")
_SAYS_NOTHING = re.compile(r"(?:合计|小计|总计|人|金额|数量|总数|总|共计)?")
_UNIT_HEAD = re.compile(r"(?:计量)?单位")
_OF_ALL = re.compile(
    r"全[省市县区旗州]|[我本][省市县区旗州]|合计|总计|共计|累计|共有|总数|总[面投]|[一二三四五六七八九十\d]+[个所](?:项目|学校|乡?镇|县)"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_OTHER_TIME = re.compile(
    r"(?<![比较同与和])(?:上年|去年|前年|上一?学?年)|同期|此前|原有|原先|计划|预计|目标|力争|规划|预期|(?:到|至)20[2-9]\d年(?!底)"
)
_OVER_YEARS = re.compile(r"年均(?:增长|增幅|增速|递增|下降|提高|增加|减少)")
"""比2020年增长10.56%，年均增长3.40% tells no cell of a column 比上年增长."""
_OTHER_KIND = re.compile(r"及?以[上下]|[、和及与或]|类|[中高]级以")
_COMPARED = "比较与同和由从"
_WITHOUT = re.compile(r"[（(][^（）()]{0,6}(?:含|计|包括|扣除|剔除)[^（）()]{0,12}[）)](?!.*[，；])")
_OTHER_PREFIX = "正副非准新原未"
_YEAR_LINE = re.compile(r"(?:19|20)\d\d年度?")
_KINDERGARTEN = frozenset(("幼儿园", "学前教育", "在园幼儿"))
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_CLAUSE_MARKS = re.compile("[，；。：]")
_NOISE = re.compile(
    r"(?:19|20)\d\d年?(?:度|底|末)?|其中[：:]?|^[一二三四五六七八九十]{1,2}、|^[（(][一二三四五六七八九十]{1,2}[）)]|[\d.、]+|情况|数$|[%％]|\s"
)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A figure of a table with what its labels say; `unit` is empty where nothing tells it."""

    quantity: Quantity
    unit: str
    row: str
    column: str
    years: frozenset[str]
    told: str
    table: int


@dataclass(frozen=True, slots=True)
class _Row:
    names: tuple[str, ...]
    total: bool
    cells: tuple[_Cell, ...]


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each figure of a sentence that looks like a cell of a table miswritten."""
    tables = [*reading.tables]
    for more in bare_tables(reading.text):
        if not any(one.span.start < more.span.end and more.span.start < one.span.end for one in tables):
            tables.append(more)
    starts = [one.span.start for one in reading.passage.quantities]
    rows = [row for number, table in enumerate(tables) for row in _rows(reading, starts, table, number)]
    held = sum(len(row.cells) for row in rows)
    if not 0 < held <= CELLS_LIMIT:
        return []
    known = Counter(_key(cell.quantity) for row in rows for cell in row.cells)
    prose = [one for one in _prose(reading, tables) if not reading.passage.in_doubt(one.quantity)]
    said = Counter(_key(one.quantity) for one in prose)
    found = []
    for mention in prose[: WORK_LIMIT // held]:
        if said[_key(mention.quantity)] > 1 or known[_key(mention.quantity)]:
            continue
        cell = _meant(reading, mention, rows)
        if cell is not None and not _rounds_one(mention.quantity, rows):
            found.append(_finding(mention.quantity, cell))
    return found


def is_reckoned(finding: Finding, report: ClaimReport) -> bool:
    """Return whether a figure that looks like a cell miswritten is what two others of its own sentence make it."""
    if finding.code != CODE:
        return False
    figures = report.quantities
    for claim in report.claims:
        if claim.verdict is Verdict.INCONSISTENT or len(claim.operands) < _WITH_OTHERS or claim.relation in _OF_CELLS:
            continue
        made, *others = claim.operands.values()
        exact = claim.type in (ClaimType.SUM, ClaimType.DIFFERENCE)
        if any(figures[index].span == finding.span for index in (made, *(others if exact else ()))):
            return True
    return False


def _key(quantity: Quantity) -> str:
    """Return the digits of a figure, with its point, whatever its unit."""
    return _written(quantity).lstrip("0")


def _written(quantity: Quantity) -> str:
    return format(abs(quantity.value / quantity.scale), f".{quantity.decimals}f")


def _rounds_one(quantity: Quantity, rows: Sequence[_Row]) -> bool:
    """Return whether a figure is a cell in another unit or with fewer decimals."""
    values = (cell.quantity for row in rows for cell in row.cells)
    return any(one.interval.contains(quantity.value) or quantity.interval.contains(one.value) for one in values)


def _prose(reading: Reading, tables: Sequence[Table]) -> Iterator[Mention]:
    """Yield the figures outside tables that state something exactly."""
    inside = sorted(table.span for table in tables)
    cells = prose_cells(reading)
    starts = [cell.start for cell in cells]
    place = 0
    for mention in reading.passage.mentions:
        span = mention.quantity.span
        while place < len(inside) and inside[place].end <= span.start:
            place += 1
        if place < len(inside) and inside[place].start <= span.start:
            continue
        cell = bisect_right(starts, span.start) - 1
        if cell >= 0 and span.start < cells[cell].end:
            continue
        quantity = mention.quantity
        exact = quantity.approximation is None and quantity.upper is None
        if exact and quantity.kind not in (Kind.DATE, Kind.RATIO) and len(_digits(quantity)) >= _SHORT:
            yield mention


def _digits(quantity: Quantity) -> str:
    return _written(quantity).replace(".", "").lstrip("0")


def _rows(reading: Reading, starts: list[int], table: Table, number: int) -> Iterator[_Row]:
    rows = rows_of(table)
    head = header_height(rows)
    if not 0 < head < len(rows) or len(rows) - head > ROWS_LIMIT:
        return
    top = title_rows(rows[:head])
    caption = caption_of(reading.text, table)
    names = column_labels(rows[top:head])
    quantities = reading.passage.quantities
    left: dict[int, str] = {}
    captioned = frozenset(_YEAR.findall(caption))
    units = next((column for column, words in names.items() if _UNIT_HEAD.fullmatch(words)), -1)
    for line in rows[head:]:
        label = row_label([cell for cell in line if cell.column != units], left)
        if not label and line and _YEAR_LINE.fullmatch(words := "".join(line[0].text.split())):
            label = words
        cells = []
        for cell in line:
            name = names.get(cell.column, "")
            index = bisect_left(starts, cell.span.start)
            if index >= len(starts) or not name or not label or not fills(quantities[index], cell):
                continue
            figure = quantities[index]
            if reading.passage.in_doubt(figure) or len(_digits(figure)) < _SHORT:
                continue
            told = cell_quantity(cell, name, label, caption)
            years = frozenset(re.findall(r"(?:19|20)\d\d", name)) or captioned
            known = told if told is not None else figure
            cells.append(_Cell(known, known.unit, label, name, years, f"{caption}{label}{name}", number))
        bare = plain_label(label) or label
        if cells and bare:
            yield _Row(tuple(sorted(_names(bare))), _TOTAL.search(label) is not None, tuple(cells))


def plain_label(label: str) -> str:
    """Return what a label names, without brackets, years and numbers."""
    return _NOISE.sub("", _BRACKETS.sub("", label))


def _meant(reading: Reading, mention: Mention, rows: Sequence[_Row]) -> _Cell | None:
    """Return the one cell that a figure seems to tell with a digit wrong; None for none or several."""
    span = mention.quantity.span
    sentence = reading.passage.segmentation.sentences.span(mention.sentence)
    before = reading.text[max(sentence.start, span.start - BEFORE) : span.start]
    if _OTHER_TIME.search(_CLAUSE_MARKS.split(before)[-1]):
        return None
    found: dict[int, _Cell] = {}
    for row, place in _named(before, rows):
        lead = before[place:]
        for cell in row.cells:
            if _is_slip(mention.quantity, cell.quantity) and _tells(lead, mention, cell, row, reading, sentence):
                found[cell.quantity.span.start] = cell
    values = {abs(cell.quantity.value) for cell in found.values()}
    return next(iter(found.values())) if len(values) == 1 else None


def _named(before: str, rows: Sequence[_Row]) -> Iterator[tuple[_Row, int]]:
    """Yield the rows that words name last, in each table, with the place where their name ends."""
    last: dict[int, tuple[int, int]] = {}
    at: list[tuple[_Row, int, int]] = []
    for row in rows:
        if row.total:
            continue
        table = row.cells[0].table
        for name in row.names:
            place = before.rfind(name)
            if place > 0 and _YEAR_LINE.fullmatch(name) and before[place - 1] in _COMPARED:
                place = before.rfind(name, 0, place)  # 比2020年提高: the sentence is of another year
            if place < 0 or (place and _YEAR_LINE.fullmatch(name) and before[place - 1] in _COMPARED):
                continue
            last[table] = max(last.get(table, (0, 0)), (place + len(name), len(name)))
            other = before[place - 1 : place] in _OTHER_PREFIX if place else False
            if not other and not _OTHER_KIND.match(before, place + len(name)):
                at.append((row, place + len(name), len(name)))
    for row, end, length in at:
        if (end, length) == last[row.cells[0].table]:
            yield row, end
    for row in rows:
        if row.total and row.cells[0].table not in last and (of_all := _OF_ALL.search(before)):
            yield row, of_all.end()


def _names(name: str) -> set[str]:
    """Return how a sentence may call what a row is of: 普通初中 or 初中, 幼儿园 or 在园幼儿."""
    found = {name, name.removeprefix("普通"), name.removesuffix("学校"), name.removesuffix("教育")}
    if name in _KINDERGARTEN:
        found |= _KINDERGARTEN
    return {one for one in found if len(one) > 1}


def _is_slip(one: Quantity, other: Quantity) -> bool:
    """Return whether two figures are written alike but for one digit, or have two digits that changed places."""
    left, right = _written(one), _written(other)
    if len(left) != len(right) or left.find(".") != right.find("."):
        return False
    apart = [at for at, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    if len(apart) == 1:
        return True
    return len(apart) == 2 and apart[1] - apart[0] <= 2 and sorted(left) == sorted(right)


def _tells(lead: str, mention: Mention, cell: _Cell, row: _Row, reading: Reading, sentence: Span) -> bool:
    """Return whether words behind the name of a row may tell a cell of it."""
    quantity = mention.quantity
    if (quantity.unit == "%") != (cell.unit == "%" or "%" in cell.column or "％" in cell.column or "率" in cell.column):
        return False
    if cell.unit and cell.unit != quantity.unit and not (cell.unit == "%" or not quantity.unit):
        return False
    years = set(_YEAR.findall(reading.text[sentence.start : quantity.span.start]))
    if years and cell.years and not years & cell.years:
        return False
    clause = _CLAUSE_MARKS.split(lead)[-1][-24:]
    if _WITHOUT.search(lead) or (_OVER_YEARS.search(clause) and "均" not in cell.column):
        return False
    if any(sorts(sort, clause) - sorts(sort, cell.told) for sort in SORTS[1:5]):
        return False
    column = plain(_SUMMED.sub("", plain_label(cell.column)))
    said = plain(lead)
    tail = clause[-8:]
    changed = _CHANGE.search(cell.column) is not None and quantity.unit == "%"
    if changed != (quantity.unit == "%" and _CHANGE.search(tail) is not None):
        return False
    if changed:
        return True
    if quantity.unit == "%":
        return bool(_SHARE.search(tail)) and bool(_SHARE.search(cell.column))
    rise = _RISE.search(_BRACKETS.sub("", cell.column)) is not None
    if rise != (_RISE.search(tail[-4:]) is not None):
        return False
    if not _CLAUSE_MARKS.search(lead) and not said and reading.text[sentence.start : quantity.span.start].strip():
        # 小学骨干教师205人，初中171人: the column was named before, or says nothing of its own
        said = plain(reading.text[sentence.start : quantity.span.start])
        if _SAYS_NOTHING.fullmatch(plain_label(cell.column)):
            return True
    named = bool(column) and (column in said or (len(column) > 1 and set(column) <= set(said)))
    if rise or named:
        return True
    # 初中教职工1296人 is no 本科及以上学历1196人: what the words name and the column does not is another thing.
    return len(_digits(quantity)) >= _LONG and not is_rate_column(cell.column) and not (said and column)


def _finding(written: Quantity, cell: _Cell) -> Finding:
    right = cell.quantity
    return Finding(
        CODE,
        Level.WARNING,
        written.span,
        f"此处为{written.text}，表中“{cell.row}”的“{cell.column}”为{right.text}，似为同一事项，两处不符。"
        f"如表中无误，此处应为{fitting(right, written)}。",
        related=(right.span,),
        remedy="请核对原始数据，统一两处数字；确是两件事的，请写明区别。",
    )
