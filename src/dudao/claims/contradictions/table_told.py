"""What a sentence says it takes from a table, against the row it names: 从上表看，盏西县办结3个 where the row has 4."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from dudao.claims.contradictions.differences import is_near, is_slip
from dudao.claims.contradictions.reading import Reading
from dudao.claims.mentions import Mention, Role
from dudao.claims.model import Finding
from dudao.documents.model import Table
from dudao.issues import Level
from dudao.quantities.model import Quantity
from dudao.quantities.reading import read_quantities

CODE = "claims.contradiction.table_told"
_FROM_TABLE = re.compile(
    r"[从由](?:上|下|附|以上|本)?表\d{0,2}中?(?:数据)?[看可知得中]|[上下]表(?:数据)?(?:显示|表明|反映)|^[^，。；]{0,8}表\d{0,2}中"
)
_MEAN = re.compile(r"均|平均|每")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,4})?[%％]?")
_SHORTEST_LABEL = 3
_MOST_ROWS = 200
_MOST_COLUMNS = 12
_REACH = 120
_OPENING = 12
_LEAST_WORKED_OUT = 10
_TOLERANCE = Decimal("0.06")


def find(reading: Reading) -> list[Finding]:
    """Return a warning for each figure said to be of a table that the row it names does not hold."""
    if not reading.tables:
        return []
    found = []
    for mention, table in _told(reading):
        row = _row_named(reading, mention, table)
        if not 1 < len(row) <= _MOST_COLUMNS:
            continue
        if mention.each or _MEAN.search(mention.lead):
            continue  # 校均规模625人 is worked out from the row
        written = mention.quantity
        if any(_agree(written, one) for one in row) or _worked_out(written.value, [one.value for one in row]):
            continue
        meant = [one for one in row if one.decimals == written.decimals and _alike(one, written)]
        if len(meant) == 1:
            found.append(_finding(written, meant[0]))
    return found


def _told(reading: Reading) -> Iterator[tuple[Mention, Table]]:
    """Yield the figures of the paragraphs that begin with what a table shows, with the table above them."""
    cut = reading.passage.segmentation
    for mention in reading.passage.mentions:
        quantity = mention.quantity
        plain = mention.role in (Role.LEVEL, Role.SHARE) and quantity.upper is None and quantity.approximation is None
        if not plain or not mention.level:
            continue
        sentence = cut.sentences.span(mention.sentence)
        start = cut.paragraphs.span(mention.paragraph).start
        opening = reading.text[start : min(start + _OPENING, quantity.span.start)]
        words = reading.text[max(sentence.start, quantity.span.start - _REACH) : quantity.span.start]
        if not _FROM_TABLE.search(words) and not _FROM_TABLE.search(opening):
            continue
        above = [table for table in reading.tables if table.span.end <= quantity.span.start]
        if above and not any(one.span.start <= quantity.span.start < one.span.end for one in reading.tables):
            yield mention, above[-1]


def _row_named(reading: Reading, mention: Mention, table: Table) -> list[Quantity]:
    """Return the figures of the row whose label the words before a figure name last."""
    start = reading.passage.segmentation.sentences.span(mention.sentence).start
    words = reading.text[max(start, mention.quantity.span.start - 80) : mention.quantity.span.start]
    labels = [
        (words.rfind(label), len(label), cell.row)
        for cell in table.cells[: _MOST_ROWS * _MOST_COLUMNS]
        if cell.column == 0 and len(label := "".join(cell.text.split())) >= _SHORTEST_LABEL and label in words
    ]
    if not labels:
        return []
    _, _, row = max(labels)
    return [
        quantity
        for cell in table.cells
        if cell.row == row and cell.column and _NUMBER.fullmatch("".join(cell.text.split()))
        for quantity in read_quantities(cell.text)[:1]
    ]


def _agree(one: Quantity, other: Quantity) -> bool:
    if one.value == other.value or one.interval.meets(other.interval):
        return True
    return one.value / one.scale == other.value / other.scale  # 2.89亿元 of a table in 亿元


def _alike(one: Quantity, other: Quantity) -> bool:
    return is_near(one, other) or is_slip(one, other)


def _worked_out(value: Decimal, row: Sequence[Decimal]) -> bool:
    """Return whether a value is the sum, the difference or the share of two figures of a row."""
    if value < _LEAST_WORKED_OUT:
        return False  # small figures are the difference of others too often
    for left, right in combinations(row, 2):
        if value in (left + right, abs(left - right)):
            return True
        low, high = sorted((left, right))
        if high and abs(low / high * 100 - value) <= _TOLERANCE:
            return True
    return False


def _finding(written: Quantity, meant: Quantity) -> Finding:
    return Finding(
        CODE,
        Level.WARNING,
        written.span,
        f"此处为{written.text}，所说的表中这一行写的是{meant.text}，两处不一致。",
        remedy="请核对原始数据，统一两处数字；确是两件事的，请写明区别。",
    )
