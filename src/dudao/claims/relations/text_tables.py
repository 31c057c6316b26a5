"""Tables printed as lines of text: the last line sums up those above; a column says how two years differ.

项目 2021年 2022年 增减额 增长率 / 小学教育 31206.51 32874.19 1667.68 5.34% / … / 合计 68135.54 72105.50 3969.96 5.83%
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dudao.claims.arithmetic import add, growth, subtract
from dudao.claims.mentions import Passage
from dudao.claims.model import ClaimType
from dudao.claims.proposals import EXPLICIT, STRUCTURAL, Proposal, joined
from dudao.claims.table_claims import TableWording, is_rate_column, lies_between, negated, says_count, table_claim
from dudao.quantities.model import Interval, Kind, Quantity

NAME = "text_tables"
WHOLE = Decimal(100)
LINE_LIMIT = 200
"""A longer line is no row of a table."""
ROWS_LIMIT = 200
FEWEST = 3
"""So many rows of one table are read."""

_LABEL = re.compile(r"[^\d\s，。；！？][^\s，。；！？]{0,19}")
_NUMBER = re.compile(r"[-－]?\d[\d,，]*(?:\.\d+)?(?:%|％|:1|：1|[\u4e00-\u9fff]{1,2})?")
_TOTAL = re.compile(r"(?:合计|总计|共计|全[县市区省旗州](?:合计)?)$")
_PARTIAL = re.compile(r"小计|其中|平均")
_YEAR = re.compile(r"(?:20\d\d|上|本|去|今)年")
_DIFFERENCE = re.compile(r"增减额|增加额|增减数|增加数|增减$|增加$|增量|差额")
_GROWTH = re.compile(r"增长率|增幅|增减率|增长%|增速|增长（%）|增长$")


@dataclass(frozen=True, slots=True)
class _Row:
    """One line: its label and the numbers of its figures among the quantities, None for a cell that is none.

    `negative` are those that a minus stands before, which is no part of the figure.
    """

    label: str
    cells: tuple[int | None, ...]
    negative: frozenset[int] = frozenset()


def find(passage: Passage) -> Iterator[Proposal]:
    """Yield the sums, differences and growths of tables printed as lines."""
    starts = [one.span.start for one in passage.quantities]
    header: list[str] = []
    rows: list[_Row] = []
    position = 0
    for line in passage.text.split("\n"):
        row = _row(passage, starts, line, position)
        position += len(line) + 1
        if row is not None and (not rows or len(row.cells) == len(rows[0].cells)) and len(rows) < ROWS_LIMIT:
            rows.append(row)
            continue
        if len(rows) >= FEWEST:
            yield from _table(passage.quantities, header, rows)
        rows = [row] if row is not None else []
        header = line.split() if row is None and len(line) <= LINE_LIMIT else []
    if len(rows) >= FEWEST:
        yield from _table(passage.quantities, header, rows)


def _row(passage: Passage, starts: list[int], line: str, position: int) -> _Row | None:
    """Return a line that is a label and numbers; None for any other."""
    if not 2 < len(line) <= LINE_LIMIT or len(line.split(maxsplit=1)) < 2 or not any(one.isdigit() for one in line):
        return None
    pieces = [(match.start(), match[0]) for match in re.finditer(r"\S+", line)]
    if len(pieces) < 2 or not _LABEL.fullmatch(pieces[0][1]):
        return None
    if any(not _NUMBER.fullmatch(word) for _, word in pieces[1:]):
        return None
    cells: list[int | None] = []
    negative: set[int] = set()
    for start, word in pieces[1:]:
        place = bisect_left(starts, position + start)
        fits = place < len(starts) and passage.quantities[place].span.end <= position + start + len(word)
        cells.append(place if fits else None)
        if fits and word[0] in "-－" and passage.quantities[place].value > 0:
            negative.add(place)
    return _Row(pieces[0][1], tuple(cells), frozenset(negative))


def _table(quantities: Sequence[Quantity], header: list[str], rows: list[_Row]) -> Iterator[Proposal]:
    names = header[1:] if len(header) == len(rows[0].cells) + 1 else []
    negative = frozenset[int]().union(*(row.negative for row in rows))
    if negative:
        quantities = [negated(one) if number in negative else one for number, one in enumerate(quantities)]
    yield from _sums(quantities, names, rows)
    yield from _years(quantities, names, rows)


def _sums(quantities: Sequence[Quantity], names: list[str], rows: list[_Row]) -> Iterator[Proposal]:
    """Yield the columns that their total row sums up; one that does not only where another does and names are known."""
    total = next((row for row in (rows[-1], rows[0]) if _TOTAL.search(row.label)), None)
    parts = [row for row in rows if row is not total]
    if total is None or any(_PARTIAL.search(row.label) or _TOTAL.search(row.label) for row in parts):
        return
    found: list[Proposal] = []
    filled = False
    for column, stated in enumerate(total.cells):
        cells = [row.cells[column] for row in parts]
        known = [cell for cell in cells if cell is not None]
        if names and stated is not None and "占比" in names[column] and len(known) == len(cells):
            filled = filled or _fills(quantities, stated, known)
        if stated is None or len(known) < len(cells) or (names and is_rate_column(names[column])):
            continue
        figures = [quantities[stated], *(quantities[cell] for cell in known)]
        if not (names and says_count(names[column])) and lies_between(figures[0], figures[1:]):
            continue
        if any(one.kind in (Kind.PERCENT, Kind.RATIO) for one in figures):
            continue
        operands = {"total": stated} | {f"p{number}": cell for number, cell in enumerate(known, 1)}
        spoken = f"表中各行之和：{joined(figures[1:])}"
        formula = "total = " + " + ".join(key for key in operands if key != "total")
        wording = TableWording(NAME, ClaimType.SUM, formula, spoken)
        found.append(table_claim(quantities, wording, operands, add, EXPLICIT, derived=False))
    if filled or any(one.holds for one in found):
        yield from (one for one in found if one.holds or names)


def _fills(quantities: Sequence[Quantity], stated: int, known: Sequence[int]) -> bool:
    """Return whether the shares of the rows make the hundred of the total row, so that no row is left out."""
    reached = sum((quantities[one].value for one in known), Decimal(0))
    return quantities[stated].value == WHOLE == reached


def _years(quantities: Sequence[Quantity], names: list[str], rows: list[_Row]) -> Iterator[Proposal]:
    """Yield what columns of difference and growth say of two columns of years, where most rows fit."""
    years = [column for column, name in enumerate(names) if _YEAR.search(name) and not _DIFFERENCE.search(name)]
    if len(years) != 2:
        return
    old, new = years if not names[years[0]].startswith(("本年", "今年")) else years[::-1]
    if names[old] > names[new] and names[old][:4].isdigit() and names[new][:4].isdigit():
        old, new = new, old
    for column, name in enumerate(names):
        if column in years:
            continue
        if _GROWTH.search(name):
            yield from _mostly(_changes(quantities, rows, (old, new, column), relative=True))
        elif _DIFFERENCE.search(name):
            yield from _mostly(_changes(quantities, rows, (old, new, column), relative=False))


def _mostly(found: list[Proposal]) -> Iterator[Proposal]:
    """Yield the rows of a column when more than half of them, and two at least, fit."""
    fitting = sum(one.holds for one in found)
    if fitting >= 2 and fitting * 2 > len(found):
        yield from found


def _changes(
    quantities: Sequence[Quantity], rows: list[_Row], columns: tuple[int, int, int], *, relative: bool
) -> list[Proposal]:
    found: list[Proposal] = []
    for row in rows:
        old, new, stated = (row.cells[column] for column in columns)
        if old is None or new is None or stated is None or quantities[old].value <= 0:
            continue
        a, b = quantities[new], quantities[old]
        if relative:
            kind, formula, spoken = (
                ClaimType.TWO_LEVEL_CHANGE,
                "growth = new / old - 1",
                f"（{a.text}÷{b.text}－1）×100%",
            )
            operands = {"growth": stated, "new": new, "old": old}
            wording = TableWording(NAME, kind, formula, spoken)
            found.append(table_claim(quantities, wording, operands, _growth, STRUCTURAL, derived=True))
        else:
            operands = {"diff": stated, "new": new, "old": old}
            spoken = f"{a.text}－{b.text}"
            kind, formula = ClaimType.DIFFERENCE, "diff = new - old"
            wording = TableWording(NAME, kind, formula, spoken)
            found.append(table_claim(quantities, wording, operands, _minus, STRUCTURAL, derived=False))
    return found


def _growth(values: Sequence[Interval]) -> Interval:
    return growth(values[0], values[1])


def _minus(values: Sequence[Interval]) -> Interval:
    return subtract(values[0], values[1])
