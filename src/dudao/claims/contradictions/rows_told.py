"""What a sentence says of a row of a table that the table does not bear out.

永宁县学校最多 where another row has more; 西城区5所未达标学校 where the row has 47 schools of which 45 reach the mark;
石塘县达标比例62.9% where 36 of 52 do. The row is one of places or schools that the sentence names; the column is told
by its own words, so that no figure has to look like the cell.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, islice

from dudao.claims.chapters import Chapter
from dudao.claims.contradictions.facts import unit_of
from dudao.claims.contradictions.reading import Reading
from dudao.claims.mentions import Mention, Role
from dudao.claims.model import Finding
from dudao.claims.table_facts import caption_of, cell_quantity, column_labels, header_height, row_label, rows_of
from dudao.documents.model import Table
from dudao.issues import Level
from dudao.provenance import Span
from dudao.quantities.model import Kind
from dudao.quantities.reading import read_quantities

CODE = "claims.contradiction.row_told"
_OF_PLACES = re.compile(
    r"[\u4e00-\u9fff]{2,8}(?:县|区|市|旗|镇|乡|街道|苏木|中心校|小学|中学|幼儿园|学校|学区|教育集团)"
)
_NOT_A_NAME = re.compile(r"^(?:全[省市县区旗州]|[各其本]|普通|公办|民办|义务|特殊|高级|初级|完全|城[区乡镇]|农村|乡村)")
_NOISE = re.compile(r"[（(][^（）()]*[）)]|(?:19|20)\d\d年?(?:度|底|末)?|[%％\s]|其中[：:]?|总?(?<!系)数量?$")
_DEED = re.compile("达标|合格|完成|整改|开工|竣工|到位|通过|销号|办结|落实|支付|拨付|配备")
_SHARE = re.compile("率|比例|占比|比重|占")
_MOST = re.compile(r"最(?P<end>多|大|高|少|小|低)")
_LEAST = frozenset("少小低")
_NOT = re.compile("未|没有|尚有|不")
_OTHER_TIME = re.compile(
    r"上年|去年|前年|同期|此前|原有|计划|预计|目标|力争|规划|将|(?:19|20)\d\d年|新增|增加|减少|其中|累计"
)
_COMPARED = re.compile("[高低多少差]|[比较]|均|倍|缺|超")
_OF_ALL = re.compile("全[省市县区旗州]|[我本][省市县区旗州]|合计|总|共")
_FILLED = re.compile(r"(?:其中|全县|现|共|已|有|设|建|目前|一共|的|为|，|：|:|\s)*")
"""What may stand between the name of a row and that of a column without narrowing it."""
_BARE_UNITS = frozenset(("", "所", "人", "个", "名"))
"""What a column without a unit may count."""
_CLAUSES = re.compile("[，；。：\n]")
_ROWS, _COLUMNS, _FIGURES = 60, 16, 2000
_RANKS = 300
_BETWEEN = 8
"""So many characters at most stand between the name of a column and its figure, or the next comma."""
_MOST_BEFORE = 40
_REACH = 120
_SHORTEST = 2
_LAST_POINT = Decimal("0.5")
_HUNDRED = Decimal(100)


_Value = tuple[Decimal, Span, str]
"""The value of a cell as it is written there, its place and its unit, empty where nothing tells one."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """The rows of places or schools of a table, each with the values of its columns by their names."""

    span: Span
    rows: dict[str, dict[str, _Value]]

    def columns(self) -> list[str]:
        return sorted({name for row in self.rows.values() for name in row}, key=len, reverse=True)


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each figure or rank that a sentence tells of a row and the row does not bear out."""
    grids = [grid for table in reading.tables if (grid := _grid(reading.text, table)) is not None]
    if not grids:
        return []
    found = []
    for mention in reading.passage.mentions[:_FIGURES]:
        for grid in grids:
            if (finding := _figure_of(reading, grid, mention)) is not None:
                found.append(finding)
                break
    for grid in grids:
        found.extend(_ranks_of(reading, grid))
    return found


def _grid(text: str, table: Table) -> _Grid | None:
    lines = rows_of(table)
    head = header_height(lines)
    if not 0 < head < len(lines) or len(lines) > _ROWS:
        return None
    columns = column_labels(lines[:head])
    names = {column: _key(words) for column, words in columns.items()}
    caption = caption_of(text, table)
    left: dict[int, str] = {}
    rows: dict[str, dict[str, _Value]] = {}
    for line in lines[head:]:
        label = _NOISE.sub("", row_label(line, left))
        if not _OF_PLACES.fullmatch(label) or _NOT_A_NAME.match(label):
            continue
        if label in rows:
            return None
        values: dict[str, _Value] = {}
        for cell in line[:_COLUMNS]:
            name = names.get(cell.column, "")
            told = cell_quantity(cell, columns.get(cell.column, ""), label, caption)
            figure = told or next(iter(read_quantities(cell.text)), None)
            if len(name) >= _SHORTEST and figure is not None and name != label:
                values[name] = (figure.value / figure.scale, cell.span, unit_of(figure))
        rows[label] = values
    return _Grid(table.span, rows) if len(rows) > 1 else None


def _key(words: str) -> str:
    return _NOISE.sub("", _NOISE.sub("", words))


def _figure_of(reading: Reading, grid: _Grid, mention: Mention) -> Finding | None:
    """Return a finding where a figure is told of a row and column that have another value."""
    quantity = mention.quantity
    start = quantity.span.start
    plain = quantity.upper is None and quantity.approximation is None and not reading.passage.in_doubt(quantity)
    if not plain or mention.depth or mention.role not in (Role.LEVEL, Role.SHARE) or quantity.kind is Kind.DATE:
        return None
    if any(table.span.start <= start < table.span.end for table in reading.tables):
        return None
    if reading.chapters.at(start) is Chapter.PLANS:
        return None
    sentence = reading.passage.segmentation.sentences.span(mention.sentence)
    before = reading.text[max(sentence.start, start - _REACH) : start]
    name = _last_named(before, grid.rows)
    if not name or _OTHER_TIME.search(before) or _OF_ALL.search(before, before.rfind(name)):
        return None
    row = grid.rows[name]
    written = quantity.value / quantity.scale
    if _agrees(written, quantity.decimals, row):
        return None
    own = _own_words(reading, mention, sentence.start)
    told = _told(own.replace(name, ""), before, mention, row)
    if told is None:
        return None
    right, spans, what = told
    shown = format(right.quantize(Decimal(1).scaleb(-quantity.decimals)), "f")
    return Finding(
        CODE,
        Level.WARNING,
        quantity.span,
        f"此处写“{name}”“{what}”{quantity.text}，与表中这一行不符：由表得{shown}{quantity.unit}。",
        related=spans,
        remedy="请核对原始数据，统一正文与表格；口径不同的，请在文中写明。",
    )


def _last_named(words: str, rows: Sequence[str] | dict[str, dict[str, _Value]]) -> str:
    """Return the row that words name last; empty where they name several together (永宁县、石塘县)."""
    at = sorted((words.rfind(name), name) for name in rows if name in words)
    if not at:
        return ""
    place, name = at[-1]
    return "" if words[max(0, place - 1) : place] in ("、", "和", "及", "与", "较", "比") else name


def _own_words(reading: Reading, mention: Mention, start: int) -> str:
    """Return the words before a figure from the last one on, and those of what is counted behind it."""
    first, last = reading.passage.sentences[mention.sentence]
    begin = max(start, reading.passage.segmentation.parts.span(mention.part).start)
    for one in reading.passage.mentions[first : min(last, first + _MOST_BEFORE)]:
        if one.quantity.span.start < mention.quantity.span.start:
            begin = max(begin, one.quantity.span.end)
    return f"{reading.text[begin : mention.quantity.span.start]}，{mention.tail}"


def _agrees(value: Decimal, decimals: int, row: dict[str, _Value]) -> bool:
    """Return whether a value is a cell of the row, or the sum, difference or ratio of two of them."""
    values = [one for one, *_ in row.values()]
    half = _LAST_POINT.scaleb(-decimals)
    if any(abs(one - value) <= half or one * 10000 == value or one == value * 10000 for one in values):
        return True
    for left, right in combinations(values, 2):
        low, high = sorted((left, right))
        if abs(left + right - value) <= half or abs(high - low - value) <= half:
            return True
        if high and any(abs(one - value) <= half for one in (low / high * _HUNDRED, low / high, high / (low or high))):
            return True
    return False


def _told(
    own: str, before: str, mention: Mention, row: dict[str, _Value]
) -> tuple[Decimal, tuple[Span, ...], str] | None:
    """Return the value of the row that the words of a figure tell, where it stands, and what it is called."""
    deed = _DEED.search(own)
    if deed is not None and (parts := _part_and_whole(row, deed[0])) is not None:
        (done, one, _), (whole, other, _) = parts
        if mention.quantity.unit == "%":
            if _SHARE.search(own) and whole and not _NOT.search(own):
                return done / whole * _HUNDRED, (one, other), f"{deed[0]}率"
            return None
        if re.search(rf"(?:未|没有|尚未)(?:全部|完全|能)?{deed[0]}", own):
            return whole - done, (one, other), f"未{deed[0]}"
        return None
    if mention.quantity.unit == "%":
        return None
    for words in (own, before):
        named = [name for name in sorted(row, key=len, reverse=True) if name in words]
        if named and not _NOT.search(own) and not _COMPARED.search(_MOST.sub("", own.replace(named[0], ""))):
            value, span, unit = row[named[0]]
            said = mention.quantity.unit
            if words is own and not _FILLED.fullmatch(own.partition(named[0])[0]):
                return None  # 松岭县现有乡村小学37所: some of those of the column
            alike = unit == unit_of(mention.quantity) or (not unit and said in _BARE_UNITS)
            beside = named[0] in own and len(own.rpartition(named[0])[2].split("，", 1)[0]) <= _BETWEEN
            return (value, (span,), named[0]) if alike and (not said or beside) else None
    return None


def _part_and_whole(row: dict[str, _Value], deed: str) -> tuple[_Value, _Value] | None:
    """Return how many of a row are told to have done a thing, and how many there are; None where that is not clear."""
    done = [one for name, one in row.items() if deed in name and not _SHARE.search(name) and not _NOT.search(name)]
    if len(done) != 1:
        return None
    wholes = [
        one
        for name, one in row.items()
        if deed not in name and one[2] == done[0][2] and one[0] >= done[0][0] and not _SHARE.search(name)
    ]
    return (done[0], wholes[0]) if len(wholes) == 1 else None


def _ranks_of(reading: Reading, grid: _Grid) -> Iterator[Finding]:
    """Yield what is said to be the most or the least of a column and is not."""
    columns = grid.columns()
    for match in islice(_MOST.finditer(reading.text), _RANKS):
        start = match.start()
        if grid.span.start <= start < grid.span.end or reading.chapters.at(start) is Chapter.PLANS:
            continue
        sentence = reading.passage.segmentation.sentences.span_at(start)
        before = reading.text[max(sentence.start, start - _REACH) : start]
        behind = _CLAUSES.split(reading.text[match.end() : min(sentence.end, match.end() + _REACH)])[0]
        clause = _CLAUSES.split(before)[-1]
        named = [name for name in grid.rows if behind.removeprefix("的").lstrip("是为有").startswith(name)]
        named = named or [name for name in grid.rows if clause.startswith(name) and "、" not in clause]
        column = next((one for one in columns if clause.endswith(one)), "")
        column = column or next((one for one in columns if one in before and not clause), "")
        if len(named) != 1 or not column or _OTHER_TIME.search(clause):
            continue
        values = {name: row[column] for name, row in grid.rows.items() if column in row}
        if len(values) != len(grid.rows) or named[0] not in values:
            continue
        least = match["end"] in _LEAST
        extreme = (min if least else max)(value for value, *_ in values.values())
        if values[named[0]][0] != extreme:
            right = next(name for name, (value, *_) in values.items() if value == extreme)
            yield Finding(
                CODE,
                Level.WARNING,
                Span(start - len(clause), match.end() + len(behind)),
                f"此处称“{named[0]}”的“{column}”{match[0]}，表中“{right}”更{match['end']}。",
                related=(values[named[0]][1], values[right][1]),
                remedy="请核对原始数据，统一正文与表格；范围不同的，请在文中写明。",
            )
